import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { newestPlan, safetyPlanKeys } from './safety-plan.ts';
import type { CopyGiven, SafetyPlanText, SafetyPlanVersion, WrittenWith } from './safety-plan.ts';
import { textUnder } from './written-text.ts';

// All SQL of the safety plan. Callers open the person first (people.open).

/** Every plan and every text put aside, newest first. */
export async function safetyPlanVersions(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly SafetyPlanVersion[]> {
  const rows = await tx
    .selectFrom('safety_plan_version')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('written_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    version: row.version,
    status: row.status as SafetyPlanVersion['status'],
    text: textUnder(safetyPlanKeys, row.content),
    openedVersion: row.opened_version,
    settles: row.settles,
    writtenWith: row.written_with as WrittenWith,
    copyGiven: row.copy_given as CopyGiven,
    by: row.written_by_name,
    role: row.written_by_role,
    writtenAt: row.written_at,
  }));
}

/** The plan that stands, or null when none was written. */
export async function safetyPlanOf(
  tx: Tx,
  viewer: Viewer,
  personId: string,
): Promise<
  | (SafetyPlanText & {
      readonly version: number;
      readonly writtenAt: Temporal.Instant;
      readonly by: string;
      readonly writtenWith: WrittenWith;
    })
  | null
> {
  const plan = newestPlan(await safetyPlanVersions(tx, viewer, personId));
  if (plan === undefined) return null;
  const { text, version, writtenAt, by, writtenWith } = plan;
  return { ...text, version, writtenAt, by, writtenWith };
}

/** Appends one plan and gives its id. */
export async function insertSafetyPlan(
  tx: Tx,
  viewer: Viewer,
  plan: Omit<SafetyPlanVersion, 'id'>,
): Promise<string> {
  const row = await tx
    .insertInto('safety_plan_version')
    .values({
      area_id: viewer.areaId,
      person_id: plan.personId,
      version: plan.version,
      status: plan.status,
      content: JSON.stringify(plan.text),
      opened_version: plan.openedVersion,
      settles: plan.settles,
      written_with: plan.writtenWith,
      copy_given: plan.copyGiven,
      written_by: workerIdOf(viewer),
      written_by_name: plan.by,
      written_by_role: plan.role,
      written_at: plan.writtenAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
