import { ageAndSource, ageOf, needLabel, type KeyLine, type NeedKind } from '../people/index.ts';
import { dateLong, when } from '../platform/views/dates.ts';
import type { AssessmentVersion } from './assessment.ts';
import type { Need } from './need.ts';
import type { NeedVersion } from './need-store.ts';

// What the risks panel says of the past and of other people. An earlier answer is shown with its age until a newer
// one stands: it is never turned back into "Not asked yet".

/** The three headings of the assessment that the risks panel shows. */
export type RiskKey = 'doneBefore' | 'toOthers' | 'fromOthers';

// A need that is itself an answer to the heading, when no assessment has one.
const needsBehind: Readonly<Record<RiskKey, readonly NeedKind[]>> = {
  doneBefore: ['self-harm'],
  toOthers: [],
  fromOthers: ['domestic-abuse', 'exploitation'],
};

/** What the newest signed assessment with words under the heading says; a draft only when none was signed with any. */
export function assessedLine(
  label: string,
  versions: readonly AssessmentVersion[],
  key: RiskKey,
  now: Temporal.Instant,
): KeyLine | null {
  const newestWith = (status: AssessmentVersion['status']): AssessmentVersion | undefined =>
    versions
      .filter((version) => version.status === status && version.text[key].trim() !== '')
      .toSorted((a, b) => Temporal.Instant.compare(b.savedAt, a.savedAt))[0];
  const said = newestWith('signed') ?? newestWith('draft');
  if (said === undefined) return null;
  const what = said.status === 'signed' ? 'assessment' : 'assessment, not signed';
  const age = ageOf(said.savedAt, now);
  return {
    label,
    text: said.text[key],
    source: {
      text: [`${said.by.name}, ${what}`, dateLong(said.savedAt), age === null ? null : `${age} old`]
        .filter((part) => part !== null)
        .join(' · '),
    },
  };
}

/**
 * What the needs say under the heading. For "has done before" that is something seen or told earlier, never the words
 * that stand now: those have their own line. For "from others" it is what was found, or that it was asked and declined.
 */
export function neededLine(
  label: string,
  key: RiskKey,
  history: readonly NeedVersion[],
  current: Need | undefined,
  name: string,
  now: Temporal.Instant,
): KeyLine | null {
  const kinds = needsBehind[key];
  const found = history.find(
    (one) =>
      kinds.includes(one.kind) &&
      one.answer === 'found' &&
      one.detail !== null &&
      (key !== 'doneBefore' || (one.id !== current?.id && one.detail !== current?.detail)) &&
      (key === 'doneBefore' || isNewestOfKind(one, history)),
  );
  if (found !== undefined) {
    const source = ageAndSource({
      basis: found.basis,
      by: found.saidBy.saidBy,
      at: found.saidBy.at,
      now,
      checkWith: name,
    });
    return { label, text: found.detail ?? needLabel(found.kind), source: { text: source.line } };
  }
  const declined = history.find(
    (one) =>
      key === 'fromOthers' &&
      kinds.includes(one.kind) &&
      one.answer === 'declined' &&
      isNewestOfKind(one, history),
  );
  return declined === undefined
    ? null
    : {
        label,
        text: 'Declined to say',
        status: { shape: 'stop', text: 'Declined to say' },
        source: { text: `${needLabel(declined.kind)} · ${when(declined.saidBy.at, now)}` },
      };
}

/** The history is newest first: the first of a kind is the answer that stands. */
function isNewestOfKind(one: NeedVersion, history: readonly NeedVersion[]): boolean {
  return history.find(({ kind }) => kind === one.kind)?.id === one.id;
}
