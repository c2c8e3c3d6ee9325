import { openSealKey, sealAudit } from './audit/index.ts';
import { createApp } from './app.ts';
import { CHASE_JOB, chaseHandoversJob } from './navigation/index.ts';
import { openService, type OpenService } from './open-service.ts';
import { lookAgainJob } from './courts/index.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig, type Config } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { housekeepingJob, makeAuditMonths } from './platform/housekeeping.ts';
import { createLogger } from './platform/http/log.ts';
import { startWorker } from './platform/jobs.ts';
import { sendMessageJob, keepInOutbox } from './platform/outbox.ts';
import { installationSecret } from './platform/secrets.ts';

// Reads the settings, opens the database, and starts what this process is asked to be: web, worker or both.

/** Stops what was started, last first. */
const stops: (() => Promise<void>)[] = [];
const log = (line: string): void => console.error(line);

async function start(config: Config): Promise<void> {
  const service = await openService(config, log);
  stops.push(() => service.close());
  if (config.run !== 'worker') {
    const app = await createApp({
      config,
      database: service.database,
      clock: systemClock,
      logger: createLogger({ level: config.production ? config.logLevel : 'warn' }),
      csrfSecret: installationSecret(config.dataDir, 'forms'),
      appUrl: service.appUrl,
      modules: service.modules,
    });
    stops.push(() => app.close());
    await app.server.listen({ host: config.host, port: config.port });
  }
  if (config.run !== 'web') {
    stops.push(startSealer(config, service));
    await prepareAuditMonths(service);
    const { database } = service;
    const clock = systemClock;
    const worker = await startWorker({
      ownerUrl: service.ownerUrl,
      log,
      jobs: {
        'send-message': sendMessageJob(database, keepInOutbox, clock),
        [CHASE_JOB]: chaseHandoversJob({ database, clock }),
        'look-again': lookAgainJob({ database, clock }),
        housekeeping: housekeepingJob(database, clock),
      },
      // Minutes, hours, days in UTC. Somebody may have become known since a court's list came: looked for every quarter.
      crontab: `* * * * * ${CHASE_JOB}\n*/15 * * * * look-again\n17 3 * * * housekeeping`,
    });
    stops.push(() => worker.stop());
  }
  log(`Throughline is ready at ${config.baseUrl}`);
  if (config.oidc === undefined)
    log('Open it and choose who to be: everybody in the demonstration is invented.');
}

/** The audit's monthly tables for two years ahead; looked at on every start. */
async function prepareAuditMonths(service: OpenService): Promise<void> {
  const owner = openDatabase({ appUrl: service.ownerUrl, poolSize: 1 });
  try {
    await makeAuditMonths(owner, systemClock);
  } finally {
    await owner.close();
  }
}

/** Seals the audit twice a second, within the second that sealing may lag; a fault is said and tried again. */
function startSealer(config: Config, service: OpenService): () => Promise<void> {
  const key = openSealKey(config.dataDir);
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sealAudit(service.database, key, systemClock.now(), config.dataDir))
      .catch(() => log('The audit could not be sealed. Trying again.'));
  }, 500);
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
    await each().catch((fault: unknown) =>
      log(`While stopping: ${fault instanceof Error ? fault.message : 'unknown'}`),
    );
  }
  process.exit(code);
}

// A terminal sends the signal to the whole group and npm's runner forwards it: it may come twice.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
// Started over a channel by scripts/run.mjs: when that process is killed, this one stops too.
process.on('disconnect', () => void stop(0));

try {
  await start(readConfig(process.env));
} catch (fault) {
  log(fault instanceof Error ? fault.message : 'The service did not start.');
  await stop(1);
}
