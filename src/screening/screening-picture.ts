import {
  ageAndSource,
  oncePerPicture,
  type MatterLine,
  type PictureScope,
  type PictureSource,
} from '../people/index.ts';
import type { InstrumentLibrary } from './instrument-library.ts';
import { decisionsOn, screeningsOf } from './screening-store.ts';
import type { Screening } from './screening-store.ts';
import type { Setting } from './screening-words.ts';

// A safety conversation is due at once: it is among the first lines of every page, whatever the total.
const lanes: Readonly<Record<Setting, 'custody' | 'court' | 'community'>> = {
  'not-recorded': 'community',
  cell: 'custody',
  'custody-room': 'custody',
  court: 'court',
  phone: 'community',
  video: 'community',
  community: 'community',
};

const screeningsMade = oncePerPicture(({ tx, viewer, personId }) => screeningsOf(tx, viewer, personId));

/** What screenings add to the picture of need: open safety conversations, half-done screenings, the timeline. */
export function screeningPicture(parts: { readonly library: InstrumentLibrary }): PictureSource {
  const shortNameOf = (screening: Screening): string => {
    const { url, version, name } = screening.instrument;
    const found = parts.library.find(`${url}|${version}`);
    return found.ok ? found.value.shortName : name.toUpperCase();
  };
  return {
    module: 'screening',
    async mattersNow(scope: PictureScope): Promise<readonly MatterLine[]> {
      const { tx, personId, now } = scope;
      const screenings = await screeningsMade(scope);
      const decisions = await decisionsOn(
        tx,
        screenings.map(({ id }) => id),
      );
      const had = new Set(
        decisions
          .filter(({ about, decision }) => about === 'safety-conversation' && decision === 'had')
          .map(({ screeningId }) => screeningId),
      );
      return screenings
        .filter(({ id, safety }) => safety === 'open' && !had.has(id))
        .map((screening) => ({
          when: 'Now',
          by: screening.savedAt.epochMilliseconds,
          urgency: 'now',
          what: `Talk about safety: an answer in the ${shortNameOf(screening)} asks for it`,
          source: {
            text: ageAndSource({ basis: 'told-us', by: screening.askedBy, at: screening.savedAt, now }).line,
          },
          act: { href: `/people/${personId}/screenings/${screening.id}`, text: 'Safety conversation' },
          topic: 'safety',
        }));
    },
    async timeline(scope) {
      const { personId } = scope;
      const screenings = await screeningsMade(scope);
      return screenings.map((screening) => {
        const shortName = shortNameOf(screening);
        const score =
          screening.score === null
            ? `${screening.answered} of ${screening.needed} answered, no score`
            : `${screening.score} of ${screening.scoreMax}`;
        return {
          id: `screening-${screening.id}`,
          lane: lanes[screening.setting],
          shape: 'note',
          from: screening.startedAt,
          to: null,
          ongoing: false,
          title: `${shortName}, ${screening.status === 'finished' ? 'screened' : 'part done'}`,
          detail: score,
          source: `Asked by ${screening.askedBy}`,
          href: `/people/${personId}/screenings/${screening.id}`,
          tone: screening.status === 'finished' ? 'done' : 'waiting',
        };
      });
    },
  };
}
