/** How somebody was reached for. */
export type ContactHow = 'call' | 'text' | 'visit' | 'letter' | 'meeting';
/** What came of it. */
export type ContactResult = 'reached' | 'no-answer' | 'left-message' | 'sent' | 'not-in';

/** The ways of contact and what can come of each: a letter is never "no answer". */
export const contactResults: Readonly<Record<ContactHow, readonly ContactResult[]>> = {
  call: ['reached', 'no-answer', 'left-message'],
  text: ['sent', 'reached'],
  visit: ['reached', 'not-in', 'left-message'],
  letter: ['sent'],
  meeting: ['reached', 'not-in'],
};

const words: Readonly<Record<string, string>> = {
  'call:reached': 'Rang, spoke',
  'call:no-answer': 'Rang, no answer',
  'call:left-message': 'Rang, left a message',
  'text:sent': 'Sent a text',
  'text:reached': 'Text, answered',
  'visit:reached': 'Visited, spoke',
  'visit:not-in': 'Visited, not in',
  'visit:left-message': 'Visited, left a message',
  'letter:sent': 'Sent a letter',
  'meeting:reached': 'Met',
  'meeting:not-in': 'Went to meet, did not come',
};

/** Every contact that can be recorded, for the form: the value is "call:reached". */
export const contactChoices: readonly { readonly value: string; readonly text: string }[] = Object.entries(
  words,
).map(([value, text]) => ({ value, text }));

/** "Rang, no answer". */
export function contactText(how: ContactHow, result: ContactResult): string {
  return words[`${how}:${result}`] ?? `${how}, ${result}`;
}

/** Reads "call:reached"; undefined for what cannot happen. */
export function readContact(
  value: string,
): { readonly how: ContactHow; readonly result: ContactResult } | undefined {
  for (const [how, results] of Object.entries(contactResults) as [ContactHow, readonly ContactResult[]][])
    for (const result of results) if (value === `${how}:${result}`) return { how, result };
  return undefined;
}

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];

/** "Second try": which one the next attempt is. */
export function tryText(triesSoFar: number): string {
  return `${ordinals[triesSoFar] ?? `${triesSoFar + 1}th`} try`;
}
