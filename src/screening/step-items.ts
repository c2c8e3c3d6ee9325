import { londonDate } from '../platform/clock.ts';
import { askable } from './ask-model.ts';
import type { Instrument } from './instrument.ts';
import type { InstrumentLibrary } from './instrument-library.ts';
import { screeningToResume } from './save-screening.ts';
import type { Screening } from './screening-store.ts';

/** The other instruments beside the one that is asked, each with how far it is. */
export function stepItems(
  library: InstrumentLibrary,
  screenings: readonly Screening[],
  current: Instrument,
  personId: string,
  now: Temporal.Instant,
): readonly Readonly<Record<string, unknown>>[] {
  return askable(library.entries, londonDate(now))
    .filter(({ answeredBy }) => answeredBy === current.answeredBy)
    .map((instrument) => {
      const open = screeningToResume(screenings, instrument, now);
      const today = screenings.find(
        (one) =>
          one.status === 'finished' &&
          one.instrument.url === instrument.url &&
          londonDate(one.savedAt).equals(londonDate(now)),
      );
      const isCurrent = instrument.name === current.name;
      return {
        shape: today !== undefined ? 'done' : open !== undefined || isCurrent ? 'wait' : 'none',
        text: instrument.shortName,
        href: `/people/${personId}/screening/${instrument.name}`,
        note: isCurrent
          ? 'You are here'
          : today !== undefined
            ? 'Finished today'
            : open !== undefined
              ? `${open.answered} of ${open.needed} answered`
              : instrument.about,
        current: isCurrent,
      };
    });
}
