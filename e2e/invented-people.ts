import { inventedCase, inventedList } from '../src/courts/import/invented-court-list.ts';
import type { CustodyEvent } from './service.ts';

/** Somebody who does not exist, as the police and the court write of them. */
export interface Invented {
  readonly given: string;
  readonly family: string;
  readonly preferred: string;
  readonly born: Temporal.PlainDate;
  readonly sex: 'female' | 'male';
  readonly street: string;
  readonly postcode: string;
  readonly custodyNumber: string;
  readonly cell: string;
}

/** The date in London, on which the court sits. */
export function today(): Temporal.PlainDate {
  return Temporal.Now.plainDateISO('Europe/London');
}

/** The birthday of somebody who turned this many years old two months ago. */
export function bornYearsAgo(years: number): Temporal.PlainDate {
  return today().subtract({ years, months: 2 });
}

/** Minutes ago, or ahead when negative, as the feed writes it. */
export function minutesAgo(minutes: number): string {
  return Temporal.Now.instant().subtract({ minutes }).toString({ smallestUnit: 'second' });
}

/** What the police feed tells of an arrest an hour and a half ago. */
export function arrestOf(
  person: Invented,
  then: readonly (readonly [number, string, Readonly<Record<string, unknown>>?])[] = [],
): readonly CustodyEvent[] {
  const stay = { force: '06', custodyNumber: person.custodyNumber };
  return [
    {
      ...stay,
      eventId: `${person.custodyNumber} arrived`,
      kind: 'arrived',
      happenedAt: minutesAgo(95),
      stayKind: 'detention',
      legalBasis: 'pace-arrest',
      suite: { code: 'GM-LS' },
      place: person.cell,
      person: {
        givenName: person.given,
        familyName: person.family,
        preferredName: person.preferred,
        birthDate: person.born.toString(),
        sex: person.sex,
        address: { lines: person.street, postcode: person.postcode },
      },
    },
    {
      ...stay,
      eventId: `${person.custodyNumber} authorised`,
      kind: 'detention-authorised',
      happenedAt: minutesAgo(90),
    },
    ...then.map(([ago, kind, detail]) => ({
      ...stay,
      eventId: `${person.custodyNumber} ${kind} ${String(ago)}`,
      kind,
      happenedAt: minutesAgo(ago),
      ...(detail === undefined ? {} : { detail }),
    })),
  ];
}

/** Today's list of Manchester Magistrates' Court, with this person among others. */
export function courtListWith(person: Invented): string {
  const written = (date: Temporal.PlainDate): string =>
    `${String(date.day).padStart(2, '0')}/${String(date.month).padStart(2, '0')}/${String(date.year)}`;
  const title = person.sex === 'male' ? 'Mr' : 'Ms';
  const family = person.family.toUpperCase();
  const own = inventedCase(500, {
    def_name: `${title} ${person.given} ${family}`,
    def_dob: written(person.born),
    def_sex: person.sex === 'male' ? 'M' : 'F',
    pcode: person.postcode,
  }).replace(
    /<def_name_elements>.*?<\/def_name_elements>/s,
    `<def_name_elements><title>${title}</title><forename1>${person.given}</forename1><forename2/><forename3/><surname>${family}</surname></def_name_elements>`,
  );
  return inventedList([own, inventedCase(501), inventedCase(503), inventedCase(504)], written(today()));
}
