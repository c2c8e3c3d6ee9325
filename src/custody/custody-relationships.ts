import type { RelationshipSource } from '../access/index.ts';
import type { Clock } from '../platform/clock.ts';
import { suitesOf } from './suite-store.ts';
import { staysForAccess } from './stay-store.ts';

/** How long after somebody left custody their suite may still open the record: to finish, to ring, to hand over. */
const AFTER_LEAVING_HOURS = 48;

/**
 * Being in custody makes a relationship: custody staff with the people of their own suite, a lead with every suite of
 * the area, now or within 48 hours of leaving. Somebody whose suite we could not tell is everybody's until placed.
 */
export function custodyRelationships(clock: Clock): RelationshipSource {
  return {
    name: 'custody',
    async find(tx, viewer, personIds) {
      const found = new Map<string, string>();
      const roles: readonly string[] = ['custody-healthcare', 'custody-practitioner', 'lead'];
      if (!roles.includes(viewer.role)) return found;
      const suites = new Set((await suitesOf(tx, viewer)).map((suite) => suite.id));
      const since = clock.now().subtract({ hours: AFTER_LEAVING_HOURS });
      for (const stay of await staysForAccess(tx, viewer, personIds, since)) {
        if (found.has(stay.personId)) continue;
        if (stay.siteId === null ? stay.endedAt !== null : !suites.has(stay.siteId)) continue;
        const where =
          stay.siteId === null
            ? 'in custody at a suite we could not tell'
            : viewer.role === 'lead'
              ? `at ${stay.siteName ?? 'a suite of the area'}`
              : 'your suite';
        found.set(
          stay.personId,
          stay.siteId === null
            ? where
            : stay.endedAt === null
              ? stay.kind === 'detention'
                ? `detained ${viewer.role === 'lead' ? where : `in ${where}`}`
                : `attending voluntarily ${viewer.role === 'lead' ? where : `in ${where}`}`
              : `somebody who left ${viewer.role === 'lead' ? where.replace(/^at /, '') : where} in the last 48 hours`,
        );
      }
      return found;
    },
  };
}
