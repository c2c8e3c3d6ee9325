import type { TimedFact } from './clocks/clock.ts';

/** A stay: detained, or attending voluntarily (domain.md 9). Both stand on the board. */
export type StayKind = 'detention' | 'voluntary-attendance';

/** Why somebody is held. Section 136 is not an arrest for an offence: another basis, another clock (domain.md 4.7). */
export const legalBases = {
  'pace-arrest': 'Arrest',
  s136: 'Section 136',
  s135: 'Section 135',
  warrant: 'Warrant',
  immigration: 'Immigration',
  voluntary: 'Voluntary',
  'not-known': 'Legal basis not known',
} as const;
export type LegalBasis = keyof typeof legalBases;

/** How a stay ended, in the words of the page. */
export const stayOutcomes = {
  'charged-bailed': 'Charged, bailed to court',
  'charged-remanded': 'Charged, kept in custody for court',
  'released-bail': 'Released on bail, no charge yet',
  'released-under-investigation': 'Released under investigation',
  'no-further-action': 'No further action',
  'community-resolution': 'Community resolution',
  'voluntary-left': 'Voluntary attendance ended',
  transferred: 'Moved to another place of custody or hospital',
  other: 'Something else',
} as const;
export type StayOutcome = keyof typeof stayOutcomes;

/** What can be told of a stay. Anything the feed sends that is none of these is kept as `other`. */
export const stayEventKinds = [
  'arrested',
  'arrived',
  'detention-authorised',
  'moved-cell',
  'moved-suite',
  'review-done',
  'review-postponed',
  'extension',
  'warrant',
  'section-136-extended',
  'to-hospital',
  'back-from-hospital',
  'appropriate-adult-needed',
  'appropriate-adult-asked',
  'appropriate-adult-arrived',
  'appropriate-adult-left',
  'interview',
  'interview-ended',
  'charge-decision-due',
  'investigator',
  'solicitor',
  'expected-end',
  'charged',
  'bailed',
  'released',
  'transferred',
  'left',
  'identity-corrected',
  'alert',
  'other',
] as const;
export type StayEventKind = (typeof stayEventKinds)[number];

/** Four answers: nothing defaults to "no" (product.md, promise 6). */
export type AdultAnswer = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';

/** Who the feed says the person is, as it said it. Numbers are as received. */
export interface SaidIdentity {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly preferredName?: string;
  readonly description?: string;
  readonly birthDate?: string;
  readonly sex?: 'female' | 'male' | 'other';
  readonly aliases?: readonly { readonly givenName?: string; readonly familyName?: string }[];
  readonly pncId?: string;
  readonly croNumber?: string;
  readonly nhsNumber?: string;
  readonly address?: { readonly lines: string; readonly postcode?: string; readonly noFixedAbode?: boolean };
}

/** What an event says besides its kind and time. Any event may carry where the person is and why they are held. */
export interface StayEventDetail {
  readonly stayKind?: StayKind;
  readonly legalBasis?: LegalBasis;
  readonly siteId?: string;
  readonly siteCode?: string;
  readonly place?: string;
  /** Instants as ISO 8601 text: when the thing told about is due or will be. */
  readonly at?: string;
  readonly endsAt?: string;
  readonly reason?: string;
  readonly visit?: string;
  readonly where?: string;
  readonly totalHours?: number;
  readonly indictable?: boolean;
  readonly forHours?: number;
  readonly extended?: boolean;
  readonly needed?: AdultAnswer;
  readonly name?: string;
  readonly contact?: string;
  readonly outcome?: StayOutcome;
  readonly courtSiteId?: string;
  readonly courtCode?: string;
  readonly courtDate?: string;
  readonly remanded?: boolean;
  readonly what?: string;
  readonly urgency?: 'now' | 'soon' | 'note';
  readonly identity?: SaidIdentity;
  /** The kind as the feed named it, when it is none of ours. */
  readonly feedKind?: string;
}

/** One fact of a stay. */
export interface StayEvent extends TimedFact {
  readonly kind: StayEventKind;
  readonly source: string;
  readonly detail: StayEventDetail;
}

/** A stay as worked out from its events. */
export interface StayState {
  readonly kind: StayKind;
  readonly legalBasis: LegalBasis;
  readonly siteId: string | null;
  readonly siteCode: string | null;
  readonly place: string | null;
  readonly arrivedAt: Temporal.Instant | null;
  readonly firstEventAt: Temporal.Instant;
  readonly expectedEndAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  readonly outcome: StayOutcome | null;
  readonly courtSiteId: string | null;
  readonly courtDate: Temporal.PlainDate | null;
  readonly chargedAt: Temporal.Instant | null;
  readonly chargeDecisionAt: Temporal.Instant | null;
  readonly interviewAt: Temporal.Instant | null;
  readonly interviewEndsAt: Temporal.Instant | null;
  readonly investigatorName: string | null;
  readonly investigatorContact: string | null;
  readonly solicitor: string | null;
  readonly adultRequired: AdultAnswer;
  readonly adultWhy: string | null;
  readonly adultName: string | null;
  readonly adultRequestedAt: Temporal.Instant | null;
  readonly adultArrivedAt: Temporal.Instant | null;
  readonly adultLeftAt: Temporal.Instant | null;
}

/** The events that end a stay, and what they mean when they do not say. */
const ending: Partial<Record<StayEventKind, StayOutcome>> = {
  bailed: 'released-bail',
  released: 'released-under-investigation',
  transferred: 'transferred',
  left: 'voluntary-left',
};

/**
 * Events in the order in which they happened. Two events of one moment are ordered by what they say, never by when
 * they reached us, so that a stay looks the same whatever order the feed delivered.
 */
