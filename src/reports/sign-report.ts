import { createHash } from 'node:crypto';
import { auditActor, databaseContext } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { isChild, shortName } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { discardDraft } from '../platform/forms/drafts.ts';
import type { Typed } from '../platform/forms/form.ts';
import { onceOrRefused } from '../platform/forms/keyed-act.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { composeReport, type ComposedReport } from './compose-report.ts';
import { contentMistakes, readContent, type ContentMistake, type ReportContent } from './report-content.ts';
import type { Asked, ReportsParts } from './report-parts.ts';
import {
  findReport,
  findVersion,
  findVersions,
  lockReport,
  type Report,
  type ReportVersion,
} from './report-store.ts';
import { templateOf } from './report-templates.ts';
import { sendVersion, usualChannel, type Sent } from './send-report.ts';

export const REPORT_DRAFT = 'report';

export interface SignReportInput {
  readonly reportId: string;
  readonly typed: Typed;
  /** The number of the version the writing started from; 0 for none. Another one signed since is refused as stale. */
  readonly base: number;
  /** The author has looked at the warnings. */
  readonly checked: boolean;
  readonly next: 'send' | 'print' | 'sign';
  readonly key: string;
}

export type SignRefusal =
  'not-found' | 'stale' | 'mistakes' | 'check-first' | 'not-allowed' | 'no-reader' | 'key-used';

export interface Signed {
  readonly reportId: string;
  readonly versionId: string;
  readonly number: number;
  readonly again: boolean;
  /** Null when it was signed only, and on a second press. */
  readonly sent: Sent | null;
}

/**
 * Signs a report: freezes what the reader will read as the next version, replaces the one before wherever it is shown,
 * and, when asked to, sends it in the same transaction. Everything is decided again under the person's lock. Refuses
 * writing that started from an older version, mistakes, words that may give away what is held back until the author
 * says they have looked, and a report about somebody who may not be named to this recipient.
 */
export async function signReport(
  parts: ReportsParts,
  asked: Asked,
  input: SignReportInput,
): Promise<Outcome<Signed, SignRefusal> & { readonly mistakes?: readonly ContentMistake[] }> {
  const { viewer } = asked;
  const kept: { sent: Sent | null; mistakes: readonly ContentMistake[] } = { sent: null, mistakes: [] };
  const once = await onceOrRefused(
    parts.database,
    databaseContext(viewer),
    { key: input.key, route: `sign report ${input.reportId}` },
    async (tx): Promise<Outcome<{ versionId: string; number: number }, SignRefusal>> => {
      const locked = await openAndLock(parts, tx, asked, input.reportId);
      if (locked === null) return refused('not-found', 'There is no such report.');
      const { report, person } = locked;
      const now = parts.clock.now();
      const [latest] = await findVersions(tx, viewer, [report.id]);
      if ((latest?.number ?? 0) !== input.base)
        return refused(
          'stale',
          'Somebody signed this report while you were writing. Read both texts, then sign.',
        );
      const content = readContent(templateOf(report.template), input.typed);
      kept.mistakes = contentMistakes(content, {
        shortName: shortName(person),
        isChild: isChild(person.birthDate, londonDate(now)),
      });
      const [first] = kept.mistakes;
      if (first !== undefined) return refused('mistakes', first.message, first.field);
      const composed = await composeReport(parts, tx, viewer, report, person, content, now);
      const may = mayBeSigned(composed);
      if (!may.ok) return may;
      if (composed.warnings.length > 0 && !input.checked)
        return refused('check-first', composed.warnings.join(' '), 'checked');
      const version = await writeVersion(tx, asked, report, content, composed, latest ?? null, now);
      if (input.next === 'send') {
        const sent = await sendVersion(parts, tx, viewer, {
          report,
          version,
          channel: usualChannel(report),
          reference: asked.reference,
        });
        if (!sent.ok) return sent;
        kept.sent = sent.value;
      }
      await discardDraft(tx, { ownerId: viewer.workerId, form: REPORT_DRAFT, subject: report.id });
      return done({ versionId: version.id, number: version.number });
    },
  );
  if (!once.ok) return { ...once, mistakes: kept.mistakes };
  return done({ reportId: input.reportId, ...once.value.result, again: once.value.again, sent: kept.sent });
}

