import type { WriteFigures } from './audited-writes.ts';
import type { BareSql } from './bare-sql.ts';
import type { LiveFigures } from './live-latency.ts';
import type { LoadFigures } from './load.ts';

/** One page's figures, or why there are none. */
export type PageResult =
  | {
      readonly name: string;
      readonly figures: LoadFigures;
      /** One request at a time: what the page costs when nobody waits for anybody. */
      readonly alone: LoadFigures;
      /** Requests a second with eight always waiting: where the machine is full. */
      readonly mostPerSecond: number;
      readonly addresses: number;
      readonly sql?: {
        readonly statements: number;
        readonly p50: number;
        readonly p95: number;
        readonly slowest: BareSql['slowest'];
      };
      /** Median of the page, asked alone, over the median of its bare statements, and over the bare server. */
      readonly overSql: number | null;
      readonly overServer: number;
    }
  | { readonly name: string; readonly missing: string };

export interface BenchResults {
  readonly at: string;
  readonly people: number;
  readonly rate: number;
  readonly seconds: number;
  readonly machine: {
    readonly cpus: number;
    readonly model: string;
    /** Processes waiting for a core, a minute's mean: above the number of cores, somebody else was working too. */
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly startMs: number;
  readonly health: LoadFigures;
  readonly pages: readonly PageResult[];
  readonly writes: readonly WriteFigures[];
  readonly sealing: { readonly p50: number; readonly max: number; readonly afterTheWritesMs: number };
  readonly live: LiveFigures;
}

export interface BudgetLine {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Each budget of the product's performance document with what was measured, met or not. */
export function budgetLines(results: BenchResults): readonly BudgetLine[] {
  const pages = results.pages.map((page): BudgetLine => {
    const what = `${page.name}, ${String(results.rate)} requests/s`;
    const budget = 'p95 ≤ 100 ms, p99 ≤ 300 ms, none failed';
    if ('missing' in page) return { what, budget, measured: page.missing, met: false };
    const { p95, p99, failed } = page.figures;
    return {
      what,
      budget,
      measured: `p95 ${text(p95)}, p99 ${text(p99)}, failed ${String(failed)}`,
      met: p95 <= 100 && p99 <= 300 && failed === 0,
    };
  });
  const best = Math.max(...results.writes.map(({ audited }) => audited.perSecond));
  const { live, sealing } = results;
  return [
    ...pages,
    {
      what: 'Audited transactions',
      budget: '≥ 2,000 a second',
      measured: `${String(best)} a second`,
      met: best >= 2000,
    },
    {
      what: 'Sealing lag, quiet',
      budget: '≤ 1,000 ms',
      measured: `max ${text(sealing.max)}`,
      met: sealing.max <= 1000,
    },
    {
      what: 'Sealing lag, after the writes',
      budget: '≤ 1,000 ms',
      measured: text(sealing.afterTheWritesMs),
      met: sealing.afterTheWritesMs <= 1000,
    },
    {
      what: `Signed in custody, seen in court, ${String(live.openBoards)} boards`,
      budget: 'p99 ≤ 1,000 ms, none missed',
      measured: `p50 ${text(live.seen.p50)}, p99 ${text(live.seen.p99)}, missed ${String(live.missed)} of ${String(live.seen.requests + live.missed)}`,
      met: live.seen.requests > 0 && live.seen.p99 <= 1000 && live.missed === 0,
    },
    {
      what: 'Ready after a start on the filled database',
      budget: '≤ 10,000 ms',
      measured: text(results.startMs),
      met: results.startMs <= 10_000,
    },
  ];
}

function text(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? 'not measured' : `${String(Math.round(milliseconds))} ms`;
}

/** The same for somebody at a terminal. */
export function printTable(results: BenchResults): void {
  const { machine } = results;
  console.log(
    `${String(results.people)} people, ${String(machine.cpus)} × ${machine.model}; load average ${machine.loadBefore.toFixed(1)} before, ${machine.loadAfter.toFixed(1)} after`,
  );
  console.table(
    Object.fromEntries(
      results.pages.map((page) => [
        page.name,
        'missing' in page
          ? { p50: page.missing }
          : {
              'alone p50': page.alone.p50,
              'most/s': page.mostPerSecond,
              p50: page.figures.p50,
              p95: page.figures.p95,
              p99: page.figures.p99,
              max: page.figures.max,
              failed: page.figures.failed,
              'bare SQL p50': page.sql?.p50 ?? '–',
              statements: page.sql?.statements ?? '–',
              '× SQL': page.overSql ?? '–',
              '× server': page.overServer,
            },
      ]),
    ),
  );
  console.log(
    `Bare server (/health/live): p50 ${String(results.health.p50)} ms, p99 ${String(results.health.p99)} ms`,
  );
  console.table(
    results.writes.map((line) => ({
      connections: line.connections,
      'audited/s': line.audited.perSecond,
      'not audited/s': line.notAudited.perSecond,
      'bare update/s': line.bare.perSecond,
      'audited ÷ not': Math.round((line.audited.perSecond / line.notAudited.perSecond) * 100) / 100,
      'audited ÷ bare': Math.round((line.audited.perSecond / line.bare.perSecond) * 100) / 100,
      'audited p99 ms': line.audited.p99,
    })),
  );
  console.table(
    budgetLines(results).map(({ what, budget, measured, met }) => ({
      what,
      budget,
      measured,
      '': met ? 'met' : 'NOT MET',
    })),
  );
}