export function inOrderOfTime<E extends Pick<StayEvent, 'kind' | 'happenedAt' | 'detail'>>(
  events: readonly E[],
): readonly E[] {
  return [...events].sort(
    (a, b) =>
      Temporal.Instant.compare(a.happenedAt, b.happenedAt) ||
      stayEventKinds.indexOf(a.kind) - stayEventKinds.indexOf(b.kind) ||
      (detailText(a.detail) < detailText(b.detail) ? -1 : 1),
  );
}

/** One text for one content, whatever order its parts were written in. */
export function detailText(detail: StayEventDetail): string {
  return JSON.stringify(detail, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/**
 * Works a stay out from everything known of it. Pure; the order of `given` makes no difference. The latest fact of
 * a kind holds. An arrival told late sets the arrival; until then the first thing that happened stands in for it.
 */
export function stayFrom(given: readonly StayEvent[]): StayState {
  const events = inOrderOfTime(given);
  const last = <T>(read: (event: StayEvent) => T | undefined): T | null => {
    for (const event of events.toReversed()) {
      const found = read(event);
      if (found !== undefined) return found;
    }
    return null;
  };
  const timeOf = (...kinds: readonly StayEventKind[]) =>
    last((event) => (kinds.includes(event.kind) ? event.happenedAt : undefined));
  const instantIn = (kind: StayEventKind, read: (detail: StayEventDetail) => string | undefined) =>
    last((event) => {
      const text = event.kind === kind ? read(event.detail) : undefined;
      return text === undefined ? undefined : Temporal.Instant.from(text);
    });
  const [first] = events;
  if (first === undefined) throw new Error('A stay has at least one event');
  const arrival = events.find((event) => event.kind === 'arrived');
  const charged = events.findLast((event) => event.kind === 'charged');
  const end = events.findLast((event) => ending[event.kind] !== undefined);
  // An outcome that was said outright holds over one that only follows from how the person left.
  const said = last((event) => (ending[event.kind] === undefined ? undefined : event.detail.outcome));
  const saidKind = last((event) => event.detail.stayKind);
  const basis = last((event) => event.detail.legalBasis);
  const kind: StayKind = saidKind ?? (basis === 'voluntary' ? 'voluntary-attendance' : 'detention');
  const needed = last((event) => event.detail.needed);
  const adultAsked = timeOf('appropriate-adult-asked');
  return {
    kind,
    legalBasis: basis ?? (kind === 'voluntary-attendance' ? 'voluntary' : 'not-known'),
    siteId: last((event) => event.detail.siteId),
    siteCode: last((event) => event.detail.siteCode),
    place: last((event) => event.detail.place),
    arrivedAt: arrival?.happenedAt ?? null,
    firstEventAt: first.happenedAt,
    expectedEndAt: instantIn('expected-end', (detail) => detail.at),
    endedAt: end?.happenedAt ?? null,
    outcome: end === undefined ? null : (said ?? outcomeOf(end, charged)),
    courtSiteId: last((event) => event.detail.courtSiteId),
    courtDate: plainDate(last((event) => event.detail.courtDate)),
    chargedAt: charged?.happenedAt ?? null,
    chargeDecisionAt: instantIn('charge-decision-due', (detail) => detail.at),
    interviewAt: instantIn('interview', (detail) => detail.at) ?? timeOf('interview'),
    interviewEndsAt: timeOf('interview-ended') ?? instantIn('interview', (detail) => detail.endsAt),
    investigatorName: last((event) => (event.kind === 'investigator' ? event.detail.name : undefined)),
    investigatorContact: last((event) => (event.kind === 'investigator' ? event.detail.contact : undefined)),
    solicitor: last((event) => (event.kind === 'solicitor' ? event.detail.name : undefined)),
    adultRequired: needed ?? (adultAsked === null ? 'not-asked' : 'yes'),
    adultWhy: last((event) => (event.kind === 'appropriate-adult-needed' ? event.detail.reason : undefined)),
    adultName: last((event) =>
      event.kind.startsWith('appropriate-adult') ? (event.detail.name ?? undefined) : undefined,
    ),
    adultRequestedAt: adultAsked,
    adultArrivedAt: timeOf('appropriate-adult-arrived'),
    adultLeftAt: timeOf('appropriate-adult-left'),
  };
}

function outcomeOf(end: StayEvent, charged: StayEvent | undefined): StayOutcome {
  // Bail after charge is bail to court; before charge it is bail without one (PACE s47).
  if (end.kind === 'bailed' && charged !== undefined) return 'charged-bailed';
  if (end.kind === 'transferred' && charged?.detail.remanded === true) return 'charged-remanded';
  return ending[end.kind] ?? 'other';
}

function plainDate(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text);
}

/**
 * Who the person is, from everything the feed said: each part as it was last told, by when it happened. Null when
 * nothing was said.
 */
export function identityFrom(given: readonly StayEvent[]): SaidIdentity | null {
  const told = inOrderOfTime(given).flatMap(({ detail }) =>
    detail.identity === undefined ? [] : [detail.identity],
  );
  return told.length === 0 ? null : Object.assign({}, ...told);
}

/** The charge decision was moved: when that was told and the time before it. For "Changed 09:11, was 11:15". */
export function chargeDecisionMove(
  given: readonly StayEvent[],
): { readonly toldAt: Temporal.Instant; readonly was: Temporal.Instant } | null {
  const told = inOrderOfTime(given).filter(
    (event) => event.kind === 'charge-decision-due' && event.detail.at !== undefined,
  );
  const [now, before] = told.toReversed();
  if (now?.detail.at === undefined || before?.detail.at === undefined) return null;
  return now.detail.at === before.detail.at
    ? null
    : { toldAt: now.happenedAt, was: Temporal.Instant.from(before.detail.at) };
}
