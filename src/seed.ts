// npm run seed: adds invented people to the demonstration area. npm run demo:reset: begins it anew.
import { parseArgs } from 'node:util';
import { emptyDemonstration, seedPeople } from './demonstration/index.ts';
import { openService, type OpenService } from './open-service.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';

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

async function run(): Promise<number> {
  const wanted = readSeedArguments(process.argv.slice(2));
  if (wanted === null) {
    console.error(usage);
    return 2;
  }
  const config = readConfig(process.env);
  const log = (line: string): void => console.error(line);
  // Opening it fills an empty demonstration, so emptying and opening again is all that beginning anew takes.
  let service = await openService(config, log);
  try {
    if (wanted.reset) {
      await withOwner(service, (owner) => emptyDemonstration(owner, service.ownerUrl));
      log('The demonstration area is empty. The audit was kept.');
      await service.close();
      service = await openService(config, log);
    }
    if (wanted.people > 0) await withOwner(service, (owner) => seed(service, owner, wanted, log));
    return 0;
  } finally {
    await service.close();
  }
}

async function withOwner<T>(service: OpenService, work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = openDatabase({ appUrl: service.ownerUrl, poolSize: 2 });
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}

async function seed(
  service: OpenService,
  owner: Database,
  wanted: { readonly people: number; readonly seed: number },
  log: (line: string) => void,
): Promise<void> {
  const start = performance.now();
  const done = await seedPeople({
    ...wanted,
    ownerUrl: service.ownerUrl,
    owner,
    clock: systemClock,
    progress: (people) => {
      if (people % 10_000 === 0) log(`${String(people)} of ${String(wanted.people)} people`);
    },
  });
  const rowsInAll = [...done.rows.values()].reduce((sum, count) => sum + count, 0);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  console.log(JSON.stringify({ ...done, rows: Object.fromEntries(done.rows), rowsInAll, seconds }));
}

if (import.meta.main) {
  try {
    process.exitCode = await run();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 1;
  }
}
