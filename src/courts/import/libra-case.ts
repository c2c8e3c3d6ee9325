import {
  asReceived,
  childAt,
  countAt,
  dateAt,
  type Fields,
  listAt,
  quarantine,
  reportAt,
  textAt,
} from './fields.ts';
import type { NeutralAppearance, NeutralOffence, PersonAppearance } from './neutral-hearing.ts';
import {
  addressAt,
  birthDateAt,
  nameFromParts,
  plainIdentifierAt,
  policeIdentifierAt,
  phonesAt,
  sexAt,
  youthOf,
} from './person-parts.ts';
import type { ReadContext } from './read-context.ts';

/** What a session tells about the cases in it. */
export interface SessionFacts {
  readonly day: Temporal.PlainDate | undefined;
  readonly youthPanel: boolean;
}

/** One case of a Libra list: one defendant. Undefined when nothing names anyone (then it is quarantined). */
export function readLibraCase(
  entry: Fields,
  session: SessionFacts,
  context: ReadContext,
): NeutralAppearance | undefined {
  const references = {
    path: entry.path,
    defendantId: undefined,
    masterDefendantId: undefined,
    caseId: textAt(entry, 'c_id'),
    caseNumber: textAt(entry, 'caseno'),
    urn: textAt(entry, 'urn'),
    listedOrder: countAt(entry, 'cseq'),
    offences: readOffences(entry),
    results: [],
    ordinal: 1,
  };
  const whole = textAt(entry, 'def_name');
  const type = textAt(entry, 'def_type');
  if (type?.toUpperCase() === 'O') return { kind: 'organisation', ...references, organisationName: whole };
  if (type !== undefined && type.toUpperCase() !== 'P') {
    reportAt(entry, 'def_type', {
      code: 'defendant-type-not-read',
      message: 'The list does not say clearly whether this is a person. Treated as a person: check.',
      severity: 'warning',
      received: type,
    });
  }
  const elements = childAt(entry, 'def_name_elements');
  const birthDate = birthDateAt(entry, session.day, 'def_dob');
  const person: PersonAppearance = {
    kind: 'person',
    role: 'defendant',
    ...references,
    name: nameFromParts(whole, {
      title: elements && textAt(elements, 'title'),
      given: elements ? ['forename1', 'forename2', 'forename3'].map((key) => textAt(elements, key)) : [],
      family: elements && textAt(elements, 'surname'),
    }),
    birthDate,
    sex: sexAt(entry, 'def_sex'),
    youth: youthOf(entry, {
      marker: undefined,
      birthDate,
      hearingDay: session.day,
      ageGiven: countAt(entry, 'def_age'),
      youthPanel: session.youthPanel,
    }),
    addresses: [
      addressAt(childAt(entry, 'def_addr'), ['line1', 'line2', 'line3', 'line4', 'line5'], 'pcode'),
    ].filter((address) => address !== undefined),
    phones: phonesAt(childAt(entry, 'def_phone')),
    identifiers: [
      ...policeIdentifierAt(entry, 'pnc_id', 'pnc', context.identifiers),
      ...policeIdentifierAt(entry, 'cro_number', 'cro', context.identifiers),
      ...plainIdentifierAt(entry, 'asn', 'asn'),
    ],
    nationalities: ['nationality_1', 'nationality_2']
      .map((key) => textAt(entry, key))
      .filter((text) => text !== undefined),
    interpreterLanguage: undefined,
    remand: remandOf(entry),
    reportingRestrictions: [],
  };
  return keepIfNamed(entry, person, context);
}

/** A person nobody could recognise is quarantined with the reason; anyone else stays, whatever is missing. */
export function keepIfNamed(
  entry: Fields,
  person: PersonAppearance,
  context: ReadContext,
): PersonAppearance | undefined {
  const known = person.name ?? person.birthDate ?? person.identifiers.find((id) => id.type !== 'asn');
  if (known === undefined) {
    quarantine(context.log, {
      path: entry.path,
      code: 'nobody-named',
      reason:
        'This entry has no name, no date of birth and no PNC, CRO or CRN, so nobody can be recognised in it. It was set aside. Ask the court for it again.',
      received: asReceived(entry.source),
    });
    return undefined;
  }
  if (person.name === undefined) {
    reportAt(entry, '', {
      code: 'name-missing',
      message: 'No name was sent for this person. They are kept under what else is known.',
      severity: 'warning',
    });
  }
  return person;
}

function remandOf(entry: Fields): PersonAppearance['remand'] {
  const conditions = textAt(entry, 'bailcond');
  return conditions === undefined
    ? undefined
    : { status: 'conditional-bail', received: conditions, conditions, custodyTimeLimit: undefined };
}

function readOffences(entry: Fields): readonly NeutralOffence[] {
  const offences = childAt(entry, 'offences');
  return (offences ? listAt(offences, 'offence') : []).map((offence) => {
    const plea = textAt(offence, 'plea');
    return {
      offenceId: textAt(offence, 'co_id'),
      code: textAt(offence, 'code'),
      title: textAt(offence, 'title'),
      wording: textAt(offence, 'sum'),
      act: textAt(offence, 'as'),
      sequence: countAt(offence, 'oseq'),
      maximumPenalty: textAt(offence, 'maxpen'),
      plea: plea === undefined ? undefined : { value: plea, date: dateAt(offence, 'pleadate') },
      verdict: undefined,
      convictionDate: dateAt(offence, 'convdate'),
      adjournedTo: dateAt(offence, 'adjdate'),
      adjournmentReason: textAt(offence, 'adjreason'),
      reportingRestrictions: [],
      results: [],
    };
  });
}
