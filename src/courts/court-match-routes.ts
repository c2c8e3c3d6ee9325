import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { matchRecordsOf } from '../matching/index.ts';
import { displayName, findPeople } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { oneText, typedBody } from '../platform/forms/form.ts';
import { backToDay } from './court-day-routes.ts';
import { courtMatchModel } from './court-match-page.ts';
import type { CourtParts } from './court-parts.ts';
import { decideCourtMatch, recordListedPerson } from './decide-court-match.ts';
import { listedPerson, suggestionsFor } from './match-store.ts';

const paramsSchema = z.object({ appearanceId: z.uuid() });
const decisionSchema = z.object({
  personId: z.uuid(),
  decision: z.enum(['same', 'different', 'unsure']),
  reason: z.string().max(500),
});

/** Is this someone we know: the list beside our record, and a worker's answer. */
export function registerCourtMatchRoutes(server: FastifyInstance, parts: CourtParts): void {
  const address = '/courts/appearances/:appearanceId/match';
  server.get(
    address,
    { config: { permission: 'match.decide' }, schema: { params: paramsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { appearanceId } = paramsSchema.parse(request.params);
      const model = await parts.database.transaction(databaseContext(viewer), (tx) =>
        loadMatch(parts, tx, viewer, appearanceId, request.reference),
      );
      return model === null ? reply.missing() : reply.page('court-match.njk', model);
    },
  );

  server.post(
    address,
    { config: { permission: 'match.decide' }, schema: { params: paramsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { appearanceId } = paramsSchema.parse(request.params);
      const typed = typedBody(request.body);
      const read = decisionSchema.safeParse({
        personId: oneText(typed, 'personId'),
        decision: oneText(typed, 'decision'),
        reason: oneText(typed, 'reason'),
      });
      if (!read.success)
        return reply.refusal(
          { code: 'no-answer', message: 'Choose whether this is the same person, then send it again.' },
          422,
        );
      const { reason, ...decision } = read.data;
      const outcome = await decideCourtMatch(parts, viewer, {
        ...decision,
        appearanceId,
        reason: reason === '' ? null : reason,
        reference: request.reference,
      });
      if (outcome.ok)
        return reply.redirect(`${backToDay(outcome.value, parts.clock.now())}#a-${appearanceId}`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  server.post(
    '/courts/appearances/:appearanceId/record',
    { config: { permission: 'match.decide' }, schema: { params: paramsSchema } },
    async (request, reply) => {
      const { appearanceId } = paramsSchema.parse(request.params);
      const outcome = await recordListedPerson(parts, viewerOf(request), {
        appearanceId,
        reference: request.reference,
      });
      if (outcome.ok) return reply.redirect(parts.links.offerContact(outcome.value.personId), 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );
}

/** What the page compares. Seeing a record's facts is a view of it, and is written down as one for each record. */
async function loadMatch(
  parts: CourtParts,
  tx: Tx,
  viewer: SignedInViewer,
  appearanceId: string,
  reference: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const now = parts.clock.now();
  const listed = await listedPerson(tx, viewer, appearanceId, { lock: false });
  if (listed === null) return null;
  const all = (await suggestionsFor(tx, viewer, [listed.id])).get(listed.id) ?? [];
  const ids = listed.personId === null ? all.map((one) => one.personId) : [listed.personId];
  const people = await findPeople(tx, viewer, ids);
  const records = await matchRecordsOf(tx, viewer, ids, 'every');
  await recordAudit(
    tx,
    now,
    auditActor(viewer, reference),
    ...ids.map((personId) => ({
      action: 'viewed' as const,
      personId,
      subjectKind: 'court match',
      subjectId: listed.id,
    })),
  );
  return courtMatchModel(
    listed,
    ids.map((personId) => {
      const person = people.get(personId);
      return {
        personId,
        name: person === undefined ? 'A record that was joined with another' : displayName(person),
        sealed: person?.sealed === true,
        record: records.get(personId) ?? null,
        suggestion: all.find((one) => one.personId === personId) ?? null,
      };
    }),
    now,
  );
}
