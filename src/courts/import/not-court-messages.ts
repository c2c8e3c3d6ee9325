import type { FileContent } from './file-content.ts';
import { isRecord } from './fields.ts';

/** What a file is when it is no court message, with a sentence on what to do about it. */
export interface NotACourtMessage {
  readonly kind: 'not-a-court-message';
  readonly what: string;
  /** False when nobody knows what it is; then the import as a whole did not understand the file. */
  readonly recognised: boolean;
  readonly reason: string;
}

function known(what: string, reason: string): NotACourtMessage {
  return { kind: 'not-a-court-message', what, recognised: true, reason };
}

function unknownFile(what: string, reason: string): NotACourtMessage {
  return { kind: 'not-a-court-message', what, recognised: false, reason };
}

const importRequest = 'Import the court message itself.';

const xmlRoots: readonly (readonly [RegExp, string, string])[] = [
  [
    /^schema$/,
    'xml-schema',
    `This is an XML schema: it describes messages and lists nobody. ${importRequest}`,
  ],
  [
    /^bindings$/,
    'xml-bindings',
    `This configures how a program reads XML and lists nobody. ${importRequest}`,
  ],
  [
    /^soapui-project$/,
    'soapui-project',
    'This is a SoapUI test project. Export the request from it and import that.',
  ],
  [/^definitions$/, 'wsdl', `This describes a web service and lists nobody. ${importRequest}`],
  [/^(?:html|HTML)$/, 'web-page', 'This is a web page. Download the message itself and import that.'],
  [/^(?:Acknowledgement|ackType)$/, 'acknowledgement', 'This is a receipt for a message and lists nobody.'],
  [
    /^Fault$/,
    'soap-fault',
    'This is an error answer from a court system. Ask the sender for the list again.',
  ],
  [
    /^(?:RouteData|NewCaseMessage)$/,
    'police-case',
    'This is a police case message. Court import does not read those.',
  ],
  [
    /^(?:ResultedCaseMessage|HearingOutcome|AnnotatedHearingOutcome)$/,
    'resulted-case',
    'This is a resulted case in the Bichard format, which court import does not read yet.',
  ],
];

interface JsonKind {
  readonly what: string;
  readonly reason: string;
  readonly is: (value: Record<string, unknown>) => boolean;
}

const has =
  (...keys: readonly string[]) =>
  (value: Record<string, unknown>): boolean =>
    keys.every((key) => key in value);
const hasAny =
  (...keys: readonly string[]) =>
  (value: Record<string, unknown>): boolean =>
    keys.some((key) => key in value);

const probation = 'This is an answer from the probation record, not a court list. It is not imported.';
const piece =
  'This is one piece of a court message, without the hearing around it. Import the whole message.';

/** Fields that only pieces of Common Platform messages have (its published JSON Schemas). */
const fragmentKeys: readonly string[] = `
  prosecutionCaseIdentifier personDefendant personDetails prosecutionCaseId prosecutionAuthorityId
  offenceCode offenceId offenceDefinitionId pleaValue verdictType categoryType judicialResultId
  judicialResult masterDefendantId defendantId sittingDay attendanceType applicationReference
  applicationReceivedDate applicationStatus statusCode organisation incorporationNumber address1
  firstName lastName crackedIneffectiveTrial hearingEventId judicialRoleType judicialId judiciaryType
  motReasonId prosecutionConcluded applicationConcluded isConcluded courtIndicatedSentenceTypeId
  promptReference caseId caseReference roomId hearingType hearingDays linkType appealFlag primaryEmail
  mobile timeLimit attendanceDays userId prosecutionCases defendants sequence proceedingsConcluded
  laaReference courtCentre notificationRequired isAdjournmentResult resultText
`
  .trim()
  .split(/\s+/);

/** A hearing type, a bail status, a court: nothing but an identifier and what it is called. */
const smallPieceKeys = new Set([
  'id',
  'code',
  'description',
  'welshDescription',
  'type',
  'title',
  'date',
  'subType',
]);

