import { variantGroups } from './name-variants.ts';

// Letters that do not come apart into a plain letter and a mark.
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
};

// What source systems write into name fields and nobody is called (standards.md 1.15).
const systemWords = /MIG_ERROR_|NO_SHOW_|DUPLICATE_|NOT ENTERED/gi;

// Words in front of a surname that one list writes and the next leaves out.
const particles = new Set([
  'al',
  'el',
  'ul',
  'bin',
  'ibn',
  'bint',
  'de',
  'da',
  'do',
  'dos',
  'di',
  'du',
  'del',
  'della',
  'la',
  'le',
  'van',
  'von',
  'der',
  'den',
  'ter',
]);

/**
 * A name as it is compared: lower case, no accents, apostrophes closed up, hyphens opened, "Mc Donald"
 * and "O Brien" joined, words that only a computer wrote taken out. Letters of other scripts are kept.
 */
export function normaliseName(text: string): string {
  return text
    .replace(systemWords, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðıßæœþħ]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\b(mc|o) (?=\p{L}{2})/gu, '$1');
}

/** The words of a normalised name, with particles ("al", "de", "van") left out unless nothing else is there. */
export function nameWords(text: string): readonly string[] {
  const words = normaliseName(text)
    .split(' ')
    .filter((word) => word !== '');
  const telling = words.filter((word) => !particles.has(word));
  return telling.length > 0 ? telling : words;
}

const soundRules: readonly (readonly [RegExp, string])[] = [
  [/^kn|^gn/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/eigh|igh|ough|augh/g, 'y'],
  [/ph/g, 'f'],
  [/v/g, 'f'],
  [/w/g, ''],
  [/tch|cz|sch|sh|ch|sz|zh|rz/g, 'x'],
  [/dj|dz|dg|j/g, 'j'],
  [/g(?=[eiy])/g, 'j'],
  [/kh|gh|ck|q/g, 'k'],
  [/th|dh/g, 't'],
  [/d/g, 't'],
  [/bh|b/g, 'p'],
  [/c(?=[eiy])/g, 's'],
  [/c|g/g, 'k'],
  [/z/g, 's'],
  [/m(?=[bp])/g, 'n'],
  [/m/g, 'n'],
];

/**
 * How a normalised word sounds, as consonants: "mohammed" and "muhamad" give the same key, so do "philip"
 * and "filip", "carter" and "karter". Deliberately coarse (d with t, b with p, m with n, v with f): it only
 * opens the door to a comparison, it is never evidence by itself. A word it can make nothing of is
 * its own key.
 */
export function soundKey(word: string): string {
  let sound = word;
  for (const [pattern, replacement] of soundRules) sound = sound.replace(pattern, replacement);
  const first = /^[aeiouy]/.test(sound) ? 'a' : '';
  const consonants = (first + sound.replace(/[aeiouhy]/g, '')).replace(/(.)\1+/gu, '$1');
  return consonants === '' ? word : consonants;
}

/**
 * The keys a forename is found by: how it sounds and how each name it may be short for sounds.
 * "bill" is found where "william" is looked for.
 */
export function forenameKeys(word: string): readonly string[] {
  return [...new Set([soundKey(word), ...variantGroups(word).map(soundKey)])];
}
