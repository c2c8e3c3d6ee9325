import { z } from 'zod';

// Everything the program reads from its environment. A wrong value stops the start and names itself; nothing else
// reads process.env.

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** What people type into their browser; decides secure cookies and the addresses in messages. */
  BASE_URL: z.url().optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_APP_URL: z.string().startsWith('postgres').optional(),
  /** Where the embedded database and the secrets of this installation live. */
  DATA_DIR: z.string().default('./var'),
  RUN: z.enum(['web', 'worker', 'both']).default('both'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(16).optional(),
  /** Fills an empty database with invented people. Off in production. */
  DEMONSTRATION: flag.optional(),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(720).default(30),
  KIOSK_IDLE_MINUTES: z.coerce.number().int().min(1).max(60).default(5),
  METRICS_TOKEN: z.string().min(16).optional(),
});

/** The program's settings, read once at start. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly baseUrl: string;
  readonly databaseUrl: string | undefined;
  readonly databaseAppUrl: string | undefined;
  readonly dataDir: string;
  readonly run: 'web' | 'worker' | 'both';
  readonly logLevel: string;
  /** Undefined: the embedded provider with invented people, allowed only in a demonstration. */
  readonly oidc:
    { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | undefined;
  readonly demonstration: boolean;
  readonly sessionIdleMinutes: number;
  readonly kioskIdleMinutes: number;
  readonly metricsToken: string | undefined;
}

/** Reads the settings. Throws one error that names every wrong value and what would be right. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The settings are not right, so nothing was started:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const oidcParts = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET];
  const wrong: string[] = [];
  if (oidcParts.some((part) => part !== undefined) && oidcParts.includes(undefined))
    wrong.push('  OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: give all three or none');
  if (production && env.OIDC_ISSUER === undefined)
    wrong.push('  OIDC_ISSUER: needed in production, where nobody signs in as an invented person');
  if (production && env.DEMONSTRATION === true) wrong.push('  DEMONSTRATION: must not be true in production');
  if (production && env.BASE_URL === undefined)
    wrong.push('  BASE_URL: needed in production, for example https://throughline.example.nhs.uk');
  if (wrong.length > 0)
    throw new Error(`The settings are not right, so nothing was started:\n${wrong.join('\n')}`);
  return {
    production,
    host: env.HOST,
    port: env.PORT,
    baseUrl: (env.BASE_URL ?? `http://${env.HOST}:${String(env.PORT)}`).replace(/\/$/, ''),
    databaseUrl: env.DATABASE_URL,
    databaseAppUrl: env.DATABASE_APP_URL,
    dataDir: env.DATA_DIR,
    run: env.RUN,
    logLevel: env.LOG_LEVEL,
    oidc:
      env.OIDC_ISSUER !== undefined &&
      env.OIDC_CLIENT_ID !== undefined &&
      env.OIDC_CLIENT_SECRET !== undefined
        ? { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET }
        : undefined,
    demonstration: env.DEMONSTRATION ?? !production,
    sessionIdleMinutes: env.SESSION_IDLE_MINUTES,
    kioskIdleMinutes: env.KIOSK_IDLE_MINUTES,
    metricsToken: env.METRICS_TOKEN,
  };
}
