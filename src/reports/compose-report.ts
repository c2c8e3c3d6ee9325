import { roles, type SignedInViewer } from '../access/index.ts';
import { displayName, shortName, type Person } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { unprintableLetters } from '../platform/pdf/index.ts';
import { clock, dateLong } from '../platform/views/dates.ts';
import { heldBack, type HeldBack, type ItemDecision, type ShareItem } from '../sharing/index.ts';
import { gatherItems, IDENTITY, sectionItem, type Gathered } from './gather-items.ts';
import { saysHeldBack } from './held-words.ts';
import { printedReport } from './printed-report.ts';
import type { ReportContent } from './report-content.ts';
import { composeDocument, documentText, type ReportDocument } from './report-document.ts';
import type { ReportsParts } from './report-parts.ts';
import { templateOf, type ReportTemplate, type SectionKey } from './report-templates.ts';
import type { Report } from './report-store.ts';

/** A report as it would be signed now: what the reader reads, and what stays. */
export interface ComposedReport {
  readonly template: ReportTemplate;
  readonly document: ReportDocument;
  readonly gathered: Gathered;
  /** What would be disclosed: who the person is, the sections that are written, and the facts they say. */
  readonly items: readonly ShareItem[];
  readonly held: HeldBack;
  /** What to look at again before signing: words that give away what is held back, letters paper cannot show. */
  readonly warnings: readonly string[];
}

/**
 * Asks sharing about everything and makes the document from what may go. The preview, the page and the signing all use
 * this, so the author sees what the reader will see. The caller has opened the person's record.
 */
export async function composeReport(
  parts: Pick<ReportsParts, 'people' | 'record' | 'marking'>,
  tx: Tx,
  viewer: SignedInViewer,
  report: Report,
  person: Person,
  content: ReportContent,
  now: Temporal.Instant,
): Promise<ComposedReport> {
  const template = templateOf(report.template);
  const gathered = await gatherItems(parts, tx, viewer, {
    person,
    template,
    recipient: { kind: report.recipientKind, name: report.recipientName },
    now,
  });
  const document = composeDocument(template, content, gathered.closed, {
    marking: parts.marking,
    personLine: personLine(person),
    whereLine: whereLine(gathered, now),
    recipientName: report.recipientName,
    author: authorLine(viewer),
    basisLine: basisLine(person, content, gathered),
  });
  const items = itemsSaid(template, content, gathered);
  return {
    template,
    document,
    gathered,
    items,
    held: heldBack(gathered.decisions, {
      personId: person.id,
      name: shortName(person),
      recipientKind: report.recipientKind,
    }),
    warnings: warningsOf(document, gathered.decisions, viewer, now),
  };
}

function warningsOf(
  document: ReportDocument,
  decisions: readonly ItemDecision[],
  viewer: SignedInViewer,
  now: Temporal.Instant,
): readonly string[] {
  // The fixed last section says "Screening" and is ours: it gives nothing away.
  const said = saysHeldBack(documentText({ ...document, keys: [], author: '' }), decisions);
  const letters = unprintableLetters(
    printedReport(document, { number: 1, handedTo: null, replacedBy: null }, { by: viewer.name, at: now }),
  );
  return [
    ...(said.length === 0
      ? []
      : [`Check that the report does not say what is held back: ${said.join(', ')}.`]),
    ...(letters.length === 0
      ? []
      : [`On paper these letters are shown as boxes: ${letters.join(' ')}. On screen they are right.`]),
  ];
}

/** What is said, item by item: a fact counts as said when its section names it. */
function itemsSaid(
  template: ReportTemplate,
  content: ReportContent,
  gathered: Gathered,
): readonly ShareItem[] {
  const open = (key: SectionKey) => !gathered.closed.has(key);
  const written = template.sections
    .map((section) => section.key)
    .filter(
      (key) =>
        open(key) && ((content.sections[key] ?? '') !== '' || (key === 'recommendation' && answers(content))),
    );
  const may = new Set(
    gathered.decisions
      .filter((decision) => decision.answer !== 'may-not')
      .map((decision) => decision.item.key),
  );
  const facts = gathered.candidates.filter(
    ({ item, section, text }) =>
      section !== null &&
      written.includes(section) &&
      may.has(item.key) &&
      (content.sections[section] ?? '').toLowerCase().includes(text.toLowerCase()),
  );
  return [IDENTITY, ...written.map((key) => sectionItem(template, key)), ...facts.map((fact) => fact.item)];
}

/** Treatment requirements and a psychiatric report travel as part of the recommendation. */
function answers(content: ReportContent): boolean {
  return (
    content.psychiatric.suggested !== null ||
    Object.values(content.treatment).some((steps) => steps.length > 0)
  );
}

function personLine(person: Person): string {
  return person.birthDate === null
    ? `${displayName(person)}, birth date not known`
    : `${displayName(person)}, born ${dateLong(person.birthDate)}`;
}

function whereLine(gathered: Gathered, now: Temporal.Instant): string {
  const seen =
    gathered.seenAt === null ? dateLong(now) : `seen ${clock(gathered.seenAt)}, ${dateLong(gathered.seenAt)}`;
  return gathered.place === null ? seen : `${gathered.place}, ${seen}`;
}

/** Name, role and registration, so that the reader can ring the right person (domain.md 1.7). */
function authorLine(viewer: SignedInViewer): string {
  return [viewer.name, roles[viewer.role].label, viewer.registration]
    .filter((part) => part !== null)
    .join(', ');
}

/** On what the sharing of what is written rests, in a sentence for the reader. */
function basisLine(person: Person, content: ReportContent, gathered: Gathered): string {
  const bases = new Set(
    [...gathered.sections]
      .filter(([key, decision]) => decision.answer !== 'may-not' && (content.sections[key] ?? '') !== '')
      .map(([, decision]) => decision.basis),
  );
  const sentences = [
    bases.has('consent') ? `${displayName(person)} agreed to this report.` : '',
    bases.has('care-in-custody') ? 'For keeping the person safe in custody.' : '',
    bases.has('legal-reason')
      ? 'In part shared without agreement, for a legal reason that is written down.'
      : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
