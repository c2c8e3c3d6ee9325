/** The root record. Never "offender"; "detainee" only in a detention (domain.md 9). */
export interface Person {
  readonly id: string;
  readonly areaId: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly preferredName: string | null;
  readonly describedAs: string | null;
  readonly birthDate: Temporal.PlainDate | null;
  readonly birthDateBasis: string;
  readonly sex: string | null;
  readonly pronoun: 'she' | 'he' | 'they' | null;
  readonly nhsNumber: string | null;
  readonly nhsNumberStatus: string | null;
  readonly nhsNumberTracedAt: Temporal.Instant | null;
  readonly sealed: boolean;
  readonly version: number;
}

/** The name as shown: "Callum Brennan", or how somebody who gave no name was described. */
export function displayName(person: Pick<Person, 'givenName' | 'familyName' | 'describedAs'>): string {
  const name = [person.givenName, person.familyName].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? `Name not given${person.describedAs === null ? '' : `, ${person.describedAs}`}` : name;
}

/** What to call the person in a sentence: their preferred name, their first name, or "this person". */
export function shortName(person: Pick<Person, 'givenName' | 'preferredName'>): string {
  return person.preferredName ?? person.givenName ?? 'this person';
}

/** Age in whole years on a date. The age is reached at 00:00 on the birthday (Family Law Reform Act 1969 s9). */
export function ageOn(birthDate: Temporal.PlainDate, on: Temporal.PlainDate): number {
  return birthDate.until(on, { largestUnit: 'year' }).years;
}

/** True when the person is under 18, or no birth date is known: a child until shown otherwise (Code C 1.5). */
export function isChild(birthDate: Temporal.PlainDate | null, on: Temporal.PlainDate): boolean | 'not-known' {
  return birthDate === null ? 'not-known' : ageOn(birthDate, on) < 18;
}

const pronounForms = {
  she: { subject: 'she', object: 'her', possessive: 'her' },
  he: { subject: 'he', object: 'him', possessive: 'his' },
  they: { subject: 'they', object: 'them', possessive: 'their' },
} as const;

/** The words for a sentence about this person; "they" until the person has said. */
export function pronouns(person: Pick<Person, 'pronoun'>): {
  subject: string;
  object: string;
  possessive: string;
} {
  return pronounForms[person.pronoun ?? 'they'];
}
