// npm run bench:kill: ends the whole program with kill -9 at random moments under load and looks for what was lost.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openSealKey, verifyAudit } from '../src/audit/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { openPostgres } from '../src/platform/postgres/index.ts';
import { writeCustodyEvents } from './custody-writer.ts';
import { percentile } from './load.ts';
import { feedToken, freePort, startProgram, type Program } from './program.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    writers: { type: 'string', default: '6' },
    'data-dir': { type: 'string', default: join(import.meta.dirname, '..', 'var', 'kill') },
  },
});
const rounds = Number(values.rounds);
const writers = Number(values.writers);
const dataDir = values['data-dir'];

/** Everything ever answered as accepted: none of it may be gone after any later kill either. */
const acknowledged: string[] = [];
const restarts: number[] = [];
const faults: string[] = [];

/** What the database says after a restart. */
interface Findings {
  readonly lost: number;
  readonly half: number;
  readonly events: number;
  readonly audit: string | null;
  readonly sealed: number;
}

/** Looks for acknowledged events that are gone, events without their stay, fact or audit row, and a broken chain. */
async function examine(): Promise<Findings> {
  const postgres = await openPostgres({
    databaseUrl: undefined,
    databaseAppUrl: undefined,
    dataDir,
    log: () => undefined,
  });
  try {
    const client = new pg.Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    try {
      const area = await client.query<{ id: string }>('select id from area limit 1');
      await client.query(
        `select set_config('app.viewer_kind', 'system', false), set_config('app.area', $1, false)`,
        [area.rows[0]?.id ?? ''],
      );
      const kept = await client.query<{ event_key: string }>(
        'select event_key from custody_feed_event where event_key = any($1)',
        [acknowledged],
      );
      const there = new Set(kept.rows.map((row) => row.event_key));
      const half = await client.query<{ half: number; events: number }>(
        `with stays as (
           select e.detention_id, count(*)::int as told,
             (select count(*)::int from detention_event d where d.detention_id = e.detention_id) as facts,
             (select count(*)::int from audit_event a where a.subject_id = e.detention_id
                and a.subject_kind = 'custody event' and a.action = 'received') as audited,
             exists (select from detention s join person p on p.id = s.person_id where s.id = e.detention_id) as whole
           from custody_feed_event e where e.event_key like 'K%' group by e.detention_id)
         select (count(*) filter (where detention_id is null or told <> facts or told <> audited or not whole))::int
           as half, coalesce(sum(told), 0)::int as events from stays`,
      );
      const database = openDatabase({ appUrl: postgres.appUrl, appRole: postgres.appRole, poolSize: 2 });
      const verdict = await verifyAudit(database, openSealKey(dataDir).publicKey, dataDir);
      await database.close();
      return {
        lost: acknowledged.filter((key) => !there.has(key)).length,
        half: half.rows[0]?.half ?? 0,
        events: half.rows[0]?.events ?? 0,
        audit: verdict.broken,
        sealed: verdict.events,
      };
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
  }
}

async function load(program: Program, round: number, milliseconds: number): Promise<number> {
  const token = await feedToken(program.base, dataDir);
  const before = acknowledged.length;
  let killed = false;
  const writing = Array.from({ length: writers }, (_, writer) =>
    writeCustodyEvents({
      base: program.base,
      token,
      name: `K${String(round)}W${String(writer)}`,
      from:
        process.platform === 'linux'
          ? `127.0.${String(1 + (round % 200))}.${String(writer + 1)}`
          : '127.0.0.1',
      at: systemClock.now().subtract({ minutes: 30 }),
      stopped: () => killed,
      acknowledged: ({ eventId }) => acknowledged.push(eventId),
    }),
  );
  await sleep(milliseconds);
  await program.kill();
  killed = true;
  for (const { unexpected } of await Promise.all(writing))
    faults.push(...unexpected.slice(0, 1).map((each) => `round ${String(round)}: ${each}`));
  return acknowledged.length - before;
}

async function run(): Promise<number> {
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  let lost = 0;
  let half = 0;
  let broken = 0;
  let program = await startProgram({ dataDir, port });
  for (let round = 1; round <= rounds; round += 1) {
    if (program === null) throw new Error('The program was not started');
    const took = await load(program, round, 300 + Math.random() * 1700);
    // Every fifth time the restart is killed too, somewhere on its way.
    if (round % 5 === 0) await startProgram({ dataDir, port, killAfter: 100 + Math.random() * 1500 });
    program = await startProgram({ dataDir, port });
    if (program === null) throw new Error('The program did not start again');
    restarts.push(program.readyAfter);
    const found = await examine();
    lost = Math.max(lost, found.lost);
    half = Math.max(half, found.half);
    if (found.audit !== null) {
      broken += 1;
      faults.push(`round ${String(round)}: ${found.audit}`);
    }
    console.log(
      `round ${String(round)}: ${String(took)} acknowledged, ${String(found.lost)} lost, ${String(found.half)} half, ` +
        `audit ${found.audit === null ? 'whole' : 'BROKEN'} (${String(found.sealed)} sealed), ready again in ${String(Math.round(program.readyAfter))} ms`,
    );
  }
  await program?.stop();
  restarts.sort((a, b) => a - b);
  const result = {
    rounds,
    acknowledged: acknowledged.length,
    lost,
    half,
    auditBroken: broken,
    restartMs: { p50: Math.round(percentile(restarts, 0.5)), max: Math.round(restarts.at(-1) ?? 0) },
    faults,
  };
  writeFileSync(join(dataDir, 'kill.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result));
  return lost === 0 && half === 0 && broken === 0 && faults.length === 0 && acknowledged.length > 0 ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 1;
}
