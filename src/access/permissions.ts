import type { Role, Viewer } from './viewer.ts';

const anybodySignedIn: readonly Role[] = [
  'custody-healthcare',
  'custody-practitioner',
  'court-practitioner',
  'navigator',
  'lead',
  'partner-worker',
  'justice-reader',
  'commissioner',
  'privacy-officer',
  'administrator',
];
const practitioners: readonly Role[] = [
  'custody-healthcare',
  'custody-practitioner',
  'court-practitioner',
  'navigator',
  'lead',
];

/**
 * What each role may do. Default deny: a route that names a permission missing here does not start, and a role
 * missing from a row is refused. Whether a viewer may see *this person* is decided by relationships.ts as well.
 */
export const permissions = {
  'signed-in': anybodySignedIn,
  live: anybodySignedIn,
  drafts: practitioners,
  'suite-board.view': ['custody-healthcare', 'custody-practitioner', 'lead'],
  'custody.record': ['custody-healthcare', 'custody-practitioner', 'lead'],
  'person.search': practitioners,
  'person.view': practitioners,
  'person.edit': practitioners,
  'person.break-glass': practitioners,
  'match.decide': practitioners,
  'consent.record': practitioners,
  'sharing.disclose': practitioners,
  'sharing.review': ['privacy-officer', 'lead'],
  'screening.record': practitioners,
  'assessment.record': practitioners,
  'report.write': ['custody-healthcare', 'custody-practitioner', 'court-practitioner', 'lead'],
  'report.read-shared': ['justice-reader'],
  'court.view': ['court-practitioner', 'lead'],
  'court.record': ['court-practitioner', 'lead'],
  'handover.view': practitioners,
  'handover.act': practitioners,
  'directory.view': practitioners,
  'directory.manage': ['lead', 'administrator'],
  'referral.view': practitioners,
  'referral.write': practitioners,
  'referral.answer': ['partner-worker'],
  'today.view': ['navigator', 'lead'],
  'contact.record': practitioners,
  'team.view': ['lead'],
  'insight.view': ['commissioner', 'lead'],
  'audit.review': ['privacy-officer'],
  'break-glass.review': ['privacy-officer'],
  'data-quality.review': ['lead', 'privacy-officer'],
  'administration.sites': ['administrator'],
  'administration.workers': ['administrator'],
  'administration.sessions': ['administrator'],
  'administration.feeds': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

/** A right a route or a job declares. */
export type Permission = keyof typeof permissions;

/** True for a name that stands in the table above. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(permissions, name);
}

/** May this viewer do this at all? The system may; a link holder may not, their routes are public and check the link. */
export function mayDo(viewer: Viewer, permission: Permission): boolean {
  if (viewer.kind === 'system') return true;
  if (viewer.kind === 'link') return false;
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(viewer.role);
}
