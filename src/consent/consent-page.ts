import type { SignedInViewer } from '../access/index.ts';
import { ageAndSource, shortName, type Person, type StatusShape } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { when } from '../platform/views/dates.ts';
import { statusesOf, type ConsentStatus } from './consent-statuses.ts';
import { sixteenOrOver } from './consent-status.ts';
import {
  findCapacity,
  findDecisions,
  type CapacityStanding,
  type RecordedDecision,
} from './consent-store.ts';
import { subjectHint, subjectKey, subjectWords, type ConsentSubject } from './consent-subject.ts';
import { contactWords, extentWords, howWords, shapeOf } from './consent-words.ts';
import { findSafeContact } from './safe-contact.ts';

/** What already went because of an agreement, one line each; app.ts connects it to sharing. */
export type AlreadyShared = (
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
  now: Temporal.Instant,
) => Promise<ReadonlyMap<string, readonly string[]>>;

interface Choice {
  readonly value: string;
  readonly text: string;
}

/** One line of the page: what stands, and what may be chosen now. */
export interface ConsentRow {
  readonly key: string;
  readonly words: string;
  readonly hint: string;
  readonly shape: StatusShape;
  readonly state: string;
  readonly what: string | null;
  readonly source: string | null;
  readonly old: string | null;
  readonly choices: readonly Choice[];
  readonly no: Choice;
  readonly leave: string;
  readonly already: readonly string[];
  readonly capacity: { readonly text: string; readonly href: string } | null;
  readonly safe: readonly string[];
}

// After three months an answer is shown as old: people's minds and cases change (design reference, Age and source).
const ASK_AGAIN_AFTER = Temporal.Duration.from({ months: 3 });

const shareChoices: readonly Choice[] = [
  { value: 'given:all-relevant', text: 'Everything relevant' },
  { value: 'given:recommendation-and-needs', text: 'Recommendation and needs' },
  { value: 'given:recommendation-only', text: 'Recommendation only' },
];

/** The ways to agree to a subject: one press says both yes and how much. */
function choicesFor(subject: ConsentSubject): readonly Choice[] {
  if (subject.kind === 'contact-after-release')
    return [
      { value: 'given:ring-or-text', text: contactWords['ring-or-text'] },
      { value: 'given:text', text: contactWords.text },
      { value: 'given:ring', text: contactWords.ring },
    ];
  if (subject.kind === 'share' && subject.recipient === 'family')
    return [
      { value: 'given:recommendation-and-needs', text: 'What is arranged' },
      { value: 'given:all-relevant', text: 'Also keeping safe' },
    ];
  if (subject.kind === 'share') return shareChoices;
  return [{ value: 'given', text: 'Agreed' }];
}

/** The way to say no: taking back what stands, or refusing. */
function noFor(state: ConsentStatus['state']): Choice {
  return state === 'given'
    ? { value: 'withdrawn', text: 'Takes it back' }
    : { value: 'refused', text: 'Refused' };
}

