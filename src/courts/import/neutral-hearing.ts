/**
 * What every court feed becomes: one neutral model, whatever system spoke. A value that could not be
 * read is `undefined` here, stays as received in an issue, and never costs the person their place
 * (standards.md: tolerant and loud, never drop the person).
 */
export type SourceSystem = 'libra' | 'common-platform';

/** The message formats the importer reads. */
export type CourtMessageFormat =
  | 'libra-court-list-xml'
  | 'libra-court-list-json'
  | 'libra-case-json'
  | 'common-platform-hearing-json'
  | 'court-case-service-json';

/** What the message was wrapped in, outermost first. */
export type Envelope = 'sns' | 'soap';

export type IssueSeverity = 'warning' | 'field-quarantined' | 'appearance-quarantined' | 'message-refused';

/** Something about the message that a person may need to know or act on. */
export interface DataQualityIssue {
  /** Where in the received message, for example `sessions.session[0].blocks.block[1].cases.case[3].def_dob`. */
  readonly path: string;
  readonly code: string;
  /** Plain words, what was done about it, no personal data. */
  readonly message: string;
  readonly severity: IssueSeverity;
  /** The value as received. Personal: stored with the message, never logged. */
  readonly received: string | undefined;
}

/** A case or a defendant that could not be put on a list; the rest of the message went on. */
export interface QuarantinedItem {
  readonly path: string;
  readonly code: string;
  readonly reason: string;
  /** The damaged piece as received. Personal: stored, never logged. */
  readonly received: string;
}

export interface NeutralCourt {
  /** First five characters of the organisation unit code. */
  readonly code: string | undefined;
  /** The code as received, `B10JQ00`. */
  readonly receivedCode: string | undefined;
  readonly name: string | undefined;
}

/** One day on which the hearing sits. */
export interface NeutralSitting {
  readonly day: Temporal.PlainDate;
  /** London time; undefined when the court gave only the day. */
  readonly startTime: Temporal.PlainTime | undefined;
  readonly endTime: Temporal.PlainTime | undefined;
  readonly listedMinutes: number | undefined;
  readonly room: string | undefined;
  readonly listOrder: number | undefined;
}

export interface NeutralHearing {
  /** The court's own identifier of the hearing. */
  readonly hearingId: string | undefined;
  readonly court: NeutralCourt;
  /** The first day it sits; undefined when no day could be read (then an issue says so). */
  readonly day: Temporal.PlainDate | undefined;
  /** Every day it sits, in order. A moved hearing keeps its key and changes this list. */
  readonly sittings: readonly NeutralSitting[];
  /** Libra's session and slot: "Adult Panel", "First Hearings Slot". */
  readonly session: string | undefined;
  readonly startTime: Temporal.PlainTime | undefined;
  readonly endTime: Temporal.PlainTime | undefined;
  readonly room: string | undefined;
  readonly listNumber: string | undefined;
  readonly hearingType: string | undefined;
  readonly jurisdiction: 'magistrates' | 'crown' | undefined;
  readonly reportingRestrictions: readonly string[];
  readonly appearances: readonly NeutralAppearance[];
}

export interface NeutralName {
  /** The whole name as received. */
  readonly received: string;
  readonly title: string | undefined;
  readonly given: readonly string[];
  readonly family: string | undefined;
  /** `guessed`: split by us out of one line, so a human should not rely on the parts. */
  readonly parts: 'as-sent' | 'guessed';
}

export interface NeutralSex {
  readonly received: string;
  readonly mapped: 'male' | 'female' | 'not-known';
}

export interface NeutralAddress {
  readonly lines: readonly string[];
  /** Only when it is a postcode by form, and not a stand-in for no fixed abode. */
  readonly postcode: string | undefined;
  readonly receivedPostcode: string | undefined;
  readonly noFixedAbode: boolean;
}

export interface NeutralPhone {
  readonly use: 'home' | 'mobile' | 'work';
  readonly received: string;
}

export interface NeutralIdentifier {
  readonly type: 'pnc' | 'cro' | 'crn' | 'asn' | 'hmpps-person';
  readonly received: string;
  readonly canonical: string | undefined;
  readonly valid: 'yes' | 'no' | 'not-checked';
}

/** Is the person under 18 on the day? Never assumed to be "no". */
export interface NeutralYouth {
  readonly is: 'yes' | 'no' | 'unknown';
  readonly basis: 'court-marker' | 'birth-date' | 'age-given' | 'youth-panel' | 'none';
}

export interface NeutralNextHearing {
  readonly day: Temporal.PlainDate | undefined;
  readonly time: Temporal.PlainTime | undefined;
  readonly court: NeutralCourt;
  readonly room: string | undefined;
  readonly hearingType: string | undefined;
}

