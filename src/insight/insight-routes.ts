import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { cellText, showCount, showParts, showShare } from './disclosure-control.ts';

export interface InsightParts {
  readonly database: Database;
  readonly clock: Clock;
}

/** The way through, as the counts are named; each with the words of its row. */
const steps = [
  ['passed through', 'Passed through a suite'],
  ['offered', 'Offered contact'],
  ['agreed', 'Agreed to be seen'],
  ['screened', 'Screened'],
  ['assessed', 'Assessed'],
  ['referred', 'Referred to a service'],
  ['first appointment kept', 'First appointment kept'],
] as const;

const WEEKS = 4;

interface CountRow {
  readonly step: string;
  readonly suite: string;
  readonly counted: number;
}

async function pathwayCounts(
  tx: Tx,
  viewer: SignedInViewer,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly CountRow[]> {
  const { rows } = await sql<CountRow>`
    select step, suite, counted from insight_pathway(${viewer.areaId}::uuid, ${from}, ${to})`.execute(tx);
  return rows;
}

/** Counts of the way through, for commissioners and leads: rounded, small ones hidden, never a person. */
export function registerInsightRoutes(server: FastifyInstance, parts: InsightParts): void {
  server.get('/insight', { config: { permission: 'insight.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const to = parts.clock.now();
    const from = to.subtract({ hours: WEEKS * 7 * 24 });
    const rows = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      await recordAudit(tx, to, auditActor(viewer, request.reference), {
        action: 'viewed',
        subjectKind: 'insight, counts only',
        detail: { from: from.toString(), to: to.toString() },
      });
      return pathwayCounts(tx, viewer, from, to);
    });
    return reply.page('insight.njk', { ...pathwayModel(rows), from, to, weeks: WEEKS });
  });
}

/** The funnel and the suites, with every number as it may be shown. */
function pathwayModel(rows: readonly CountRow[]): Readonly<Record<string, unknown>> {
  const totalOf = (step: string): number =>
    rows.filter((row) => row.step === step).reduce((sum, row) => sum + row.counted, 0);
  const everybody = showCount(totalOf('passed through'));
  const suites = [...new Set(rows.map((row) => row.suite))].sort((a, b) => a.localeCompare(b));
  const countOf = (step: string, suite: string): number =>
    rows.find((row) => row.step === step && row.suite === suite)?.counted ?? 0;
  const bySuite = (step: string) => showParts(suites.map((suite) => countOf(step, suite)));
  const passed = bySuite('passed through');
  const offered = bySuite('offered');
  const agreed = bySuite('agreed');
  return {
    steps: steps.map(([step, words]) => {
      const shown = showCount(totalOf(step));
      const share = showShare(shown, everybody);
      return {
        words,
        count: cellText(shown),
        share: share === null ? 'Not shown' : `${String(share)}%`,
        width: share ?? 0,
      };
    }),
    suites: suites.map((suite, index) => {
      const whole = passed[index] ?? showCount(0);
      const share = showShare(offered[index] ?? showCount(0), whole);
      return {
        suite,
        passed: cellText(whole),
        offered: cellText(offered[index] ?? showCount(0)),
        agreed: cellText(agreed[index] ?? showCount(0)),
        share: share === null ? 'Not shown' : `${String(share)}%`,
      };
    }),
  };
}
