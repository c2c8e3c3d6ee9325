import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { ageOn, type People } from '../people/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { dateLong } from '../platform/views/dates.ts';
import { searchPeople, type FoundPerson } from './search-people.ts';

export interface MatchingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
}

const searchSchema = z.object({ q: z.string().trim().max(120).default('') });

/** The search box: who is this, do we know them. */
export function registerMatchingRoutes(server: FastifyInstance, parts: MatchingParts): void {
  server.get(
    '/people',
    { config: { permission: 'person.search' }, schema: { querystring: searchSchema } },
    async (request, reply) => {
      const { q } = searchSchema.parse(request.query);
      if (q === '') return reply.page('search-people.njk', { typed: '', rows: [], notes: [], more: false });
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const result = await parts.database.transaction(databaseContext(viewer), (tx) =>
        searchPeople(parts.people, tx, viewer, q, now, request.reference),
      );
      return reply.page('search-people.njk', {
        typed: q,
        notes: result.query.notes,
        more: result.more,
        rows: result.found.map((found) => rowOf(found, londonDate(now))),
      });
    },
  );
}

function rowOf(found: FoundPerson, today: Temporal.PlainDate): Readonly<Record<string, unknown>> {
  const { person } = found;
  return {
    name: found.name,
    also: found.alsoKnownAs.length === 0 ? '' : `Also known as ${found.alsoKnownAs.slice(0, 3).join(', ')}`,
    born:
      person.birthDate === null
        ? 'Birth date not known'
        : `${dateLong(person.birthDate)}, ${ageOn(person.birthDate, today)}`,
    because: found.relationship === null ? null : found.relationship.because,
    href: found.relationship === null ? `/people/${person.id}/break-glass` : `/people/${person.id}`,
  };
}
