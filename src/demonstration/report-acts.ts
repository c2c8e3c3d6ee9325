import type { SignedInViewer } from '../access/index.ts';
import {
  findReport,
  findSendings,
  recordReportDecision,
  signReport,
  startReport,
  templateOf,
  type StartReportInput,
} from '../reports/index.ts';
import { markReceipt } from '../sharing/index.ts';
import { told, type Stage } from './stage.ts';

// Reports in the stories: started from the record, signed and sent, read, and the decision asked back.

export async function startToldReport(
  stage: Stage,
  who: SignedInViewer,
  personId: string,
  report: Omit<StartReportInput, 'personId'>,
): Promise<string> {
  const started = await stage.run(who, (tx) =>
    startReport(stage.modules.reports, tx, who, { personId, ...report }),
  );
  return told(started, 'a report').reportId;
}

/** Signs what the record filled in, with the recommendation in the author's words, and sends it. */
export async function signAndSend(
  stage: Stage,
  who: SignedInViewer,
  reportId: string,
  recommendation: string,
): Promise<void> {
  const start = await stage.run(who, (tx) => findReport(tx, who, reportId));
  if (start === null) throw new Error('A report just started is not there');
  const { key, reference } = stage.request();
  const signed = await signReport(
    stage.modules.reports,
    { viewer: who, reference },
    {
      reportId,
      typed: { ...start.startContent, recommendation, heard: 'yes' },
      base: 0,
      checked: true,
      next: 'send',
      key,
    },
  );
  told(signed, 'signing and sending a report');
}

/** The reader had it and read it, at the time the clock stands at. */
export async function read(stage: Stage, reader: SignedInViewer, reportId: string): Promise<void> {
  const at = stage.modules.clock.now();
  const system = stage.system(reader.name);
  await stage.run(system, async (tx) => {
    for (const sending of await findSendings(tx, system, { reportIds: [reportId] })) {
      await markReceipt(tx, system, sending.disclosureId, 'received', at, reader.name);
      await markReceipt(tx, system, sending.disclosureId, 'read', at, reader.name);
    }
  });
}

/** What was decided, as the reader told whoever asked. */
export async function answerDecision(
  stage: Stage,
  asker: SignedInViewer,
  toldBy: string,
  reportId: string,
  decision: string,
  decidedAt: Temporal.Instant,
): Promise<void> {
  await stage.run(asker, async (tx) => {
    const report = await findReport(tx, asker, reportId);
    const [sending] = await findSendings(tx, asker, { reportIds: [reportId] });
    if (report === null || sending === undefined) throw new Error('No report to ask about');
    const kept = await recordReportDecision(tx, asker, {
      versionId: sending.versionId,
      personId: report.personId,
      reportId,
      template: templateOf(report.template),
      decision,
      informed: 'yes',
      decidedAt,
      toldBy,
      now: stage.modules.clock.now(),
      reference: 'demonstration',
    });
    told(kept, 'what was decided');
  });
}
