import { ageOn, isChild, pronouns, type Alert, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { contactFrom, type Contact, type ContactOffer } from './contact.ts';
import { nextAction, type NextAction, type Progress } from './next-action.ts';
import { stayClock, type StayClock } from './stay-clock.ts';
import type { StayEvent, StayState } from './stay.ts';

/** Everything the board knows of one stay, read in a fixed number of queries. */
export interface BoardStay {
  readonly id: string;
  readonly person: Person;
  readonly state: StayState;
  readonly events: readonly StayEvent[];
  readonly offers: readonly ContactOffer[];
  readonly alerts: readonly Alert[];
  readonly earlierEpisodes: number;
  readonly possibleMatches: number;
  readonly identityOpen: boolean;
  /** Somebody said that this is a person we knew before. */
  readonly confirmedKnown?: boolean;
  readonly assignedTo: { readonly id: string; readonly name: string } | null;
  readonly progress: Progress | null;
  /** The viewer may open this person's page. */
  readonly mayOpen: boolean;
}

/** One stay with what was worked out from it. */
export interface BoardEntry {
  readonly stay: BoardStay;
  readonly clock: StayClock;
  readonly contact: Contact;
  readonly next: NextAction;
  readonly child: boolean | 'not-known';
  readonly seen: boolean;
}

/** Works out clock, contact and next action of one stay at `now`. */
export function boardEntry(stay: BoardStay, now: Temporal.Instant): BoardEntry {
  const { person, state, progress } = stay;
  const today = londonDate(now);
  const clock = stayClock(
    state,
    stay.events,
    person.birthDate === null ? 'not-known' : ageOn(person.birthDate, today),
    now,
  );
  const contact = contactFrom(stay.offers);
  const child = isChild(person.birthDate, today);
  return {
    stay,
    clock,
    contact,
    child,
    seen: progress?.seen === true,
    next: nextAction({ stay: state, clock, contact, progress, child, pronouns: pronouns(person), now }),
  };
}