export interface NeutralResult {
  readonly resultId: string | undefined;
  readonly label: string | undefined;
  readonly code: string | undefined;
  readonly text: string | undefined;
  readonly date: Temporal.PlainDate | undefined;
  readonly level: 'offence' | 'defendant' | 'case' | undefined;
  /** The court deleted this line afterwards: keep it, do not act on it. */
  readonly withdrawn: boolean;
  readonly prompts: readonly { readonly label: string; readonly value: string }[];
  readonly nextHearing: NeutralNextHearing | undefined;
}

export interface NeutralOffence {
  readonly offenceId: string | undefined;
  readonly code: string | undefined;
  readonly title: string | undefined;
  readonly wording: string | undefined;
  readonly act: string | undefined;
  readonly sequence: number | undefined;
  readonly maximumPenalty: string | undefined;
  readonly plea: { readonly value: string; readonly date: Temporal.PlainDate | undefined } | undefined;
  readonly verdict: { readonly value: string; readonly date: Temporal.PlainDate | undefined } | undefined;
  readonly convictionDate: Temporal.PlainDate | undefined;
  readonly adjournedTo: Temporal.PlainDate | undefined;
  readonly adjournmentReason: string | undefined;
  readonly reportingRestrictions: readonly string[];
  readonly results: readonly NeutralResult[];
}

/** Held, on bail, or neither, as the court last said it. */
export interface NeutralRemand {
  readonly status:
    'custody' | 'conditional-bail' | 'unconditional-bail' | 'local-authority' | 'not-applicable' | 'other';
  readonly received: string;
  readonly conditions: string | undefined;
  readonly custodyTimeLimit: Temporal.PlainDate | undefined;
}

interface AppearanceReferences {
  /** Where in the message, to go back to what was received. */
  readonly path: string;
  readonly defendantId: string | undefined;
  /** The same person across cases, in Common Platform. */
  readonly masterDefendantId: string | undefined;
  readonly caseId: string | undefined;
  readonly caseNumber: string | undefined;
  readonly urn: string | undefined;
  readonly listedOrder: number | undefined;
  readonly offences: readonly NeutralOffence[];
  /** Results that belong to the person or the case rather than to one offence. */
  readonly results: readonly NeutralResult[];
  /** Above 1 when the same reference holds different people in one file. */
  readonly ordinal: number;
}

export interface PersonAppearance extends AppearanceReferences {
  readonly kind: 'person';
  readonly role: 'defendant' | 'application-subject';
  readonly name: NeutralName | undefined;
  readonly birthDate: Temporal.PlainDate | undefined;
  readonly sex: NeutralSex | undefined;
  readonly youth: NeutralYouth;
  readonly addresses: readonly NeutralAddress[];
  readonly phones: readonly NeutralPhone[];
  readonly identifiers: readonly NeutralIdentifier[];
  readonly nationalities: readonly string[];
  readonly interpreterLanguage: string | undefined;
  readonly remand: NeutralRemand | undefined;
  readonly reportingRestrictions: readonly string[];
}

/** A company or other body: counted, never put on the list of people. */
export interface OrganisationAppearance extends AppearanceReferences {
  readonly kind: 'organisation';
  readonly organisationName: string | undefined;
}

export type NeutralAppearance = PersonAppearance | OrganisationAppearance;

export interface CourtMessage {
  readonly format: CourtMessageFormat;
  /** Which make of the format: `results-shared-v3`, `hearing-initiate`, `soap`, … */
  readonly variant: string;
  readonly envelopes: readonly Envelope[];
  readonly sourceSystem: SourceSystem;
  readonly messageId: string | undefined;
  readonly sentAt: Temporal.Instant | undefined;
  /** `ConfirmedOrUpdated`, `Resulted`, … when the envelope says so. */
  readonly eventType: string | undefined;
  readonly hearings: readonly NeutralHearing[];
  readonly quarantined: readonly QuarantinedItem[];
  readonly issues: readonly DataQualityIssue[];
}

/** What one message brought, for the line the import prints. */
export interface CourtMessageCounts {
  readonly hearings: number;
  /** Appearances of people: one person in two cases counts twice. */
  readonly people: number;
  readonly youths: number;
  readonly organisations: number;
  readonly quarantined: number;
}

/** The people of a hearing; organisations are left out. */
export function peopleOf(hearing: NeutralHearing): readonly PersonAppearance[] {
  return hearing.appearances.filter((appearance) => appearance.kind === 'person');
}

/** Counts of a message. */
export function countsOf(message: CourtMessage): CourtMessageCounts {
  const appearances = message.hearings.flatMap((hearing) => hearing.appearances);
  const people = message.hearings.flatMap(peopleOf);
  return {
    hearings: message.hearings.length,
    people: people.length,
    youths: people.filter((person) => person.youth.is === 'yes').length,
    organisations: appearances.length - people.length,
    quarantined: message.quarantined.length,
  };
}
