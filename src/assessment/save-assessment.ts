import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { discardDraft } from '../platform/forms/drafts.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { openEpisode } from '../people/index.ts';
import { assessmentKeys, assessmentParts, isRecord, neededToSign, newestRevision } from './assessment.ts';
import type { AssessmentText, AssessmentVersion } from './assessment.ts';
import {
  assessmentVersions,
  authorOf,
  ensureAssessment,
  insertAssessmentVersion,
} from './assessment-store.ts';
import { lockPerson } from './need-store.ts';
import type { AssessmentParts } from './record-needs.ts';
import { joinTexts, sameText, textUnder } from './written-text.ts';

export interface SaveAssessmentInput {
  readonly personId: string;
  readonly text: AssessmentText;
  /** The revision the page showed; 0 when nothing was written yet. */
  readonly openedRevision: number;
  /** Freezes the version. */
  readonly sign: boolean;
  /** Why a signed assessment is corrected; needed to sign version 2 and later. */
  readonly reason?: string;
  /** The text put aside that this decides about (page with both texts). */
  readonly settles?: string | null;
  readonly reference?: string | null;
}

export interface SaveAssessmentParts extends AssessmentParts {
  /** What follows a signature: the report may be written (connected in app.ts). */
  readonly onSigned?: (
    tx: Tx,
    viewer: SignedInViewer,
    signed: { readonly personId: string; readonly assessmentId: string },
  ) => Promise<void>;
}

export interface SavedAssessment {
  readonly status: 'draft' | 'signed' | 'aside' | 'settled';
  readonly revision: number;
  /** The version row; of an aside text, what the page with both texts is opened with. */
  readonly id: string;
}

export type SaveAssessmentRefusal =
  'not-found' | 'nothing-written' | 'not-enough-to-sign' | 'reason-missing' | 'unchanged';

/** The form of the platform's draft while somebody types an assessment. */
export const ASSESSMENT_DRAFT = 'assessment';

/**
 * Saves the assessment to the record, or signs it. Texts under headings that only one of two people changed are
 * joined; where both changed one, this text is put aside (kept, never lost) and the page with both is shown.
 * Refuses an empty text, a signature without a formulation and a plan, and a correction without a reason.
 */
export async function saveAssessment(
  parts: SaveAssessmentParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: SaveAssessmentInput,
): Promise<Outcome<SavedAssessment, SaveAssessmentRefusal>> {
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const personId = opened.person.id;
  await lockPerson(tx, personId);
  const now = parts.clock.now();
  const versions = await assessmentVersions(tx, viewer, personId);
  const latest = newestRevision(versions);
  if (assessmentKeys.every((key) => input.text[key] === ''))
    return refused('nothing-written', 'Nothing is written yet.', 'ownWords');

  const start =
    versions.find(
      (one) =>
        isRecord(one) && one.assessmentId === latest?.assessmentId && one.revision === input.openedRevision,
    )?.text ?? textUnder(assessmentKeys, {});
  const joined = joinTexts(
    assessmentKeys,
    start,
    { who: latest?.by.name ?? '', note: '', text: latest?.text ?? start },
    { who: viewer.name, note: '', text: input.text },
  );
  const author = authorOf(viewer);
  const common = {
    assessmentId:
      latest?.assessmentId ??
      (await ensureAssessment(
        tx,
        viewer,
        personId,
        (await openEpisode(tx, viewer, personId))?.id ?? null,
        now,
      )),
    personId,
    openedRevision: input.openedRevision,
    settles: input.settles ?? null,
    by: author,
    savedAt: now,
  };
  const write = async (version: Omit<AssessmentVersion, 'id' | keyof typeof common>): Promise<string> => {
    const id = await insertAssessmentVersion(tx, viewer, { ...common, ...version });
    await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
      action: latest === undefined ? 'created' : 'changed',
      personId,
      subjectKind: 'assessment',
      subjectId: common.assessmentId,
      detail: { version: version.version, revision: version.revision, status: version.status },
    });
    await touch(tx, [`person:${personId}`]);
    await discardDraft(tx, { ownerId: viewer.workerId, form: ASSESSMENT_DRAFT, subject: personId });
    return id;
  };
  const afterSigned = latest?.status === 'signed';
  const version = (latest?.version ?? 1) + (afterSigned ? 1 : 0);
  const revision = (latest?.revision ?? 0) + 1;
  const reason = input.reason?.trim() || (afterSigned ? null : (latest?.reason ?? null));

  if (joined.conflicts.length > 0) {
    const aside = { version, revision, status: 'aside' as const, text: input.text, reason };
    return done({ status: 'aside', revision, id: await write(aside) });
  }
  const unchanged = latest !== undefined && sameText(assessmentKeys, joined.text, latest.text);
  if (unchanged && common.settles !== null && !input.sign) {
    const settled = { version: latest.version, revision: latest.revision, status: 'settled' as const };
    const id = await write({ ...settled, text: latest.text, reason: latest.reason });
    return done({ status: 'settled', revision: latest.revision, id });
  }
  if (input.sign) {
    const missing = neededToSign.find((key) => joined.text[key] === '');
    if (missing !== undefined)
      return refused(
        'not-enough-to-sign',
        `Write something under “${assessmentParts.find(({ key }) => key === missing)?.label ?? missing}” before you sign`,
        missing,
      );
    if (version > 1 && reason === null)
      return refused('reason-missing', 'Say why the signed assessment is corrected', 'reason');
    if (afterSigned && unchanged)
      return refused('unchanged', 'Nothing was changed since it was signed, so there is nothing to sign.');
  } else if (unchanged && latest.status === 'draft')
    return done({ status: 'draft', revision: latest.revision, id: latest.id });
  else if (unchanged) return refused('unchanged', 'Nothing was changed since it was signed.');
  const status = input.sign ? ('signed' as const) : ('draft' as const);
  const id = await write({ version, revision, status, text: joined.text, reason });
  if (input.sign) await parts.onSigned?.(tx, viewer, { personId, assessmentId: common.assessmentId });
  return done({ status, revision, id });
}
