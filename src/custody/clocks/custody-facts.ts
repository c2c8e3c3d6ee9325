import type { TimedFact } from './clock.ts';

/**
 * What the clocks are worked out from. Times come from the custody feed or from a person; "arrival" is arrival at
 * the station, its yard included, so waiting in the van counts (domain.md 4.1).
 */
export type CustodyFact = TimedFact &
  (
    | {
        readonly kind: 'arrested';
        /**
         * `here`: in the area of the force that wants the person. `other-area`: in another police area.
         * `abroad`: outside England and Wales. `at-station`: came voluntarily or accompanied, arrested there.
         */
        readonly where: 'here' | 'other-area' | 'abroad' | 'at-station';
      }
    | { readonly kind: 'entered-england-and-wales' }
    | {
        readonly kind: 'arrived';
        /** `wanting`: a station in the area of the force that wants the person; `arresting`: of the force that arrested for it. */
        readonly area: 'wanting' | 'arresting';
      }
    /** Came to the station to answer street bail (s30A). */
    | { readonly kind: 'answered-street-bail' }
    /** Questioned to obtain evidence about the offence, in the area of arrest or of first detention. */
    | { readonly kind: 'questioned-in-first-area' }
    /** Left the first place of detention to be dealt with for an offence wanted by a second force (s41(5)). */
    | { readonly kind: 'left-for-second-force' }
    | { readonly kind: 'arrived-at-second-force' }
    | { readonly kind: 'detention-authorised' }
    | { readonly kind: 'review-done' }
    | { readonly kind: 'review-postponed'; readonly reason: string }
    | {
        readonly kind: 'superintendent-authority';
        /** In all, from the relevant time: more than 24, at most 36. May be given in steps. */
        readonly totalHours: number;
        readonly indictable: boolean;
      }
    | {
        readonly kind: 'warrant-issued' | 'warrant-extended';
        /** At most 36, running from issue. */
        readonly forHours: number;
      }
    | {
        readonly kind: 'taken-to-hospital';
        readonly visit: string;
        readonly reason: 'treatment' | 'evidence';
      }
    | { readonly kind: 'back-from-hospital'; readonly visit: string }
    | {
        readonly kind: 'questioned-at-hospital';
        readonly until: Temporal.Instant | null;
      }
    | { readonly kind: 'bailed' }
    | { readonly kind: 'answered-bail' }
    /** Arrested under s46A for failing to answer bail or breaking a condition; the time is arrival at the station. */
    | { readonly kind: 'arrived-after-bail-arrest' }
    | { readonly kind: 'further-arrest' }
    | { readonly kind: 'moved-station' }
    | { readonly kind: 'charged' }
    | { readonly kind: 'released' }
  );

export type FactOf<Kind extends CustodyFact['kind']> = Extract<CustodyFact, { readonly kind: Kind }>;

/** The facts of one kind, in the order they came in. */
export function factsOf<Kind extends CustodyFact['kind']>(
  facts: readonly CustodyFact[],
  ...kinds: readonly Kind[]
): readonly FactOf<Kind>[] {
  return facts.filter((fact): fact is FactOf<Kind> => kinds.some((kind) => kind === fact.kind));
}
