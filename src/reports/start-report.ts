import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { openEpisode } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { gatherItems } from './gather-items.ts';
import { startingText } from './starting-text.ts';
import type { ReportsParts } from './report-parts.ts';
import { templateFor, type ReportPurpose, type ReportRecipient } from './report-templates.ts';

export interface StartReportInput {
  readonly personId: string;
  readonly recipient: ReportRecipient;
  readonly purpose: ReportPurpose;
  /** "DC Aled Price". Left out: what the recipient is called. */
  readonly recipientName?: string | null;
  readonly recipientEmail?: string | null;
  readonly recipientPhone?: string | null;
  /** A worker with the reader's role: they read it signed in. */
  readonly readerId?: string | null;
  readonly hearingId?: string | null;
  /** When it must be there: ten minutes before, somebody rings. */
  readonly neededBy?: Temporal.Instant | null;
  readonly decisionAt?: Temporal.Instant | null;
  readonly reference?: string | null;
}

export type StartReportRefusal = 'not-found' | 'no-template' | 'not-a-reader';

const called: Readonly<Record<ReportRecipient, string>> = {
  'custody-officer': 'the custody officer',
  investigator: 'the investigator',
  prosecutor: 'the prosecutor',
  court: 'the court',
};

/**
 * Starts a report, filled from the record with what may go to this recipient now. Refuses a person this viewer may not
 * open, a recipient and purpose that have no template, and a reader who is not one.
 */
export async function startReport(
  parts: Pick<ReportsParts, 'clock' | 'people' | 'record'>,
  tx: Tx,
  viewer: SignedInViewer,
  input: StartReportInput,
): Promise<Outcome<{ readonly reportId: string }, StartReportRefusal>> {
  const now = parts.clock.now();
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const { person } = opened;
  const template = templateFor(input.recipient, input.purpose, londonDate(now));
  if (template === null)
    return refused('no-template', 'There is no report for this recipient and moment.', 'template');
  const reader = input.readerId ?? null;
  if (reader !== null && !(await isReader(tx, viewer, reader)))
    return refused('not-a-reader', 'Choose somebody who reads reports here.', 'reader');
  const recipientName = input.recipientName?.trim() || called[input.recipient];
  const gathered = await gatherItems(parts, tx, viewer, {
    person,
    template,
    recipient: { kind: input.recipient, name: recipientName },
    now,
  });
  const episode = await openEpisode(tx, viewer, person.id);
  const row = await tx
    .insertInto('report')
    .values({
      area_id: viewer.areaId,
      person_id: person.id,
      episode_id: episode?.id ?? null,
      template: template.key,
      recipient_kind: input.recipient,
      purpose: input.purpose,
      recipient_name: recipientName,
      recipient_email: input.recipientEmail ?? null,
      recipient_phone: input.recipientPhone ?? null,
      reader_id: reader,
      hearing_id: input.hearingId ?? null,
      needed_by: input.neededBy ?? null,
      decision_at: input.decisionAt ?? null,
      start_content: JSON.stringify(startingText(template, gathered, { person, now })),
      created_by: viewer.workerId,
      created_by_name: viewer.name,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordAudit(tx, now, auditActor(viewer, input.reference ?? null), {
    action: 'created',
    personId: person.id,
    subjectKind: 'report',
    subjectId: row.id,
    detail: { template: template.key },
  });
  await touch(tx, [`person:${person.id}`]);
  return done({ reportId: row.id });
}

async function isReader(tx: Tx, viewer: SignedInViewer, workerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('worker_role as r')
    .innerJoin('worker as w', 'w.id', 'r.worker_id')
    .select('r.id')
    .where('r.worker_id', '=', workerId)
    .where('r.role', '=', 'justice-reader')
    .where('w.area_id', '=', viewer.areaId)
    .where('w.active', '=', true)
    .executeTakeFirst();
  return row !== undefined;
}
