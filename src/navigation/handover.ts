import { done, refused, type Outcome } from '../platform/result.ts';

/** Who is meant to receive: our court team, our navigators, a prison's healthcare, another area's service. */
export type HandoverKind = 'court' | 'navigation' | 'prison' | 'other-area';

/** `waiting` for an answer; `accepted` by the receiver; `returned` to the sender; `kept` by the sender after all. */
export type HandoverState = 'waiting' | 'accepted' | 'returned' | 'kept';

/** One line of what matters, with where it comes from, as it was when it was handed over. */
export interface HandoverLine {
  readonly text: string;
  /** "Told S Mistry, nurse": never empty, a fact is never alone. */
  readonly source: string;
  readonly at: Temporal.Instant | null;
  readonly urgency: 'now' | 'soon' | 'note';
}

/** Where a handover goes. At least one of these is set; `name` for a receiver without an account here. */
export interface Receiver {
  readonly kind: HandoverKind;
  readonly siteId: string | null;
  readonly teamId: string | null;
  readonly workerId: string | null;
  readonly name: string | null;
}

/** A handover as it stands. Its history is in handover_event. */
export interface Handover {
  readonly id: string;
  readonly personId: string;
  readonly episodeId: string;
  readonly fromWorkerId: string | null;
  readonly fromTeamId: string | null;
  readonly fromName: string;
  readonly to: Receiver;
  readonly reason: string;
  readonly what: readonly HandoverLine[];
  readonly madeAt: Temporal.Instant;
  /** Null until the clock starts: the person has not left yet. */
  readonly acceptBy: Temporal.Instant | null;
  readonly leftAt: Temporal.Instant | null;
  readonly leftHow: string | null;
  readonly state: HandoverState;
  readonly settledAt: Temporal.Instant | null;
  readonly settledBy: string | null;
  readonly settledName: string | null;
  readonly settledWhy: string | null;
  readonly chasedAt: Temporal.Instant | null;
  readonly version: number;
}

/** What can happen to a handover. `by` is the worker who does it; `name` is how the history names them. */
export type HandoverAct =
  | {
      readonly kind: 'accept';
      readonly at: Temporal.Instant;
      readonly by: string;
      readonly name: string;
      /** Who took it at the prison or in the other area: the receipt. */
      readonly receivedBy?: string;
    }
  | {
      readonly kind: 'return';
      readonly at: Temporal.Instant;
      readonly by: string;
      readonly name: string;
      readonly why: string;
    }
  | {
      readonly kind: 'send-on';
      readonly at: Temporal.Instant;
      readonly to: Receiver;
      readonly acceptBy: Temporal.Instant | null;
    }
  | { readonly kind: 'keep'; readonly at: Temporal.Instant; readonly by: string; readonly name: string }
  | {
      readonly kind: 'start-clock';
      readonly leftAt: Temporal.Instant;
      readonly leftHow: string;
      readonly acceptBy: Temporal.Instant;
    };

export type HandoverRefusal =
  'already-accepted' | 'already-returned' | 'already-kept' | 'needs-reason' | 'needs-receiver';

/** Who must act on it now. `lead` is true where the team lead must look as well; never is nobody named. */
export interface Owner {
  readonly workerId: string | null;
  readonly teamId: string | null;
  readonly siteId: string | null;
  /** A receiver without an account here, once they have taken it. */
  readonly outside: string | null;
  readonly lead: boolean;
}

