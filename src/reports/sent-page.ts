import { dateTime, when } from '../platform/views/dates.ts';
import { reachedWords } from './before-decision.ts';
import { informedChoices } from './record-report-decision.ts';
import type { ReportOverview, SendingWithFacts } from './report-overview.ts';
import { stateWords } from './report-status.ts';

// What the pages of a signed report show: decided here, drawn by the templates.

const channelWords = { link: 'By link', 'on-screen': 'On screen, signed in', print: 'On paper' } as const;

/** One sending: how it went, step by step, and whether its link still opens. */
export function sendingRow(
  overview: ReportOverview,
  entry: SendingWithFacts,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { sending, facts } = entry;
  const version = overview.versions.find((known) => known.id === sending.versionId);
  const steps = [
    { key: 'Sent', text: `${when(facts.sentAt, now)} by ${sending.sentByName}`, shape: null },
    sending.channel === 'print'
      ? null
      : {
          key: 'Delivered',
          text: facts.deliveredAt === null ? 'Not known' : when(facts.deliveredAt, now),
          shape: null,
        },
    {
      key: 'Received',
      text: facts.receivedAt === null ? 'Not yet' : when(facts.receivedAt, now),
      shape: facts.receivedAt === null ? 'none' : 'done',
    },
    {
      key: 'Read',
      text: facts.readAt === null ? 'Not confirmed' : when(facts.readAt, now),
      shape: facts.readAt === null ? 'none' : 'done',
    },
  ].filter((step) => step !== null);
  const closed =
    facts.stoppedAt === null
      ? entry.expiresAt !== null && !entry.linkOpen
        ? `The link ran out ${when(entry.expiresAt, now)}`
        : ''
      : `Stopped ${when(facts.stoppedAt, now)}. ${entry.closedWhy ?? 'Nothing more can be opened'}`;
  return {
    id: sending.id,
    to: sending.recipientName,
    how: channelWords[sending.channel],
    version: version?.number ?? null,
    steps,
    closed,
    open: entry.linkOpen ? `Open until ${entry.expiresAt === null ? '' : when(entry.expiresAt, now)}` : '',
    act:
      sending.channel === 'print'
        ? 'See the paper, or say it was handed over'
        : entry.linkOpen
          ? 'Say they have it, or close the link'
          : 'See how it went',
    canClose: entry.linkOpen,
    canReceive: facts.receivedAt === null && facts.readAt === null && facts.stoppedAt === null,
  };
}

/** A signed report: how it stands, who has it, what was decided, and the words as signed. */
export function sentModel(
  overview: ReportOverview,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> | null {
  const [latest, ...older] = overview.versions;
  if (latest === undefined) return null;
  const { report, template, decision } = overview;
  const status = stateWords({ state: overview.state, at: overview.since }, now);
  const decided = template.decisions.find((known) => known.key === decision?.decision);
  const informed = informedChoices.find((choice) => choice.value === decision?.informed);
  return {
    report,
    reportTitle: template.title,
    moment: template.before,
    recipient: report.recipientName,
    sendWords: overview.sendings.length === 0 ? 'Send it' : 'Send it again or another way',
    shape: status.shape,
    statusText: status.text,
    chase: overview.chase,
    needed: report.neededBy === null ? null : when(report.neededBy, now),
    signed: `Version ${latest.number}, signed by ${latest.signedByName} ${when(latest.signedAt, now)}`,
    heldBack: latest.heldBack,
    sendings: overview.sendings.map((entry) => sendingRow(overview, entry, now)),
    paper: latest.document,
    older: older.map((version) => ({
      number: version.number,
      signed: `Signed by ${version.signedByName} ${dateTime(version.signedAt)}`,
      document: version.document,
    })),
    decision:
      decision === null
        ? null
        : {
            text: decided?.text ?? decision.decision,
            at: when(decision.decidedAt, now),
            informed: informed?.text ?? '',
            by: decision.toldBy,
            reached: reachedWords(
              { receivedAt: overview.receivedAt, readAt: overview.readAt, decidedAt: decision.decidedAt },
              now,
            ),
          },
  };
}
