import type { StatusShape } from '../people/index.ts';
import { when } from '../platform/views/dates.ts';

/** Where a report stands. Computed from receipts; nothing is stored and nothing is green before the other side has it. */
export type ReportState = 'draft' | 'signed' | 'sent' | 'delivered' | 'received' | 'read' | 'stopped';

/** One sending with what is known to have become of it. */
export interface SendingFacts {
  readonly sentAt: Temporal.Instant;
  readonly deliveredAt: Temporal.Instant | null;
  readonly receivedAt: Temporal.Instant | null;
  readonly readAt: Temporal.Instant | null;
  /** Stopped before it was opened: consent was withdrawn, or somebody closed the link. */
  readonly stoppedAt: Temporal.Instant | null;
}

export interface StatusFacts {
  readonly signedAt: Temporal.Instant | null;
  /** Sendings of the newest signed version only: an older one that was read does not make the newer one read. */
  readonly sendings: readonly SendingFacts[];
}

/** The earliest of the moments that happened. */
export function earliest(moments: readonly (Temporal.Instant | null)[]): Temporal.Instant | undefined {
  return moments.filter((at) => at !== null).toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
}

/** The furthest any sending of the newest version has got, and since when. */
export function reportState(facts: StatusFacts): {
  readonly state: ReportState;
  readonly at: Temporal.Instant | null;
} {
  if (facts.signedAt === null) return { state: 'draft', at: null };
  const furthest = (pick: (sending: SendingFacts) => Temporal.Instant | null) =>
    earliest(facts.sendings.map(pick));
  const read = furthest((sending) => sending.readAt);
  if (read !== undefined) return { state: 'read', at: read };
  const received = furthest((sending) => sending.receivedAt);
  if (received !== undefined) return { state: 'received', at: received };
  const open = facts.sendings.filter((sending) => sending.stoppedAt === null);
  const delivered = earliest(open.map((sending) => sending.deliveredAt));
  if (delivered !== undefined) return { state: 'delivered', at: delivered };
  const sent = earliest(open.map((sending) => sending.sentAt));
  if (sent !== undefined) return { state: 'sent', at: sent };
  const stopped = furthest((sending) => sending.stoppedAt);
  if (stopped !== undefined) return { state: 'stopped', at: stopped };
  return { state: 'signed', at: facts.signedAt };
}

/** Shape and words. Only received and read are the filled tick (design: done and confirmed by the other side). */
export function stateWords(
  status: ReturnType<typeof reportState>,
  now: Temporal.Instant,
): { readonly shape: StatusShape; readonly text: string } {
  const at = status.at === null ? '' : ` ${when(status.at, now)}`;
  switch (status.state) {
    case 'draft':
      return { shape: 'wait', text: 'Being written, not sent' };
    case 'signed':
      return { shape: 'wait', text: `Signed${at}, not sent` };
    case 'sent':
      return { shape: 'wait', text: `Sent${at}, not opened yet` };
    case 'delivered':
      return { shape: 'wait', text: `Delivered${at}, not opened yet` };
    case 'received':
      return { shape: 'done', text: `Received${at}` };
    case 'read':
      return { shape: 'done', text: `Read${at}` };
    case 'stopped':
      return { shape: 'stop', text: `Stopped${at}, nobody opened it` };
  }
}

// Minutes before the report is needed at which somebody rings instead of waiting.
const CHASE_BEFORE_MINUTES = 10;

/** What to do when nobody opens it, and whether that moment has come. */
export interface Chase {
  readonly at: Temporal.Instant;
  readonly due: boolean;
  readonly words: string;
}

/**
 * The chase of a report that was sent and not opened: ring ten minutes before it is needed. Null when it has been
 * received, was not sent, or has no time by which it is needed.
 */
export function chaseOf(input: {
  readonly state: ReportState;
  readonly neededBy: Temporal.Instant | null;
  readonly phone: string | null;
  readonly recipient: string;
  readonly now: Temporal.Instant;
}): Chase | null {
  if (input.neededBy === null || (input.state !== 'sent' && input.state !== 'delivered')) return null;
  const at = input.neededBy.subtract({ minutes: CHASE_BEFORE_MINUTES });
  const due = Temporal.Instant.compare(input.now, at) >= 0;
  const whom = input.phone === null ? input.recipient : input.phone;
  return {
    at,
    due,
    words: due
      ? `Nobody has opened the report: ring ${whom}`
      : `If nobody has opened it by ${when(at, input.now)} ring ${whom}`,
  };
}
