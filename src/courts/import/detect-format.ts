import { isLargeMessagePointer, isSnsEnvelope, openEmbedded, openSns, openSoap } from './envelopes.ts';
import { isRecord } from './fields.ts';
import { type FileContent, readFileContent, type Repair } from './file-content.ts';
import type { CourtMessageFormat } from './neutral-hearing.ts';
import { type NotACourtMessage, notCourtJson, notCourtText, notCourtXml } from './not-court-messages.ts';
import { type EnvelopeFacts, noEnvelope } from './read-context.ts';
import type { DamagedCase } from './salvage-xml.ts';

/** A court message found and unwrapped, not yet read. */
export interface RecognisedCourtMessage {
  readonly kind: 'court-message';
  readonly format: CourtMessageFormat;
  readonly variant: string;
  readonly root: Readonly<Record<string, unknown>>;
  readonly envelope: EnvelopeFacts;
  readonly repairs: readonly Repair[];
  readonly damagedCases: readonly DamagedCase[];
}

/** A court message by its looks, of which nothing can be used. */
export interface RefusedCourtMessage {
  readonly kind: 'refused';
  readonly format: CourtMessageFormat | 'sns-envelope' | 'soap-envelope' | 'damaged-xml' | 'damaged-json';
  readonly code: string;
  readonly reason: string;
}

export type Recognition = RecognisedCourtMessage | RefusedCourtMessage | NotACourtMessage;

/** Recognises a file by what is in it, never by its name. Never throws. */
export function recogniseCourtFile(bytes: Uint8Array): Recognition {
  return recogniseContent(readFileContent(bytes), noEnvelope, 0);
}

// A notification inside a notification happens; more than that is a mistake or an attack.
const DEEPEST_ENVELOPE = 3;

/** Recognises content already read; `depth` counts the envelopes opened so far. */
export function recogniseContent(content: FileContent, envelope: EnvelopeFacts, depth: number): Recognition {
  switch (content.kind) {
    case 'json':
      return recogniseJson(content.value, content.repairs, envelope, depth);
    case 'xml':
      return recogniseXml(content.root, content.tree, content, envelope);
    case 'damaged':
      return {
        kind: 'refused',
        format: `damaged-${content.syntax}`,
        code: content.code,
        reason: content.reason,
      };
    case 'empty':
    case 'too-large':
    case 'binary':
    case 'text':
      return notCourtText(content);
  }
}

function recogniseJson(
  value: unknown,
  repairs: readonly Repair[],
  envelope: EnvelopeFacts,
  depth: number,
): Recognition {
  if (isLargeMessagePointer(value)) {
    return {
      kind: 'refused',
      format: 'common-platform-hearing-json',
      code: 'large-message-pointer',
      reason:
        'This message only says where a large hearing is stored. Fetch the stored hearing and import that.',
    };
  }
  if (!isRecord(value)) return notCourtJson(value);
  if (isSnsEnvelope(value)) return recogniseSns(value, envelope, depth);
  const found = jsonFormat(value);
  return found
    ? { kind: 'court-message', ...found, root: value, envelope, repairs, damagedCases: [] }
    : notCourtJson(value);
}

function recogniseSns(value: Record<string, unknown>, envelope: EnvelopeFacts, depth: number): Recognition {
  const refuse = (code: string, reason: string): RefusedCourtMessage => ({
    kind: 'refused',
    format: 'sns-envelope',
    code,
    reason,
  });
  if (value['Type'] !== 'Notification')
    return refuse('not-a-notification', 'This message manages a subscription and carries no court message.');
  if (depth >= DEEPEST_ENVELOPE)
    return refuse('too-many-envelopes', 'The message is wrapped too many times to be opened safely.');
  const { content, facts } = openSns(value, envelope);
  const inner = recogniseContent(content, facts, depth + 1);
  if (inner.kind !== 'not-a-court-message') return inner;
  if (content.kind === 'empty')
    return refuse('envelope-empty', 'The envelope has no message in it. Ask the sender to send it again.');
  return refuse('envelope-without-court-message', `The envelope carries no court message. ${inner.reason}`);
}

/** Which court JSON an object is, by the fields only it has. */
function jsonFormat(
  value: Record<string, unknown>,
): { format: CourtMessageFormat; variant: string } | undefined {
  const document: unknown = Array.isArray(value['document']) ? value['document'][0] : value['document'];
  const data = isRecord(document) ? document['data'] : undefined;
  if ((isRecord(data) && 'job' in data) || (isRecord(value['job']) && 'sessions' in value['job']))
    return { format: 'libra-court-list-json', variant: 'document' };
  if ('hearing' in value && (isRecord(value['hearing']) || value['hearing'] === null))
    return { format: 'common-platform-hearing-json', variant: platformVariant(value) };
  if ('courtCentre' in value && ('prosecutionCases' in value || 'courtApplications' in value))
    return { format: 'common-platform-hearing-json', variant: 'bare-hearing' };
  const isCase = 'caseNo' in value || 'caseId' in value || 'cId' in value;
  const isListed = 'courtCode' in value || Array.isArray(value['hearingDays']);
  const listsDefendants =
    Array.isArray(value['defendants']) && value['defendants'].some((one) => isRecord(one) && 'name' in one);
  if (isCase && (isListed || listsDefendants)) return { format: caseFormat(value), variant: 'case' };
  if (isCase && 'defendantName' in value) return { format: caseFormat(value), variant: 'case' };
  return undefined;
}

