import { recentSignatures } from './assessment/index.ts';
import { consentForEach } from './consent/index.ts';
import type { FindProgress, Progress } from './custody/index.ts';
import { handoversWaiting } from './navigation/index.ts';
import { clock } from './platform/views/dates.ts';
import { recentReports } from './reports/index.ts';
import { recentScreenings } from './screening/index.ts';

// How far the service has got with everybody on a suite board, joined from what each module knows. The furthest step
// is what the board says; the next one is what it asks for.

/** Nobody is held longer than this before charge (PACE s44(3)): what is older belongs to another stay. */
const LONGEST_STAY = { hours: 96 };
/** A person who agreed should not wait longer than this for the screening. To be confirmed by the clinical lead. */
const SCREEN_WITHIN = { minutes: 60 };

/** Answers for everybody on a board at once, in a number of queries that does not depend on how many they are. */
export const findProgress: FindProgress = async (tx, viewer, personIds, now, known) => {
  const since = now.subtract(LONGEST_STAY);
  const seen = await consentForEach(tx, viewer, personIds, { kind: 'being-seen' }, now, known);
  const screenings = await recentScreenings(tx, viewer, personIds, since);
  const signatures = await recentSignatures(tx, viewer, personIds, since);
  const reports = Map.groupBy(
    await recentReports(tx, viewer, personIds, since, now),
    (report) => report.personId,
  );
  const handovers = Map.groupBy(
    await handoversWaiting(tx, viewer, personIds),
    (handover) => handover.personId,
  );
  const found = new Map<string, Progress>();
  for (const personId of personIds) {
    const progress = progressOf({
      personId,
      now,
      since,
      consent: seen.get(personId),
      screening: screenings.get(personId),
      signed: signatures.get(personId),
      report: reports.get(personId)?.[0],
      handover: handovers.get(personId)?.[0],
    });
    if (progress !== null) found.set(personId, progress);
  }
  return found;
};

type Found<F extends (...args: never[]) => Promise<ReadonlyMap<string, unknown>>> =
  Awaited<ReturnType<F>> extends ReadonlyMap<string, infer Value> ? Value : never;

interface Facts {
  readonly personId: string;
  readonly now: Temporal.Instant;
  readonly since: Temporal.Instant;
  readonly consent: Found<typeof consentForEach> | undefined;
  readonly screening: Found<typeof recentScreenings> | undefined;
  readonly signed: Found<typeof recentSignatures> | undefined;
  readonly report: Awaited<ReturnType<typeof recentReports>>[number] | undefined;
  readonly handover: Awaited<ReturnType<typeof handoversWaiting>>[number] | undefined;
}

/** The furthest step for one person, and the next thing that is due. Null when nothing of ours has begun. */
export function progressOf(facts: Facts): Progress | null {
  const { personId, now, consent, screening, signed, report, handover } = facts;
  const agreedAt =
    consent?.state === 'given' &&
    consent.decidedAt !== null &&
    Temporal.Instant.compare(consent.decidedAt, facts.since) >= 0
      ? consent.decidedAt
      : null;
  const worked = screening !== undefined || signed !== undefined;
  if (agreedAt === null && !worked && report === undefined && handover === undefined) return null;
  const due = dueOf(facts, agreedAt);
  const base = { seen: worked || report !== undefined, due };
  const reported = reportWords(report);
  // Gone is not there: nothing is green before the other side has it (product promise 5).
  const shape =
    report === undefined || report.status === 'received' || report.status === 'read' ? 'done' : 'wait';
  if (signed !== undefined) {
    return {
      ...base,
      shape,
      text: reported === null ? `Assessed ${clock(signed.at)}` : `Assessed, ${reported.text}`,
      source: reported?.source ?? signed.by,
    };
  }
  if (screening?.status === 'finished') {
    return {
      ...base,
      shape,
      text: reported === null ? `Screened ${clock(screening.savedAt)}` : `Screened, ${reported.text}`,
      source: reported?.source ?? screening.by,
    };
  }
  if (screening !== undefined) {
    return {
      ...base,
      shape: 'wait',
      text: `Screening, ${screening.answered} of ${screening.needed}`,
      source: `${screening.by}, ${clock(screening.savedAt)}`,
    };
  }
  if (reported !== null)
    return { ...base, shape: 'wait', text: `Agreed, ${reported.text}`, source: reported.source };
  if (agreedAt !== null) {
    return { ...base, shape: 'wait', text: 'Agreed, not screened yet', source: `Agreed ${clock(agreedAt)}` };
  }
  return {
    ...base,
    shape: 'wait',
    text: 'Handover made',
    source: `For ${handover?.toText ?? personId} ${clock(now)}`,
  };
}

function reportWords(report: Facts['report']): { readonly text: string; readonly source: string } | null {
  if (report === undefined) return null;
  const to = `To ${report.recipientName}`;
  const at = report.at === null ? '' : ` ${clock(report.at)}`;
  switch (report.status) {
    case 'draft':
      return { text: 'report in draft', source: to };
    case 'signed':
      return { text: 'report signed, not sent', source: to };
    case 'sent':
    case 'delivered':
      return { text: 'report sent', source: `${to}${at}, not opened yet` };
    case 'received':
      return { text: 'report received', source: `${to}${at}` };
    case 'read':
      return { text: 'report read', source: `${report.recipientName}${at}` };
    case 'stopped':
      return { text: 'report stopped', source: to };
  }
}

function dueOf(facts: Facts, agreedAt: Temporal.Instant | null): Progress['due'] {
  const { personId, now, screening, signed, report, handover } = facts;
  if (report?.status === 'draft' || report?.status === 'signed') {
    return {
      by: report.neededBy ?? now.add({ hours: 1 }),
      text:
        report.status === 'draft'
          ? `Finish report to ${report.recipientName}`
          : `Send report to ${report.recipientName}`,
      verb: report.status === 'draft' ? 'Finish report' : 'Send report',
      note: null,
      waitsFor: null,
      href: `/reports/${report.id}`,
    };
  }
  if (screening?.status === 'part-done') {
    return {
      by: screening.savedAt.add(SCREEN_WITHIN),
      text: 'Finish screening',
      verb: 'Finish screening',
      note: null,
      waitsFor: null,
      href: `/people/${personId}/screening`,
    };
  }
  if (screening === undefined && signed === undefined && agreedAt !== null) {
    return {
      by: agreedAt.add(SCREEN_WITHIN),
      text: 'Start screening',
      verb: 'Screen',
      note: null,
      waitsFor: null,
      href: `/people/${personId}/screening`,
    };
  }
  if (report !== undefined && (report.status === 'sent' || report.status === 'delivered')) {
    return {
      by: report.neededBy ?? now.add({ hours: 2 }),
      text: `${report.recipientName} to open the report`,
      verb: 'Wait for reader',
      note: null,
      waitsFor: report.recipientName,
      href: `/reports/${report.id}`,
    };
  }
  if (handover !== undefined) {
    return {
      by: handover.acceptBy ?? now.add({ hours: 4 }),
      text: `${handover.toText} to accept handover`,
      verb: 'Wait for receiver',
      note: null,
      waitsFor: handover.toText,
      href: `/people/${personId}/handovers/${handover.id}`,
    };
  }
  if (report !== undefined && !report.decided && (report.status === 'read' || report.status === 'received')) {
    return {
      by: (report.at ?? now).add({ hours: 2 }),
      text: 'Ask what was decided',
      verb: 'Ask decision',
      note: null,
      waitsFor: null,
      href: `/reports/${report.id}`,
    };
  }
  return null;
}
