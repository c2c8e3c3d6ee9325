import { auditActor, databaseContext } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { discardDraft } from '../platform/forms/drafts.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { Asked, ReportsParts } from './report-parts.ts';
import { findReport, findVersions, lockReport } from './report-store.ts';
import { REPORT_DRAFT } from './sign-report.ts';

/** Sets a report aside that was started and is not needed. Refuses one that was signed: that stays as it was. */
export async function setAsideReport(
  parts: Pick<ReportsParts, 'database' | 'clock' | 'people'>,
  asked: Asked,
  reportId: string,
): Promise<Outcome<{ readonly personId: string }, 'not-found' | 'signed'>> {
  const { viewer } = asked;
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const known = await findReport(tx, viewer, reportId);
    if (known === null || (await parts.people.open(tx, viewer, known.personId)) === null)
      return refused('not-found', 'There is no such report.');
    const { personId } = known;
    const now = parts.clock.now();
    await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
    await lockReport(tx, viewer, reportId);
    if ((await findVersions(tx, viewer, [reportId])).length > 0)
      return refused('signed', 'This report was signed, so it stays. Write a new version instead.');
    await tx
      .updateTable('report')
      .set({ closed_at: now, closed_why: `Set aside by ${viewer.name}` })
      .where('id', '=', reportId)
      .where('closed_at', 'is', null)
      .execute();
    await discardDraft(tx, { ownerId: viewer.workerId, form: REPORT_DRAFT, subject: reportId });
    await recordAudit(tx, now, auditActor(viewer, asked.reference), {
      action: 'changed',
      personId,
      subjectKind: 'report',
      subjectId: reportId,
      detail: { setAside: true },
    });
    await touch(tx, [`person:${personId}`, `report:${reportId}`]);
    return done({ personId });
  });
}