function caseFormat(value: Record<string, unknown>): CourtMessageFormat {
  const offences: unknown = Array.isArray(value['offences']) ? value['offences'][0] : undefined;
  const service =
    'defendants' in value ||
    'hearingDays' in value ||
    'probationStatus' in value ||
    'crn' in value ||
    (isRecord(offences) && 'offenceTitle' in offences);
  return service ? 'court-case-service-json' : 'libra-case-json';
}

function platformVariant(value: Record<string, unknown>): string {
  if ('targets' in value) {
    if ('isReshare' in value || 'hearingDay' in value) return 'results-shared-v3';
    if ('defendantDetailsChanged' in value) return 'results-shared-ddch';
    return 'newAmendmentResults' in value ? 'results-shared-v2' : 'results-shared';
  }
  if ('sharedTime' in value) return 'hearing-resulted';
  const hearing = isRecord(value['hearing']) ? value['hearing'] : {};
  return 'hasSharedResults' in hearing ? 'hearing-initiate' : 'hearing-confirmed-or-updated';
}

function recogniseXml(
  root: string,
  tree: Readonly<Record<string, unknown>>,
  reading: { readonly repairs: readonly Repair[]; readonly damagedCases: readonly DamagedCase[] },
  envelope: EnvelopeFacts,
): Recognition {
  const { repairs, damagedCases } = reading;
  if (root === 'Envelope') {
    const opened = openSoap(tree, envelope);
    if (opened && opened.root !== 'Envelope')
      return recogniseXml(opened.root, opened.tree, reading, opened.facts);
    const reason = 'The SOAP envelope has nothing in its body. Ask the sender to send it again.';
    return { kind: 'refused', format: 'soap-envelope', code: 'envelope-empty', reason };
  }
  if (root === 'CourtList' || root === 'job' || root === 'document')
    return {
      kind: 'court-message',
      format: 'libra-court-list-xml',
      variant: root,
      root: tree,
      envelope,
      repairs,
      damagedCases,
    };
  if (root !== 'ExternalDocumentRequest') return notCourtXml(root);

  const carried = carriedText(tree);
  const documents = tree['documents'];
  if (!isRecord(documents) || !('document' in documents)) {
    return {
      kind: 'refused',
      format: 'libra-court-list-xml',
      code: 'no-documents',
      reason: 'The request holds no documents, so there is no list in it. Ask the sender to send it again.',
    };
  }
  if (carried && 'refusal' in carried) return carried.refusal;
  return {
    kind: 'court-message',
    format: 'libra-court-list-xml',
    variant: carried ? 'external-document-embedded' : 'external-document',
    root: carried?.tree ?? tree,
    envelope,
    repairs: [...repairs, ...(carried?.repairs ?? [])],
    damagedCases: [...damagedCases, ...(carried?.damagedCases ?? [])],
  };
}

/** Opens lists carried as text in `data` or `jsonData`, in place; undefined when there are none. */
function carriedText(tree: Readonly<Record<string, unknown>>):
  | {
      readonly tree: Record<string, unknown>;
      readonly repairs: readonly Repair[];
      readonly damagedCases: readonly DamagedCase[];
    }
  | { readonly refusal: RefusedCourtMessage }
  | undefined {
  const documents = isRecord(tree['documents']) ? tree['documents'] : {};
  const list: unknown[] = Array.isArray(documents['document'])
    ? documents['document']
    : [documents['document']];
  const repairs: Repair[] = [];
  const damagedCases: DamagedCase[] = [];
  let opened = false;
  let refusal: RefusedCourtMessage | undefined;
  const unpacked = list.map((document): unknown => {
    if (!isRecord(document)) return document;
    const carried = [document['data'], document['jsonData']].find(
      (value) => typeof value === 'string' && value.trim() !== '',
    );
    const content = typeof carried === 'string' ? openEmbedded(carried) : undefined;
    if (typeof carried === 'string' && (!content || content.kind === 'damaged')) {
      const why = content?.kind === 'damaged' ? content.reason : 'It is not XML or JSON.';
      repairs.push({
        code: 'document-damaged',
        message: `A document in this request could not be read. ${why}`,
      });
      refusal = { kind: 'refused', format: 'libra-court-list-xml', code: 'document-damaged', reason: why };
      return document;
    }
    if (content?.kind !== 'xml' && content?.kind !== 'json') return document;
    opened = true;
    repairs.push(...content.repairs);
    if (content.kind === 'json') return { info: document['info'], data: dataOf(content.value) };
    damagedCases.push(...content.damagedCases);
    return {
      info: document['info'],
      data: content.root === 'job' ? { job: content.tree } : dataOf(content.tree),
    };
  });
  // One unreadable document among several is reported; when it was the only one, nothing is left.
  if (refusal && list.length === 1) return { refusal };
  return opened || refusal
    ? { tree: { ...tree, documents: { document: unpacked } }, repairs, damagedCases }
    : undefined;
}

/** The `data` of a carried list, whichever of its layers it starts at. */
function dataOf(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  if ('sessions' in value) return { job: value };
  if ('job' in value) return value;
  if ('data' in value) return value['data'];
  const document: unknown = Array.isArray(value['document']) ? value['document'][0] : value['document'];
  if (isRecord(document)) return document['data'];
  return isRecord(value['documents']) ? dataOf(value['documents']) : undefined;
}
