import type { CustodyFact } from '../index.ts';

// For tests only: facts of a stay on 24 November 2026, in few words.

export type Bare = CustodyFact extends infer Fact
  ? Fact extends CustodyFact
    ? Omit<Fact, 'happenedAt' | 'enteredAt'>
    : never
  : never;

export const at = (text: string) =>
  Temporal.Instant.from(text.includes('T') ? text : `2026-11-24T${text}:00Z`);

/** A fact at a time of 24 November 2026, or at a full UTC time. */
export function fact(time: string, bare: Bare): CustodyFact {
  return { ...bare, happenedAt: at(time), enteredAt: at(time).add({ minutes: 5 }) };
}
export const arrestedHere = (time: string) => fact(time, { kind: 'arrested', where: 'here' });
export const arrived = (time: string, area: 'wanting' | 'arresting' = 'wanting') =>
  fact(time, { kind: 'arrived', area });
export const simple = (
  time: string,
  kind:
    | 'detention-authorised'
    | 'review-done'
    | 'bailed'
    | 'answered-bail'
    | 'arrived-after-bail-arrest'
    | 'further-arrest'
    | 'moved-station'
    | 'charged'
    | 'released'
    | 'questioned-in-first-area'
    | 'answered-street-bail'
    | 'entered-england-and-wales'
    | 'left-for-second-force'
    | 'arrived-at-second-force',
) => fact(time, { kind });
