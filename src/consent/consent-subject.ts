import { ageOn } from '../people/index.ts';

/** Who may be told something. A service and a family member are named. */
export type ShareRecipient =
  'police' | 'court' | 'probation' | 'youth-justice' | 'defence' | 'gp' | 'prison' | 'family' | 'service';

/** Whose records may be looked at. */
export type LookUpSource = 'gp' | 'mental-health' | 'police';

/** What one decision is about: one thing, never a bundle. */
export type ConsentSubject =
  | { readonly kind: 'being-seen' }
  | {
      readonly kind: 'share';
      readonly recipient: ShareRecipient;
      readonly serviceId?: string;
      readonly name?: string;
    }
  | { readonly kind: 'look-up'; readonly source: LookUpSource }
  | { readonly kind: 'contact-after-release' }
  | { readonly kind: 'evaluation' };

/** How much may be shared when the person agreed. */
export type ConsentExtent = 'all-relevant' | 'recommendation-and-needs' | 'recommendation-only';

/** Widest first. */
export const extents: readonly ConsentExtent[] = [
  'all-relevant',
  'recommendation-and-needs',
  'recommendation-only',
];

/** The narrower of two extents. */
export function narrowerExtent(a: ConsentExtent, b: ConsentExtent): ConsentExtent {
  return extents.indexOf(a) > extents.indexOf(b) ? a : b;
}

/** True when an agreement to `agreed` covers what needs `needed`. */
export function extentCovers(agreed: ConsentExtent, needed: ConsentExtent): boolean {
  return extents.indexOf(agreed) <= extents.indexOf(needed);
}

/**
 * What tells one subject from another. Letters, digits and dashes, so that it can name a field and an element.
 * A service is told apart by its id in the directory, or by its name while it is not in the directory.
 */
export function subjectKey(subject: ConsentSubject): string {
  switch (subject.kind) {
    case 'share':
      if (subject.recipient === 'service')
        return `share-service-${subject.serviceId ?? nameKey(subject.name ?? '')}`;
      if (subject.recipient === 'family') return `share-family-${nameKey(subject.name ?? '')}`;
      return `share-${subject.recipient}`;
    case 'look-up':
      return `look-up-${subject.source}`;
    default:
      return subject.kind;
  }
}

function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}

const recipientWords: Readonly<Record<Exclude<ShareRecipient, 'family' | 'service'>, string>> = {
  police: 'Police, including the investigator and CPS',
  court: 'Court',
  probation: 'Probation',
  'youth-justice': 'Youth justice',
  defence: 'Solicitor',
  gp: 'GP',
  prison: 'Prison healthcare',
};

const lookUpWords: Readonly<Record<LookUpSource, string>> = {
  gp: 'Look at the GP record',
  'mental-health': 'Look at the mental health record',
  police: 'Look at the police record',
};

/** The subject as a row of the page says it, short enough to read standing up. */
export function subjectWords(subject: ConsentSubject): string {
  switch (subject.kind) {
    case 'being-seen':
      return 'Being seen by us';
    case 'share':
      if (subject.recipient === 'family') return subject.name ?? 'A family member or friend';
      if (subject.recipient === 'service') return subject.name ?? 'A service';
      return recipientWords[subject.recipient];
    case 'look-up':
      return lookUpWords[subject.source];
    case 'contact-after-release':
      return 'Ring or text after release';
    case 'evaluation':
      return 'Use in evaluation';
  }
}

/** What to say to the person, in words they may know. */
export function subjectHint(subject: ConsentSubject): string {
  switch (subject.kind) {
    case 'being-seen':
      return 'Talking with us. Saying no changes nothing else.';
    case 'share':
      return shareHints[subject.recipient];
    case 'look-up':
      return 'So that nobody has to tell it all again.';
    case 'contact-after-release':
      return 'To see how things are, and about appointments.';
    case 'evaluation':
      return 'To learn whether this service helps. No name is used.';
  }
}

const shareHints: Readonly<Record<ShareRecipient, string>> = {
  police: 'To help them decide what happens next. Never what was said about the alleged offence.',
  court: 'So that the court knows what would help.',
  probation: 'If the court asks them for a report.',
  'youth-justice': 'The team that works with young people at court.',
  defence: 'The lawyer acting for the person.',
  gp: 'A summary after we have met.',
  prison: 'If the person goes to prison: medicine and keeping safe.',
  family: 'Somebody the person wants us to speak to.',
  service: 'A service that could help.',
};

/**
 * What everybody is asked about, in the order of a conversation. Probation from 18, youth justice before it, both
 * while no birth date is known. The age is reached at 00:00 on the birthday (Family Law Reform Act 1969 s9).
 */
export function standardSubjects(
  birthDate: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
): readonly ConsentSubject[] {
  const age = birthDate === null ? null : ageOn(birthDate, today);
  const supervision: ConsentSubject[] = [];
  if (age === null || age >= 18) supervision.push({ kind: 'share', recipient: 'probation' });
  if (age === null || age < 18) supervision.push({ kind: 'share', recipient: 'youth-justice' });
  return [
    { kind: 'being-seen' },
    { kind: 'share', recipient: 'police' },
    { kind: 'share', recipient: 'court' },
    ...supervision,
    { kind: 'share', recipient: 'gp' },
    { kind: 'share', recipient: 'defence' },
    { kind: 'share', recipient: 'prison' },
    { kind: 'look-up', source: 'gp' },
    { kind: 'look-up', source: 'mental-health' },
    { kind: 'look-up', source: 'police' },
    { kind: 'contact-after-release' },
    { kind: 'evaluation' },
  ];
}
