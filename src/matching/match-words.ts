import type { BirthDateResult, IdentifierResult, PostcodeResult } from './compare-facts.ts';
import type { NameResult } from './compare-names.ts';
import type { WaterfallStep } from './score-match.ts';

/** What the name comparison means, in words for the screen. */
export function nameSentence({ comparison, candidate }: NameResult): string {
  const shown = candidate?.shown ?? '';
  const words: Readonly<Record<NameResult['comparison'], string>> = {
    exact: 'Name agrees',
    'alias-exact': `Another name they have used agrees: “${shown}”`,
    reversed: `Same names in another order: “${shown}”`,
    variant: `Another form of the same name: “${shown}”`,
    'one-exact-one-close': `Name spelt nearly the same: “${shown}”`,
    close: `Name spelt nearly the same: “${shown}”`,
    'alias-close': `Another name they have used is nearly the same: “${shown}”`,
    'part-of-surname': `Forename and part of surname agree: “${shown}”`,
    'single-exact': 'The one name recorded agrees',
    'single-shared': `One name agrees, only one was recorded: “${shown}”`,
    sound: `Sounds like “${shown}”`,
    'surname-only': 'Surname agrees, forename differs',
    'forename-only': 'Forename agrees, surname differs',
    none: 'Name differs',
    'not-recorded': 'No name to compare',
  };
  return words[comparison];
}

export function middleNameSentence(comparison: 'shared' | 'initial' | 'differs'): string {
  const words: Readonly<Record<'shared' | 'initial' | 'differs', string>> = {
    shared: 'Middle name agrees',
    initial: 'Middle initial agrees',
    differs: 'Middle name differs',
  };
  return words[comparison];
}

/** What the birth date comparison means, in words for the screen. */
export function birthDateSentence({ comparison, yearsApart }: BirthDateResult): string {
  const words: Readonly<Record<BirthDateResult['comparison'], string>> = {
    exact: 'Date of birth agrees',
    'new-years-day': 'Date of birth agrees, 1 January is often an estimate',
    alias: 'A date of birth given before agrees',
    swapped: 'Day and month of birth are the other way round',
    'one-part-off': 'Date of birth is one slip out',
    'same-year': 'Year of birth agrees',
    'near-year': `Years of birth are ${yearsApart ?? 0} apart`,
    'within-five-years': `Years of birth are ${yearsApart ?? 0} apart`,
    none: 'Date of birth differs',
    'not-recorded': 'No date of birth to compare',
  };
  return words[comparison];
}

export function postcodeSentence(comparison: PostcodeResult['comparison']): string {
  const words: Readonly<Record<PostcodeResult['comparison'], string>> = {
    shared: 'Address agrees',
    'same-district': 'Address is in the same district',
    none: 'Address differs',
    'not-recorded': 'No address to compare',
  };
  return words[comparison];
}

const kindWords: Readonly<Record<IdentifierResult['shared'][number], string>> = {
  nhs: 'NHS number',
  pnc: 'police number (PNC)',
  cro: 'criminal record number (CRO)',
  asn: 'arrest summons number',
  prison: 'prison number',
  crn: 'probation number (CRN)',
  'custody-number': 'custody number',
  defendant: 'court reference',
  local: 'local number',
  email: 'email address',
  phone: 'phone number',
};

/** What the numbers say, in words for the screen; a difference is said as well as an agreement. */
export function identifierSentence({ comparison, shared, differing }: IdentifierResult): string {
  const differs =
    differing.length === 0
      ? ''
      : sentenceCase(`${joinWords(differing.map((kind) => kindWords[kind]))} differs`);
  if (comparison === 'one-digit-out') return 'A number is one digit out';
  if (comparison === 'not-recorded') return 'No number to compare';
  if (shared.length === 0) return differs;
  const agrees = sentenceCase(
    `${joinWords(shared.map((kind) => kindWords[kind]))} ${shared.length === 1 ? 'agrees' : 'agree'}`,
  );
  return differs === '' ? agrees : `${agrees}. ${differs}`;
}

/**
 * One line for the list: what agrees first, then what differs, then what to beware of. What could not be
 * compared is left to the waterfall. "Name and date of birth agree. Address differs."
 */
export function summarise(steps: readonly WaterfallStep[]): string {
  const plain: string[] = [];
  const parts: string[] = [];
  for (const step of steps) {
    if (step.comparison === 'not-recorded' || step.field === 'starting-point' || step.field === 'sex')
      continue;
    const agreeing = agreeingWord(step);
    if (agreeing !== null) plain.push(agreeing);
    else parts.push(step.sentence);
  }
  const first =
    plain.length === 0
      ? []
      : [`${sentenceCase(joinWords(plain))} ${plain.length === 1 ? 'agrees' : 'agree'}`];
  return [...first, ...parts].map((part) => `${part}.`).join(' ');
}

/** The noun when a step is a plain agreement ("Address agrees"), so that several can share one verb. */
function agreeingWord(step: WaterfallStep): string | null {
  const match = /^([^,.“]+) agrees?$/.exec(step.sentence);
  const noun = match?.[1];
  if (noun === undefined) return null;
  return /^(NHS|PNC|CRO)/.test(noun) ? noun : noun.charAt(0).toLowerCase() + noun.slice(1);
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
