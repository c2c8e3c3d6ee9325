import { z } from 'zod';
import { auditActor, type LinkViewer, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Tx } from '../platform/database.ts';
import { textField } from '../platform/forms/form.ts';
import { dateTimeField } from '../platform/forms/time-fields.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { ReportTemplate } from './report-templates.ts';

/** The answers to "did this inform it?". */
export const informedChoices = [
  { value: 'yes', text: 'Yes' },
  { value: 'partly', text: 'Partly' },
  { value: 'no', text: 'No' },
  { value: 'unknown', text: 'I do not know' },
] as const;

/** The one question asked back, as a form. */
export const decisionFields = {
  decision: textField(z.string('Choose what was decided').max(40)),
  informed: textField(z.enum(['yes', 'partly', 'no', 'unknown'], 'Say whether the report informed it')),
  decided: dateTimeField({ called: 'time of the decision', limit: 'past' }),
};

export interface DecisionInput {
  readonly versionId: string;
  readonly personId: string;
  readonly reportId: string;
  readonly template: ReportTemplate;
  readonly decision: string;
  readonly informed: 'yes' | 'partly' | 'no' | 'unknown';
  readonly decidedAt: Temporal.Instant;
  readonly toldBy: string;
  readonly now: Temporal.Instant;
  readonly reference: string;
}

/**
 * Keeps what was decided, as told by whoever decided or by somebody who rang them. Refuses an answer that is not in the
 * list of this report. A later answer stands in place of an earlier one; both stay.
 */
export async function recordReportDecision(
  tx: Tx,
  viewer: SignedInViewer | LinkViewer,
  input: DecisionInput,
): Promise<Outcome<null, 'not-a-decision'>> {
  if (!input.template.decisions.some((known) => known.key === input.decision))
    return refused('not-a-decision', 'Choose what was decided', 'decision');
  await tx
    .insertInto('report_decision')
    .values({
      area_id: viewer.areaId,
      person_id: input.personId,
      version_id: input.versionId,
      decision: input.decision,
      informed: input.informed,
      decided_at: input.decidedAt,
      told_by: input.toldBy,
      told_through: viewer.kind === 'link' ? 'link' : viewer.kind === 'justice' ? 'on-screen' : 'told-us',
      recorded_by: viewer.kind === 'link' ? null : viewer.workerId,
      recorded_at: input.now,
    })
    .execute();
  await recordAudit(tx, input.now, auditActor(viewer, input.reference), {
    action: 'received',
    personId: input.personId,
    subjectKind: 'report decision',
    subjectId: input.versionId,
    detail: { informed: input.informed },
  });
  await touch(tx, [`person:${input.personId}`, `report:${input.reportId}`]);
  return done(null);
}
