import { needLabel, type NeedKind } from '../people/index.ts';
import type { ItemDecision } from '../sharing/index.ts';

// A simple check, not a promise: words that would give away what is held back. The author decides.

/** Words people use for a need besides its label. Beginnings of words: "suicid" finds suicide and suicidal. */
const spoken: Readonly<Partial<Record<NeedKind, readonly string[]>>> = {
  'self-harm': [
    'self-harm',
    'self harm',
    'suicid',
    'overdose',
    'ending his life',
    'ending her life',
    'ending their life',
    'end his life',
    'end her life',
    'end their life',
  ],
  'mental-health': [
    'mental health',
    'depress',
    'psychosis',
    'psychotic',
    'schizophren',
    'bipolar',
    'anxiety',
  ],
  alcohol: ['alcohol', 'drinking'],
  drugs: ['drug', 'heroin', 'crack', 'cocaine', 'cannabis', 'spice', 'methadone'],
  trauma: ['trauma', 'ptsd'],
  'domestic-abuse': ['domestic abuse', 'domestic violence'],
  'sexual-abuse': ['sexual abuse', 'rape', 'sexually'],
  'learning-disability': ['learning disab'],
  'brain-injury': ['brain injury', 'head injury'],
  'money-debt': ['debt', 'money'],
  housing: ['housing', 'homeless', 'no settled home'],
  'armed-forces': ['army', 'navy', 'air force', 'armed forces', 'veteran'],
};

const scoreWords = ['phq-9', 'gad-7', 'audit-c', 'ciwa', 'cows score', 'out of 21', 'out of 27', 'out of 12'];

/** The held-back items whose words stand in the text, by label. What may also go is not counted. */
export function saysHeldBack(text: string, decisions: readonly ItemDecision[]): readonly string[] {
  const mayGo = new Set(
    decisions
      .filter((decision) => decision.answer !== 'may-not')
      .map((decision) => decision.item.needKind)
      .filter((kind) => kind !== undefined),
  );
  const said = decisions.filter(
    ({ answer, item }) =>
      answer === 'may-not' &&
      (item.needKind === undefined || !mayGo.has(item.needKind)) &&
      wordsOf(item).some((word) => contains(text, word)),
  );
  return [...new Set(said.map((decision) => decision.item.label))];
}

function wordsOf(item: ItemDecision['item']): readonly string[] {
  if (item.category === 'score') return scoreWords;
  if (item.needKind === undefined) return [];
  return [needLabel(item.needKind), ...(spoken[item.needKind] ?? [])];
}

/** At the beginning of a word, whatever the case. */
function contains(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\p{L}])${escaped}`, 'iu').test(text);
}
