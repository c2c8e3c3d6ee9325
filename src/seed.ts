// npm run seed: adds invented people to the demonstration area. npm run demo:reset: begins it anew.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMONSTRATION_ISSUER } from './access/index.ts';
import { emptyDemonstration, isEmpty, makeArea, seedPeople, tellStories } from './demonstration/index.ts';
import { joinModules } from './modules.ts';
import { fixedClock, systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { prepareJobs } from './platform/jobs.ts';
import { migrate } from './platform/migrate.ts';
import { openPostgres } from './platform/postgres/index.ts';

const usage = `Usage:
  npm run seed -- --people N [--seed S]
      adds N invented people, with years of records, to the demonstration area. The same seed on the same
      ground makes the same people; run again, it adds others.
  npm run demo:reset
      empties the demonstration area and fills it as a first start does. The audit is kept.
Both refuse a database that holds an area which is not a demonstration.`;

/** What was asked for, or null when it cannot be understood. */
export function readSeedArguments(
  args: readonly string[],
): { readonly reset: boolean; readonly people: number; readonly seed: number } | null {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        people: { type: 'string' },
        seed: { type: 'string', default: '1' },
        'reset-demo': { type: 'boolean', default: false },
      },
    }));
  } catch {
    return null;
  }
  const reset = values['reset-demo'];
  const people = Number(values.people ?? (reset ? '0' : ''));
  const seed = Number(values.seed);
  const whole = Number.isInteger(people) && Number.isInteger(seed) && seed >= 0;
  if (!whole || (values.people === '' || (!reset && people < 1)) || people < 0 || people > 10_000_000) return null;
  return { reset, people, seed };
}

/** Makes the area with its workers, directory and stories, as the first start of a demonstration does. */
async function fillAnew(ownerUrl: string, owner: Database, database: Database): Promise<void> {
  await prepareJobs(ownerUrl);
  const area = await makeArea(owner, DEMONSTRATION_ISSUER);
  const now = systemClock.now();
  const clock = fixedClock(now);
  await tellStories({ ...joinModules({ database, clock }), clock }, area, now);
}

async function run(): Promise<number> {
  const wanted = readSeedArguments(process.argv.slice(2));
  if (wanted === null) {
    console.error(usage);
    return 2;
  }
  const config = readConfig(process.env);
  const log = (line: string): void => console.error(line);
  const postgres = await openPostgres({ ...config, log });
  try {
    await migrate(postgres.ownerUrl, { directory: join(import.meta.dirname, '..', 'db', 'migrations'), log });
    const owner = openDatabase({ appUrl: postgres.ownerUrl, poolSize: 2 });
    const database = openDatabase({ appUrl: postgres.appUrl, appRole: postgres.appRole, poolSize: 4 });
    try {
      if (wanted.reset && !(await isEmpty(owner))) {
        await emptyDemonstration(owner, postgres.ownerUrl);
        log('The demonstration area is empty. The audit was kept.');
      }
      if (await isEmpty(owner)) {
        log('Filling the demonstration area with its first invented people…');
        await fillAnew(postgres.ownerUrl, owner, database);
      }
      if (wanted.people > 0) {
        const start = performance.now();
        const done = await seedPeople({
          ...wanted,
          ownerUrl: postgres.ownerUrl,
          owner,
          clock: systemClock,
          progress: (people) => {
            if (people % 10_000 === 0) log(`${String(people)} of ${String(wanted.people)} people`);
          },
        });
        const rows = [...done.rows.values()].reduce((sum, count) => sum + count, 0);
        const seconds = Math.round((performance.now() - start) / 100) / 10;
        console.log(JSON.stringify({ ...done, rows: Object.fromEntries(done.rows), rowsInAll: rows, seconds }));
      }
      return 0;
    } finally {
      await owner.close();
      await database.close();
    }
  } finally {
    await postgres.stop();
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await run();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  }
}
