import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { receiptsOf } from '../sharing/index.ts';
import {
  chaseOf,
  earliest,
  reportState,
  type Chase,
  type ReportState,
  type SendingFacts,
} from './report-status.ts';
import {
  findDecisions,
  findReports,
  findSendings,
  findTransport,
  findVersions,
  type DecisionRow,
  type Report,
  type ReportVersion,
  type Sending,
} from './report-store.ts';
import { templateOf, type ReportTemplate } from './report-templates.ts';

/** One sending with what became of it, and whether its link still opens. */
export interface SendingWithFacts {
  readonly sending: Sending;
  readonly facts: SendingFacts;
  readonly linkOpen: boolean;
  readonly closedWhy: string | null;
  readonly expiresAt: Temporal.Instant | null;
}

/** Everything known about one report, for lists, the picture and its own page. */
export interface ReportOverview {
  readonly report: Report;
  readonly template: ReportTemplate;
  /** Newest first; empty while it is being written. */
  readonly versions: readonly ReportVersion[];
  readonly sendings: readonly SendingWithFacts[];
  readonly state: ReportState;
  readonly since: Temporal.Instant | null;
  readonly chase: Chase | null;
  readonly decision: DecisionRow | null;
  /** When the other side first had any version that was decided upon. */
  readonly receivedAt: Temporal.Instant | null;
  readonly readAt: Temporal.Instant | null;
}

/** The same for several reports, in a fixed number of queries. */
export async function overviewsOf(
  tx: Tx,
  viewer: Viewer,
  reports: readonly Report[],
  now: Temporal.Instant,
): Promise<readonly ReportOverview[]> {
  const ids = reports.map((report) => report.id);
  const versions = await findVersions(tx, viewer, ids);
  const sendings = await findSendings(tx, viewer, { reportIds: ids });
  const transport = await findTransport(
    tx,
    viewer,
    sendings.map((sending) => sending.id),
  );
  const receipts = await receiptsOf(
    tx,
    viewer,
    sendings.map((sending) => sending.disclosureId),
  );
  const decisions = await findDecisions(
    tx,
    viewer,
    versions.map((version) => version.id),
  );
  return reports.map((report) => {
    const own = versions.filter((version) => version.reportId === report.id);
    const sent = sendings
      .filter((sending) => sending.reportId === report.id)
      .map((sending): SendingWithFacts => {
        const carried = transport.get(sending.id);
        const got = receipts.get(sending.disclosureId);
        const closedAt = carried?.closedAt ?? null;
        const expiresAt = carried?.expiresAt ?? null;
        return {
          sending,
          facts: {
            sentAt: sending.sentAt,
            deliveredAt: got?.deliveredAt ?? carried?.deliveredAt ?? null,
            receivedAt: got?.receivedAt ?? null,
            readAt: got?.readAt ?? null,
            stoppedAt: got?.stoppedAt ?? closedAt ?? carried?.cancelledAt ?? null,
          },
          linkOpen:
            sending.channel === 'link' &&
            closedAt === null &&
            expiresAt !== null &&
            Temporal.Instant.compare(now, expiresAt) < 0,
          closedWhy: carried?.closedWhy ?? null,
          expiresAt,
        };
      });
    return overviewOf(report, own, sent, decisions, now);
  });
}

function overviewOf(
  report: Report,
  versions: readonly ReportVersion[],
  sendings: readonly SendingWithFacts[],
  decisions: ReadonlyMap<string, DecisionRow>,
  now: Temporal.Instant,
): ReportOverview {
  const [latest] = versions;
  const status = reportState({
    signedAt: latest?.signedAt ?? null,
    sendings: sendings.filter((entry) => entry.sending.versionId === latest?.id).map((entry) => entry.facts),
  });
  const decision =
    versions
      .map((version) => decisions.get(version.id))
      .filter((row) => row !== undefined)
      .toSorted((a, b) => Temporal.Instant.compare(b.recordedAt, a.recordedAt))[0] ?? null;
  const first = (pick: (facts: SendingFacts) => Temporal.Instant | null) =>
    earliest(sendings.map((entry) => pick(entry.facts))) ?? null;
  return {
    report,
    template: templateOf(report.template),
    versions,
    sendings,
    state: status.state,
    since: status.at,
    chase: chaseOf({
      state: status.state,
      neededBy: report.neededBy,
      phone: report.recipientPhone,
      recipient: report.recipientName,
      now,
    }),
    decision,
    receivedAt: first((facts) => facts.receivedAt),
    readAt: first((facts) => facts.readAt),
  };
}

/** A report as other modules show it. */
export interface ReportSummary {
  readonly id: string;
  readonly personId: string;
  readonly hearingId: string | null;
  readonly title: string;
  readonly recipientName: string;
  readonly status: ReportState;
  readonly at: Temporal.Instant | null;
  readonly neededBy: Temporal.Instant | null;
}

/** The reports of one person, newest first. The caller has opened their record. */
export async function reportsOf(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly ReportSummary[]> {
  const reports = await findReports(tx, viewer, { personId });
  return (await overviewsOf(tx, viewer, reports, now)).map(summary);
}

/** The reports about several people that were started since a moment, newest first: the suite board. */
export async function recentReports(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
  since: Temporal.Instant,
  now: Temporal.Instant,
): Promise<readonly (ReportSummary & { readonly decided: boolean })[]> {
  const reports = await findReports(tx, viewer, { personIds, since });
  return (await overviewsOf(tx, viewer, reports, now)).map((overview) => ({
    ...summary(overview),
    decided: overview.decision !== null,
  }));
}

/** For the court's day: the report furthest on for each hearing. The caller has decided who may see these hearings. */
export async function reportsForHearing(
  tx: Tx,
  viewer: Viewer,
  hearingIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, ReportSummary>> {
  const reports = await findReports(tx, viewer, { hearingIds });
  const rank: readonly ReportState[] = [
    'stopped',
    'draft',
    'signed',
    'sent',
    'delivered',
    'received',
    'read',
  ];
  const found = new Map<string, ReportSummary>();
  for (const entry of (await overviewsOf(tx, viewer, reports, now)).map(summary)) {
    if (entry.hearingId === null) continue;
    const before = found.get(entry.hearingId);
    if (before === undefined || rank.indexOf(entry.status) > rank.indexOf(before.status))
      found.set(entry.hearingId, entry);
  }
  return found;
}

function summary(overview: ReportOverview): ReportSummary {
  return {
    id: overview.report.id,
    personId: overview.report.personId,
    hearingId: overview.report.hearingId,
    title: overview.template.title,
    recipientName: overview.report.recipientName,
    status: overview.state,
    at: overview.since,
    neededBy: overview.report.neededBy,
  };
}
