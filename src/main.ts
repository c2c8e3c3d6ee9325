import { join } from 'node:path';
import { DEMONSTRATION_ISSUER } from './access/index.ts';
import { isEmpty, makeArea, tellStories } from './demonstration/index.ts';
import { joinModules } from './modules.ts';
import { openSealKey, sealAudit } from './audit/index.ts';
import { createApp } from './app.ts';
import { fixedClock, systemClock } from './platform/clock.ts';
import { readConfig, type Config } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { createLogger } from './platform/http/log.ts';
import { prepareJobs } from './platform/jobs.ts';
import { migrate } from './platform/migrate.ts';
import { openPostgres } from './platform/postgres/index.ts';
import { installationSecret } from './platform/secrets.ts';

// Reads the settings, opens the database, brings it up to date, and starts what this process is asked to be.

/** Stops what was started, last first. */
const stops: (() => Promise<void>)[] = [];

async function start(config: Config): Promise<void> {
  const log = (line: string): void => console.error(line);
  const postgres = await openPostgres({
    databaseUrl: config.databaseUrl,
    databaseAppUrl: config.databaseAppUrl,
    dataDir: config.dataDir,
    log,
  });
  stops.push(() => postgres.stop());
  const { applied } = await migrate(postgres.ownerUrl, {
    directory: join(import.meta.dirname, '..', 'db', 'migrations'),
    log,
  });
  if (applied.length > 0) log(`The database was brought up to date: ${applied.length} migrations.`);
  await prepareJobs(postgres.ownerUrl);
  const database = openDatabase({ appUrl: postgres.appUrl, appRole: postgres.appRole });
  stops.push(() => database.close());
  if (config.demonstration) await fillDemonstration(postgres.ownerUrl, database, log);
  if (config.run !== 'worker') {
    const app = await createApp({
      config,
      database,
      clock: systemClock,
      logger: createLogger({ level: config.production ? config.logLevel : 'warn' }),
      csrfSecret: installationSecret(config.dataDir, 'forms'),
      appUrl: postgres.appUrl,
    });
    stops.push(() => app.close());
    await app.server.listen({ host: config.host, port: config.port });
  }
  if (config.run !== 'web') stops.push(startSealer(config, database));
  log(`Throughline is ready at ${config.baseUrl}`);
}

/** Fills an empty database with the invented area, once. */
async function fillDemonstration(
  ownerUrl: string,
  database: Database,
  log: (line: string) => void,
): Promise<void> {
  const owner = openDatabase({ appUrl: ownerUrl, poolSize: 2 });
  try {
    if (!(await isEmpty(owner))) return;
    log('Filling the demonstration area with invented people…');
    const area = await makeArea(owner, DEMONSTRATION_ISSUER);
    const clock = fixedClock(systemClock.now());
    await tellStories({ ...joinModules({ database, clock }), clock }, area, systemClock.now());
  } finally {
    await owner.close();
  }
}

/** Seals the audit once a second; a fault is said and tried again. */
function startSealer(config: Config, database: Database): () => Promise<void> {
  const key = openSealKey(config.dataDir);
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sealAudit(database, key, systemClock.now(), config.dataDir))
      .catch(() => console.error('The audit could not be sealed. Trying again in a second.'));
  }, 1_000);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const each of stops.reverse()) {
    await each().catch((fault: unknown) => console.error('While stopping:', fault));
  }
  process.exit(code);
}

// A terminal sends the signal to the whole group and npm's runner forwards it: it may come twice.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
// Started by scripts/start.mjs over a channel: when that process is killed, this one stops too.
process.on('disconnect', () => void stop(0));

try {
  await start(readConfig(process.env));
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  await stop(1);
}
