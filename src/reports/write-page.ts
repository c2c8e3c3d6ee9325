import type { SignedInViewer } from '../access/index.ts';
import { consentFor, type ConsentStatus } from '../consent/index.ts';
import { displayName, shortName, type Person } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { describeConflict } from '../platform/forms/conflict.ts';
import { readDraft } from '../platform/forms/drafts.ts';
import type { Typed } from '../platform/forms/form.ts';
import { clock, clockSeconds, when } from '../platform/views/dates.ts';
import { consentSubjectOf } from '../sharing/index.ts';
import { composeReport } from './compose-report.ts';
import {
  psychiatricQuestions,
  readContent,
  treatmentRequirements,
  treatmentSteps,
  typedContent,
  type ContentMistake,
  type ReportContent,
} from './report-content.ts';
import type { ReportsParts } from './report-parts.ts';
import { findVersions, type Report, type ReportVersion } from './report-store.ts';
import { REPORT_DRAFT } from './sign-report.ts';
import { templateOf, type ReportTemplate } from './report-templates.ts';

/** What the page of writing is shown with, besides the report. */
export interface WritePageInput {
  readonly report: Report;
  readonly person: Person;
  readonly now: Temporal.Instant;
  /** What was just posted; otherwise the draft, the last version or the words it started from. */
  readonly typed?: Typed | undefined;
  readonly mistakes?: readonly ContentMistake[];
  readonly message?: string | undefined;
  /** The text of the other writer is shown beside, when somebody signed in between. */
  readonly stale?: boolean;
  readonly formKey?: string | undefined;
}

/** Everything the template of writing shows. Decisions are made here, none in the template. */
export async function writePage(
  parts: ReportsParts,
  tx: Tx,
  viewer: SignedInViewer,
  input: WritePageInput,
): Promise<Readonly<Record<string, unknown>>> {
  const { report, person, now } = input;
  const template = templateOf(report.template);
  const versions = await findVersions(tx, viewer, [report.id]);
  const [latest] = versions;
  const draft = await readDraft(tx, { ownerId: viewer.workerId, form: REPORT_DRAFT, subject: report.id });
  // Typed before somebody else signed: taken up again, it would quietly take back what they wrote.
  const olderDraft =
    input.typed === undefined &&
    draft !== undefined &&
    latest !== undefined &&
    Temporal.Instant.compare(draft.savedAt, latest.signedAt) < 0;
  const start = latest === undefined ? report.startContent : typedContent(latest.content);
  const content = readContent(template, input.typed ?? draft?.content ?? start);
  const composed = await composeReport(parts, tx, viewer, report, person, content, now);
  const { gathered } = composed;
  const consent = await consentFor(
    tx,
    viewer,
    person.id,
    consentSubjectOf({ kind: report.recipientKind, name: report.recipientName }),
    now,
  );
  const errorOf = Object.fromEntries(
    (input.mistakes ?? []).map((mistake) => [mistake.field, mistake.message]),
  );
  return {
    report,
    title: template.title,
    moment: template.before,
    who: displayName(person),
    place: gathered.place,
    recipient: report.recipientName,
    neededWords: neededWords(report, template, now),
    late: report.neededBy !== null && Temporal.Instant.compare(report.neededBy, now) < 0,
    versionWords: `Version ${(latest?.number ?? 0) + 1}, draft, not sent`,
    base: latest?.number ?? 0,
    sections: template.sections.map((section) => {
      const decision = gathered.sections.get(section.key);
      const closed = gathered.closed.has(section.key);
      return {
        ...section,
        text: content.sections[section.key] ?? '',
        closed,
        why: closed ? (decision?.reason ?? gathered.identity.reason) : '',
        note: closed
          ? ''
          : noteFor(section.key, gathered.candidates, gathered.decisions, content, report, now),
        error: errorOf[section.key],
      };
    }),
    treatment:
      template.treatmentRequirements && !gathered.closed.has('recommendation')
        ? treatmentRequirements.map((requirement) => ({
            ...requirement,
            error: errorOf[requirement.key],
            steps: treatmentSteps.map((step) => ({
              ...step,
              ticked: content.treatment[requirement.key].includes(step.key),
            })),
          }))
        : null,
    psychiatric:
      template.psychiatricReport && !gathered.closed.has('recommendation')
        ? {
            ...content.psychiatric,
            error: errorOf['psychiatric-question'],
            questions: [
              { value: '', text: 'Choose a question', selected: content.psychiatric.question === null },
              ...psychiatricQuestions.map((question) => ({
                value: question.key,
                text: question.text,
                selected: content.psychiatric.question === question.key,
              })),
            ],
          }
        : null,
    heard: content.heard,
    heardError: errorOf['heard'],
    warnings: composed.warnings,
    checkedError: errorOf['checked'],
    held: composed.held,
    consentWords: consentWords(shortName(person), consent),
    nothingMayGo: gathered.identity.answer === 'may-not' ? gathered.identity.reason : null,
    canReader: report.readerId !== null,
    hasEmail: report.recipientEmail !== null,
    chaseWords: chaseWords(report, now),
    paper: composed.document,
    draft: {
      version: draft?.version ?? 0,
      savedAt: draft === undefined ? undefined : clockSeconds(draft.savedAt),
    },
    conflicts:
      (input.stale === true || olderDraft) && latest !== undefined
        ? conflictsOf(template, report.startContent, latest, versions, content, now)
        : [],
    theirs:
      latest === undefined
        ? null
        : { name: latest.signedByName, number: latest.number, at: when(latest.signedAt, now) },
    errors:
      input.message === undefined && (input.mistakes ?? []).length === 0
        ? undefined
        : {
            title: 'This was not signed',
            list:
              (input.mistakes ?? []).length === 0
                ? [{ text: input.message, href: '#maincontent' }]
                : (input.mistakes ?? []).map((mistake) => ({
                    text: mistake.message,
                    href: `#${mistake.field}`,
                  })),
          },
    formKey: input.formKey,
    shortNameOf: shortName(person),
  };
}

