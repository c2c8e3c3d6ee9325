import { sql } from 'kysely';
import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { NeedKind } from '../people/index.ts';
import { answersFromJson, answersToJson } from './recorded-answer.ts';
import type { RecordedAnswers } from './recorded-answer.ts';
import type { Condition, Setting } from './screening-words.ts';
import type { ScoreBand } from './score-result.ts';

// All SQL of screening. Callers open the person first (people.open); row-level security keeps to the area.

/** A screening as it stands in its newest version. */
export interface Screening {
  readonly id: string;
  readonly personId: string;
  readonly instrument: { readonly name: string; readonly url: string; readonly version: string };
  readonly startedAt: Temporal.Instant;
  readonly version: number;
  readonly status: 'part-done' | 'finished';
  readonly answers: RecordedAnswers;
  readonly scoring: string;
  /** Null unless every question that counts has an answer. */
  readonly score: number | null;
  readonly scoreMax: number;
  readonly bands: readonly ScoreBand[];
  readonly answered: number;
  readonly needed: number;
  readonly safety: 'none' | 'open' | 'not-answered';
  readonly setting: Setting;
  readonly conditions: readonly Condition[];
  readonly reason: string | null;
  readonly askedBy: string;
  readonly savedAt: Temporal.Instant;
}

/** What one save writes. */
export type ScreeningSave = Omit<Screening, 'id' | 'personId' | 'instrument' | 'startedAt' | 'askedBy'> & {
  readonly page: string | null;
  readonly posted: Readonly<Record<string, string>> | null;
};

const columns = [
  'screening.id',
  'screening.person_id',
  'screening.instrument_name',
  'screening.instrument_url',
  'screening.instrument_version',
  'screening.started_at',
  'latest.version',
  'latest.status',
  'latest.answers',
  'latest.scoring',
  'latest.score',
  'latest.score_max',
  'latest.bands',
  'latest.answered',
  'latest.needed',
  'latest.safety',
  'latest.setting',
  'latest.conditions',
  'latest.reason',
  'latest.asked_by_name',
  'latest.saved_at',
] as const;

function withLatest(tx: Tx) {
  return tx
    .selectFrom('screening')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('screening_version')
          .selectAll()
          .whereRef('screening_version.screening_id', '=', 'screening.id')
          .orderBy('screening_version.version', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select(columns);
}

type Row = Awaited<ReturnType<ReturnType<typeof withLatest>['execute']>>[number];

function screeningOf(row: Row): Screening {
  return {
    id: row.id,
    personId: row.person_id,
    instrument: {
      name: row.instrument_name,
      url: row.instrument_url,
      version: row.instrument_version,
    },
    startedAt: row.started_at,
    version: row.version,
    status: row.status as Screening['status'],
    answers: answersFromJson(row.answers),
    scoring: row.scoring,
    score: row.score,
    scoreMax: row.score_max,
    bands: row.bands as unknown as readonly ScoreBand[],
    answered: row.answered,
    needed: row.needed,
    safety: row.safety as Screening['safety'],
    setting: row.setting as Setting,
    conditions: row.conditions as Condition[],
    reason: row.reason,
    askedBy: row.asked_by_name,
    savedAt: row.saved_at,
  };
}

/** Every screening of one person, newest save first; each in its newest version. */
export async function screeningsOf(tx: Tx, _viewer: Viewer, personId: string): Promise<readonly Screening[]> {
  const rows = await withLatest(tx)
    .where('screening.person_id', '=', personId)
    .orderBy('latest.saved_at', 'desc')
    .execute();
  return rows.map(screeningOf);
}

/** The newest finished screening of each instrument, by the instrument's name; with or without a score. */
export async function latestScores(
  tx: Tx,
  viewer: Viewer,
  personId: string,
): Promise<ReadonlyMap<string, Screening>> {
  const latest = new Map<string, Screening>();
  for (const screening of await screeningsOf(tx, viewer, personId))
    if (screening.status === 'finished' && !latest.has(screening.instrument.name))
      latest.set(screening.instrument.name, screening);
  return latest;
}

/** One screening of this person, or null: another person's id answers the same as none. */
export async function screeningById(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
  screeningId: string,
): Promise<Screening | null> {
  const row = await withLatest(tx)
    .where('screening.id', '=', screeningId)
    .where('screening.person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined ? null : screeningOf(row);
}

/** What a page showed when it was opened: one version of a screening; nothing for version 0, before the first save. */
export async function versionAt(
  tx: Tx,
  screeningId: string,
  version: number,
): Promise<Pick<Screening, 'answers' | 'setting' | 'conditions'> | null> {
  const row = await tx
    .selectFrom('screening_version')
    .select(['answers', 'setting', 'conditions'])
    .where('screening_id', '=', screeningId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        answers: answersFromJson(row.answers),
        setting: row.setting as Setting,
        conditions: row.conditions as Condition[],
      };
}

/** What an open page sent last, by question; null when it has sent nothing yet. */
export async function lastPosted(
  tx: Tx,
  screeningId: string,
  page: string,
): Promise<Readonly<Record<string, string>> | null> {
  const row = await tx
    .selectFrom('screening_version')
    .select('posted')
    .where('screening_id', '=', screeningId)
    .where('page', '=', page)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.posted ?? null) as Readonly<Record<string, string>> | null;
}

/** The versions of one screening, newest first, for its history. */
export async function versionsOf(
  tx: Tx,
  screeningId: string,
): Promise<
  readonly {
    readonly version: number;
    readonly status: string;
    readonly savedAt: Temporal.Instant;
    readonly askedBy: string;
    readonly score: number | null;
    readonly reason: string | null;
  }[]
> {
  const rows = await tx
    .selectFrom('screening_version')
    .select(['version', 'status', 'saved_at', 'asked_by_name', 'score', 'reason'])
    .where('screening_id', '=', screeningId)
    .where('status', '=', 'finished')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    status: row.status,
    savedAt: row.saved_at,
    askedBy: row.asked_by_name,
    score: row.score,
    reason: row.reason,
  }));
}

