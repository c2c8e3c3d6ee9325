import { prepareDatabase, prepareOwnDatabase } from './prepare-database.ts';
import type { DatabaseAddresses } from './prepare-database.ts';
import { startPostgres } from './supervisor.ts';

/** What main.ts knows about the database. */
export interface OpenOptions {
  /** DATABASE_URL: a PostgreSQL of the operator's own; nothing is started then. */
  readonly databaseUrl?: string | undefined;
  /** DATABASE_APP_URL: how the program signs in there; without it, it uses SET ROLE throughline_app. */
  readonly databaseAppUrl?: string | undefined;
  /** Where the embedded server keeps its data. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
}

/** A database that is there, with its roles and extensions; not yet migrated. */
export interface OpenedPostgres extends DatabaseAddresses {
  /** Stops the embedded server; does nothing to a PostgreSQL of the operator's own. */
  readonly stop: () => Promise<void>;
}

/** The name of the database in the embedded server. */
const DATABASE = 'throughline';

/** Starts the embedded server, or uses the operator's own, and makes roles, database and extensions. */
export async function openPostgres(options: OpenOptions): Promise<OpenedPostgres> {
  if (options.databaseUrl !== undefined) {
    const addresses = await prepareOwnDatabase(options.databaseUrl, options.databaseAppUrl);
    return { ...addresses, stop: () => Promise.resolve() };
  }
  if (options.databaseAppUrl !== undefined)
    throw new Error('DATABASE_APP_URL is set but DATABASE_URL is not: set both, or neither.');
  const server = await startPostgres({ dataDir: options.dataDir, log: options.log });
  try {
    return { ...(await prepareDatabase(server.superuserUrl, DATABASE)), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
