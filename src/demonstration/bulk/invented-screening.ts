import {
  loadInstrumentLibrary,
  scoreAnswers,
  type Instrument,
  type ItemAnswer,
} from '../../screening/index.ts';
import type { BulkRows } from './copy-rows.ts';
import type { Worker } from './ground.ts';
import type { InventedPerson, Invention } from './invented-person.ts';
import { DAY, moment } from './moments.ts';

const instruments = new Map<string, Instrument>();
function instrumentNamed(name: string): Instrument {
  let instrument = instruments.get(name);
  if (instrument === undefined) {
    const found = loadInstrumentLibrary().find(name);
    if (!found.ok) throw new Error(`There is no instrument ${name}`);
    instrument = found.value;
    instruments.set(name, instrument);
  }
  return instrument;
}

/** Which instrument was asked, by whom and when. */
export interface Asking {
  readonly episodeId: string;
  readonly worker: Worker;
  readonly name: string;
  readonly at: number;
}

/** A finished screening, scored by the same rules as a real one. */
export function writeScreening(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  asking: Asking,
): void {
  const { draw } = person;
  const { worker, at } = asking;
  const instrument = instrumentNamed(asking.name);
  const answers = new Map<string, ItemAnswer>();
  // One leaning for the whole conversation: answers of one person go together.
  const leaning = draw.next();
  for (const item of instrument.items) {
    const index = Math.min(
      item.options.length - 1,
      Math.floor(item.options.length * leaning * (0.4 + 0.9 * draw.next())),
    );
    const option = item.options[index];
    if (option !== undefined) answers.set(item.linkId, { kind: 'value', value: option.code });
  }
  const scored = scoreAnswers(instrument, answers, { age: Math.floor((at - person.bornAt) / DAY / 365.25) });
  if (!scored.ok) return;
  const result = scored.value;
  const id = draw.id(at);
  const common = { area_id: invention.ground.areaId, person_id: person.id };
  rows.add('screening', {
    id,
    ...common,
    episode_id: asking.episodeId,
    instrument_name: instrument.name,
    instrument_url: instrument.url,
    instrument_version: instrument.version,
    started_at: moment(at),
    started_by: worker.id,
  });
  rows.add('screening_version', {
    id: draw.id(at),
    ...common,
    screening_id: id,
    version: 1,
    status: 'finished',
    answers: JSON.stringify(
      Object.fromEntries(
        [...answers].map(([item, answer]) => [item, { ...answer, by: worker.name, at: moment(at) }]),
      ),
    ),
    scoring: result.scoring,
    score: result.score,
    score_max: result.range.max,
    bands: JSON.stringify(result.bands),
    answered: result.completeness.answered,
    needed: result.completeness.of,
    safety: result.prompts.some((prompt) => prompt.kind === 'safety-conversation') ? 'open' : 'none',
    setting: draw.pick(['cell', 'custody-room', 'custody-room', 'phone']),
    asked_by: worker.id,
    asked_by_name: worker.name,
    saved_at: moment(at),
  });
}
