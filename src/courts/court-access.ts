import type { Viewer } from '../access/index.ts';

/**
 * May this viewer work on this court's lists? The practitioners of that court and the leads of the area; nobody is
 * shown another court's list, because a list says who is accused of something.
 */
export function mayUseCourt(viewer: Viewer, siteId: string | null): boolean {
  if (viewer.kind === 'system') return true;
  if (viewer.kind !== 'staff') return false;
  if (viewer.role === 'lead') return true;
  return viewer.role === 'court-practitioner' && siteId !== null && viewer.siteId === siteId;
}
