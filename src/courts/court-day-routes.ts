import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate } from '../platform/clock.ts';
import { dayLong } from '../platform/views/dates.ts';
import { courtDayModel, dayAddress } from './court-day-page.ts';
import { courtsNotPlaced, courtsOf, dayCounts, findCourt } from './court-day-store.ts';
import type { CourtParts } from './court-parts.ts';
import { loadCourtDay } from './load-court-day.ts';
import { lookAgain } from './look-for-people.ts';

export const siteParamsSchema = z.object({ siteId: z.uuid() });
const querySchema = z.object({
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  show: z.enum(['all', 'known', 'check', 'report', 'cells', 'ask']).catch('all'),
  room: z.string().max(100).optional().catch(undefined),
  print: z.literal('yes').optional().catch(undefined),
});

/** The day in an address, or today when there is none or it is no day. */
export function dayIn(text: string | undefined, now: Temporal.Instant): Temporal.PlainDate {
  try {
    return text === undefined ? londonDate(now) : Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return londonDate(now);
  }
}

/** Choosing a court, and its day. */
export function registerCourtDayRoutes(server: FastifyInstance, parts: CourtParts): void {
  server.get('/courts', { config: { permission: 'court.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const loaded = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const courts = await courtsOf(tx, viewer);
      const counts = await dayCounts(
        tx,
        viewer,
        courts.map((court) => court.id),
        londonDate(now),
      );
      const unplaced = viewer.role === 'lead' ? await courtsNotPlaced(tx, viewer) : null;
      return { courts, counts, unplaced };
    });
    const [only] = loaded.courts;
    if (only !== undefined && loaded.courts.length === 1 && loaded.unplaced === null)
      return reply.redirect(`/courts/${only.id}`, 303);
    return reply.page('courts.njk', {
      now,
      heading: dayLong(now),
      courtRows: loaded.courts.map((court) => {
        const count = loaded.counts.get(court.id);
        return {
          cells: [
            { text: court.name, href: `/courts/${court.id}` },
            count === undefined
              ? { text: 'No list received yet', quiet: true }
              : { text: count.people === 1 ? '1 person' : `${count.people} people` },
            { text: count === undefined || count.known === 0 ? 'Nobody yet' : String(count.known) },
          ],
        };
      }),
      showUnplaced: loaded.unplaced !== null,
      unplacedRows: (loaded.unplaced ?? []).map((court) => ({
        cells: [
          { text: court.code },
          { text: court.name ?? 'No name received' },
          { text: String(court.people) },
        ],
      })),
    });
  });

  server.get(
    '/courts/:siteId',
    { config: { permission: 'court.view' }, schema: { params: siteParamsSchema, querystring: querySchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const { siteId } = siteParamsSchema.parse(request.params);
      const query = querySchema.parse(request.query);
      const day = dayIn(query.day, now);
      const model = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const court = await findCourt(tx, viewer, siteId);
        if (court === null) return null;
        const loaded = await loadCourtDay(parts, tx, viewer, court.id, day, now);
        await recordAudit(tx, now, auditActor(viewer, request.reference), {
          action: query.print === 'yes' ? 'printed' : 'viewed',
          subjectKind: 'court day',
          subjectId: court.id,
          detail: { day: day.toString(), people: loaded.items.length, show: query.show },
        });
        return courtDayModel(
          court,
          loaded,
          { day, show: query.show, whole: query.print === 'yes' ? 'every' : (query.room ?? null) },
          viewer,
          now,
        );
      });
      return model === null ? reply.missing() : reply.page('court-day.njk', model);
    },
  );
}

/** Asking our records once more about everybody on a court's lists. */
export function registerLookAgainRoute(server: FastifyInstance, parts: CourtParts): void {
  server.post(
    '/courts/:siteId/look-again',
    { config: { permission: 'match.decide' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { siteId } = siteParamsSchema.parse(request.params);
      const court = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const found = await findCourt(tx, viewer, siteId);
        if (found !== null)
          await recordAudit(tx, parts.clock.now(), auditActor(viewer, request.reference), {
            action: 'searched',
            subjectKind: 'court day',
            subjectId: siteId,
          });
        return found;
      });
      if (court === null) return reply.missing();
      await lookAgain(parts, viewer, { siteId });
      return reply.redirect(`/courts/${siteId}`, 303);
    },
  );
}

/** Back to the court day an appearance is on; the list of courts when it has none. */
export function backToDay(
  place: { readonly siteId: string | null; readonly day: Temporal.PlainDate | null },
  now: Temporal.Instant,
): string {
  if (place.siteId === null) return '/courts';
  const today = londonDate(now);
  return dayAddress(place.siteId, place.day ?? today, today, {});
}
