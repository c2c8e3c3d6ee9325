// npm run bench: measures the running program on a large invented database, each figure beside its budget and its floor.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { seedPeople } from '../src/demonstration/index.ts';
import { openService } from '../src/open-service.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { openPostgres } from '../src/platform/postgres/index.ts';
import { auditedWrites, sealingLag } from './audited-writes.ts';
import { openRecorder, replay, type BareSql } from './bare-sql.ts';
import { liveLatency } from './live-latency.ts';
import { closedLoop, openLoop, percentile, type LoadFigures } from './load.ts';
import { pageTargets, type PageTargets } from './page-targets.ts';
import { feedToken, freePort, startProgram } from './program.ts';
import { budgetLines, printTable, type BenchResults, type PageResult } from './results.ts';
import { makeSessions } from './sessions.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '100' },
    'data-dir': { type: 'string', default: join(import.meta.dirname, '..', 'var', 'bench') },
  },
});
const people = Number(values.people);
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const dataDir = values['data-dir'];
const say = (line: string): void => console.error(line);

/** Fills the bench's own database, once; another number of people asks for another folder. */
async function ensureSeeded(): Promise<void> {
  const mark = join(dataDir, 'seeded.json');
  if (existsSync(mark)) {
    const { people: there } = JSON.parse(readFileSync(mark, 'utf8')) as { people: number };
    if (there === people) return;
    throw new Error(
      `${dataDir} holds ${String(there)} people, not ${String(people)}: remove it, or give --data-dir another folder.`,
    );
  }
  mkdirSync(dataDir, { recursive: true });
  say(`Inventing ${String(people)} people, once…`);
  const service = await openService(readConfig({ DATA_DIR: dataDir, DEMONSTRATION: 'true' }), say);
  const owner = openDatabase({ appUrl: service.ownerUrl, poolSize: 2 });
  try {
    const start = performance.now();
    const done = await seedPeople({ ownerUrl: service.ownerUrl, owner, clock: systemClock, people, seed: 1 });
    const took = Math.round((performance.now() - start) / 1000);
    writeFileSync(
      mark,
      JSON.stringify({ people: done.people, seconds: took, rows: Object.fromEntries(done.rows) }),
    );
    say(`Seeded in ${String(took)} s.`);
  } finally {
    await owner.close();
    await service.close();
  }
}

async function measurePage(
  page: PageTargets,
  health: LoadFigures,
  floors: ReadonlyMap<string, BareSql>,
): Promise<PageResult> {
  const first = page.targets[0];
  const probe =
    first === undefined
      ? null
      : await fetch(first.url, { headers: { ...first.headers }, redirect: 'manual' });
  await probe?.body?.cancel();
  if (probe === null || probe.status !== 200)
    return { name: page.name, missing: `answered ${String(probe?.status ?? 'nothing')}` };
  const alone = await closedLoop(asker(page), { lanes: 1, seconds: Math.min(seconds, 4) });
  const most = await closedLoop(asker(page), { lanes: 8, seconds: Math.min(seconds, 4) });
  const figures = await openLoop(page.targets, { rate, seconds, warmUp: 2 });
  const floor = floors.get(page.name);
  return {
    name: page.name,
    figures,
    alone: alone.figures,
    mostPerSecond: most.perSecond,
    addresses: page.targets.length,
    ...(floor === undefined
      ? {}
      : {
          sql: {
            statements: floor.statements,
            p50: floor.figures.p50,
            p95: floor.figures.p95,
            slowest: floor.slowest,
          },
        }),
    overSql: floor === undefined ? null : Math.round((alone.figures.p50 / floor.figures.p50) * 10) / 10,
    overServer: Math.round((alone.figures.p50 / health.p50) * 10) / 10,
  };
}

