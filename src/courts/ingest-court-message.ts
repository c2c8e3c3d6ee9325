import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { auditActor, databaseContext, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { readCro, readPnc } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import {
  countsOf,
  type CourtFileOutcome,
  type CourtMessage,
  type DataQualityIssue,
  parseCourtFile,
} from './import/index.ts';
import { courtSites, filedUnder, writeAppearances, writeHearings } from './court-message-store.ts';
import { keepMessage, writeIssues } from './message-keeping.ts';
import { leaveOffList } from './leave-off-list.ts';
import { lookForPeople, type LookParts } from './look-for-people.ts';
import { placeAppearances } from './place-appearances.ts';
import { rememberMatches } from './remember-matches.ts';
import { incomingAppearances } from './stored-appearance.ts';

/** What the import did, and what somebody should know about it. Nothing in it names a person. */
export interface CourtIngestReport {
  readonly format: string;
  /** False when this is no court message at all, or one that cannot be read: then nothing was put on a list. */
  readonly accepted: boolean;
  /** True when these very bytes were taken before: nothing changed. */
  readonly repeated: boolean;
  readonly messageId: string;
  readonly hearings: number;
  /** Appearances of people in the message. */
  readonly people: number;
  readonly youths: number;
  readonly organisations: number;
  readonly quarantined: number;
  readonly added: number;
  readonly changed: number;
  readonly leftOff: number;
  /** How many a worker had confirmed before under the same number. */
  readonly remembered: number;
  readonly issues: readonly Pick<DataQualityIssue, 'path' | 'code' | 'message' | 'severity'>[];
}

type Effect = Pick<CourtIngestReport, 'added' | 'changed' | 'leftOff' | 'remembered'>;
const noEffect: Effect = { added: 0, changed: 0, leftOff: 0, remembered: 0 };

/**
 * Takes one court message of any format. The bytes are kept first, in a transaction of their own, whatever they hold;
 * then everything readable is put on the lists at once, then our records are searched for whoever is new. The same
 * bytes again, even at the same moment, change nothing. Never throws on what the bytes hold.
 */
export async function ingestCourtMessage(
  parts: LookParts,
  viewer: Viewer,
  bytes: Uint8Array,
  fileName: string | null,
): Promise<CourtIngestReport> {
  const receivedAt = parts.clock.now();
  const outcome = readMessage(bytes, receivedAt);
  const hash = createHash('sha256').update(bytes).digest();
  const format = outcome.kind === 'court-message' ? outcome.message.format : formatOf(outcome);
  const context = databaseContext(viewer);
  const messageId = await parts.database.transaction(context, (tx) =>
    keepMessage(tx, viewer, { format, fileName, hash, bytes, receivedAt }),
  );
  const said = whatItSaid(outcome);
  const effect = await parts.database.transaction(context, (tx) =>
    takeOnce(tx, viewer, messageId, outcome, receivedAt),
  );
  if (outcome.kind === 'court-message') await lookForPeople(parts, viewer);
  return {
    format,
    accepted: outcome.kind === 'court-message',
    repeated: effect === null,
    messageId,
    ...said,
    ...(effect ?? noEffect),
  };
}

/** Reads the bytes with the police number checks of the people module; never throws on what they hold. */
function readMessage(bytes: Uint8Array, at: Temporal.Instant): CourtFileOutcome {
  const { year } = londonDate(at);
  return parseCourtFile(bytes, {
    identifiers: {
      pnc: (text) => checked(readPnc(text, year)),
      cro: (text) => checked(readCro(text)),
    },
  });
}

function checked(read: {
  readonly canonical: string | null;
  readonly valid: boolean;
}): { canonical: string; valid: boolean } | null {
  return read.canonical === null ? null : { canonical: read.canonical, valid: read.valid };
}

function formatOf(outcome: Exclude<CourtFileOutcome, { kind: 'court-message' }>): string {
  return outcome.kind === 'refused' ? outcome.format : outcome.what;
}

function whatItSaid(
  outcome: CourtFileOutcome,
): Pick<CourtIngestReport, 'hearings' | 'people' | 'youths' | 'organisations' | 'quarantined' | 'issues'> {
  if (outcome.kind !== 'court-message')
    return {
      hearings: 0,
      people: 0,
      youths: 0,
      organisations: 0,
      quarantined: outcome.kind === 'refused' ? outcome.quarantined.length : 0,
      issues: [refusalIssue(outcome)],
    };
  const { message } = outcome;
  return {
    ...countsOf(message),
    issues: message.issues.map(({ path, code, message: words, severity }) => ({
      path,
      code,
      message: words,
      severity,
    })),
  };
}

function refusalIssue(
  outcome: Exclude<CourtFileOutcome, { kind: 'court-message' }>,
): CourtIngestReport['issues'][number] {
  return {
    path: '',
    code: outcome.kind === 'refused' ? outcome.code : 'not-a-court-message',
    message: outcome.reason,
    severity: 'message-refused',
  };
}

/** Carries a message out unless it was carried out before: then null. The message's row is the lock. */
async function takeOnce(
  tx: Tx,
  viewer: Viewer,
  messageId: string,
  outcome: CourtFileOutcome,
  receivedAt: Temporal.Instant,
): Promise<Effect | null> {
  const kept = await tx
    .selectFrom('inbound_message')
    .select('outcome')
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (kept.outcome !== null) return null;
  const effect =
    outcome.kind === 'court-message'
      ? await takeMessage(tx, viewer, messageId, outcome.message, receivedAt)
      : await refuseMessage(tx, viewer, messageId, outcome, receivedAt);
  const { issues, ...counts } = whatItSaid(outcome);
  await tx
    .updateTable('inbound_message')
    .set({ outcome: { kind: outcome.kind, ...counts, ...effect, issues: issues.length } })
    .where('id', '=', messageId)
    .execute();
  await recordAudit(tx, receivedAt, auditActor(viewer), {
    action: 'received',
    subjectKind: 'court message',
    subjectId: messageId,
    detail: { kind: outcome.kind, ...counts, ...effect },
  });
  return effect;
}

async function refuseMessage(
  tx: Tx,
  viewer: Viewer,
  messageId: string,
  outcome: Exclude<CourtFileOutcome, { kind: 'court-message' }>,
  receivedAt: Temporal.Instant,
): Promise<Effect> {
  const quarantined = outcome.kind === 'refused' ? outcome.quarantined : [];
  await writeIssues(tx, viewer, { messageId, receivedAt }, [refusalIssue(outcome)], quarantined);
  return noEffect;
}

async function takeMessage(
  tx: Tx,
  viewer: Viewer,
  messageId: string,
  message: CourtMessage,
  receivedAt: Temporal.Instant,
): Promise<Effect> {
  // One list at a time in an area: two messages about one hearing must see each other's rows, and a list takes
  // two seconds at most.
  await sql`select pg_advisory_xact_lock(hashtextextended('court messages ' || ${viewer.areaId}, 0))`.execute(
    tx,
  );
  const facts = { messageId, source: message.sourceSystem, receivedAt, sentAt: message.sentAt };
  const incoming = incomingAppearances(message.sourceSystem, message.hearings);
  const filed = await filedUnder(
    tx,
    viewer,
    incoming.map((item) => item.baseKey),
  );
  const placements = placeAppearances(filed, incoming, message.sentAt);
  const sites = await courtSites(tx, viewer);
  const hearingIds = await writeHearings(
    tx,
    viewer,
    facts,
    placements.filter((placed) => placed.kind !== 'older-message'),
    sites,
  );
  const touched = await writeAppearances(tx, viewer, facts, placements, hearingIds);
  const off = await leaveOffList(tx, viewer, facts, message, placements, hearingIds);
  const remembered = await rememberMatches(tx, viewer, touched, receivedAt);
  await writeIssues(
    tx,
    viewer,
    facts,
    [...message.issues, ...courtsNotOurs(message, sites)],
    message.quarantined,
  );
  const added = placements.filter((placed) => placed.kind === 'new').length;
  await touch(
    tx,
    [...new Set(message.hearings.map((hearing) => sites.get(hearing.court.code ?? '')))].flatMap((site) =>
      site === undefined ? [] : [`court:${site}`],
    ),
  );
  return { added, changed: touched.length - added, leftOff: off.length, remembered };
}

/** One line for each court that is not ours: its people are kept, and somebody can say whose they are. */
function courtsNotOurs(
  message: CourtMessage,
  sites: ReadonlyMap<string, string>,
): CourtIngestReport['issues'] {
  const codes = new Map<string, number>();
  for (const { court } of message.hearings)
    if (court.code !== undefined && !sites.has(court.code))
      codes.set(court.code, (codes.get(court.code) ?? 0) + 1);
  return [...codes].map(([code, hearings]) => ({
    path: 'court',
    code: 'court-not-ours',
    message: `Court ${code} is not one of our courts. ${hearings === 1 ? '1 hearing was' : `${hearings} hearings were`} kept under that code. Add the court if it should have a court day.`,
    severity: 'warning' as const,
  }));
}
