import type { ContactHow, ContactResult } from './contact.ts';

/** The four answers, as contact_point keeps them. Nothing here defaults to yes or to no. */
export type SafeAnswer = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';

/** One way to reach somebody, and what they said about it. A partner may hold the phone (domain.md 8.13). */
export interface ContactPoint {
  readonly id: string;
  readonly kind: 'phone' | 'email' | 'through-somebody' | 'place';
  readonly value: string;
  readonly ring: SafeAnswer;
  readonly text: SafeAnswer;
  readonly leaveMessage: SafeAnswer;
  readonly note: string | null;
}

/** May it be done this way: yes, yes with care, or no. `words` are shown as they are. */
export type SafeVerdict =
  | { readonly answer: 'may' }
  | { readonly answer: 'take-care'; readonly words: string }
  | { readonly answer: 'may-not'; readonly words: string };

const doing = {
  ring: { no: 'It is not safe to ring', ask: 'ring' },
  text: { no: 'It is not safe to send a text', ask: 'text' },
  leaveMessage: { no: 'It is not safe to leave a message', ask: 'leave a message' },
} as const;

/**
 * Is this contact safe, as the person told us? Answered for one contact point, or for all of them when nobody says
 * which was used: then the most careful answer counts. A visit, a meeting and a letter have no rule of their own.
 */
export function judgeContact(
  points: readonly ContactPoint[],
  contact: {
    readonly how: ContactHow;
    readonly result: ContactResult;
    readonly contactPointId?: string | null;
  },
): SafeVerdict {
  const chosen =
    contact.contactPointId === undefined || contact.contactPointId === null
      ? points.filter((point) => point.kind === 'phone')
      : points.filter((point) => point.id === contact.contactPointId);
  const asks = rulesFor(contact);
  if (asks.length === 0 || chosen.length === 0) return { answer: 'may' };
  for (const rule of asks) {
    const barred = chosen.find((point) => point[rule] === 'no');
    if (barred !== undefined)
      return {
        answer: 'may-not',
        words: `${doing[rule].no}.${barred.note === null ? '' : ` ${barred.note}`}`,
      };
  }
  for (const rule of asks) {
    const open = chosen.find((point) => point[rule] !== 'yes');
    if (open !== undefined) return { answer: 'take-care', words: notYetAnswered(rule, open) };
  }
  return { answer: 'may' };
}

function rulesFor(contact: {
  readonly how: ContactHow;
  readonly result: ContactResult;
}): readonly (keyof typeof doing)[] {
  if (contact.how === 'call') return contact.result === 'left-message' ? ['ring', 'leaveMessage'] : ['ring'];
  if (contact.how === 'text') return ['text'];
  if (contact.how === 'visit' && contact.result === 'left-message') return ['leaveMessage'];
  return [];
}

function notYetAnswered(rule: keyof typeof doing, point: ContactPoint): string {
  const { ask } = doing[rule];
  switch (point[rule]) {
    case 'declined':
      return `Did not want to say whether it is safe to ${ask}.`;
    case 'unknown':
      return `Does not know whether it is safe to ${ask}.`;
    default:
      return `Not asked yet whether it is safe to ${ask}.`;
  }
}

/**
 * What a navigator reads before picking up the phone: "Text only. Do not leave a message." and the person's own
 * note. Null when everything was asked and is safe, or there is nothing to ring.
 */
export function safeContactWarning(points: readonly ContactPoint[]): string | null {
  const phones = points.filter((point) => point.kind === 'phone');
  if (phones.length === 0) return null;
  const parts: string[] = [];
  const is = (rule: keyof typeof doing, answer: SafeAnswer) => phones.some((phone) => phone[rule] === answer);
  if (is('ring', 'no') && is('text', 'no')) parts.push('Do not ring or text.');
  else if (is('ring', 'no')) parts.push(is('text', 'yes') ? 'Text only.' : 'Do not ring.');
  else if (is('text', 'no')) parts.push('Do not text.');
  if (is('leaveMessage', 'no')) parts.push('Do not leave a message.');
  const notes = [...new Set(phones.flatMap((phone) => (phone.note === null ? [] : [phone.note])))];
  parts.push(...notes);
  return parts.length === 0 ? null : parts.join(' ');
}

/** What was never asked about a phone, for a quiet line: "Not asked yet whether it is safe to leave a message." */
export function safeContactGaps(points: readonly ContactPoint[]): string | null {
  const phones = points.filter((point) => point.kind === 'phone');
  const rules = ['ring', 'text', 'leaveMessage'] as const;
  const gaps = rules.filter((rule) => phones.some((phone) => phone[rule] === 'not-asked'));
  if (gaps.length === 0) return null;
  return `Not asked yet whether it is safe to ${gaps.map((rule) => doing[rule].ask).join(' or ')}.`;
}

/** Where a line of safe contact in a handover comes from. */
export const SAFE_CONTACT_SOURCE = 'Safe contact, as the person told us';