/** Opens one address of the page after another. */
function asker(page: PageTargets): () => Promise<void> {
  let turn = 0;
  return async () => {
    const target = page.targets[turn++ % page.targets.length];
    if (target === undefined) return;
    const answer = await fetch(target.url, { headers: { ...target.headers } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${target.url} answered ${String(answer.status)}`);
  };
}

async function recordFloors(
  pages: readonly PageTargets[],
  client: pg.Client,
): Promise<ReadonlyMap<string, BareSql>> {
  const recorder = await openRecorder(dataDir);
  const floors = new Map<string, BareSql>();
  try {
    for (const page of pages) {
      try {
        const recorded = [];
        for (const target of page.targets.slice(0, 8)) recorded.push(await recorder.record(target));
        floors.set(page.name, await replay(client, recorded, 15));
      } catch (fault) {
        say(`${page.name} has no floor: ${fault instanceof Error ? fault.message : 'unknown'}`);
      }
    }
  } finally {
    await recorder.close();
  }
  return floors;
}

const agreeToBeSeen = `
  insert into consent_decision (area_id, person_id, subject_key, subject_kind, decision, holder, competence, how, language,
    format, decided_at, recorded_at, recorded_by)
  select d.area_id, d.person_id, 'being-seen', 'being-seen', 'given', 'person', 'presumed', 'spoken', 'English',
    'ordinary', now(), now(), (select id from worker where area_id = d.area_id order by id limit 1)
  from detention d where d.custody_number = $1`;

async function run(): Promise<void> {
  await ensureSeeded();
  const port = await freePort();
  const program = await startProgram({ dataDir, port });
  if (program === null) throw new Error('The program was not started');
  const postgres = await openPostgres({
    databaseUrl: undefined,
    databaseAppUrl: undefined,
    dataDir,
    log: () => undefined,
  });
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  const app = new pg.Client({ connectionString: postgres.appUrl });
  try {
    await owner.connect();
    await app.connect();
    const area = await owner.query<{ id: string }>('select id from area where demonstration limit 1');
    const areaId = area.rows[0]?.id ?? '';
    await owner.query(
      `select set_config('app.viewer_kind', 'system', false), set_config('app.area', $1, false)`,
      [areaId],
    );
    const pages = await pageTargets(owner, program.base);
    say('Recording what each page asks, and replaying it bare…');
    const floors = await recordFloors(pages, app);
    const health = await openLoop([{ url: `${program.base}/health/live` }], {
      rate,
      seconds: Math.min(seconds, 5),
      warmUp: 1,
    });
    const results: PageResult[] = [];
    for (const page of pages) {
      say(`${page.name}: ${String(rate)} requests a second for ${String(seconds)} s…`);
      results.push(await measurePage(page, health, floors));
    }
    say('Signed in custody, seen in court, with 200 open boards…');
    const sites = await owner.query<{ id: string; code: string; kind: string }>(
      'select id, code, kind from site order by name',
    );
    const live = await liveLatency({
      base: program.base,
      token: await feedToken(program.base, dataDir),
      leads: await makeSessions(owner, 'lead', 24),
      atCourt: await makeSessions(owner, 'court-practitioner', 4),
      agree: async (custodyNumber) => {
        await owner.query(agreeToBeSeen, [custodyNumber]);
      },
      suites: sites.rows.filter(({ kind }) => kind === 'custody-suite'),
      courts: sites.rows.filter(({ kind }) => kind === 'magistrates-court'),
      times: Math.max(20, seconds * 4),
    });
    say('Audited transactions…');
    const parts = {
      appUrl: postgres.appUrl,
      ownerUrl: postgres.ownerUrl,
      areaId,
      seconds: Math.min(seconds, 8),
    };
    const quietLag = await sealingLag(parts, 8);
    const writes = [await auditedWrites(parts, 8), await auditedWrites(parts, 24)];
    const busyLag = await sealingLag(parts, 1);
    const lags = [...quietLag].sort((a, b) => a - b);
    const all: BenchResults = {
      at: systemClock.now().toString(),
      people,
      rate,
      seconds,
      machine: {
        cpus: cpus().length,
        model: cpus()[0]?.model ?? '',
        loadBefore: loadBefore[0] ?? 0,
        loadAfter: loadavg()[0] ?? 0,
      },
      startMs: Math.round(program.readyAfter),
      health,
      pages: results,
      writes,
      sealing: {
        p50: percentile(lags, 0.5),
        max: lags.at(-1) ?? Number.NaN,
        afterTheWritesMs: busyLag[0] ?? Number.NaN,
      },
      live,
    };
    const path = join(dataDir, 'results.json');
    writeFileSync(path, `${JSON.stringify({ ...all, budgets: budgetLines(all) }, null, 2)}\n`);
    printTable(all);
    say(`Written to ${path}`);
  } finally {
    await app.end();
    await owner.end();
    await postgres.stop();
    await program.stop();
  }
}

const loadBefore = loadavg();
try {
  await run();
} catch (fault) {
  console.error(fault instanceof Error ? fault.stack : fault);
  process.exitCode = 1;
}