/** Locks the person: first in the order of locks, and what makes two first saves begin one screening. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await sql`select id from person where id = ${personId}::uuid for update`.execute(tx);
}

export async function insertScreening(
  tx: Tx,
  viewer: Viewer,
  screening: {
    readonly personId: string;
    readonly episodeId: string | null;
    readonly instrument: { readonly name: string; readonly url: string; readonly version: string };
    readonly startedAt: Temporal.Instant;
  },
): Promise<string> {
  const row = await tx
    .insertInto('screening')
    .values({
      area_id: viewer.areaId,
      person_id: screening.personId,
      episode_id: screening.episodeId,
      instrument_name: screening.instrument.name,
      instrument_url: screening.instrument.url,
      instrument_version: screening.instrument.version,
      started_at: screening.startedAt,
      started_by: workerIdOf(viewer),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertVersion(
  tx: Tx,
  viewer: Viewer,
  place: { readonly personId: string; readonly screeningId: string },
  askedBy: string,
  save: ScreeningSave,
): Promise<void> {
  await tx
    .insertInto('screening_version')
    .values({
      area_id: viewer.areaId,
      person_id: place.personId,
      screening_id: place.screeningId,
      version: save.version,
      status: save.status,
      answers: JSON.stringify(answersToJson(save.answers)),
      scoring: save.scoring,
      score: save.score,
      score_max: save.scoreMax,
      bands: JSON.stringify(save.bands),
      answered: save.answered,
      needed: save.needed,
      safety: save.safety,
      setting: save.setting,
      conditions: [...save.conditions],
      reason: save.reason,
      asked_by: workerIdOf(viewer),
      asked_by_name: askedBy,
      saved_at: save.savedAt,
      page: save.page,
      posted: save.posted === null ? null : JSON.stringify(save.posted),
    })
    .execute();
}

/** What a worker decided about a screening. */
export interface ScreeningDecision {
  readonly screeningId: string;
  readonly about: 'safety-conversation' | 'suggested-need';
  readonly need: NeedKind | null;
  readonly decision: 'had' | 'not-possible' | 'added' | 'not-a-need';
  readonly why: string | null;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** Every decision about these screenings, oldest first. */
export async function decisionsOn(
  tx: Tx,
  screeningIds: readonly string[],
): Promise<readonly ScreeningDecision[]> {
  if (screeningIds.length === 0) return [];
  const rows = await tx
    .selectFrom('screening_decision')
    .select(['screening_id', 'about', 'need_kind', 'decision', 'why', 'decided_by_name', 'decided_at'])
    .where('screening_id', 'in', [...screeningIds])
    .orderBy('decided_at')
    .execute();
  return rows.map((row) => ({
    screeningId: row.screening_id,
    about: row.about as ScreeningDecision['about'],
    need: row.need_kind as NeedKind | null,
    decision: row.decision as ScreeningDecision['decision'],
    why: row.why,
    by: row.decided_by_name,
    at: row.decided_at,
  }));
}

export async function insertDecision(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  decision: ScreeningDecision,
): Promise<void> {
  await tx
    .insertInto('screening_decision')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      screening_id: decision.screeningId,
      about: decision.about,
      need_kind: decision.need,
      decision: decision.decision,
      why: decision.why,
      decided_by: workerIdOf(viewer),
      decided_by_name: decision.by,
      decided_at: decision.at,
    })
    .execute();
}