function mayBeSigned(composed: ComposedReport): Outcome<null, 'not-allowed'> {
  if (composed.gathered.identity.answer === 'may-not')
    return refused('not-allowed', `Nothing may go to them yet. ${composed.gathered.identity.reason}`);
  if (composed.items.length < 2)
    return refused('not-allowed', 'Nothing is left to send: every section that is written is held back.');
  return done(null);
}

/** Opens the person, then locks person and report, in that order (architecture.md, Concurrency). */
async function openAndLock(parts: ReportsParts, tx: Tx, asked: Asked, reportId: string) {
  const known = await findReport(tx, asked.viewer, reportId);
  if (known === null) return null;
  const opened = await parts.people.open(tx, asked.viewer, known.personId);
  if (opened === null) return null;
  await tx.selectFrom('person').select('id').where('id', '=', opened.person.id).forUpdate().execute();
  const report = await lockReport(tx, asked.viewer, reportId);
  return report === null || report.closedAt !== null ? null : { report, person: opened.person };
}

async function writeVersion(
  tx: Tx,
  asked: Asked,
  report: Report,
  content: ReportContent,
  composed: ComposedReport,
  latest: ReportVersion | null,
  now: Temporal.Instant,
): Promise<ReportVersion> {
  const { viewer } = asked;
  const number = (latest?.number ?? 0) + 1;
  const document = JSON.stringify(composed.document);
  const row = await tx
    .insertInto('report_version')
    .values({
      area_id: viewer.areaId,
      person_id: report.personId,
      report_id: report.id,
      number,
      content: JSON.stringify(content),
      document,
      document_hash: createHash('sha256').update(document, 'utf8').digest(),
      items: JSON.stringify(composed.items),
      held_back: composed.held.count,
      person_heard: content.heard ?? 'not-yet',
      signed_by: viewer.workerId,
      signed_by_name: viewer.name,
      signed_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (latest !== null)
    await tx
      .insertInto('report_replacement')
      .values({
        version_id: latest.id,
        area_id: viewer.areaId,
        person_id: report.personId,
        by_number: number,
        replaced_at: now,
      })
      .execute();
  await recordAudit(tx, now, auditActor(viewer, asked.reference), {
    action: 'created',
    personId: report.personId,
    subjectKind: 'report version',
    subjectId: row.id,
    detail: { report: report.id, number, heldBack: composed.held.count },
  });
  await touch(tx, [`person:${report.personId}`, `report:${report.id}`]);
  const version = await findVersion(tx, viewer, row.id);
  if (version === null) throw new Error('A version just signed is not visible to who signed it');
  return version;
}

export type SendRefusal = 'not-found' | 'not-signed' | 'not-allowed' | 'no-reader' | 'key-used';

/** Sends the newest signed version again or another way: a new link, on screen, or on paper with who takes it. */
export async function sendReport(
  parts: ReportsParts,
  asked: Asked,
  input: {
    readonly reportId: string;
    readonly channel: 'link' | 'on-screen' | 'print';
    readonly handedTo?: string;
    readonly key: string;
  },
): Promise<Outcome<{ readonly sendingId: string; readonly sent: Sent | null }, SendRefusal>> {
  const kept: { sent: Sent | null } = { sent: null };
  const once = await onceOrRefused(
    parts.database,
    databaseContext(asked.viewer),
    { key: input.key, route: `send report ${input.reportId}` },
    async (tx): Promise<Outcome<{ sendingId: string }, SendRefusal>> => {
      const locked = await openAndLock(parts, tx, asked, input.reportId);
      if (locked === null) return refused('not-found', 'There is no such report.');
      const [version] = await findVersions(tx, asked.viewer, [input.reportId]);
      if (version === undefined) return refused('not-signed', 'Sign the report first.');
      const sent = await sendVersion(parts, tx, asked.viewer, {
        report: locked.report,
        version,
        channel: input.channel,
        handedTo: input.handedTo,
        reference: asked.reference,
      });
      if (!sent.ok) return sent;
      kept.sent = sent.value;
      return done({ sendingId: sent.value.sendingId });
    },
  );
  if (!once.ok) return once;
  return done({ sendingId: once.value.result.sendingId, sent: kept.sent });
}
