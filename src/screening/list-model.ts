import { ageAndSource } from '../people/index.ts';
import { when } from '../platform/views/dates.ts';
import type { Instrument } from './instrument.ts';
import { screeningToResume } from './save-screening.ts';
import type { Screening, ScreeningDecision } from './screening-store.ts';

/** The rows of `/people/:personId/screening`: every instrument that can be asked, with its last result and age. */
export function listModel(input: {
  readonly personId: string;
  readonly instruments: readonly Instrument[];
  readonly screenings: readonly Screening[];
  readonly decisions: readonly ScreeningDecision[];
  readonly now: Temporal.Instant;
}): Readonly<Record<string, unknown>> {
  const rows = input.instruments.map((instrument) => instrumentRow(instrument, input));
  const asked = input.instruments.map(({ answeredBy }) => answeredBy);
  return {
    personRows: rows.filter((_, index) => asked[index] === 'person'),
    observedRows: rows.filter((_, index) => asked[index] === 'practitioner'),
    history: input.screenings.map((screening) => historyRow(screening, input)),
    openSafety: input.screenings
      .filter(
        ({ id, safety }) =>
          safety === 'open' &&
          !input.decisions.some(
            ({ screeningId, about, decision }) =>
              screeningId === id && about === 'safety-conversation' && decision === 'had',
          ),
      )
      .map((screening) => ({
        href: `/people/${input.personId}/screenings/${screening.id}`,
        text: `Safety conversation, ${screening.askedBy}, ${when(screening.savedAt, input.now)}`,
      })),
  };
}

/** "13 of 27, moderate", or what is missing. */
function resultText(screening: Screening): string {
  if (screening.score === null) return `${screening.answered} of ${screening.needed} answered, no score`;
  const band = screening.bands.find(({ scoring }) => scoring === screening.scoring);
  return `${screening.score} of ${screening.scoreMax}${band === undefined ? '' : `, ${band.label.toLowerCase()}`}`;
}

function instrumentRow(
  instrument: Instrument,
  input: {
    readonly personId: string;
    readonly screenings: readonly Screening[];
    readonly now: Temporal.Instant;
  },
): Readonly<Record<string, unknown>> {
  const own = input.screenings.filter(({ instrument: { url } }) => url === instrument.url);
  const open = screeningToResume(own, instrument, input.now);
  const last = own.find(({ status }) => status === 'finished');
  const href = `/people/${input.personId}/screening/${instrument.name}`;
  const items = instrument.items.length;
  const result =
    open !== undefined
      ? {
          shape: 'wait',
          text: `Part done, ${open.answered} of ${open.needed} answered`,
          ...(last === undefined ? {} : { source: `Before: ${resultText(last)}` }),
        }
      : last !== undefined
        ? { text: resultText(last) }
        : { shape: 'none', text: 'Not asked yet' };
  const shown = open ?? last;
  const basis = instrument.answeredBy === 'person' ? 'told-us' : 'observed';
  return {
    id: `instrument-${instrument.name}`,
    cells: [
      { text: instrument.shortName, source: `${instrument.about}. ${items} questions` },
      { ...result },
      shown === undefined
        ? { text: 'Never, as far as our record shows', quiet: true }
        : { text: ageAndSource({ basis, by: shown.askedBy, at: shown.savedAt, now: input.now }).line },
      {
        href,
        text: open !== undefined ? 'Go on' : last !== undefined ? 'Ask again' : 'Ask',
        about: instrument.shortName,
      },
    ],
  };
}

function historyRow(
  screening: Screening,
  input: {
    readonly personId: string;
    readonly instruments: readonly Instrument[];
    readonly now: Temporal.Instant;
  },
): Readonly<Record<string, unknown>> {
  const instrument = input.instruments.find(({ url }) => url === screening.instrument.url);
  const name = instrument?.shortName ?? screening.instrument.name.toUpperCase();
  const basis = instrument?.answeredBy === 'practitioner' ? 'observed' : 'told-us';
  return {
    id: `screening-${screening.id}`,
    cells: [
      {
        text: name,
        href: `/people/${input.personId}/screenings/${screening.id}`,
        about: 'open this screening',
      },
      screening.status === 'finished'
        ? { text: resultText(screening) }
        : { shape: 'wait', text: `Part done, ${screening.answered} of ${screening.needed} answered` },
      {
        text: ageAndSource({ basis, by: screening.askedBy, at: screening.savedAt, now: input.now }).line,
      },
    ],
  };
}
