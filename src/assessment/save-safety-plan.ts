import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { discardDraft } from '../platform/forms/drafts.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { authorOf } from './assessment-store.ts';
import { lockPerson } from './need-store.ts';
import type { AssessmentParts } from './record-needs.ts';
import { newestPlan, safetyPlanKeys } from './safety-plan.ts';
import type { CopyGiven, SafetyPlanText, WrittenWith } from './safety-plan.ts';
import { insertSafetyPlan, safetyPlanVersions } from './safety-plan-store.ts';
import { joinTexts, sameText, textUnder } from './written-text.ts';

export interface SaveSafetyPlanInput {
  readonly personId: string;
  readonly text: SafetyPlanText;
  /** The version the page showed; 0 when there was none. */
  readonly openedVersion: number;
  readonly writtenWith: WrittenWith;
  readonly copyGiven: CopyGiven;
  /** The text put aside that this decides about (page with both texts). */
  readonly settles?: string | null;
  readonly reference?: string | null;
}

/** The form of the platform's draft while somebody types a plan. */
export const SAFETY_PLAN_DRAFT = 'safety-plan';

/**
 * Saves the safety plan as its next version. Headings that only one of two people changed are joined; where both
 * changed one, this text is put aside and both are shown. Saving an unchanged plan says that it was gone through again
 * and still holds: that is a version too. Refuses an empty plan.
 */
export async function saveSafetyPlan(
  parts: AssessmentParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: SaveSafetyPlanInput,
): Promise<
  Outcome<
    { readonly status: 'current' | 'aside' | 'settled'; readonly id: string },
    'not-found' | 'nothing-written'
  >
> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  if (safetyPlanKeys.every((key) => input.text[key] === ''))
    return refused('nothing-written', 'Write something under at least one heading', 'warningSigns');
  await lockPerson(tx, personId);
  const now = parts.clock.now();
  const versions = await safetyPlanVersions(tx, viewer, personId);
  const latest = newestPlan(versions);
  const start =
    versions.find(({ status, version }) => status === 'current' && version === input.openedVersion)?.text ??
    textUnder(safetyPlanKeys, {});
  const joined = joinTexts(
    safetyPlanKeys,
    start,
    { who: latest?.by ?? '', note: '', text: latest?.text ?? start },
    { who: viewer.name, note: '', text: input.text },
  );
  // Highest, not newest: two records joined into one person bring two rows of numbers.
  const saved = versions.filter(({ status }) => status === 'current');
  const next = Math.max(0, ...saved.map(({ version }) => version)) + 1;
  const settles = input.settles ?? null;
  const unchanged = latest !== undefined && sameText(safetyPlanKeys, joined.text, latest.text);
  const status =
    joined.conflicts.length > 0
      ? ('aside' as const)
      : unchanged && settles !== null
        ? ('settled' as const)
        : ('current' as const);
  const author = authorOf(viewer);
  const id = await insertSafetyPlan(tx, viewer, {
    personId,
    version: next,
    status,
    text: status === 'aside' ? input.text : joined.text,
    openedVersion: input.openedVersion,
    settles,
    writtenWith: input.writtenWith,
    copyGiven: input.copyGiven,
    by: author.name,
    role: author.role,
    writtenAt: now,
  });
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: latest === undefined ? 'created' : 'changed',
    personId,
    subjectKind: 'safety plan',
    subjectId: id,
    detail: {
      version: next,
      status,
      unchanged,
    },
  });
  await touch(tx, [`person:${personId}`]);
  await discardDraft(tx, { ownerId: viewer.workerId, form: SAFETY_PLAN_DRAFT, subject: personId });
  return done({ status, id });
}
