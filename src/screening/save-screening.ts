import { auditActor, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Typed } from '../platform/forms/form.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { ageOn, openEpisode, type People, type Person } from '../people/index.ts';
import type { Instrument } from './instrument.ts';
import { asPosted, mergeAnswers } from './merge-answers.ts';
import type { PostedAnswers } from './merge-answers.ts';
import type { PostedPage } from './posted-answers.ts';
import { readPostedPage } from './posted-answers.ts';
import { settledAnswers } from './recorded-answer.ts';
import type { RecordedAnswers } from './recorded-answer.ts';
import { scoreAnswers } from './score-answers.ts';
import type { ScoreResult } from './score-result.ts';
import {
  insertScreening,
  insertVersion,
  lastPosted,
  lockPerson,
  screeningById,
  screeningsOf,
  versionAt,
} from './screening-store.ts';
import type { Screening } from './screening-store.ts';

/**
 * How long a half-done screening is gone on with: from Friday night's cell to Monday's court. After that the
 * questions are asked again, and what was answered is offered with its age. To be confirmed by the clinical lead.
 */
const RESUME_WITHIN = Temporal.Duration.from({ hours: 72 });

export interface SaveScreeningParts {
  readonly clock: Clock;
  readonly people: People;
}

export interface SaveScreeningInput {
  readonly personId: string;
  readonly instrument: Instrument;
  readonly page: PostedPage;
  /** Names the open page, so that what it sends next is compared with what it sent before. Null for a program. */
  readonly pageId: string | null;
  /** The page's fields as sent, kept to compare with. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** The screening and version the page showed; null and 0 when nothing was begun. */
  readonly opened: { readonly screeningId: string | null; readonly version: number };
  /** Questions whose earlier answer still holds, with when it was given. */
  readonly confirmed?: ReadonlyMap<string, Temporal.Instant>;
  /** Questions where a worker chose between two answers given at once. */
  readonly settle?: ReadonlySet<string>;
  readonly finish: boolean;
  /** Changes a finished screening, and says why. */
  readonly correction?: { readonly screeningId: string; readonly reason: string };
  readonly reference?: string | null;
}

export interface SavedScreening {
  readonly screening: Screening;
  readonly result: ScoreResult;
  /** Questions two people answered differently: neither answer counts until one is chosen. */
  readonly disputed: readonly string[];
  readonly changed: boolean;
}

export type SaveScreeningRefusal = 'not-found' | 'reason-missing' | 'nothing-answered' | 'not-an-answer';

/** The half-done screening of this instrument that is to be gone on with, or undefined. */
export function screeningToResume(
  screenings: readonly Screening[],
  instrument: Instrument,
  now: Temporal.Instant,
): Screening | undefined {
  return screenings.find(
    (one) =>
      one.status === 'part-done' &&
      one.instrument.url === instrument.url &&
      one.instrument.version === instrument.version &&
      Temporal.Instant.compare(one.savedAt.add(RESUME_WITHIN), now) > 0,
  );
}

/** Scores what counts, with the person's age on the day where a birth date is known. */
export function scoreRecorded(
  instrument: Instrument,
  answers: RecordedAnswers,
  person: Pick<Person, 'birthDate'>,
  at: Temporal.Instant,
): ScoreResult {
  const context = person.birthDate === null ? {} : { age: ageOn(person.birthDate, londonDate(at)) };
  const scored = scoreAnswers(instrument, settledAnswers(answers), context);
  if (!scored.ok) throw new Error(`Stored answers do not fit ${instrument.canonical}`);
  return scored.value;
}

/**
 * Saves what a page of a screening says, as typed or when a button is pressed. Anybody with access goes on with the
 * one that is half done, and two may share it. A save without a difference writes nothing. Refuses a person who is
 * not open to this viewer, a correction without a reason, and finishing when nothing was asked.
 */
