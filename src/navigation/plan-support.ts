import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ensureEpisode, type People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { supportTopics } from './live-topics.ts';

/** What these use cases need: the people module, and who does it when. */
export interface PlanScope {
  readonly people: People;
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly now: Temporal.Instant;
  readonly reference: string | null;
}

async function written(
  scope: PlanScope,
  personId: string,
  entry: {
    readonly kind: string;
    readonly id: string;
    readonly action: 'created' | 'changed';
    readonly what?: string;
  },
): Promise<void> {
  const { tx, viewer, now } = scope;
  await recordAudit(tx, now, auditActor(viewer, scope.reference), {
    action: entry.action,
    personId,
    subjectKind: entry.kind,
    subjectId: entry.id,
    ...(entry.what === undefined ? {} : { detail: { what: entry.what } }),
  });
  await touch(tx, supportTopics(personId, viewer.workerId));
}

/** Writes down something the person wants, in their own words. */
export async function agreeGoal(
  scope: PlanScope,
  input: { readonly personId: string; readonly words: string },
): Promise<Outcome<{ readonly id: string }, 'not-found' | 'needs-words'>> {
  const { tx, viewer, now } = scope;
  const opened = await scope.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  if (input.words.trim() === '')
    return refused('needs-words', 'Write the goal in the person’s own words', 'words');
  const opening = { firstContactPoint: 'community', identifiedBy: 'service' } as const;
  const episode = await ensureEpisode(tx, viewer, opened.person.id, opening, now);
  const row = await tx
    .insertInto('support_goal')
    .values({
      area_id: viewer.areaId,
      person_id: opened.person.id,
      episode_id: episode.id,
      words: input.words.trim(),
      agreed_at: now,
      recorded_by: viewer.workerId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await written(scope, opened.person.id, { kind: 'goal', id: row.id, action: 'created' });
  return done({ id: row.id });
}

/** Adds a step: what, who does it, by when. */
export async function addStep(
  scope: PlanScope,
  input: {
    readonly personId: string;
    readonly goalId: string;
    readonly what: string;
    readonly who: string;
    readonly byWhen: Temporal.PlainDate | null;
  },
): Promise<Outcome<{ readonly id: string }, 'not-found' | 'needs-words' | 'goal-ended'>> {
  const { tx, viewer, now } = scope;
  const opened = await scope.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  if (input.what.trim() === '') return refused('needs-words', 'Enter what will be done', 'what');
  const goal = await tx
    .selectFrom('support_goal')
    .select(['id', 'ended_at'])
    .where('id', '=', input.goalId)
    .where('person_id', '=', opened.person.id)
    .forUpdate()
    .executeTakeFirst();
  if (goal === undefined) return refused('not-found', 'There is no such goal.');
  if (goal.ended_at !== null) return refused('goal-ended', 'This goal has ended. Agree a new one first.');
  const row = await tx
    .insertInto('support_step')
    .values({
      area_id: viewer.areaId,
      person_id: opened.person.id,
      goal_id: goal.id,
      what: input.what.trim(),
      who: input.who.trim() === '' ? viewer.name : input.who.trim(),
      by_when: input.byWhen,
      recorded_by: viewer.workerId,
      recorded_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await written(scope, opened.person.id, { kind: 'step', id: row.id, action: 'created' });
  return done({ id: row.id });
}

/** A step is done. A second press changes nothing: when it was done first stays. */
export async function finishStep(
  scope: PlanScope,
  input: { readonly personId: string; readonly stepId: string },
): Promise<Outcome<{ readonly id: string }, 'not-found'>> {
  const { tx, viewer, now } = scope;
  const opened = await scope.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const step = await tx
    .selectFrom('support_step')
    .select(['id', 'done_at'])
    .where('id', '=', input.stepId)
    .where('person_id', '=', opened.person.id)
    .forUpdate()
    .executeTakeFirst();
  if (step === undefined) return refused('not-found', 'There is no such step.');
  if (step.done_at === null) {
    await tx
      .updateTable('support_step')
      .set({ done_at: now, done_by: viewer.workerId })
      .where('id', '=', step.id)
      .execute();
    await written(scope, opened.person.id, { kind: 'step', id: step.id, action: 'changed', what: 'done' });
  }
  return done({ id: step.id });
}

/** A goal was reached, changed or stopped: it stays readable, and a new one may be agreed. */
export async function endGoal(
  scope: PlanScope,
  input: {
    readonly personId: string;
    readonly goalId: string;
    readonly how: 'reached' | 'changed' | 'stopped';
  },
): Promise<Outcome<{ readonly id: string }, 'not-found'>> {
  const { tx, viewer, now } = scope;
  const opened = await scope.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const row = await tx
    .updateTable('support_goal')
    .set({ ended_at: now, ended_how: input.how, ended_by: viewer.workerId })
    .where('id', '=', input.goalId)
    .where('person_id', '=', opened.person.id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return refused('not-found', 'There is no such goal, or it has ended already.');
  await written(scope, opened.person.id, { kind: 'goal', id: row.id, action: 'changed', what: input.how });
  return done({ id: row.id });
}
