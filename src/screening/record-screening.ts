import type { Viewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import type { InstrumentLibrary } from './instrument-library.ts';
import { readPlainAnswers } from './read-answers.ts';
import { saveScreening } from './save-screening.ts';
import type { SavedScreening, SaveScreeningParts, SaveScreeningRefusal } from './save-screening.ts';
import type { Condition, Setting } from './screening-words.ts';

/** A screening as a program gives it: the demonstration data, a feed, a paper form typed in later. */
export interface RecordScreeningInput {
  readonly personId: string;
  /** Name in any spelling: "PHQ-9", "phq9". */
  readonly instrument: string;
  /** Item to answer: an option's code, label or points, or declined, unknown, not-asked. */
  readonly answers: Readonly<Record<string, string | number | boolean | null>>;
  readonly notes?: Readonly<Record<string, string>>;
  readonly setting: Setting;
  readonly conditions?: readonly Condition[];
  readonly finish: boolean;
}

/** Saves a screening from plain answers. Refuses what the pages refuse, and an instrument that cannot be used today. */
export async function recordScreening(
  parts: SaveScreeningParts & { readonly library: InstrumentLibrary },
  tx: Tx,
  viewer: Viewer,
  input: RecordScreeningInput,
): Promise<Outcome<SavedScreening, SaveScreeningRefusal | 'no-instrument'>> {
  const found = parts.library.find(input.instrument, londonDate(parts.clock.now()));
  if (!found.ok) return refused('no-instrument', found.refusal.message);
  const read = readPlainAnswers(found.value, input.answers);
  if (!read.ok) return refused('not-an-answer', read.refusal.message);
  return saveScreening(parts, tx, viewer, {
    personId: input.personId,
    instrument: found.value,
    page: {
      answers: new Map(
        [...read.value].map(([linkId, answer]) => [linkId, { answer, note: input.notes?.[linkId] ?? '' }]),
      ),
      setting: input.setting,
      conditions: input.conditions ?? [],
    },
    pageId: null,
    fields: null,
    opened: { screeningId: null, version: 0 },
    finish: input.finish,
  });
}