/** Loads the page: statuses, history, capacity, safe contact and what already went, in five queries. */
export async function loadConsentPage(
  parts: { readonly alreadyShared: AlreadyShared },
  scope: {
    readonly tx: Tx;
    readonly viewer: SignedInViewer;
    readonly person: Person;
    readonly now: Temporal.Instant;
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { tx, viewer, person, now } = scope;
  const decisions = await findDecisions(tx, viewer, person.id);
  const capacity = await findCapacity(tx, viewer, person.id);
  const already = await parts.alreadyShared(tx, viewer, person.id, now);
  const safe = await findSafeContact(tx, viewer, person.id);
  const statuses = statusesOf(decisions, { birthDate: person.birthDate, now });
  const rows = statuses.map((status) => rowOf(status, { person, now, capacity, already, safe }));
  const of = (test: (subject: ConsentSubject) => boolean) =>
    rows.filter((_, index) => {
      const status = statuses[index];
      return status !== undefined && test(status.subject);
    });
  const young = !sixteenOrOver(person.birthDate, now);
  return {
    groups: [
      { id: 'seen', title: 'Talking with us', rows: of((subject) => subject.kind === 'being-seen') },
      { id: 'share', title: 'Who may be told', rows: of((subject) => subject.kind === 'share'), adds: true },
      { id: 'look-up', title: 'Looking things up', rows: of((subject) => subject.kind === 'look-up') },
      {
        id: 'after',
        title: 'Afterwards',
        rows: of((subject) => subject.kind === 'contact-after-release' || subject.kind === 'evaluation'),
      },
    ],
    newFamily: choicesFor({ kind: 'share', recipient: 'family' }),
    newService: choicesFor({ kind: 'share', recipient: 'service' }),
    newNo: noFor('not-asked'),
    young,
    ageKnown: person.birthDate !== null,
    conflicts: rows.filter((row) => row.state.startsWith('Two different')).map((row) => row.words),
    history: [...decisions].reverse().map((entry) => historyRow(entry, now, person.id)),
  };
}

interface RowScope {
  readonly person: Person;
  readonly now: Temporal.Instant;
  readonly capacity: ReadonlyMap<string, CapacityStanding>;
  readonly already: ReadonlyMap<string, readonly string[]>;
  readonly safe: readonly string[];
}

function rowOf(status: ConsentStatus, scope: RowScope): ConsentRow {
  const { person, now } = scope;
  const key = subjectKey(status.subject);
  const told =
    status.decidedAt === null
      ? null
      : ageAndSource({
          basis: 'told-us',
          by: status.recordedBy,
          at: status.decidedAt,
          now,
          limit: ASK_AGAIN_AFTER,
          checkWith: shortName(person),
        });
  const doubt = scope.capacity.get(key);
  const closed = status.state === 'withdrawn' || status.state === 'refused' || status.state === 'conflict';
  return {
    key,
    words: subjectWords(status.subject),
    hint: subjectHint(status.subject),
    shape: shapeOf(status.state, status.extent),
    state: status.words,
    what: whatMayGo(status),
    source:
      told === null ? null : [told.source, status.how, told.age].filter((part) => part !== null).join(', '),
    old: told?.check ?? null,
    choices: choicesFor(status.subject),
    no: noFor(status.state),
    leave: status.state === 'not-asked' ? 'Not asked' : 'No change',
    already: closed ? (scope.already.get(key) ?? []) : [],
    capacity:
      doubt === undefined
        ? null
        : {
            text: capacityWords(doubt, shortName(person), now),
            href: `/people/${person.id}/consent/capacity?about=${key}`,
          },
    safe: status.subject.kind === 'contact-after-release' ? scope.safe : [],
  };
}

function capacityWords(standing: CapacityStanding, name: string, now: Temporal.Instant): string {
  const at = when(standing.assessedAt, now);
  if (standing.outcome === 'able') return `Found able to decide ${at}`;
  if (standing.outcome === 'not-able') return `${name} was found not able to decide, ${at}. Assess again`;
  return `Waiting: look again${standing.lookAgainAt === null ? '' : ` ${when(standing.lookAgainAt, now)}`}`;
}

/** What may go, in words: "Recommendation and needs only", "Text only". */
export function whatMayGo(status: ConsentStatus): string | null {
  if (status.state !== 'given') return null;
  if (status.contactHow !== null) return contactWords[status.contactHow];
  if (status.extent === null) return null;
  if (status.subject.kind === 'share' && status.subject.recipient === 'family')
    return status.extent === 'all-relevant' ? 'What is arranged, and keeping safe' : 'What is arranged';
  return `${extentWords[status.extent]}${status.partnerRecords ? ', with what other services told us' : ''}`;
}

const decisionWords = { given: 'Agreed', refused: 'Refused', withdrawn: 'Taken back' } as const;

function historyRow(
  entry: RecordedDecision,
  now: Temporal.Instant,
  personId: string,
): Readonly<Record<string, unknown>> {
  const extent = entry.extent === null ? '' : `: ${extentWords[entry.extent].toLowerCase()}`;
  const contact = entry.contactHow === null ? '' : `: ${contactWords[entry.contactHow].toLowerCase()}`;
  const by = entry.holder === 'person' ? '' : ` by ${entry.holderName ?? ''}, parental responsibility`;
  return {
    id: entry.id,
    when: when(entry.decidedAt, now),
    words: subjectWords(entry.subject),
    text: `${decisionWords[entry.decision]}${extent}${contact}${by}`,
    source: `Told ${entry.recordedBy}, ${howWords(entry)}`,
    struckOut: entry.struckOut?.reason ?? null,
    mistake: entry.struckOut === null ? `/people/${personId}/consent/decisions/${entry.id}/mistake` : null,
  };
}
