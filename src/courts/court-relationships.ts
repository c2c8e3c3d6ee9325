import { sql } from 'kysely';
import type { RelationshipSource } from '../access/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';

// A practitioner prepares in the week before a hearing and finishes in the fortnight after it. To be confirmed
// with the service: no source gives the figures.
const DAYS_BEFORE = 7;
const DAYS_AFTER = 14;

/**
 * "Listed in your court": people whom a worker confirmed on a list, from 7 days before a sitting to 14 days after.
 * For the practitioners of that court, and for leads at any court of the area. A suggestion opens nothing.
 */
export function courtRelationships(parts: { readonly clock: Clock }): RelationshipSource {
  return {
    name: 'court',
    async find(tx, viewer, personIds) {
      const isLead = viewer.role === 'lead';
      if (
        personIds.length === 0 ||
        (!isLead && (viewer.role !== 'court-practitioner' || viewer.siteId === null))
      )
        return new Map();
      const today = londonDate(parts.clock.now());
      const { rows } = await sql<{ person_id: string; short_name: string }>`
        select distinct on (a.person_id) a.person_id, site.short_name
        from court_appearance a
        join court_sitting s on s.hearing_id = a.hearing_id
        join site on site.id = s.site_id
        where a.person_id = any(${personIds}::uuid[])
          and s.day between ${today.subtract({ days: DAYS_AFTER })} and ${today.add({ days: DAYS_BEFORE })}
          and (${isLead} or s.site_id = ${viewer.siteId})
        order by a.person_id, s.day desc`.execute(tx);
      return new Map(
        rows.map((row) => [
          row.person_id,
          isLead ? `listed at ${row.short_name} court` : 'listed in your court',
        ]),
      );
    },
  };
}
