import { londonDate } from '../platform/clock.ts';
import type { PersonPageScope } from '../people/index.ts';
import { askable } from './ask-model.ts';
import type { Instrument } from './instrument.ts';
import type { ScreeningRouteParts } from './screening-parts.ts';
import { scoreRecorded } from './save-screening.ts';
import { decisionsOn, type Screening } from './screening-store.ts';
import { shownModel } from './shown-model.ts';

/** What is shown of a screening on every page: scores, what is suggested, what was decided. */
export async function shownFor(
  parts: Pick<ScreeningRouteParts, 'library'>,
  scope: Pick<PersonPageScope, 'tx' | 'viewer' | 'person' | 'now'>,
  instrument: Instrument,
  screening: Screening | null,
  all: readonly Screening[],
): Promise<Readonly<Record<string, unknown>>> {
  const { tx, person, now } = scope;
  const result = scoreRecorded(instrument, screening?.answers ?? new Map(), person, now);
  return shownModel({
    personId: person.id,
    instrument,
    result,
    screening,
    earlier:
      all.find(
        (one) =>
          one.id !== screening?.id &&
          one.status === 'finished' &&
          one.instrument.url === instrument.url &&
          (screening === null || Temporal.Instant.compare(one.savedAt, screening.startedAt) <= 0),
      ) ?? null,
    decisions: screening === null ? [] : await decisionsOn(tx, [screening.id]),
    askable: new Set(askable(parts.library.entries, londonDate(now)).map(({ name }) => name)),
    now,
  });
}
