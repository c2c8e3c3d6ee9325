import type { Viewer } from '../access/index.ts';
import type { NeedKind, People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Outcome } from '../platform/result.ts';

// What this module asks of consent, sharing and assessment, in the shapes they export. app.ts connects them.

export type ItemCategory = 'identity' | 'need' | 'taking-part' | 'arranged' | 'contact-details';

/** One line of a letter, as sharing decides on it. */
export interface LetterItem {
  readonly key: string;
  readonly category: ItemCategory;
  readonly needKind?: NeedKind;
  readonly label: string;
}

/** To whom, for sharing: one named service. */
export interface ServiceRecipient {
  readonly kind: 'service';
  readonly serviceId: string;
  readonly name: string;
}

export interface LetterDecision {
  readonly item: { readonly key: string };
  readonly answer: 'may' | 'may-not' | 'in-part';
  readonly reason: string;
  readonly remedy: 'ask-person' | 'record-legal-reason' | null;
}

/** src/sharing: the one place that decides whether a line may go. */
export interface SharingPort {
  decide(
    tx: Tx,
    viewer: Viewer,
    input: {
      readonly personId: string;
      readonly recipient: ServiceRecipient;
      readonly purpose: 'referral';
      readonly items: readonly LetterItem[];
      readonly now: Temporal.Instant;
    },
  ): Promise<readonly LetterDecision[]>;
  discloseItems(
    tx: Tx,
    viewer: Viewer,
    input: {
      readonly personId: string;
      readonly episodeId: string;
      readonly recipient: ServiceRecipient;
      readonly purpose: 'referral';
      readonly what: 'referral';
      readonly subjectId: string;
      readonly items: readonly LetterItem[];
      readonly channel: 'link' | 'message';
      readonly now: Temporal.Instant;
    },
  ): Promise<Outcome<{ readonly disclosureId: string }, string>>;
  markReceipt(
    tx: Tx,
    viewer: Viewer,
    disclosureId: string,
    receipt: 'delivered' | 'received' | 'read',
    at: Temporal.Instant,
    by: string,
  ): Promise<unknown>;
}

/** What a person agreed to about one service. */
export interface ServiceConsent {
  readonly state: 'given' | 'refused' | 'withdrawn' | 'expired' | 'not-asked' | 'conflict';
  /** "Agreed, told S Mistry, 09:14" */
  readonly words: string;
}

/** src/consent: what was agreed for one named service, and recording it in the same conversation. */
export interface ConsentPort {
  forService(
    tx: Tx,
    viewer: Viewer,
    personId: string,
    service: { readonly serviceId: string; readonly name: string },
    now: Temporal.Instant,
  ): Promise<ServiceConsent>;
  /** Its own use case, in the caller's transaction. */
  recordForService(
    tx: Tx,
    viewer: Viewer,
    input: {
      readonly personId: string;
      readonly serviceId: string;
      readonly name: string;
      readonly decision: 'given' | 'refused';
      readonly how: 'spoken' | 'written' | 'signed' | 'interpreter';
      readonly reference: string;
      readonly now: Temporal.Instant;
    },
  ): Promise<Outcome<unknown, string>>;
}

/** A need on the record, as src/assessment tells it. */
export interface NeedOfPerson {
  readonly kind: NeedKind;
  readonly detail: string | null;
  readonly wantsHelp: 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';
  readonly answer: 'found' | 'no-need' | 'declined' | 'unknown';
}

/** A first appointment, for whoever keeps a diary. */
export interface AppointmentNews {
  readonly change: 'offered' | 'agreed' | 'attended' | 'did-not-attend' | 'called-off';
  readonly referralId: string;
  readonly appointmentId: string;
  readonly personId: string;
  readonly serviceName: string;
  readonly startsAt: Temporal.Instant;
  readonly place: string;
  /** Who sees to the referral. */
  readonly ownerId: string;
  readonly teamId: string | null;
  /** The attendance code, when it is known (domain.md 1.8). */
  readonly code: string | null;
}

/** What the referrals module needs; app.ts passes it. */
export interface ReferralParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  /** Without a slash at the end; links in messages begin with it. */
  readonly baseUrl: string;
  /** At least 32 random characters of this installation; link tokens are made from it. */
  readonly linkSecret: string;
  /** The name on messages and public pages. */
  readonly organisation: string;
  readonly sharing: SharingPort;
  readonly consent: ConsentPort;
  needsOf(tx: Tx, viewer: Viewer, personId: string): Promise<readonly NeedOfPerson[]>;
  onAppointment(tx: Tx, viewer: Viewer, news: AppointmentNews): Promise<void>;
}
