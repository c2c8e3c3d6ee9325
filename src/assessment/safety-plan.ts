import type { WrittenText } from './written-text.ts';

/** The headings of the safety plan, written with the person. Never a score or a level (NICE NG225). */
export const safetyPlanParts = [
  {
    key: 'warningSigns',
    label: 'It gets worse for me when',
    hint: 'Thoughts, feelings, places, times, news that make it more likely.',
  },
  { key: 'whatHelps', label: 'What helps me', hint: 'What I can do myself, here and at home.' },
  { key: 'people', label: 'People I can talk to', hint: 'Names, and how to reach them.' },
  {
    key: 'professionals',
    label: 'Professionals and helplines',
    hint: 'Crisis line, GP, worker: names and numbers.',
  },
  {
    key: 'keepingSafe',
    label: 'Making the place safe',
    hint: 'What to move away, where to be, whom to be with.',
  },
  {
    key: 'othersDo',
    label: 'What I want others to do',
    hint: 'What staff, family or friends should do and should not do.',
  },
] as const;

export type SafetyPlanKey = (typeof safetyPlanParts)[number]['key'];
export type SafetyPlanText = WrittenText<SafetyPlanKey>;
export const safetyPlanKeys: readonly SafetyPlanKey[] = safetyPlanParts.map(({ key }) => key);

export const writtenWithWords = [
  { value: 'with-person', text: 'We wrote it together' },
  { value: 'by-person', text: 'The person wrote it' },
  { value: 'person-not-there', text: 'Without the person, to go through with them' },
] as const;
export type WrittenWith = (typeof writtenWithWords)[number]['value'] | 'not-recorded';

export type CopyGiven = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';

/** One saved plan. `aside` texts met another one and are kept beside it; `settled` says it stays as it is. */
export interface SafetyPlanVersion {
  readonly id: string;
  readonly personId: string;
  readonly version: number;
  readonly status: 'current' | 'aside' | 'settled';
  readonly text: SafetyPlanText;
  readonly openedVersion: number;
  /** The aside text that this save decided about. */
  readonly settles: string | null;
  readonly writtenWith: WrittenWith;
  readonly copyGiven: CopyGiven;
  readonly by: string;
  readonly role: string;
  readonly writtenAt: Temporal.Instant;
}

/** Of versions in any order, the plan that stands. */
export function newestPlan(versions: readonly SafetyPlanVersion[]): SafetyPlanVersion | undefined {
  return versions
    .filter(({ status }) => status === 'current')
    .sort((a, b) => Temporal.Instant.compare(b.writtenAt, a.writtenAt) || b.version - a.version)[0];
}
