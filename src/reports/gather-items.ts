import type { SignedInViewer } from '../access/index.ts';
import { communicationNeeds, needLabel, openAlerts, type Person } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { clock } from '../platform/views/dates.ts';
import { decide, type ItemDecision, type ShareItem } from '../sharing/index.ts';
import type { RecordedAssessment, RecordedNeed, RecordSources } from './report-parts.ts';
import type { ReportRecipient, ReportTemplate, SectionKey } from './report-templates.ts';

/** One thing on the record that a report could say, and where. No section: it is never part of a report. */
export interface Candidate {
  readonly item: ShareItem;
  readonly section: SectionKey | null;
  readonly text: string;
}

/** Everything decided for one report, now. */
export interface Gathered {
  readonly candidates: readonly Candidate[];
  /** One decision for each candidate and for each section, in that order. */
  readonly decisions: readonly ItemDecision[];
  /** Sections of the template that may not go at all. */
  readonly closed: ReadonlySet<SectionKey>;
  /** The answer for each section as a whole. */
  readonly sections: ReadonlyMap<SectionKey, ItemDecision>;
  /** May the person be named to this recipient at all? */
  readonly identity: ItemDecision;
  readonly place: string | null;
  readonly seenAt: Temporal.Instant | null;
}

/** What kind of thing each section is to the rules of sharing. */
const sectionCategory: Readonly<Record<SectionKey, ShareItem['category']>> = {
  recommendation: 'recommendation',
  risk: 'risk',
  needs: 'need',
  'taking-part': 'taking-part',
  arranged: 'arranged',
  sources: 'sources',
  'not-available': 'sources',
};

/** The item a whole section is: what is asked of sharing for words that no single fact of the record stands behind. */
export function sectionItem(template: ReportTemplate, key: SectionKey): ShareItem {
  const section = template.sections.find((entry) => entry.key === key);
  return { key: `section:${key}`, category: sectionCategory[key], label: section?.label ?? key };
}

export const IDENTITY: ShareItem = { key: 'identity', category: 'identity', label: 'Name and date of birth' };

export interface GatherInput {
  readonly person: Person;
  readonly template: ReportTemplate;
  readonly recipient: { readonly kind: ReportRecipient; readonly name: string };
  readonly now: Temporal.Instant;
}

/**
 * Reads what the record offers for this report and asks sharing about every item of it, and about every section. The
 * caller has opened the person's record. A fixed number of queries.
 */
export async function gatherItems(
  parts: {
    readonly record: RecordSources;
    readonly people: { readonly pictureSources: readonly PlaceSource[] };
  },
  tx: Tx,
  viewer: SignedInViewer,
  input: GatherInput,
): Promise<Gathered> {
  const { person, template, recipient, now } = input;
  const { record } = parts;
  const assessment = await record.currentAssessment(tx, viewer, person.id);
  const needs = await record.needsOf(tx, viewer, person.id);
  const talking = (await communicationNeeds(tx, viewer, [person.id])).get(person.id) ?? [];
  const alerts = (await openAlerts(tx, viewer, [person.id])).get(person.id) ?? [];
  const arranged = await record.arrangedFor(tx, viewer, person.id);
  const screenings = await record.scoredScreenings(tx, viewer, person.id);
  const hasPlan = await record.hasSafetyPlan(tx, viewer, person.id);
  const place = await placeOf(parts.people.pictureSources, tx, viewer, person.id, now);

  const offered = new Set(template.sections.map((section) => section.key));
  const inSection = (key: SectionKey): SectionKey | null => (offered.has(key) ? key : null);
  const candidates: Candidate[] = [
    ...recommendationOf(assessment),
    ...needs.flatMap((need) => needCandidate(need, offered)),
    ...talking.map((need, index) => ({
      item: {
        key: `communication:${index}`,
        category: 'taking-part' as const,
        label: need.what,
        source: `${need.saidBy}, ${clock(need.recordedAt)}`,
      },
      section: inSection('taking-part'),
      text: need.what,
    })),
    ...takingPartOf(assessment),
    ...(offered.has('risk')
      ? alerts.map((alert) => ({
          item: {
            key: `alert:${alert.id}`,
            category: 'risk' as const,
            label: alert.what,
            source: alert.saidBy,
          },
          section: 'risk' as const,
          text: alert.what,
        }))
      : []),
    ...arranged.map((entry) => ({
      item: { key: entry.key, category: 'arranged' as const, label: entry.text, source: entry.source },
      section: inSection('arranged'),
      text: entry.text,
    })),
    ...neverOf(assessment, screenings, hasPlan),
  ];
  const sections = template.sections.map((section) => section.key);
  const decisions = await decide(tx, viewer, {
    personId: person.id,
    recipient,
    purpose: template.purpose,
    items: [
      IDENTITY,
      ...candidates.map((candidate) => candidate.item),
      ...sections.map((key) => sectionItem(template, key)),
    ],
    now,
  });
  const [identity, ...rest] = decisions;
  if (identity === undefined) throw new Error('Sharing gave no answer about who the person is');
  const sectionDecisions = rest.slice(candidates.length);
  const bySection = new Map<SectionKey, ItemDecision>();
  sections.forEach((key, index) => {
    const decision = sectionDecisions[index];
    if (decision !== undefined) bySection.set(key, decision);
  });
  return {
    candidates,
    decisions: [
      identity,
      ...rest.slice(0, candidates.length),
      ...unheardSections(candidates, sectionDecisions, sections),
    ],
    closed: new Set(
      sections.filter((key) => identity.answer === 'may-not' || bySection.get(key)?.answer === 'may-not'),
    ),
    sections: bySection,
    identity,
    place: place ?? viewer.siteName ?? viewer.teamName,
    seenAt: assessment?.signedAt ?? null,
  };
}

