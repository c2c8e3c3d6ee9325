import type { CurrentStay } from '../custody/index.ts';
import { ageOn } from '../people/index.ts';
import { when } from '../platform/views/dates.ts';
import type { CourtConsent, HandoverToCourt, HearingReport } from './court-parts.ts';
import type { CourtRequest } from './court-requests.ts';
import type { DayRow } from './court-day-store.ts';
import type { Suggestion } from './match-store.ts';
import { hearingWords } from './room-name.ts';

// Turns facts into the words of one line of the court day. Pure: every sentence of the line is decided here.

/** Everything known about one line of the list. */
export interface DayFacts {
  readonly row: DayRow;
  readonly suggestions: readonly Suggestion[];
  readonly request: CourtRequest | null;
  readonly report: HearingReport | null;
  readonly consent: CourtConsent | null;
  readonly held: Pick<CurrentStay, 'siteName' | 'place' | 'endedAt'> | null;
  readonly handover: HandoverToCourt | null;
  /** Why the viewer may open the record; without it the name is no link. */
  readonly mayOpen: boolean;
  /** What to call them in a sentence. */
  readonly shortName: string;
}

export interface DayLinks {
  readonly startReport: (personId: string, appearanceId: string) => string;
  readonly openReport: (reportId: string) => string;
  readonly askConsent: (personId: string) => string;
}

/** A status with shape, or plain words when there is nothing to show a shape for. */
export interface DayCell {
  readonly text: string;
  readonly shape?: 'now' | 'due' | 'done' | 'wait' | 'part' | 'stop' | 'none';
  readonly quiet?: boolean;
  readonly source: string;
}

/** One line of the court day as the template shows it. */
export interface DayLine {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly href: string | null;
  readonly about: string;
  readonly removed: boolean;
  /** 3, 2, 1 filled pips; 0 for nobody we know. */
  readonly pips: 0 | 1 | 2 | 3;
  readonly knownText: string;
  readonly knownSource: string;
  readonly report: DayCell;
  readonly next: { readonly text: string; readonly href: string | null; readonly about: string };
  readonly isKnown: boolean;
  readonly toCheck: boolean;
  readonly reportNeeded: boolean;
  readonly inCells: boolean;
  readonly toAsk: boolean;
  /** Stays on the page when a long room is shortened. */
  readonly matters: boolean;
}

const pipsOf = { same: 3, likely: 2, possible: 1 } as const;
const likenessText = { same: 'Same person, to confirm', likely: 'Likely', possible: 'Possible' } as const;
const twoHours = Temporal.Duration.from({ hours: 2 });

/** The line for one person. Under 18s are never named on a page others can see over a shoulder. */
export function dayLine(
  facts: DayFacts,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
  links: DayLinks,
): DayLine {
  const { row } = facts;
  const isChild = row.youth === 'yes';
  const name = isChild ? 'Name held, under 18' : listName(row);
  const known = row.personId !== null;
  const removed = row.removedAt !== null;
  const toCheck = !known && !removed && facts.suggestions.length > 0;
  const inCells =
    !removed && (row.remandStatus === 'custody' || (facts.held !== null && facts.held.endedAt === null));
  const reportNeeded = !removed && needsReport(facts);
  const toAsk = known && !removed && asksAgain(facts.consent);
  return {
    id: row.appearanceId,
    number: row.number === null ? '' : String(row.number),
    name,
    href: known && facts.mayOpen && row.personId !== null ? `/people/${row.personId}` : null,
    about: aboutLine(facts, day, now),
    removed,
    ...knownCell(facts, now, isChild),
    report: removed
      ? { text: 'No longer listed', quiet: true, source: 'Left out of a later list. Check with the court' }
      : reportCell(facts, now),
    next: { ...nextStep(facts, links, isChild), about: name },
    isKnown: known,
    toCheck,
    reportNeeded,
    inCells,
    toAsk,
    matters: known || toCheck || reportNeeded || facts.request !== null || inCells || isChild,
  };
}

