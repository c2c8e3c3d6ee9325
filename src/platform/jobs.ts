import { Logger, run, runMigrations, type Runner, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { Tx } from './database.ts';

// Background work in the one store there is. A job is added in the transaction that causes it, so that neither
// exists without the other; it starts within milliseconds of the commit. Every job is idempotent: it may run twice.

/** Adds a job. With a key, a job already waiting under it is replaced instead of added again. */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, string | number | boolean | null>>,
  options: { readonly key?: string; readonly runAt?: Temporal.Instant } = {},
): Promise<void> {
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${
    options.runAt ?? null
  })`.execute(tx);
}

/** One kind of job. Throwing makes graphile-worker try again, later each time. */
export type Job = (payload: unknown) => Promise<void>;

export interface WorkerOptions {
  readonly ownerUrl: string;
  readonly jobs: Readonly<Record<string, Job>>;
  /** Lines of a crontab, times in UTC: "* * * * * chase-handovers". */
  readonly crontab: string;
  readonly log: (line: string) => void;
}

const silent = new Logger(() => () => {});

/** Makes graphile-worker's own tables. Called at every start, before anything is enqueued. */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent });
}

/** Runs jobs until it is stopped. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  // Its own pool: graphile-worker expects the driver's Dates.
  const pool = new pg.Pool({ connectionString: options.ownerUrl, max: 4 });
  // graphile-worker asks that every connection has its own handler as well.
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  pool.on('error', () => {
    // The database went away for a moment; graphile-worker connects again by itself.
  });
  const taskList: TaskList = {};
  for (const [name, job] of Object.entries(options.jobs)) taskList[name] = (payload) => job(payload);
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    taskList,
    crontab: options.crontab,
    logger: silent,
  });
  runner.events.on('job:error', ({ job, error }) => {
    // The payload holds ids only, but stays out of the log all the same.
    options.log(`job ${job.task_identifier} failed on attempt ${job.attempts}: ${nameOf(error)}`);
  });
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : 'unknown fault';
}
