import { when } from '../platform/views/dates.ts';
import type { StatusShape } from '../people/index.ts';
import type { ConsentState } from './consent-status.ts';
import type { RecordedDecision } from './consent-store.ts';
import type { ConsentExtent } from './consent-subject.ts';

// The words of consent, in one place, so that every page says the same.

/** What may go, for a page: "Recommendation and needs only". */
export const extentWords: Readonly<Record<ConsentExtent, string>> = {
  'all-relevant': 'Everything relevant',
  'recommendation-and-needs': 'Recommendation and needs only',
  'recommendation-only': 'Recommendation only',
};

const howText: Readonly<Record<RecordedDecision['how'], string>> = {
  spoken: 'spoken',
  written: 'in writing',
  'sign-language': 'in sign language',
  interpreter: 'through an interpreter',
};

/** Words for how to reach somebody after release. */
export const contactWords: Readonly<Record<NonNullable<RecordedDecision['contactHow']>, string>> = {
  'ring-or-text': 'Ring or text',
  text: 'Text only',
  ring: 'Ring only',
};

/** "spoken, in Polish, with an interpreter there". */
export function howWords(entry: Pick<RecordedDecision, 'how' | 'language' | 'present'>): string {
  const language = entry.language.toLowerCase() === 'english' ? [] : [`in ${entry.language}`];
  const present = entry.present.length === 0 ? [] : [`with ${entry.present.join(', ')} there`];
  return [howText[entry.how], ...language, ...present].join(', ');
}

/** Four shapes with key words (design reference, Consent). What has run out counts as not asked. */
const stateShapes: Readonly<Record<ConsentState, StatusShape>> = {
  given: 'done',
  refused: 'stop',
  withdrawn: 'stop',
  expired: 'none',
  'not-asked': 'none',
  conflict: 'stop',
};

/** The shape of a line: part only when less than everything may go. */
export function shapeOf(state: ConsentState, extent: ConsentExtent | null): StatusShape {
  return state === 'given' && extent !== null && extent !== 'all-relevant' ? 'part' : stateShapes[state];
}

/** One line that says what stands, since when, and who decided when it was not the person. */
export function statusWords(
  state: ConsentState,
  decisions: readonly Pick<
    RecordedDecision,
    'decision' | 'decidedAt' | 'expiresAt' | 'holder' | 'holderName'
  >[],
  now: Temporal.Instant,
): string {
  const [first] = [...decisions].sort((a, b) => Temporal.Instant.compare(b.decidedAt, a.decidedAt));
  if (first === undefined) return 'Not asked yet';
  const by = (entry: typeof first) =>
    entry.holder === 'person' ? '' : `, by ${entry.holderName ?? 'somebody with parental responsibility'}`;
  switch (state) {
    case 'not-asked':
      return 'Not asked yet';
    case 'given':
      return `Agreed ${when(first.decidedAt, now)}${by(first)}`;
    case 'refused':
      return `Refused ${when(first.decidedAt, now)}${by(first)}`;
    case 'withdrawn':
      return `Taken back ${when(first.decidedAt, now)}${by(first)}`;
    case 'expired':
      return first.decision !== 'given' || (first.expiresAt !== null && isAfter(first.expiresAt, now))
        ? `Answered${by(first)}, before 16. Ask again`
        : first.expiresAt === null
          ? `Agreed ${when(first.decidedAt, now)}${by(first)}, before 16. Ask again`
          : `Agreed ${when(first.decidedAt, now)}, ran out ${when(first.expiresAt, now)}. Ask again`;
    case 'conflict':
      return 'Two different answers. Nothing goes until they agree';
  }
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0;
}
