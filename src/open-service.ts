// Opens the service for whoever needs it: the web process, a command, a bench.
import { join } from 'node:path';
import { DEMONSTRATION_ISSUER } from './access/index.ts';
import { isEmpty, makeArea, tellStories } from './demonstration/index.ts';
import { joinModules, type Modules } from './modules.ts';
import { fixedClock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { prepareJobs } from './platform/jobs.ts';
import { migrate } from './platform/migrate.ts';
import { openPostgres } from './platform/postgres/index.ts';
import { installationSecret } from './platform/secrets.ts';

/** The database, brought up to date, and the modules on it: where the service and every command begin. */
export interface OpenService {
  readonly database: Database;
  readonly modules: Modules;
  readonly ownerUrl: string;
  readonly appUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the database of the settings (the embedded one or one's own), migrates it, makes the job tables, and fills an
 * empty demonstration. Says what it does through `log`.
 */
export async function openService(config: Config, log: (line: string) => void): Promise<OpenService> {
  const postgres = await openPostgres({
    databaseUrl: config.databaseUrl,
    databaseAppUrl: config.databaseAppUrl,
    dataDir: config.dataDir,
    log,
  });
  try {
    const directory = join(import.meta.dirname, '..', 'db', 'migrations');
    const { applied } = await migrate(postgres.ownerUrl, { directory, log: () => {} });
    if (applied.length > 0) log(`The database was brought up to date: ${String(applied.length)} migrations.`);
    await prepareJobs(postgres.ownerUrl);
    const database = openDatabase({ appUrl: postgres.appUrl, appRole: postgres.appRole });
    const linkSecret = installationSecret(config.dataDir, 'links');
    if (config.demonstration)
      await fillDemonstration(postgres.ownerUrl, database, { config, linkSecret, log });
    return {
      database,
      modules: joinModules({ database, clock: systemClock, baseUrl: config.baseUrl, linkSecret }),
      ownerUrl: postgres.ownerUrl,
      appUrl: postgres.appUrl,
      close: async () => {
        await database.close();
        await postgres.stop();
      },
    };
  } catch (fault) {
    await postgres.stop();
    throw fault;
  }
}

/** Fills an empty database with the invented area and its stories, once. */
async function fillDemonstration(
  ownerUrl: string,
  database: Database,
  with_: { readonly config: Config; readonly linkSecret: string; readonly log: (line: string) => void },
): Promise<void> {
  const owner = openDatabase({ appUrl: ownerUrl, poolSize: 2 });
  try {
    if (!(await isEmpty(owner))) return;
    with_.log('Filling the demonstration area with invented people…');
    const area = await makeArea(owner, DEMONSTRATION_ISSUER);
    const clock = fixedClock(systemClock.now());
    const modules = joinModules({
      database,
      clock,
      baseUrl: with_.config.baseUrl,
      linkSecret: with_.linkSecret,
    });
    await tellStories({ ...modules, clock }, area, systemClock.now());
  } finally {
    await owner.close();
  }
}