export async function saveScreening(
  parts: SaveScreeningParts,
  tx: Tx,
  viewer: Viewer,
  input: SaveScreeningInput,
): Promise<Outcome<SavedScreening, SaveScreeningRefusal>> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const { person } = opened;
  if (input.correction !== undefined && input.correction.reason.trim() === '')
    return refused('reason-missing', 'Say why the answers are changed', 'reason');
  await lockPerson(tx, person.id);
  const now = parts.clock.now();
  const target = await findTarget(tx, viewer, person.id, input, now);
  if (target === 'not-found') return refused('not-found', 'There is no such screening.');

  const base = await baseOf(tx, input, target?.id ?? null);
  const merged = mergeAnswers({
    latest: target?.answers ?? new Map(),
    base: base.answers,
    posted: input.page.answers,
    ...(input.confirmed === undefined ? {} : { confirmed: input.confirmed }),
    ...(input.settle === undefined ? {} : { settle: input.settle }),
    by: nameOf(viewer),
    at: now,
  });
  const settingChanged = input.page.setting !== base.setting;
  const conditionsChanged = !sameList(input.page.conditions, base.conditions);
  const finishing = input.finish && target?.status !== 'finished';
  const changed = merged.changed || settingChanged || conditionsChanged;
  const result = scoreRecorded(input.instrument, merged.answers, person, now);
  if (input.finish && [...merged.answers.values()].every(({ answer }) => answer.kind === 'not-asked'))
    return refused('nothing-answered', 'Nothing has been asked yet, so there is nothing to finish.');
  if (!changed && !finishing) {
    if (target === null) return refused('nothing-answered', 'Nothing has been answered yet.');
    return done({ screening: target, result, disputed: [], changed: false });
  }

  const screeningId =
    target?.id ??
    (await insertScreening(tx, viewer, {
      personId: person.id,
      episodeId: (await openEpisode(tx, viewer, person.id))?.id ?? null,
      instrument: {
        name: input.instrument.name,
        url: input.instrument.url,
        version: input.instrument.version,
      },
      startedAt: now,
    }));
  const wasFinished = target?.status === 'finished';
  await insertVersion(tx, viewer, { personId: person.id, screeningId }, nameOf(viewer), {
    version: (target?.version ?? 0) + 1,
    status: input.finish || wasFinished ? 'finished' : 'part-done',
    answers: merged.answers,
    scoring: result.scoring,
    score: result.score,
    scoreMax: result.range.max,
    bands: result.bands,
    answered: result.completeness.answered,
    needed: result.completeness.of,
    safety: safetyOf(result),
    setting: settingChanged || target === null ? input.page.setting : target.setting,
    conditions: conditionsChanged || target === null ? input.page.conditions : target.conditions,
    reason: wasFinished
      ? (input.correction?.reason.trim() ?? 'Answered on a page that was open when this was finished')
      : null,
    savedAt: now,
    page: input.pageId,
    posted: input.fields,
  });
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: target === null ? 'created' : 'changed',
    personId: person.id,
    subjectKind: 'screening',
    subjectId: screeningId,
    detail: {
      instrument: input.instrument.canonical,
      version: (target?.version ?? 0) + 1,
      ...(finishing ? { finished: true } : {}),
      ...(input.correction === undefined ? {} : { correction: true }),
    },
  });
  await touch(tx, [`person:${person.id}`]);
  const screening = await screeningById(tx, viewer, person.id, screeningId);
  if (screening === null) throw new Error('A screening just saved is not visible to the viewer who saved it');
  return done({ screening, result, disputed: merged.disputed, changed: true });
}

/** The screening this save belongs to: null begins one. */
async function findTarget(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  input: SaveScreeningInput,
  now: Temporal.Instant,
): Promise<Screening | null | 'not-found'> {
  const wanted = input.correction?.screeningId ?? input.opened.screeningId;
  if (wanted !== null) {
    const found = await screeningById(tx, viewer, personId, wanted);
    const fits =
      found !== null &&
      found.instrument.url === input.instrument.url &&
      found.instrument.version === input.instrument.version &&
      (input.correction === undefined || found.status === 'finished');
    return fits ? found : 'not-found';
  }
  const all = await screeningsOf(tx, viewer, personId);
  return screeningToResume(all, input.instrument, now) ?? null;
}

/** What this page sent last or, before it sent anything, what it showed. */
async function baseOf(
  tx: Tx,
  input: SaveScreeningInput,
  targetId: string | null,
): Promise<{
  readonly answers: PostedAnswers;
  readonly setting: string;
  readonly conditions: readonly string[];
}> {
  const { screeningId, version } = input.opened;
  const from = input.correction?.screeningId ?? screeningId;
  const sent =
    targetId === null || input.pageId === null ? null : await lastPosted(tx, targetId, input.pageId);
  if (sent !== null) {
    const typed: Typed = sent;
    const read = readPostedPage(input.instrument, typed);
    if (read.ok) return read.value;
  }
  const shown = from === null ? null : await versionAt(tx, from, version);
  return shown === null
    ? { answers: new Map(), setting: 'not-recorded', conditions: [] }
    : { ...shown, answers: asPosted(shown.answers) };
}

function safetyOf(result: ScoreResult): Screening['safety'] {
  if (result.prompts.some((prompt) => prompt.kind === 'safety-conversation')) return 'open';
  return result.prompts.some((prompt) => prompt.kind === 'safety-not-answered') ? 'not-answered' : 'none';
}

function nameOf(viewer: Viewer): string {
  return viewer.kind === 'system'
    ? viewer.actor
    : viewer.kind === 'link'
      ? viewer.recipientName
      : viewer.name;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
