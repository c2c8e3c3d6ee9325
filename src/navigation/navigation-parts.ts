import type { SignedInViewer } from '../access/index.ts';
import type { People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { OnAttendance } from './arrange-appointment.ts';
import type { ContactDecisions } from './record-contact.ts';

/** A service that has not answered us; from referrals. */
export interface OwedAnswer {
  readonly personId: string;
  readonly service: string;
  /** "82 days", "6 days of 5". */
  readonly waited: string;
  /** "Last chased 10 November, no reply". */
  readonly source: string;
  readonly chase: { readonly href: string; readonly text: string } | null;
  readonly other: { readonly href: string; readonly text: string } | null;
}

/** Something that happened to somebody on a caseload; from custody, courts and referrals. */
export interface CaseloadNews {
  readonly personId: string;
  /** Follows the name: "was in custody again, 22 Nov. Seen by L&D." */
  readonly text: string;
  readonly source: string;
}

/** One line of the team page; from custody (stays not seen) and reports (late). */
export interface TeamLine {
  readonly personId: string;
  readonly text: string;
  readonly source: string;
  readonly href: string;
}

/** What navigation needs of the others. Everything optional is connected in app.ts when its module is there. */
export interface NavigationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly contactDecisions?: ContactDecisions | undefined;
  readonly onAttendance?: OnAttendance | undefined;
  /** What others owe this worker's people. A fixed number of queries. */
  readonly owedAnswers?:
    | ((
        tx: Tx,
        viewer: SignedInViewer,
        personIds: readonly string[],
        now: Temporal.Instant,
      ) => Promise<readonly OwedAnswer[]>)
    | undefined;
  /** News about these people since yesterday. A fixed number of queries. */
  readonly caseloadNews?:
    | ((
        tx: Tx,
        viewer: SignedInViewer,
        personIds: readonly string[],
        now: Temporal.Instant,
      ) => Promise<readonly CaseloadNews[]>)
    | undefined;
  readonly staysNotSeen?:
    ((tx: Tx, viewer: SignedInViewer, now: Temporal.Instant) => Promise<readonly TeamLine[]>) | undefined;
  readonly reportsLate?:
    ((tx: Tx, viewer: SignedInViewer, now: Temporal.Instant) => Promise<readonly TeamLine[]>) | undefined;
}
