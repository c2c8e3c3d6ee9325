import { ageOn } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { extents, narrowerExtent, type ConsentExtent } from './consent-subject.ts';

/** What stands today about one subject. Computed from dated decisions, never stored. */
export type ConsentState = 'given' | 'refused' | 'withdrawn' | 'expired' | 'not-asked' | 'conflict';

/** Who may decide: the person, or under 16 somebody with parental responsibility. Never an appropriate adult. */
export type DecisionHolder = 'person' | 'parental-responsibility';

/** Presumed from 16 (Mental Capacity Act 2005 s1); under 16 judged for the decision (Gillick). */
export type Competence = 'presumed' | 'gillick-competent' | 'not-gillick-competent' | 'not-sure';

/** One dated decision, as far as the state depends on it. */
export interface DatedDecision {
  readonly id: string;
  readonly decision: 'given' | 'refused' | 'withdrawn';
  readonly holder: DecisionHolder;
  readonly competence: Competence;
  readonly decidedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
  readonly extent: ConsentExtent | null;
  readonly partnerRecords: boolean;
}

/** The answer for one subject at one moment. `decisions` are those it follows from: two when holders disagree. */
export interface ComputedConsent<D extends DatedDecision = DatedDecision> {
  readonly state: ConsentState;
  readonly extent: ConsentExtent | null;
  readonly partnerRecords: boolean;
  readonly decisions: readonly D[];
}

export interface ConsentMoment {
  readonly birthDate: Temporal.PlainDate | null;
  readonly now: Temporal.Instant;
}

/**
 * What stands at `now`, whatever order the decisions were entered in. The latest decision of each holder counts;
 * of two at one instant, the narrower. Under 16, or while the age is not known, the young person and somebody with
 * parental responsibility stand side by side: one open and one closed answer is a conflict, and nothing may go. From
 * 00:00 on the 16th birthday only the person's own decisions stand, and a parent's answer has run out
 * (domain.md 6.4). A child's agreement counts only when they were found competent for it; a child's no always counts.
 */
export function consentState<D extends DatedDecision>(
  decisions: readonly D[],
  moment: ConsentMoment,
): ComputedConsent<D> {
  const past = decisions.filter(
    (entry) => Temporal.Instant.compare(entry.decidedAt, moment.now) <= 0 && hasStanding(entry, moment),
  );
  const own = latest(past.filter((entry) => entry.holder === 'person'));
  const parents = latest(past.filter((entry) => entry.holder === 'parental-responsibility'));
  if (sixteenOrOver(moment.birthDate, moment.now)) {
    if (own !== null) return computed(stateOf(own, moment.now), [own]);
    return parents === null ? computed('not-asked', []) : computed('expired', [parents]);
  }
  const standing = [own, parents].filter((entry) => entry !== null);
  const open = standing.filter((entry) => stateOf(entry, moment.now) === 'given');
  const closed = standing.filter((entry) => isClosed(entry.decision));
  if (open.length > 0 && closed.length > 0) return computed('conflict', standing);
  if (open.length > 0) return computed('given', open);
  const [first] = closed.sort((a, b) => Temporal.Instant.compare(b.decidedAt, a.decidedAt));
  if (first !== undefined) return computed(stateOf(first, moment.now), [first]);
  return standing.length === 0 ? computed('not-asked', []) : computed('expired', standing);
}

/** True from 00:00 on the 16th birthday in London; false while no birth date is known. */
export function sixteenOrOver(birthDate: Temporal.PlainDate | null, at: Temporal.Instant): boolean {
  return birthDate !== null && ageOn(birthDate, londonDate(at)) >= 16;
}

function hasStanding(entry: DatedDecision, moment: ConsentMoment): boolean {
  if (entry.decision !== 'given' || entry.holder !== 'person') return true;
  if (entry.competence === 'gillick-competent') return true;
  return entry.competence === 'presumed' && sixteenOrOver(moment.birthDate, entry.decidedAt);
}

function latest<D extends DatedDecision>(entries: readonly D[]): D | null {
  const [first] = [...entries].sort(
    (a, b) => Temporal.Instant.compare(b.decidedAt, a.decidedAt) || narrowness(b) - narrowness(a),
  );
  return first ?? null;
}

/** Higher is narrower: a no, then the least extent, then no partner records, then the earliest end. */
function narrowness(entry: DatedDecision): number {
  if (isClosed(entry.decision)) return entry.decision === 'withdrawn' ? 1001 : 1000;
  const extent = entry.extent === null ? 0 : extents.indexOf(entry.extent);
  const end = entry.expiresAt === null ? 0 : 1 - entry.expiresAt.epochMilliseconds / 1e14;
  return extent * 4 + (entry.partnerRecords ? 0 : 2) + end;
}

function isClosed(decision: DatedDecision['decision']): boolean {
  return decision !== 'given';
}

function stateOf(entry: DatedDecision, now: Temporal.Instant): 'given' | 'refused' | 'withdrawn' | 'expired' {
  if (entry.decision !== 'given') return entry.decision;
  const ended = entry.expiresAt !== null && Temporal.Instant.compare(entry.expiresAt, now) <= 0;
  return ended ? 'expired' : 'given';
}

function computed<D extends DatedDecision>(state: ConsentState, decisions: readonly D[]): ComputedConsent<D> {
  if (state !== 'given') return { state, extent: null, partnerRecords: false, decisions };
  const agreed = decisions.map((entry) => entry.extent).filter((extent) => extent !== null);
  return {
    state,
    extent: agreed.length === 0 ? null : agreed.reduce(narrowerExtent),
    partnerRecords: decisions.every((entry) => entry.partnerRecords),
    decisions,
  };
}
