import type { Viewer } from '../access/index.ts';
import type { OnWithdrawn } from '../consent/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';

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
  /** Less may go than before, because of what was recorded on a letter's page; the same as consent's own. */
  readonly onWithdrawn: OnWithdrawn;
  /** A first appointment was offered, agreed, kept or missed: for whoever keeps diaries. In the same transaction. */
  onAppointment(tx: Tx, viewer: Viewer, news: AppointmentNews): Promise<void>;
}
