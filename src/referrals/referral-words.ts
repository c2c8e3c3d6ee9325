/** Why a service cannot help: a code for counting, words for the page. */
export const declineReasons = [
  { code: 'not-eligible', text: 'They do not fit who we can help' },
  { code: 'out-of-area', text: 'They live outside our area' },
  { code: 'full', text: 'We are full' },
  { code: 'need-beyond-us', text: 'They need more than we can give' },
  { code: 'already-known', text: 'They are already with us' },
  { code: 'cannot-reach', text: 'We could not reach them' },
  { code: 'person-said-no', text: 'They told us they do not want it' },
  { code: 'wrong-service', text: 'This is not what we do' },
  { code: 'other', text: 'Another reason' },
] as const;
export type DeclineReason = (typeof declineReasons)[number]['code'];

/**
 * What became of an appointment: the NHS attendance codes (domain.md 1.8). 5 and 6 mean the person was seen; the rest
 * mean they were not, and only 3 and 7 say that it was the person who was late or absent.
 */
export const attendanceCodes = [
  { code: '5', text: 'Came on time', seen: true },
  { code: '6', text: 'Came late and was seen', seen: true },
  { code: '7', text: 'Came too late to be seen', seen: false },
  { code: '3', text: 'Did not come, and did not say', seen: false },
  { code: '2', text: 'Cancelled by them, or for them', seen: false },
  { code: '4', text: 'The service cancelled or moved it', seen: false },
] as const;
export type AttendanceCode = (typeof attendanceCodes)[number]['code'];

/** Why we closed a referral that did not end well. */
export const withdrawReasons = [
  { code: 'person-changed-mind', text: 'The person no longer wants it' },
  { code: 'consent-withdrawn', text: 'The person withdrew their agreement to share' },
  { code: 'help-elsewhere', text: 'They have help from somewhere else' },
  { code: 'sent-in-error', text: 'It was made by mistake' },
  { code: 'circumstances', text: 'Prison, hospital or moving away' },
] as const;
export type WithdrawReason = (typeof withdrawReasons)[number]['code'];

const words: ReadonlyMap<string, string> = new Map(
  [...declineReasons, ...attendanceCodes, ...withdrawReasons].map((each) => [each.code, each.text]),
);

/** The words of a reason or attendance code. */
export function reasonWords(code: string | null): string | null {
  return code === null ? null : (words.get(code) ?? code);
}

/** True when the person was seen (codes 5 and 6). */
export function wasSeen(code: AttendanceCode): boolean {
  return attendanceCodes.some((each) => each.code === code && each.seen);
}