const jsonKinds: readonly JsonKind[] = [
  {
    what: 'json-schema',
    reason: `This is a JSON schema: it describes messages and lists nobody. ${importRequest}`,
    is: has('$schema'),
  },
  { what: 'fhir-resource', reason: 'This is a FHIR resource, not a court message.', is: has('resourceType') },
  {
    what: 'api-description',
    reason: 'This describes an interface and lists nobody.',
    is: hasAny('openapi', 'swagger'),
  },
  {
    what: 'access-token',
    reason: 'This is an access token. Delete the file: it may open a system.',
    is: has('access_token'),
  },
  {
    what: 'sign-in-configuration',
    reason: 'This configures signing in and lists nobody.',
    is: has('issuer', 'jwks_uri'),
  },
  {
    what: 'signing-keys',
    reason: 'These are signing keys and list nobody.',
    is: (value) => Array.isArray(value['keys']) && value['keys'].some((key) => isRecord(key) && 'kty' in key),
  },
  {
    what: 'message-attributes',
    reason: 'These are the attributes of a message without the message. Import the message.',
    is: (value) => isRecord(value['messageType']) && !('Message' in value),
  },
  {
    what: 'person-match-response',
    reason: 'This is an answer about who a person may be, not a court list.',
    is: hasAny('matches', 'matchIdentifiers'),
  },
  {
    what: 'person-record',
    reason: 'This is a person record from another system, not a court list.',
    is: (value) => 'cprUUID' in value || ('personId' in value && 'familyName' in value),
  },
  {
    what: 'probation-record',
    reason: probation,
    is: hasAny(
      'offenderId',
      'otherIds',
      'convictionId',
      'nsis',
      'nsiId',
      'requirements',
      'pssRequirements',
      'licenceConditions',
      'registrations',
      'attendances',
      'courtReportId',
      'courtAppearances',
      'staffCode',
      'sentenceId',
      'offenderNo',
      'assessmentId',
      'oasysSetId',
      'documents',
      'timeline',
    ),
  },
  {
    what: 'error-answer',
    reason: 'This is an error answer from another system. Ask the sender for the message again.',
    is: has('status', 'userMessage'),
  },
  {
    what: 'court-publication',
    reason: 'This is a published court list (CaTH), which court import does not read yet.',
    is: has('courtLists'),
  },
  {
    what: 'case-search-answer',
    reason: 'This is an answer to a case search: it summarises cases and lists no hearing to attend.',
    is: hasAny(
      'prosecutionCaseReference',
      'defendantSummary',
      'applicationSummary',
      'totalResults',
      'hearingSummary',
      'subjectSummary',
    ),
  },
  {
    what: 'hearing-event-log',
    reason: 'This logs what happened in a courtroom and lists nobody.',
    is: hasAny('hasActiveHearing', 'hearingEvents'),
  },
  {
    what: 'results-without-hearing',
    reason: 'These are results without the hearing they belong to. Import the message with the hearing.',
    is: has('targets'),
  },
  {
    what: 'court-message-fragment',
    reason: piece,
    is: hasAny(...fragmentKeys),
  },
  {
    what: 'court-message-fragment',
    reason: piece,
    is: (value) => 'id' in value && Object.keys(value).every((key) => smallPieceKeys.has(key)),
  },
];

/** Names a JSON file that is no court message. */
export function notCourtJson(value: unknown): NotACourtMessage {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined)
    return known('empty-json', 'The file holds an empty list: nobody is listed in it.');
  if (!isRecord(first))
    return unknownFile('unrecognised-json', 'The file is JSON, but not a message this system knows.');
  if (Object.keys(first).length === 0)
    return known('empty-json', 'The file holds nothing: nobody is listed in it.');
  const found = jsonKinds.find((kind) => kind.is(first));
  return found
    ? known(found.what, found.reason)
    : unknownFile(
        'unrecognised-json',
        'The file is JSON, but not a message this system knows. Check that it is the right file.',
      );
}

/** Names an XML file that is no court message. */
export function notCourtXml(root: string): NotACourtMessage {
  const found = xmlRoots.find(([pattern]) => pattern.test(root));
  return found
    ? known(found[1], found[2])
    : unknownFile(
        'unrecognised-xml',
        'The file is XML, but not a message this system knows. Check that it is the right file.',
      );
}

/** Names a file that is neither JSON nor XML. */
export function notCourtText(
  content: Extract<FileContent, { kind: 'empty' | 'too-large' | 'binary' | 'text' }>,
): NotACourtMessage {
  switch (content.kind) {
    case 'empty':
      return known('empty-file', 'The file is empty. Ask the sender for it again.');
    case 'too-large':
      return unknownFile('too-large', content.reason);
    case 'binary':
      return unknownFile('binary-file', `This is ${content.what}. Court import reads XML and JSON only.`);
    case 'text':
      if (/^(?:---\s*)?http_interactions:/.test(content.head))
        return known(
          'recorded-http-exchange',
          `This is a recording of a web exchange made for tests. ${importRequest}`,
        );
      if (content.head.startsWith('# '))
        return known('document', 'This is a document in Markdown. It lists nobody.');
      return unknownFile(
        'unrecognised-text',
        'This is text, not XML or JSON. Check that it is the right file.',
      );
  }
}
