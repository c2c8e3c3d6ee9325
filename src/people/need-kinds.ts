/**
 * The needs vocabulary: one list, used everywhere (product.md, "Needs vocabulary"), in its order.
 * Screening, assessment, the directory, referrals and measures all speak these keys; nothing keeps its own.
 * The description is written for a page that the person may read over the worker's shoulder.
 */
export const needKinds = [
  {
    key: 'mental-health',
    label: 'Mental health',
    description: 'How someone is feeling and thinking, and help with it.',
  },
  {
    key: 'self-harm',
    label: 'Self-harm and suicidal thoughts',
    description: 'Hurting themselves, or thoughts of ending their life.',
  },
  {
    key: 'learning-disability',
    label: 'Learning disability',
    description: 'Needing more help to understand new things and with everyday life.',
  },
  {
    key: 'autism',
    label: 'Autism',
    description: 'Experiencing people, change and surroundings differently.',
  },
  { key: 'adhd', label: 'ADHD', description: 'Finding it hard to focus, sit still or wait.' },
  {
    key: 'speech-language-communication',
    label: 'Speech, language and communication',
    description: 'Finding it hard to understand others, or to be understood.',
  },
  {
    key: 'brain-injury',
    label: 'Brain injury',
    description: 'Effects of a blow to the head, a stroke or an illness of the brain.',
  },
  { key: 'alcohol', label: 'Alcohol', description: 'Drinking that causes harm or worry.' },
  { key: 'drugs', label: 'Drugs', description: 'Drug use that causes harm or worry.' },
  { key: 'gambling', label: 'Gambling', description: 'Gambling that causes harm or worry.' },
  {
    key: 'physical-health',
    label: 'Physical health',
    description: 'Illness, injury, pain, medicines or disability of the body.',
  },
  {
    key: 'trauma',
    label: 'Trauma',
    description: 'Effects of something frightening or harmful that happened, including PTSD.',
  },
  {
    key: 'domestic-abuse',
    label: 'Domestic abuse',
    description: 'Being hurt, frightened or controlled by a partner, former partner or relative.',
  },
  {
    key: 'sexual-abuse',
    label: 'Sexual abuse',
    description: 'Sexual harm, now or in the past.',
  },
  {
    key: 'housing',
    label: 'Housing',
    description: 'Having nowhere to live, or a home that is not safe, suitable or secure.',
  },
  {
    key: 'money-debt',
    label: 'Money and debt',
    description: 'Owing money, or not having enough to live on.',
  },
  { key: 'benefits', label: 'Benefits', description: 'Claiming, keeping or appealing about benefits.' },
  {
    key: 'employment-education-training',
    label: 'Employment, education and training',
    description: 'Work, school, college or learning a skill.',
  },
  {
    key: 'family-caring',
    label: 'Family and caring',
    description: 'Relationships at home, children, or looking after someone.',
  },
  {
    key: 'safeguarding-child',
    label: 'Safeguarding (child)',
    description: 'A child may be at risk of harm.',
  },
  {
    key: 'safeguarding-adult',
    label: 'Safeguarding (adult)',
    description: 'An adult with care and support needs may be at risk of harm.',
  },
  {
    key: 'exploitation',
    label: 'Exploitation',
    description: 'Being used, pressured or controlled by others for their gain.',
  },
  {
    key: 'armed-forces',
    label: 'Armed forces community',
    description: 'Serving or having served, or the family of someone who does or did.',
  },
  {
    key: 'women',
    label: "Women's pathway",
    description: 'Support planned for women and given by women where wanted.',
  },
  {
    key: 'young-person',
    label: 'Young person',
    description: 'Support planned for children and young adults.',
  },
  {
    key: 'offence-related-vulnerability',
    label: 'Vulnerability because of the alleged offence',
    description: 'At more risk because of what they are accused of.',
  },
] as const;

/** A key of the needs vocabulary. */
export type NeedKind = (typeof needKinds)[number]['key'];

const keys: ReadonlySet<string> = new Set(needKinds.map((kind) => kind.key));

/** Whether a word is a key of the needs vocabulary. */
export function isNeedKind(word: string): word is NeedKind {
  return keys.has(word);
}

const labels: ReadonlyMap<NeedKind, string> = new Map(needKinds.map((kind) => [kind.key, kind.label]));

/** The label of a need, as shown on screen. */
export function needLabel(kind: NeedKind): string {
  return labels.get(kind) ?? kind;
}
