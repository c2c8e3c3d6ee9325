import type { WrittenText } from './written-text.ts';

/** The headings of the short assessment, in the order of the page. */
export const assessmentParts = [
  {
    key: 'ownWords',
    label: 'The picture, in the person’s own words',
    hint: 'What happened, what matters to them, what they want. Use their words.',
    rows: 4,
  },
  {
    key: 'strengths',
    label: 'Strengths',
    hint: 'What and who keeps them going. What has worked before.',
    rows: 3,
  },
  {
    key: 'formulation',
    label: 'Formulation',
    hint: 'How the needs, what happened and what helps fit together. This stays with clinicians unless the person agrees.',
    rows: 6,
  },
  {
    key: 'doneBefore',
    label: 'Hurting themselves: what has happened before',
    hint: 'What, when, what led to it, what helped. Facts, not a level of risk.',
    rows: 3,
  },
  {
    key: 'toOthers',
    label: 'Risk to others',
    hint: 'What could happen, to whom, and when it is more likely. Facts, not a level of risk.',
    rows: 3,
  },
  {
    key: 'fromOthers',
    label: 'Risk from others',
    hint: 'Who could hurt, use or control them, here or after release.',
    rows: 3,
  },
  {
    key: 'takingPart',
    label: 'Taking part',
    hint: 'What they need to understand, be understood and take part in an interview or a hearing.',
    rows: 3,
  },
  {
    key: 'recommendationForJustice',
    label: 'Recommendation for the police or the court',
    hint: 'Plain words, only what the decision needs. No clinical detail.',
    rows: 4,
  },
  {
    key: 'recommendationForServices',
    label: 'Recommendation for services',
    hint: 'Which help, how soon, and how to make it possible to accept.',
    rows: 4,
  },
  { key: 'plan', label: 'Plan', hint: 'Who does what, by when.', rows: 4 },
] as const;

export type AssessmentKey = (typeof assessmentParts)[number]['key'];
export type AssessmentText = WrittenText<AssessmentKey>;
export const assessmentKeys: readonly AssessmentKey[] = assessmentParts.map(({ key }) => key);

/** What a signature needs at least: what the worker made of it, and something to do. */
export const neededToSign: readonly AssessmentKey[] = ['formulation', 'plan'];

/** Who wrote or signed, as it stands under the text. */
export interface Author {
  readonly name: string;
  readonly role: string;
  readonly registration: string | null;
}

/** One saved state. `aside` texts met another one and are kept beside the record; `settled` says it stays as it is. */
export interface AssessmentVersion {
  readonly id: string;
  readonly assessmentId: string;
  readonly personId: string;
  readonly version: number;
  readonly revision: number;
  readonly status: 'draft' | 'signed' | 'aside' | 'settled';
  readonly text: AssessmentText;
  readonly openedRevision: number;
  /** The aside text that this save decided about. */
  readonly settles: string | null;
  readonly reason: string | null;
  readonly by: Author;
  readonly savedAt: Temporal.Instant;
}

/** Whether a saved state is the record and not a text beside it. */
export function isRecord({ status }: Pick<AssessmentVersion, 'status'>): boolean {
  return status === 'draft' || status === 'signed';
}

/** Texts put aside that nobody has decided about yet, whatever was saved since. */
export function openAsides<V extends { id: string; status: string; settles: string | null }>(
  versions: readonly V[],
): readonly V[] {
  const settled = new Set(versions.map(({ settles }) => settles));
  return versions.filter(({ id, status }) => status === 'aside' && !settled.has(id));
}

/** By time, then by number: two records joined into one person bring two rows of numbers. */
function newestFirst(a: AssessmentVersion, b: AssessmentVersion): number {
  return Temporal.Instant.compare(b.savedAt, a.savedAt) || b.revision - a.revision;
}

/** Of versions, newest first, the state of the record: the newest draft or signed one. */
export function newestRevision(versions: readonly AssessmentVersion[]): AssessmentVersion | undefined {
  return versions.filter(isRecord).sort(newestFirst)[0];
}

/** The newest signed version, which is what others read while the next is being written. */
export function newestSigned(versions: readonly AssessmentVersion[]): AssessmentVersion | undefined {
  return versions.filter(({ status }) => status === 'signed').sort(newestFirst)[0];
}