/** "Thomas Ashworth": the parts the court sent, in the usual order and case. */
export function listName(row: Pick<DayRow, 'givenNames' | 'familyName' | 'nameReceived'>): string {
  const parts = [row.givenNames, row.familyName].filter((part) => part !== null && part !== '');
  const name = parts.length === 0 ? row.nameReceived : parts.join(' ');
  return name === null || name === ''
    ? 'No name on the list'
    : name.replace(/\p{L}[\p{L}’']*/gu, easeCapitals);
}

/** ASHWORTH as Ashworth; a word that is not all capitals was meant as it is. */
function easeCapitals(word: string): string {
  if (word.length < 2 || word !== word.toUpperCase()) return word;
  return word.toLowerCase().replace(/^\p{L}|(?<=^(?:o|d)[’'])\p{L}/gu, (letter) => letter.toUpperCase());
}

const remandWords: Readonly<Record<string, string>> = {
  custody: 'In custody',
  'conditional-bail': 'On bail with conditions',
  'unconditional-bail': 'On bail',
  'local-authority': 'In local authority accommodation',
};

function aboutLine(facts: DayFacts, day: Temporal.PlainDate, now: Temporal.Instant): string {
  const { row, held } = facts;
  const place =
    held !== null && held.endedAt === null
      ? `At ${held.siteName}${held.place === null ? '' : `, ${held.place}`}`
      : remandWords[row.remandStatus ?? ''];
  return [
    row.birthDate === null ? 'Age not known' : String(ageOn(row.birthDate, day)),
    place,
    hearingWords(row.hearingType),
    row.interpreterLanguage === null ? undefined : `Interpreter: ${row.interpreterLanguage}`,
    row.removedAt === null ? undefined : `Taken off the list ${when(row.removedAt, now)}`,
  ]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join('. ');
}

function knownCell(
  facts: DayFacts,
  now: Temporal.Instant,
  isChild: boolean,
): Pick<DayLine, 'pips' | 'knownText' | 'knownSource'> {
  const { row, suggestions } = facts;
  if (row.personId !== null) {
    const by = row.matchedBy ?? 'a worker';
    const at = row.matchedAt === null ? '' : ` ${when(row.matchedAt, now)}`;
    const confirmed = row.remembered
      ? `Confirmed by ${by} on an earlier list, under the same number`
      : `Confirmed by ${by}${at}`;
    const evidence = row.evidence === null ? '' : `${withoutNames(row.evidence, isChild)} `;
    return { pips: 3, knownText: 'Same person', knownSource: `${evidence}${confirmed}` };
  }
  const [best] = suggestions;
  if (best === undefined)
    return {
      pips: 0,
      knownText: row.lookedAt === null ? 'Not looked yet' : 'Not known to us',
      knownSource: row.lookedAt === null ? 'The list has just arrived' : `Looked ${when(row.lookedAt, now)}`,
    };
  const several = suggestions.length > 1 ? ` ${suggestions.length} records could be this person.` : '';
  const unsure =
    row.unsureAt === null ? '' : ` ${row.unsureBy ?? 'A worker'} was not sure ${when(row.unsureAt, now)}.`;
  return {
    pips: pipsOf[best.likeness],
    knownText: likenessText[best.likeness],
    knownSource: `${withoutNames(best.evidence, isChild)}${several}${unsure}`,
  };
}

/** The evidence of a match quotes names; for somebody under 18 it says only that they are alike. */
function withoutNames(evidence: string, isChild: boolean): string {
  return isChild
    ? evidence.replace(/Sounds like “[^”]*”/g, 'Name sounds alike').replace(/:? ?“[^”]*”/g, '')
    : evidence;
}

/** Has the report left us? A draft, a signed one and one that was stopped have not. */
export function hasGone(report: HearingReport): boolean {
  return report.status !== 'draft' && report.status !== 'signed' && report.status !== 'stopped';
}

/** Somebody waits for a report: one is begun and has not gone, or the court asked for one and has no answer. */
function needsReport({ request, report }: DayFacts): boolean {
  if (report !== null && report.status !== 'stopped') return !hasGone(report);
  return request !== null && request.reportWanted && request.answeredAt === null;
}

function asksAgain(consent: CourtConsent | null): boolean {
  return consent === null || consent.state !== 'given';
}

function reportCell(facts: DayFacts, now: Temporal.Instant): DayCell {
  const { row, report, request, consent, suggestions } = facts;
  if (row.personId === null && suggestions.length > 0)
    return { text: 'Do not use our record yet', quiet: true, source: 'Until somebody has checked the match' };
  if (report !== null) return writtenCell(report, now);
  if (request !== null && request.answeredAt === null) {
    return {
      text: `Needed by ${when(request.neededBy, now)}`,
      shape: isSoon(request.neededBy, now) ? 'now' : 'due',
      source: `Court asked ${when(request.askedAt, now)}. ${request.takenByName === null ? 'Nobody answering yet' : `${request.takenByName} is answering`}`,
    };
  }
  if (consent !== null && (consent.state === 'refused' || consent.state === 'withdrawn'))
    return {
      text: `${consent.state === 'refused' ? 'Declined' : 'Withdrawn'}${consent.decidedAt === null ? '' : ` ${when(consent.decidedAt, now)}`}`,
      shape: 'stop',
      source: 'No report to the court. May be asked once more',
    };
  return { text: 'None asked for', source: '' };
}

function isSoon(by: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(by, now.add(twoHours)) <= 0;
}

function writtenCell(report: HearingReport, now: Temporal.Instant): DayCell {
  const due = report.neededBy === null ? '' : `Needed by ${when(report.neededBy, now)}`;
  const at = report.at === null ? '' : ` ${when(report.at, now)}`;
  const by = report.by === undefined ? '' : ` by ${report.by}`;
  switch (report.status) {
    case 'draft':
      return due === ''
        ? { text: 'Draft', shape: 'part', source: `Started${by}${at}, not signed` }
        : {
            text: due,
            shape: report.neededBy !== null && isSoon(report.neededBy, now) ? 'now' : 'due',
            source: `Draft${by}, not signed`,
          };
    case 'signed':
      return { text: `Signed${at}`, shape: 'part', source: `Not sent. ${due}`.trim() };
    case 'sent':
      return { text: `Sent${at}`, shape: 'wait', source: `Nobody has opened it yet. ${due}`.trim() };
    case 'delivered':
      return { text: `Delivered${at}`, shape: 'wait', source: `Nobody has opened it yet. ${due}`.trim() };
    case 'stopped':
      return { text: `Stopped${at}`, shape: 'stop', source: 'It can no longer be opened' };
    case 'received':
      return { text: `Received${at}`, shape: 'done', source: `Not read by the bench yet. ${due}`.trim() };
    case 'read':
      return { text: `Read${at}`, shape: 'done', source: 'Opened and read at court' };
  }
}

function nextStep(
  facts: DayFacts,
  links: DayLinks,
  isChild: boolean,
): { readonly text: string; readonly href: string | null } {
  const { row, report, request, handover, consent } = facts;
  const nothing = { text: 'Nothing due', href: null };
  if (row.removedAt !== null) return nothing;
  const page = `/courts/appearances/${row.appearanceId}/match`;
  if (row.personId === null)
    return facts.suggestions.length > 0
      ? { text: 'Check match', href: page }
      : row.lookedAt === null
        ? nothing
        : { text: 'Offer contact', href: page };
  if (handover !== null) return { text: 'Accept handover', href: handover.href };
  if (!facts.mayOpen) return { text: 'Ask your lead to open this record', href: null };
  const ask = isChild ? 'Ask this young person' : `Ask ${facts.shortName}`;
  if (report !== null && report.status !== 'stopped') {
    if (report.status === 'draft') return { text: 'Open draft', href: links.openReport(report.id) };
    if (report.status === 'signed') return { text: 'Send report', href: links.openReport(report.id) };
    return nothing;
  }
  if (request !== null && request.answeredAt === null)
    return consent?.state === 'given'
      ? { text: 'Start report', href: links.startReport(row.personId, row.appearanceId) }
      : { text: ask, href: links.askConsent(row.personId) };
  if (consent === null || consent.state === 'not-asked' || consent.state === 'expired')
    return { text: ask, href: links.askConsent(row.personId) };
  if (consent.state === 'refused' || consent.state === 'withdrawn')
    return { text: 'Offer again', href: links.askConsent(row.personId) };
  return nothing;
}
