export { openPostgres } from './open-postgres.ts';
export type { OpenOptions, OpenedPostgres } from './open-postgres.ts';
export { addressOf, databaseAddresses, prepareDatabase, withClient } from './prepare-database.ts';
export type { DatabaseAddresses } from './prepare-database.ts';
export { startPostgres } from './supervisor.ts';
export type { RunningPostgres, StartOptions } from './supervisor.ts';