/** The handover after an act, or why it cannot be done, in words that name who was first. */
export function decideHandover(handover: Handover, act: HandoverAct): Outcome<Handover, HandoverRefusal> {
  switch (act.kind) {
    case 'start-clock':
      return startClock(handover, act);
    case 'accept': {
      if (handover.state !== 'waiting') return settledAlready(handover);
      const outside = isOutside(handover.to.kind);
      if (outside && (act.receivedBy ?? '').trim() === '')
        return refused('needs-receiver', 'Enter who received it and in which role', 'receivedBy');
      return done({
        ...handover,
        state: 'accepted',
        settledAt: act.at,
        settledBy: act.by,
        settledName: outside ? (act.receivedBy ?? '').trim() : act.name,
        settledWhy: null,
        version: handover.version + 1,
      });
    }
    case 'return':
      if (handover.state !== 'waiting') return settledAlready(handover);
      if (act.why.trim() === '') return refused('needs-reason', 'Enter why you cannot take this', 'why');
      return done({
        ...handover,
        state: 'returned',
        settledAt: act.at,
        settledBy: act.by,
        settledName: act.name,
        settledWhy: act.why.trim(),
        version: handover.version + 1,
      });
    case 'keep':
      if (handover.state === 'accepted' || handover.state === 'kept') return settledAlready(handover);
      return done({
        ...handover,
        state: 'kept',
        settledAt: act.at,
        settledBy: act.by,
        settledName: act.name,
        settledWhy: null,
        version: handover.version + 1,
      });
    case 'send-on':
      if (handover.state === 'accepted') return settledAlready(handover);
      if (!hasReceiver(act.to)) return refused('needs-receiver', 'Choose who should receive it', 'to');
      return done({
        ...handover,
        to: act.to,
        acceptBy: act.acceptBy,
        state: 'waiting',
        settledAt: null,
        settledBy: null,
        settledName: null,
        settledWhy: null,
        chasedAt: null,
        version: handover.version + 1,
      });
  }
}

/** The person has left. Accepted early: only the facts are added. Never restarts a clock that runs. */
function startClock(
  handover: Handover,
  act: Extract<HandoverAct, { kind: 'start-clock' }>,
): Outcome<Handover, HandoverRefusal> {
  if (handover.leftAt !== null) return done(handover);
  return done({
    ...handover,
    leftAt: act.leftAt,
    leftHow: act.leftHow,
    acceptBy: handover.acceptBy ?? act.acceptBy,
    version: handover.version + 1,
  });
}

function settledAlready(handover: Handover): Outcome<Handover, HandoverRefusal> {
  const who = handover.settledName ?? 'Somebody';
  switch (handover.state) {
    case 'accepted':
      return refused('already-accepted', `${who} has already accepted this.`);
    case 'returned':
      return refused('already-returned', `${who} has already sent this back: ${handover.settledWhy ?? ''}`);
    default:
      return refused('already-kept', `${who} is keeping this.`);
  }
}

/** True for receivers who have no account here: what they got and who took it is recorded by us. */
export function isOutside(kind: HandoverKind): boolean {
  return kind === 'prison' || kind === 'other-area';
}

/** True when somebody is named to receive. */
export function hasReceiver(to: Receiver): boolean {
  if (isOutside(to.kind)) return (to.name ?? '').trim() !== '';
  return to.siteId !== null || to.teamId !== null || to.workerId !== null;
}

/** Late: its time has passed and nobody has taken it. */
export function isLate(handover: Pick<Handover, 'state' | 'acceptBy'>, now: Temporal.Instant): boolean {
  return (
    handover.state === 'waiting' &&
    handover.acceptBy !== null &&
    Temporal.Instant.compare(now, handover.acceptBy) > 0
  );
}

/**
 * Who must act now (product.md, promise 5). Waiting: the receiver, and the lead once it is late or while the
 * receiver is outside, because nobody outside is reminded by us. Returned: the sender and the lead; the lead alone
 * when a feed sent it. Accepted or kept: whoever took it.
 */
export function ownerOf(handover: Handover, now: Temporal.Instant): Owner {
  const nobody: Owner = { workerId: null, teamId: null, siteId: null, outside: null, lead: false };
  switch (handover.state) {
    case 'waiting': {
      const { to } = handover;
      if (isOutside(to.kind))
        return { ...nobody, workerId: handover.fromWorkerId, teamId: handover.fromTeamId, lead: true };
      return {
        ...nobody,
        workerId: to.workerId,
        teamId: to.teamId,
        siteId: to.siteId,
        lead: isLate(handover, now),
      };
    }
    case 'returned':
      return { ...nobody, workerId: handover.fromWorkerId, teamId: handover.fromTeamId, lead: true };
    case 'accepted':
      return isOutside(handover.to.kind)
        ? { ...nobody, outside: handover.settledName }
        : { ...nobody, workerId: handover.settledBy };
    case 'kept':
      return { ...nobody, workerId: handover.settledBy };
  }
}

/** What a page calls the receiver's kind. */
export const handoverKindText: Readonly<Record<HandoverKind, string>> = {
  court: 'Court',
  navigation: 'Community navigators',
  prison: 'Prison healthcare',
  'other-area': 'Another area',
};
