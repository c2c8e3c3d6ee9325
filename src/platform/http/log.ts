import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/**
 * Only these fields are ever written. A deny-list cannot be complete for health data, so everything that
 * is not named here is dropped, however it got into the call.
 */
const allowed: ReadonlySet<string> = new Set([
  'method',
  'route',
  'status',
  'ms',
  'reference',
  'fault',
  'code',
  'frames',
  'job',
  'task',
  'attempt',
  'count',
  'topic_count',
  'state',
  'address',
  'port',
  'template',
  'version',
]);

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => allowed.has(name) && (typeof value !== 'object' || value === null),
    ),
  );
}

/** A logger that writes the allowed fields and constant sentences. Never put a value into the sentence. */
export function createLogger(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: onlyAllowed, bindings: () => ({}) },
    // Fastify binds request and response by name; they carry the address with its query, so they go.
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/**
 * What may be written about a fault: its kind, its code and where it happened. Its message may quote a row
 * ("Key (name)=(…) already exists"), so it is left out.
 */
export function faultFields(error: unknown): { fault: string; code?: string; frames?: string } {
  if (!(error instanceof Error)) return { fault: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? { fault: error.name, frames } : { fault: error.name, code, frames };
}
