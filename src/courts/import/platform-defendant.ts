import { remandStatus } from './court-parts.ts';
import {
  asReceived,
  childAt,
  dateAt,
  type Fields,
  flagAt,
  isRecord,
  listAt,
  quarantine,
  reportAt,
  textAt,
} from './fields.ts';
import { keepIfNamed } from './libra-case.ts';
import type {
  NeutralAppearance,
  NeutralOffence,
  NeutralResult,
  PersonAppearance,
} from './neutral-hearing.ts';
import {
  addressAt,
  birthDateAt,
  nameFromParts,
  phonesAt,
  plainIdentifierAt,
  policeIdentifierAt,
  sexAt,
  youthOf,
} from './person-parts.ts';
import { readPlatformOffence } from './platform-offence.ts';
import { idAt, judicialResultsAt, type SharedResultLine } from './platform-results.ts';
import type { ReadContext } from './read-context.ts';

/** What the case and hearing tell about each defendant in them. */
export interface CaseFacts {
  readonly day: Temporal.PlainDate | undefined;
  readonly caseId: string | undefined;
  readonly urn: string | undefined;
  readonly role: PersonAppearance['role'];
  readonly offences: readonly NeutralOffence[];
  readonly results: readonly NeutralResult[];
  readonly lines: readonly SharedResultLine[];
}

/**
 * One defendant of a case, or the subject of an application. A body without a person is an organisation;
 * an entry that holds both is kept as the person, because leaving a person out is the worse mistake.
 */
export function readPlatformDefendant(
  defendant: Fields,
  facts: CaseFacts,
  context: ReadContext,
): NeutralAppearance | undefined {
  const person = personGroup(defendant);
  const body = organisationGroup(defendant);
  const defendantId = idAt(defendant, 'id') ?? idAt(defendant, 'masterDefendantId');
  const masterDefendantId = idAt(defendant, 'masterDefendantId');
  const offences = [...listAt(defendant, 'offences').map(readPlatformOffence), ...facts.offences];
  const ours = facts.lines.filter(
    (line) =>
      (line.defendantId !== undefined &&
        (line.defendantId === defendantId || line.defendantId === masterDefendantId)) ||
      (line.masterDefendantId !== undefined && line.masterDefendantId === masterDefendantId) ||
      (line.defendantId === undefined && line.masterDefendantId === undefined),
  );
  const references = {
    path: defendant.path,
    defendantId,
    masterDefendantId,
    caseId: facts.caseId,
    caseNumber: undefined,
    urn: facts.urn,
    listedOrder: undefined,
    offences: offences.map((offence) => withLines(offence, ours)),
    results: [
      ...judicialResultsAt(defendant, 'judicialResults', 'defendant'),
      ...judicialResultsAt(defendant, 'defendantCaseJudicialResults', 'case'),
      ...facts.results,
      ...ours.filter((line) => belongsToNoOffence(line, offences)).map((line) => line.result),
    ],
    ordinal: 1,
  };
  if (body && !person) {
    return { kind: 'organisation', ...references, organisationName: textAt(body, 'name') };
  }
  if (body && person) {
    reportAt(defendant, '', {
      code: 'person-and-organisation',
      message: 'This entry names both a person and an organisation. It was kept as the person.',
      severity: 'warning',
    });
  }
  if (!person) {
    quarantine(context.log, {
      path: defendant.path,
      code: 'nobody-named',
      reason:
        'This defendant has no personal details, so nobody can be recognised. It was set aside. Ask the court for the hearing again.',
      received: asReceived(defendant.source),
    });
    return undefined;
  }
  return readPerson(defendant, person, references, facts, context);
}

type References = Pick<
  PersonAppearance,
  | 'path'
  | 'defendantId'
  | 'masterDefendantId'
  | 'caseId'
  | 'caseNumber'
  | 'urn'
  | 'listedOrder'
  | 'offences'
  | 'results'
  | 'ordinal'
>;

