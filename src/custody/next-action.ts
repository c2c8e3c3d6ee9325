import type { StatusShape } from '../people/index.ts';
import { clock as clockText } from '../platform/views/dates.ts';
import type { Contact } from './contact.ts';
import { timeAndDay, type StayClock } from './stay-clock.ts';
import { ADULT_LATE_AFTER, adultNeeded } from './appropriate-adult.ts';
import type { StayState } from './stay.ts';

/** What the other modules have done with somebody in custody, joined in app.ts: screening, assessment, report, handover. */
export interface Progress {
  /** Somebody of ours has talked with the person, whatever came of it. */
  readonly seen: boolean;
  readonly shape: StatusShape;
  readonly text: string;
  readonly source: string;
  /** The next thing, and whose: `waitsFor` names somebody else, null means us. */
  readonly due: null | {
    readonly by: Temporal.Instant;
    readonly text: string;
    /** One or two words that say nothing about the person, for the board in privacy mode. */
    readonly verb: string;
    readonly note: string | null;
    readonly waitsFor: string | null;
    readonly href: string;
  };
}

/** The four bands of the board, most urgent first. */
export type Band = 'now' | 'shift' | 'waiting' | 'nothing';

/** The next thing to do for one person: time, verb, person. */
export interface NextAction {
  readonly band: Band;
  readonly by: Temporal.Instant | null;
  readonly text: string;
  readonly verb: string;
  readonly note: string | null;
  /** Where the action is done: the contact page, the custody page, or what another module gave. */
  readonly leadsTo: 'contact' | 'stay' | { readonly href: string } | null;
}

export interface NextFacts {
  readonly stay: StayState;
  readonly clock: StayClock;
  readonly contact: Contact;
  readonly progress: Progress | null;
  readonly child: boolean | 'not-known';
  readonly pronouns: { readonly subject: string; readonly object: string };
  readonly now: Temporal.Instant;
}

/** Settings, not law: no national figure was found (domain.md 1.5). Minutes. */
const FIRST_OFFER_WITHIN = 120;
const SEE_WITHIN = 60;
const TRY_AGAIN_AFTER = 120;
const ACT_NOW_WITHIN = 90;
const BEFORE_A_DECISION = 15;
const OFFER_LONG_OVERDUE = 120;

/** Something that will happen to the person whether or not we have seen them. */
interface Deadline {
  readonly at: Temporal.Instant;
  readonly act: Temporal.Instant;
  readonly before: string;
  readonly verb: string;
  readonly note: string | null;
}

/**
 * Works out what we do next for somebody in custody, from facts only. Whoever or whatever runs out of time first is
 * first: a person about to leave, an interview, a charge decision, a child without an appropriate adult, a police
 * cell used as a place of safety. What is due stays due: nothing leaves the board because its time has passed.
 */
export function nextAction(facts: NextFacts): NextAction {
  const { stay, now } = facts;
  const usual = usualAction(facts);
  const pressing = [placeOfSafety(facts), lateAdult(facts)].filter((action) => action !== null);
  const deadline = nextDeadline(stay, facts.pronouns.subject, now);
  const withDeadline = deadline === null ? usual : meetDeadline(facts, usual, deadline);
  const all = [withDeadline, ...pressing].sort(
    (a, b) => bandOrder[a.band] - bandOrder[b.band] || compareBy(a, b),
  );
  return all[0] ?? usual;
}

const bandOrder: Readonly<Record<Band, number>> = { now: 0, shift: 1, waiting: 2, nothing: 3 };

/** Sorts by time left; nothing due comes last. */
export function compareBy(a: Pick<NextAction, 'by'>, b: Pick<NextAction, 'by'>): number {
  if (a.by === null || b.by === null) return a.by === b.by ? 0 : a.by === null ? 1 : -1;
  return Temporal.Instant.compare(a.by, b.by);
}

/** What contact itself calls for, with no outside deadline. */
function usualAction(facts: NextFacts): NextAction {
  const { stay, contact, progress, now, pronouns } = facts;
  const nothing: NextAction = {
    band: 'nothing',
    by: null,
    text: 'Nothing due',
    verb: 'Nothing due',
    note: null,
    leadsTo: null,
  };
  if (progress?.due) {
    const { due } = progress;
    return {
      band: due.waitsFor === null ? 'shift' : 'waiting',
      by: due.by,
      text: due.text,
      verb: due.verb,
      note: due.note,
      leadsTo: { href: due.href },
    };
  }
  if (progress?.seen === true) return { ...nothing, band: 'waiting' };
  const { last } = contact;
  switch (contact.state) {
    case 'accepted': {
      const by = (last?.offeredAt ?? now).add({ minutes: SEE_WITHIN });
      return action(soft(by, now), by, `See ${pronouns.object}`, 'See', null);
    }
    case 'declined': {
      const by = last?.tryAgainAt ?? null;
      if (by === null) return nothing;
      const band = contact.timesDeclined > 1 ? 'nothing' : 'shift';
      return action(band, by, 'Offer again', 'Offer again', null);
    }
    case 'not-seen': {
      const by = last?.tryAgainAt ?? (last?.offeredAt ?? now).add({ minutes: TRY_AGAIN_AFTER });
      const how: Readonly<Record<string, string>> = {
        'no-interpreter': 'Offer with an interpreter',
        intoxicated: 'Offer when fit to talk',
        unfit: 'Offer when well enough',
        'no-room': 'Offer when a room is free',
        'in-interview': 'Offer after interview',
      };
      return action(soft(by, now), by, how[last?.reason ?? ''] ?? 'Try again', 'Offer contact', null);
    }
    default: {
      const by = (stay.arrivedAt ?? stay.firstEventAt).add({ minutes: FIRST_OFFER_WITHIN });
      return action(soft(by, now), by, 'Make first offer', 'Offer contact', null);
    }
  }
}

