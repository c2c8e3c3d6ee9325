/** Where a screening was asked: it changes what people say. */
export const settings = [
  { value: 'not-recorded', text: 'Not recorded' },
  { value: 'cell', text: 'In a cell' },
  { value: 'custody-room', text: 'A room in custody' },
  { value: 'court', text: 'At court' },
  { value: 'phone', text: 'By phone' },
  { value: 'video', text: 'By video' },
  { value: 'community', text: 'In the community' },
] as const;

export type Setting = (typeof settings)[number]['value'];

/** What else a reader must know to weigh the answers. */
export const conditions = [
  { value: 'intoxicated', text: 'Intoxicated' },
  { value: 'withdrawing', text: 'Withdrawing' },
  { value: 'distressed', text: 'Distressed' },
  { value: 'tired', text: 'Very tired' },
  { value: 'in-pain', text: 'In pain' },
  { value: 'interpreter', text: 'With an interpreter' },
  { value: 'appropriate-adult', text: 'With an appropriate adult' },
  { value: 'read-aloud', text: 'Read aloud' },
] as const;

export type Condition = (typeof conditions)[number]['value'];

export function isSetting(word: string): word is Setting {
  return settings.some(({ value }) => value === word);
}

export function isCondition(word: string): word is Condition {
  return conditions.some(({ value }) => value === word);
}

/** "In a cell. Intoxicated, with an interpreter." */
export function circumstances(setting: Setting, among: readonly Condition[]): string {
  const place = settings.find(({ value }) => value === setting)?.text ?? setting;
  const first = setting === 'not-recorded' ? 'Place not recorded' : place;
  const rest = conditions.filter(({ value }) => among.includes(value)).map(({ text }) => text.toLowerCase());
  const [one, ...more] = rest;
  if (one === undefined) return `${first}.`;
  return `${first}. ${[one.charAt(0).toUpperCase() + one.slice(1), ...more].join(', ')}.`;
}