function readPerson(
  defendant: Fields,
  { holder, details }: PersonGroup,
  references: References,
  facts: CaseFacts,
  context: ReadContext,
): NeutralAppearance | undefined {
  const birthDate = birthDateAt(details, facts.day, 'dateOfBirth');
  const linesOfAddress = ['address1', 'address2', 'address3', 'address4', 'address5'];
  return keepIfNamed(
    defendant,
    {
      kind: 'person',
      role: facts.role,
      ...references,
      name: nameFromParts(undefined, {
        title: textAt(details, 'title'),
        given: [textAt(details, 'firstName'), textAt(details, 'middleName')],
        family: textAt(details, 'lastName'),
      }),
      birthDate,
      sex: sexAt(details, 'gender'),
      youth: youthOf(defendant, {
        marker: isRecord(defendant.source['isYouth']) ? undefined : flagAt(defendant, 'isYouth'),
        birthDate,
        hearingDay: facts.day,
        ageGiven: undefined,
        youthPanel: false,
      }),
      addresses: [addressAt(group(details, 'address'), linesOfAddress, 'postcode', 'postCode')].filter(
        (address) => address !== undefined,
      ),
      phones: phonesAt(group(details, 'contact')),
      identifiers: [
        ...policeIdentifierAt(defendant, 'pncId', 'pnc', context.identifiers),
        ...policeIdentifierAt(defendant, 'croNumber', 'cro', context.identifiers),
        ...plainIdentifierAt(defendant, 'crn', 'crn'),
        ...plainIdentifierAt(defendant, 'cprUUID', 'hmpps-person'),
        ...plainIdentifierAt(holder, 'arrestSummonsNumber', 'asn'),
      ],
      nationalities: [
        textAt(details, 'nationalityDescription') ?? textAt(details, 'nationalityCode'),
        textAt(details, 'additionalNationalityDescription') ?? textAt(details, 'additionalNationalityCode'),
      ].filter((text) => text !== undefined),
      interpreterLanguage: textAt(details, 'interpreterLanguageNeeds'),
      remand: remandOf(holder),
      reportingRestrictions: [
        ...new Set(references.offences.flatMap((offence) => offence.reportingRestrictions)),
      ],
    },
    context,
  );
}

interface PersonGroup {
  readonly holder: Fields;
  readonly details: Fields;
}

function personGroup(defendant: Fields): PersonGroup | undefined {
  const holder = group(defendant, 'personDefendant') ?? defendant;
  const details = group(holder, 'personDetails');
  return details && { holder, details };
}

function organisationGroup(defendant: Fields): Fields | undefined {
  const holder = group(defendant, 'legalEntityDefendant') ?? defendant;
  return group(holder, 'organisation');
}

function group(fields: Fields, key: string): Fields | undefined {
  return fields.source[key] === undefined ? undefined : childAt(fields, key);
}

function remandOf(person: Fields): PersonAppearance['remand'] {
  const bail = group(person, 'bailStatus');
  const code = bail && textAt(bail, 'code');
  const description = bail && textAt(bail, 'description');
  const conditions = textAt(person, 'bailConditions');
  if (code === undefined && description === undefined && conditions === undefined) return undefined;
  const limit =
    bail && isRecord(bail.source['custodyTimeLimit']) ? childAt(bail, 'custodyTimeLimit') : undefined;
  return {
    status: remandStatus(code, description ?? conditions),
    received: [code, description].filter((part) => part !== undefined).join(' ') || 'conditions only',
    conditions,
    custodyTimeLimit: limit ? dateAt(limit, 'timeLimit') : dateAt(person, 'custodyTimeLimit'),
  };
}

function withLines(offence: NeutralOffence, lines: readonly SharedResultLine[]): NeutralOffence {
  const found = lines.filter((line) => line.offenceId !== undefined && line.offenceId === offence.offenceId);
  return found.length === 0
    ? offence
    : { ...offence, results: [...offence.results, ...found.map((line) => line.result)] };
}

function belongsToNoOffence(line: SharedResultLine, offences: readonly NeutralOffence[]): boolean {
  return !offences.some((offence) => offence.offenceId !== undefined && offence.offenceId === line.offenceId);
}