const extentWords = {
  'recommendation-only': 'the recommendation may go, and nothing else',
  'recommendation-and-needs': 'the recommendation and needs may go. Not what was said to us',
  'all-relevant': 'whatever matters for the decision may go',
} as const;

/** What the person said about this recipient, above what is held back. */
function consentWords(name: string, consent: ConsentStatus): string {
  if (consent.state === 'given' && consent.extent !== null && consent.decidedAt !== null)
    return `${name} agreed: ${extentWords[consent.extent]}.`;
  return consent.state === 'not-asked' ? `${name} has not been asked yet.` : `${consent.words}.`;
}

function neededWords(report: Report, template: ReportTemplate, now: Temporal.Instant): string {
  const needed = report.neededBy === null ? '' : `Needed by ${when(report.neededBy, now)}.`;
  const moment = template.moment.charAt(0).toUpperCase() + template.moment.slice(1);
  const decision = report.decisionAt === null ? '' : `${moment} ${when(report.decisionAt, now)}.`;
  const words = [needed, decision].filter((part) => part !== '').join(' ');
  return words === '' ? 'No time set by which it is needed' : words;
}

function chaseWords(report: Report, now: Temporal.Instant): string {
  const base = 'Not counted as sent until their system or they say it is there.';
  if (report.neededBy === null) return base;
  const at = report.neededBy.subtract({ minutes: 10 });
  return `${base} If nobody has opened it by ${when(at, now)} we ask you to ring ${report.recipientPhone ?? report.recipientName}.`;
}

/** "From 5 needs, 2 left out by you"; for the others, where the words came from. */
function noteFor(
  key: string,
  candidates: Awaited<ReturnType<typeof composeReport>>['gathered']['candidates'],
  decisions: Awaited<ReturnType<typeof composeReport>>['gathered']['decisions'],
  content: ReportContent,
  report: Report,
  now: Temporal.Instant,
): string {
  const may = new Set(decisions.filter((entry) => entry.answer !== 'may-not').map((entry) => entry.item.key));
  const own = candidates.filter((candidate) => candidate.section === key && may.has(candidate.item.key));
  if (key === 'needs') {
    if (own.length === 0) return 'No need on record that may go';
    const text = (content.sections.needs ?? '').toLowerCase();
    const left = own.filter((candidate) => !text.includes(candidate.text.toLowerCase())).length;
    return `From ${own.length} ${own.length === 1 ? 'need' : 'needs'}${left === 0 ? '' : `, ${left} left out by you`}`;
  }
  if (own.length === 0)
    return key === 'sources' || key === 'not-available'
      ? `Check this. Started ${clockOf(report.createdAt, now)}`
      : 'Nothing on record yet';
  const [first] = own;
  if (key === 'recommendation') return 'From the assessment';
  if (key === 'taking-part' && first?.item.key === 'taking-part') return 'From the assessment';
  if (key === 'taking-part')
    return `From communication needs${first?.item.source === undefined ? '' : `, ${first.item.source}`}`;
  return first?.item.source === undefined ? 'From the record' : `From ${first.item.source}`;
}

function clockOf(at: Temporal.Instant, now: Temporal.Instant): string {
  return Temporal.Instant.compare(at, now) > 0 ? clock(at) : when(at, now);
}

/** Both texts of every section that differs, compared with the version both started from. */
function conflictsOf(
  template: ReportTemplate,
  start: Typed,
  latest: ReportVersion,
  versions: readonly ReportVersion[],
  mine: ReportContent,
  now: Temporal.Instant,
): readonly unknown[] {
  const before = versions[1];
  const base = before === undefined ? readContent(template, start) : before.content;
  return template.sections.flatMap((section) => {
    const theirs = latest.content.sections[section.key] ?? '';
    const own = mine.sections[section.key] ?? '';
    if (theirs === own) return [];
    return [
      {
        label: section.label,
        conflict: describeConflict(
          base.sections[section.key] ?? '',
          { who: latest.signedByName, note: `Signed ${when(latest.signedAt, now)}`, text: theirs },
          { who: 'You', note: 'Not signed', text: own },
        ),
      },
    ];
  });
}
