import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { viewerOf } from '../access/index.ts';
import { ageOn, displayName, earlierEpisodes, findPeople, personPage } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { parseForm, textField } from '../platform/forms/form.ts';
import { likenessWords, reasonsOf } from './add-routes.ts';
import type { CustodyParts } from './custody-parts.ts';
import { settleIdentity, suggestionsFor } from './settle-identity.ts';
import { latestStay } from './stay-store.ts';

const personParamsSchema = z.object({ personId: z.uuid() });

/** Do we know them? Records that may be the same person, with why; a human decides, and the decision is kept. */
export function registerIdentityRoutes(server: FastifyInstance, parts: CustodyParts): void {
  server.get(
    '/people/:personId/identity',
    { config: { permission: 'match.decide' }, schema: { params: personParamsSchema } },
    (request, reply) =>
      personPage(parts, request, reply, {
        personId: personParamsSchema.parse(request.params).personId,
        tab: 'custody',
        template: 'identity.njk',
        what: 'do we know them',
        load: async ({ tx, viewer, person, now }) => {
          const stay = await latestStay(tx, viewer, person.id);
          if (stay === null) return null;
          const settled = stay.identity === 'confirmed-known' || stay.madePersonId !== person.id;
          const likely = settled ? [] : await suggestionsFor(tx, viewer, stay, person, now);
          const ids = likely.map((each) => each.personId);
          const people = await findPeople(tx, viewer, ids);
          const episodes = await earlierEpisodes(tx, viewer, ids);
          return {
            settled,
            candidates: likely.flatMap((each) => {
              const known = people.get(each.personId);
              if (known === undefined) return [];
              const count = episodes.get(known.id) ?? 0;
              return [
                {
                  id: each.personId,
                  name: displayName(known),
                  born: known.birthDate,
                  age: known.birthDate === null ? null : ageOn(known.birthDate, londonDate(now)),
                  band: likenessWords(each),
                  reasons: reasonsOf(each),
                  before:
                    count === 0
                      ? 'No earlier episode'
                      : count === 1
                        ? '1 earlier episode'
                        : `${count} earlier episodes`,
                },
              ];
            }),
            boardHref: stay.siteId === null ? '/suites/unplaced' : `/suites/${stay.siteId}`,
          };
        },
      }),
  );

  server.post(
    '/people/:personId/identity',
    { config: { permission: 'match.decide' }, schema: { params: personParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = personParamsSchema.parse(request.params);
      const form = parseForm(
        { known: textField(z.uuid()), decision: textField(z.enum(['same', 'different'])) },
        request.body,
        { now: parts.clock.now() },
      );
      if (!form.ok)
        return reply.refusal({ code: 'incomplete', message: 'Choose whether this is the same person' }, 422);
      const settled = await settleIdentity(parts, viewer, request.reference, personId, {
        knownPersonId: form.values.known,
        decision: form.values.decision,
      });
      if (settled.ok)
        return reply.redirect(
          form.values.decision === 'same'
            ? `/people/${settled.value.personId}`
            : `/people/${settled.value.personId}/identity`,
          303,
        );
      return settled.refusal.code === 'not-found' ? reply.missing() : reply.refusal(settled.refusal);
    },
  );
}