function action(
  band: Band,
  by: Temporal.Instant,
  text: string,
  verb: string,
  note: string | null,
): NextAction {
  return { band, by, text, verb, note, leadsTo: 'contact' };
}

/** Work of ours without an outside deadline becomes urgent only when it is long overdue. */
function soft(by: Temporal.Instant, now: Temporal.Instant): Band {
  return minutesTo(by, now) < -OFFER_LONG_OVERDUE ? 'now' : 'shift';
}

function minutesTo(at: Temporal.Instant, now: Temporal.Instant): number {
  return (at.epochMilliseconds - now.epochMilliseconds) / 60_000;
}

/** The first thing that will happen to the person from here on. */
function nextDeadline(stay: StayState, subject: string, now: Temporal.Instant): Deadline | null {
  const leaves = `before ${subject} ${subject === 'they' ? 'leave' : 'leaves'}`;
  const voluntary = stay.kind === 'voluntary-attendance';
  const found: Deadline[] = [];
  if (stay.expectedEndAt !== null)
    found.push({
      at: stay.expectedEndAt,
      act: stay.expectedEndAt,
      before: leaves,
      verb: 'Offer contact',
      note: `Leaves about ${timeAndDay(stay.expectedEndAt, now)}`,
    });
  else if (voluntary && stay.interviewEndsAt !== null)
    // Somebody who came voluntarily usually leaves when the interview ends (domain.md 8.2).
    found.push({
      at: stay.interviewEndsAt,
      act: stay.interviewEndsAt,
      before: leaves,
      verb: 'Offer contact',
      note: `Interview ends about ${timeAndDay(stay.interviewEndsAt, now)}`,
    });
  if (stay.interviewAt !== null && stay.chargedAt === null)
    found.push({
      at: stay.interviewAt,
      act: stay.interviewAt.subtract({ minutes: BEFORE_A_DECISION }),
      before: `before interview at ${clockText(stay.interviewAt)}`,
      verb: `See before ${clockText(stay.interviewAt)}`,
      note: null,
    });
  if (stay.chargeDecisionAt !== null && stay.chargedAt === null)
    found.push({
      at: stay.chargeDecisionAt,
      act: stay.chargeDecisionAt.subtract({ minutes: BEFORE_A_DECISION }),
      before: `before the charge decision at ${clockText(stay.chargeDecisionAt)}`,
      verb: `See before ${clockText(stay.chargeDecisionAt)}`,
      note: `Charge decision ${timeAndDay(stay.chargeDecisionAt, now)}`,
    });
  return (
    found
      .filter((each) => Temporal.Instant.compare(each.at, now) > 0)
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at))[0] ?? null
  );
}

function meetDeadline(facts: NextFacts, usual: NextAction, deadline: Deadline): NextAction {
  const { contact, progress, now, pronouns } = facts;
  const soon = minutesTo(deadline.at, now) <= ACT_NOW_WITHIN;
  if (progress?.due) {
    if (progress.due.waitsFor !== null) return usual;
    const by = Temporal.Instant.compare(deadline.act, progress.due.by) < 0 ? deadline.act : progress.due.by;
    return { ...usual, by, band: soon ? 'now' : usual.band, note: usual.note ?? deadline.note };
  }
  // Somebody we have seen, or who has said no, is not pressed because a clock runs.
  if (progress?.seen === true || contact.state === 'declined') return usual;
  const offered = contact.state !== 'not-offered';
  const by =
    usual.by === null || Temporal.Instant.compare(deadline.act, usual.by) < 0 || soon
      ? deadline.act
      : usual.by;
  if (!soon && by === usual.by) return usual;
  const what = offered ? `See ${pronouns.object}` : 'Offer contact';
  return {
    band: soon ? 'now' : usual.band,
    by,
    text: `${what} ${deadline.before}`,
    verb: offered ? deadline.verb : 'Offer contact',
    note: deadline.note,
    leadsTo: 'contact',
  };
}

/** A police cell as a place of safety: a health check every 30 minutes, and somebody to come (SI 2017/1036). */
function placeOfSafety({ stay, now }: NextFacts): NextAction | null {
  if (stay.legalBasis !== 's136' && stay.legalBasis !== 's135') return null;
  const since = stay.arrivedAt ?? stay.firstEventAt;
  const done = Math.max(0, Math.floor(-minutesTo(since, now) / 30));
  return {
    band: 'now',
    by: since.add({ minutes: (done + 1) * 30 }),
    text: 'Ring the AMHP for arrival time',
    verb: 'Ring',
    note: 'Health check every 30 min',
    leadsTo: 'stay',
  };
}

function lateAdult(facts: NextFacts): NextAction | null {
  const { stay, child, now } = facts;
  if (!adultNeeded(stay, child) || stay.adultArrivedAt !== null || stay.legalBasis === 's136') return null;
  const from = stay.adultRequestedAt ?? stay.arrivedAt ?? stay.firstEventAt;
  const by = from.add({ minutes: ADULT_LATE_AFTER });
  if (minutesTo(by, now) > 0) return null;
  return {
    band: 'now',
    // Late already; somebody who is about to be interviewed or to leave still comes first.
    by: now.add({ minutes: 60 }),
    text: stay.adultRequestedAt === null ? 'Ask for an appropriate adult' : 'Chase the appropriate adult',
    verb: 'Ring',
    note: stay.adultRequestedAt === null ? 'Not asked for yet' : `Asked ${timeAndDay(from, now)}`,
    leadsTo: 'stay',
  };
}
