import type { ClockReading, TimedFact } from './clock.ts';
import { CHECK_CUSTODY_RECORD, countedBetween, hours, inOrder, instantOf, minutes } from './clock.ts';
import { policeStationAsPlaceOfSafety, ruleOn } from './rules.ts';
import { londonDate } from '../../platform/clock.ts';

export type PlaceOfSafety = 'health-based' | 'emergency-department' | 'police-station' | 'home' | 'other';

/** Facts of one detention under section 135 or 136 of the Mental Health Act 1983. */
export type PlaceOfSafetyFact = TimedFact &
  (
    | { readonly kind: 'arrived-at-place'; readonly place: PlaceOfSafety }
    /** Kept at the place the person was already in: the constable's decision (s136(2A)(b)). */
    | { readonly kind: 'decided-to-keep-there'; readonly place: PlaceOfSafety }
    /** Section 135, kept at the premises: the constable's entry (s135(3ZA)). */
    | { readonly kind: 'entered-premises' }
    | {
        readonly kind: 'extended';
        /** At most 12. */
        readonly forHours: number;
        readonly because: 'condition' | 'staffing' | 'other';
        readonly byResponsibleDoctor: boolean;
        readonly superintendentApproved: boolean;
      }
    | { readonly kind: 'ended' }
  );

/**
 * The 24 hours of section 135 or 136, from arrival at the first place of safety: an emergency department is one, and a move
 * does not start them again. Extended once, by up to 12 hours, by the responsible doctor and only because of the person's
 * condition; at a police station a superintendent approves as well (s136B). Nothing pauses it, and PACE reviews do not apply.
 */
export function placeOfSafetyClock(
  given: readonly PlaceOfSafetyFact[],
  now: Temporal.Instant,
  age: number | 'not-known',
): ClockReading {
  const facts = inOrder(given, now);
  const starting = facts.filter((fact) => fact.kind !== 'extended' && fact.kind !== 'ended');
  const [start] = starting;
  const base = {
    kind: 's135-s136',
    nextReviewDue: null,
    pauses: [],
    source: CHECK_CUSTODY_RECORD,
  } as const;
  if (start === undefined)
    return {
      ...base,
      state: 'not-started',
      startedAt: null,
      elapsed: minutes(0),
      limit: null,
      endsAt: null,
      notes: ['Nothing recorded yet starts the 24 hours, such as arrival at a place of safety'],
      basis: null,
    };
  const from = start.happenedAt.epochMilliseconds;
  const day = londonDate(start.happenedAt);
  const notes = placeNotes(starting, day, age);
  const first = hours(ruleOn('s136', day)?.hours ?? 0);
  const limit =
    first + extension(facts, from, first, hours(ruleOn('s136-extension', day)?.hours ?? 0), notes);
  const ended = facts.find((fact) => fact.kind === 'ended');
  const elapsed = countedBetween(from, (ended?.happenedAt ?? now).epochMilliseconds, []);
  if (ended === undefined && elapsed > limit) notes.push('The limit worked out here has passed');
  return {
    ...base,
    state: ended === undefined ? 'running' : 'stopped',
    startedAt: start.happenedAt,
    elapsed: minutes(elapsed),
    limit: minutes(limit),
    endsAt: instantOf(from + limit),
    notes,
    basis:
      start.kind === 'entered-premises'
        ? 'Mental Health Act 1983 s135(3ZA)'
        : 'Mental Health Act 1983 s136(2A)',
  };
}

type StartingFact = Exclude<PlaceOfSafetyFact, { readonly kind: 'extended' | 'ended' }>;

function placeNotes(
  starting: readonly StartingFact[],
  day: Temporal.PlainDate,
  age: number | 'not-known',
): string[] {
  const notes: string[] = [];
  const [start] = starting;
  if (start?.kind === 'arrived-at-place' && start.place === 'emergency-department')
    notes.push('Arrival at the emergency department starts the 24 hours');
  if (starting.length > 1) notes.push('Moved to another place: the 24 hours do not start again');
  if (!starting.some((fact) => fact.kind !== 'entered-premises' && fact.place === 'police-station'))
    return notes;
  notes.push('At a police station a healthcare professional checks every 30 minutes (SI 2017/1036)');
  if (age === 'not-known') notes.push('Age not known: under 18 a police station is never a place of safety');
  else if (age < 18) notes.push('Under 18: a police station is never a place of safety (s136A(1)). Move now');
  const until = policeStationAsPlaceOfSafety.until;
  if (until !== null && day.toString() >= until)
    notes.push('A police station is no longer a place of safety (Mental Health Act 2025 s48). Move now');
  return notes;
}

function extension(
  facts: readonly PlaceOfSafetyFact[],
  from: number,
  first: number,
  longest: number,
  notes: string[],
): number {
  let granted = 0;
  for (const fact of facts) {
    if (fact.kind !== 'extended') continue;
    const notCounted = (why: string) => notes.push(`An extension was recorded. ${why}: not counted here`);
    if (granted > 0) notCounted('It can be given once (s136B)');
    else if (fact.because !== 'condition')
      notCounted('It is given for the person’s condition only, not for lack of staff (s136B(2))');
    else if (!fact.byResponsibleDoctor) notCounted('The responsible doctor gives it (s136B(1))');
    else if (fact.happenedAt.epochMilliseconds > from + first)
      notCounted('It is given before the 24 hours end');
    else if (placeAt(facts, fact.happenedAt) === 'police-station' && !fact.superintendentApproved)
      notCounted('At a police station a superintendent approves it as well (s136B(3))');
    else granted = Math.min(hours(fact.forHours), longest);
  }
  return granted;
}

function placeAt(facts: readonly PlaceOfSafetyFact[], at: Temporal.Instant): PlaceOfSafety | null {
  let place: PlaceOfSafety | null = null;
  for (const fact of facts) {
    if (Temporal.Instant.compare(fact.happenedAt, at) > 0) break;
    if (fact.kind === 'arrived-at-place' || fact.kind === 'decided-to-keep-there') place = fact.place;
  }
  return place;
}
