import type { DatabaseContext } from '../platform/database.ts';

/** The roles of product.md, "Who uses it". A person who holds several chooses one when signing in. */
export const roles = {
  'custody-healthcare': { label: 'Custody healthcare', kind: 'staff', startsOn: '/suites' },
  'custody-practitioner': { label: 'Liaison and diversion, custody', kind: 'staff', startsOn: '/suites' },
  'court-practitioner': { label: 'Liaison and diversion, court', kind: 'staff', startsOn: '/courts' },
  navigator: { label: 'Community navigator', kind: 'staff', startsOn: '/today' },
  lead: { label: 'Team lead', kind: 'staff', startsOn: '/team' },
  'partner-worker': { label: 'Partner service', kind: 'partner', startsOn: '/referrals-to-us' },
  'justice-reader': {
    label: 'Police, courts, probation',
    kind: 'justice',
    startsOn: '/reports-shared-with-me',
  },
  commissioner: { label: 'Commissioner', kind: 'commissioner', startsOn: '/insight' },
  'privacy-officer': { label: 'Privacy officer', kind: 'staff', startsOn: '/access-review' },
  administrator: { label: 'Administrator', kind: 'administrator', startsOn: '/administration' },
} as const satisfies Record<
  string,
  {
    label: string;
    kind: 'staff' | 'partner' | 'justice' | 'commissioner' | 'administrator';
    startsOn: string;
  }
>;

export type Role = keyof typeof roles;

/** Somebody signed in, in the one role they chose. Decides what they may see and is named in the audit. */
export interface SignedInViewer {
  readonly kind: 'staff' | 'partner' | 'justice' | 'commissioner' | 'administrator';
  readonly areaId: string;
  readonly workerId: string;
  readonly name: string;
  /** Professional registration as it appears under a report, for example "NMC 00A0000E". */
  readonly registration: string | null;
  readonly role: Role;
  readonly workerRoleId: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly serviceId: string | null;
  readonly sessionId: string;
}

/** The program itself: a feed, a job, a command. `actor` says which, for the audit. */
export interface SystemViewer {
  readonly kind: 'system';
  readonly areaId: string;
  readonly actor: string;
}

/** Somebody without an account who holds a single-purpose link. */
export interface LinkViewer {
  readonly kind: 'link';
  readonly areaId: string;
  readonly linkId: string;
  readonly linkTokenHash: string;
  readonly subjectId: string;
  readonly personId: string;
  readonly recipientName: string;
}

export type Viewer = SignedInViewer | SystemViewer | LinkViewer;

/** What row-level security needs to know of a viewer. */
export function databaseContext(viewer: Viewer): DatabaseContext {
  switch (viewer.kind) {
    case 'system':
      return { kind: 'system', area: viewer.areaId };
    case 'link':
      return {
        kind: 'link',
        area: viewer.areaId,
        linkToken: viewer.linkTokenHash,
        linkSubject: viewer.subjectId,
      };
    default:
      return {
        kind: viewer.kind,
        area: viewer.areaId,
        worker: viewer.workerId,
        ...(viewer.serviceId === null ? {} : { service: viewer.serviceId }),
      };
  }
}

/** The person who works here on whose behalf something is done, or null for the system and link holders. */
export function workerIdOf(viewer: Viewer): string | null {
  return viewer.kind === 'system' || viewer.kind === 'link' ? null : viewer.workerId;
}
