import { workerIdOf, type SignedInViewer, type Viewer } from '../access/index.ts';
import { roles } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { assessmentKeys, newestRevision, newestSigned } from './assessment.ts';
import type { AssessmentVersion, Author } from './assessment.ts';
import { textUnder } from './written-text.ts';

// All SQL of the assessment. Callers open the person first (people.open).

/** Every saved state of the person's assessments, newest first. */
export async function assessmentVersions(
  tx: Tx,
  _viewer: Viewer,
  personId: string,
): Promise<readonly AssessmentVersion[]> {
  const rows = await tx
    .selectFrom('assessment_version')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('saved_at', 'desc')
    .orderBy('revision', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    assessmentId: row.assessment_id,
    personId: row.person_id,
    version: row.version,
    revision: row.revision,
    status: row.status as AssessmentVersion['status'],
    text: textUnder(assessmentKeys, row.content),
    openedRevision: row.opened_revision,
    settles: row.settles,
    reason: row.reason,
    by: { name: row.saved_by_name, role: row.saved_by_role, registration: row.saved_by_registration },
    savedAt: row.saved_at,
  }));
}

/** What reports and other pages read: the newest signed version or, before any is signed, the draft; null for none. */
export async function currentAssessment(
  tx: Tx,
  viewer: Viewer,
  personId: string,
): Promise<{
  readonly id: string;
  readonly version: number;
  /** When it was signed; for a draft, when it was last saved. */
  readonly signedAt: Temporal.Instant;
  readonly signedBy: Author;
  readonly formulation: string;
  readonly strengths: string | null;
  readonly recommendationForJustice: string | null;
  readonly recommendationForServices: string | null;
  readonly takingPart: string | null;
  readonly plan: string | null;
  readonly status: 'draft' | 'signed';
} | null> {
  const versions = await assessmentVersions(tx, viewer, personId);
  const current = newestSigned(versions) ?? newestRevision(versions);
  if (current === undefined) return null;
  const { text } = current;
  const orNull = (words: string): string | null => (words === '' ? null : words);
  return {
    id: current.assessmentId,
    version: current.version,
    signedAt: current.savedAt,
    signedBy: current.by,
    formulation: text.formulation,
    strengths: orNull(text.strengths),
    recommendationForJustice: orNull(text.recommendationForJustice),
    recommendationForServices: orNull(text.recommendationForServices),
    takingPart: orNull(text.takingPart),
    plan: orNull(text.plan),
    status: current.status === 'signed' ? 'signed' : 'draft',
  };
}

/** The assessment this episode's text belongs to, begun when there is none. The caller has locked the person. */
export async function ensureAssessment(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  episodeId: string | null,
  now: Temporal.Instant,
): Promise<string> {
  const found = await tx
    .selectFrom('assessment')
    .select('id')
    .where('person_id', '=', personId)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (found !== undefined) return found.id;
  const row = await tx
    .insertInto('assessment')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      episode_id: episodeId,
      started_at: now,
      started_by: workerIdOf(viewer),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Appends one state and gives its id. */
export async function insertAssessmentVersion(
  tx: Tx,
  viewer: Viewer,
  version: Omit<AssessmentVersion, 'id'>,
): Promise<string> {
  const row = await tx
    .insertInto('assessment_version')
    .values({
      area_id: viewer.areaId,
      person_id: version.personId,
      assessment_id: version.assessmentId,
      version: version.version,
      revision: version.revision,
      status: version.status,
      content: JSON.stringify(version.text),
      opened_revision: version.openedRevision,
      settles: version.settles,
      reason: version.reason,
      saved_by: workerIdOf(viewer),
      saved_by_name: version.by.name,
      saved_by_role: version.by.role,
      saved_by_registration: version.by.registration,
      saved_at: version.savedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** How a worker is named under what they write or sign. */
export function authorOf(viewer: SignedInViewer): Author {
  return { name: viewer.name, role: roles[viewer.role].label, registration: viewer.registration };
}
