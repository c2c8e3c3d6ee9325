import { readCaseJson } from './case-json.ts';
import { readPlatformHearing } from './common-platform.ts';
import {
  type RecognisedCourtMessage,
  recogniseCourtFile,
  type RefusedCourtMessage,
} from './detect-format.ts';
import { fieldsOf, quarantine, readingLog } from './fields.ts';
import { readLibraList } from './libra-list.ts';
import { joinRepeats } from './merge-appearances.ts';
import type { CourtMessage } from './neutral-hearing.ts';
import type { NotACourtMessage } from './not-court-messages.ts';
import type { IdentifierParsers } from './person-parts.ts';
import type { ReadContext, ReadHearings } from './read-context.ts';

/** What became of a file. Every outcome carries a reason a person can act on or a message to store. */
export type CourtFileOutcome =
  | { readonly kind: 'court-message'; readonly message: CourtMessage }
  | (RefusedCourtMessage & { readonly quarantined: CourtMessage['quarantined'] })
  | NotACourtMessage;

export interface ParseOptions {
  /** The people module's PNC and CRO parsers; without them identifiers are kept and marked not checked. */
  readonly identifiers?: IdentifierParsers;
}

/**
 * Reads any file into the neutral model, or says why not. Pure: bytes in, value out; never throws on
 * what a file holds.
 */
export function parseCourtFile(bytes: Uint8Array, options: ParseOptions = {}): CourtFileOutcome {
  const recognised = recogniseCourtFile(bytes);
  switch (recognised.kind) {
    case 'not-a-court-message':
      return recognised;
    case 'refused':
      return { ...recognised, quarantined: [] };
    case 'court-message':
      return parseRecognised(recognised, options);
  }
}

function parseRecognised(recognised: RecognisedCourtMessage, options: ParseOptions): CourtFileOutcome {
  const log = readingLog();
  for (const { code, message } of recognised.repairs) {
    log.issues.push({ path: '', code, message, severity: 'warning', received: undefined });
  }
  for (const damaged of recognised.damagedCases) {
    quarantine(log, {
      path: `case[${damaged.index}]`,
      code: 'case-damaged',
      reason: damaged.reason,
      received: damaged.received,
    });
  }
  const read = readHearings(recognised, { log, identifiers: options.identifiers });
  const hearings = joinRepeats(read.sourceSystem, read.hearings, log);
  const message: CourtMessage = {
    format: recognised.format,
    variant: read.variant,
    envelopes: recognised.envelope.envelopes,
    sourceSystem: read.sourceSystem,
    messageId: recognised.envelope.messageId,
    sentAt: read.sentAt ?? recognised.envelope.sentAt,
    eventType: recognised.envelope.eventType ?? read.eventType,
    hearings,
    quarantined: log.quarantined,
    issues: log.issues,
  };
  const cutShort = log.issues.some((issue) => issue.code === 'file-cut-short');
  if (cutShort && hearings.every((hearing) => hearing.appearances.length === 0)) {
    return {
      kind: 'refused',
      format: recognised.format,
      code: 'nothing-complete',
      reason: 'The message stops before anyone in it is complete. Ask the sender for it again.',
      quarantined: log.quarantined,
    };
  }
  return { kind: 'court-message', message };
}

function readHearings(recognised: RecognisedCourtMessage, context: ReadContext): ReadHearings {
  const root = fieldsOf(recognised.root, '', context.log);
  switch (recognised.format) {
    case 'libra-court-list-xml':
    case 'libra-court-list-json':
      return { variant: recognised.variant, sourceSystem: 'libra', hearings: readLibraList(root, context) };
    case 'libra-case-json':
    case 'court-case-service-json':
      return readCaseJson(root, context);
    case 'common-platform-hearing-json':
      return readPlatformHearing(root, recognised.variant, context);
  }
}