/** A closed section is listed by itself only when nothing in it is listed already. */
function unheardSections(
  candidates: readonly Candidate[],
  decisions: readonly ItemDecision[],
  sections: readonly SectionKey[],
): readonly ItemDecision[] {
  return decisions.filter(
    (decision, index) =>
      decision.answer === 'may-not' &&
      sections[index] !== 'not-available' &&
      !candidates.some((candidate) => candidate.section === sections[index]),
  );
}

function recommendationOf(assessment: RecordedAssessment | null): readonly Candidate[] {
  const text = assessment?.recommendationForJustice?.trim() ?? '';
  if (text === '') return [];
  return [
    {
      item: { key: 'recommendation', category: 'recommendation', label: 'Recommendation' },
      section: 'recommendation',
      text,
    },
  ];
}

function takingPartOf(assessment: RecordedAssessment | null): readonly Candidate[] {
  const text = assessment?.takingPart?.trim() ?? '';
  if (text === '') return [];
  return [
    {
      item: { key: 'taking-part', category: 'taking-part', label: 'What helps them take part' },
      section: 'taking-part',
      text,
    },
  ];
}

/** A need that was found may be said; one the person would not talk about is an answer that is not sent. */
function needCandidate(need: RecordedNeed, offered: ReadonlySet<SectionKey>): readonly Candidate[] {
  const label = needLabel(need.kind);
  if (need.answer === 'declined')
    return [
      {
        item: {
          key: `need:${need.id}`,
          category: 'declined-answer',
          needKind: need.kind,
          label: `Declined: ${label}`,
        },
        section: null,
        text: '',
      },
    ];
  if (need.answer !== 'found') return [];
  const risky = need.kind === 'self-harm';
  const category = need.basis === 'partner-record' ? 'partner-record' : risky ? 'risk' : 'need';
  const home: SectionKey = risky && offered.has('risk') ? 'risk' : 'needs';
  return [
    {
      item: { key: `need:${need.id}`, category, needKind: need.kind, label },
      section: offered.has(home) ? home : null,
      // The label only: the detail is what was said, and stays with the record (product.md, promise 7).
      text: label,
    },
  ];
}

/** What is on the record and never part of a report to justice: named so that the author sees that it stays. */
function neverOf(
  assessment: RecordedAssessment | null,
  screenings: readonly string[],
  hasPlan: boolean,
): readonly Candidate[] {
  const found: Candidate[] = [];
  if ((assessment?.formulation ?? '').trim() !== '')
    found.push({
      item: {
        key: 'formulation',
        category: 'clinical-note',
        label: 'The conversation and our understanding of it',
      },
      section: null,
      text: '',
    });
  if (screenings.length > 0)
    found.push({
      item: { key: 'scores', category: 'score', label: `Scores: ${joined(screenings)}` },
      section: null,
      text: '',
    });
  if (hasPlan)
    found.push({
      item: { key: 'safety-plan', category: 'safety-plan', label: 'Safety plan' },
      section: null,
      text: '',
    });
  return found;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The one function of a picture source a report needs: where the person is now. */
export interface PlaceSource {
  where?(scope: {
    readonly tx: Tx;
    readonly viewer: SignedInViewer;
    readonly personId: string;
    readonly now: Temporal.Instant;
  }): Promise<{ readonly place: string } | null>;
}

async function placeOf(
  sources: readonly PlaceSource[],
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
  now: Temporal.Instant,
): Promise<string | null> {
  for (const source of sources) {
    const where = await source.where?.({ tx, viewer, personId, now });
    if (where) return where.place;
  }
  return null;
}
