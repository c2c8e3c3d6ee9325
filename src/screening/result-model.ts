import { ageOf } from '../people/index.ts';
import { when } from '../platform/views/dates.ts';
import type { Instrument } from './instrument.ts';
import type { Screening, versionsOf } from './screening-store.ts';
import type { ScoreResult } from './score-result.ts';

/** The answers of one screening, what each added, and its finished versions. */
export function resultModel(input: {
  readonly personId: string;
  readonly instrument: Instrument;
  readonly screening: Screening;
  readonly result: ScoreResult;
  readonly versions: Awaited<ReturnType<typeof versionsOf>>;
  readonly now: Temporal.Instant;
}): Readonly<Record<string, unknown>> {
  const { instrument, screening, result, now, personId } = input;
  const base = `/people/${personId}/screening/${instrument.name}`;
  const finished = screening.status === 'finished';
  const age = ageOf(screening.savedAt, now);
  return {
    instrument,
    notice: instrument.licence.notice,
    listHref: `/people/${personId}/screening`,
    statusNote: `${finished ? 'Finished' : 'Part done'} ${when(screening.savedAt, now)}${age === null ? '' : `, ${age} ago`}, ${screening.askedBy}`,
    answerRows: result.contributions.map((line) => {
      const recorded = screening.answers.get(line.item);
      const number = instrument.items.find(({ linkId }) => linkId === line.item)?.number;
      return {
        id: `answer-${line.item}`,
        cells: [
          { text: `${number === undefined ? '' : `${number} `}${line.text}` },
          {
            text: recorded?.other ? 'Two different answers' : line.answer,
            ...(recorded?.note ? { source: `“${recorded.note}”` } : {}),
            ...(recorded?.answer.kind === 'value' ? {} : { quiet: true }),
          },
          line.points === null ? { text: 'Nothing', quiet: true } : { text: String(line.points) },
          recorded === undefined || recorded.answer.kind === 'not-asked'
            ? { text: 'Nobody yet', quiet: true }
            : {
                text: recorded.by,
                source:
                  recorded.confirmedFrom === null
                    ? when(recorded.at, now)
                    : `${when(recorded.at, now)}, confirmed from ${when(recorded.confirmedFrom, now)}`,
              },
        ],
      };
    }),
    goOnHref: finished ? `${base}?correct=${screening.id}` : base,
    goOnText: finished ? 'Correct an answer' : 'Go on with this screening',
    history: input.versions.map((version) => ({
      text: `Version ${version.version}: ${version.score === null ? 'no score' : `score ${version.score}`}${version.reason === null ? '' : `. ${version.reason}`}`,
      source: `${version.askedBy}, ${when(version.savedAt, now)}`,
    })),
  };
}
