import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import { formErrors, parseForm, textField } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { dateField, readTime } from '../platform/forms/time-fields.ts';
import { dayLong } from '../platform/views/dates.ts';
import { addToList } from './add-to-list.ts';
import { dayAddress } from './court-day-page.ts';
import { dayIn, siteParamsSchema } from './court-day-routes.ts';
import { findCourt, type CourtSite } from './court-day-store.ts';
import type { CourtParts } from './court-parts.ts';

const querySchema = z.object({ day: z.string().max(10).optional().catch(undefined) });
const short = z.string().max(100, 'Keep it under 100 characters');
const fields = {
  givenName: textField(short.optional()),
  familyName: textField(z.string('Enter the family name').max(100, 'Keep it under 100 characters')),
  birthDate: dateField({ called: 'date of birth', optional: true, limit: 'past' }),
  room: textField(short.optional()),
  time: textField(
    z
      .string()
      .refine((text) => readTime(text) !== undefined, 'Time must be a time, like 14:02')
      .optional(),
  ),
};

/** Adding somebody who is on no list. */
export function registerAddToListRoutes(server: FastifyInstance, parts: CourtParts): void {
  const address = '/courts/:siteId/add';
  server.get(
    address,
    { config: { permission: 'court.record' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { siteId } = siteParamsSchema.parse(request.params);
      const court = await parts.database.transaction(databaseContext(viewer), (tx) =>
        findCourt(tx, viewer, siteId),
      );
      const now = parts.clock.now();
      const day = dayIn(querySchema.parse(request.query).day, now);
      return court === null ? reply.missing() : reply.page('court-add.njk', pageOf(court, day, now));
    },
  );

  server.post(
    address,
    { config: { permission: 'court.record' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { siteId } = siteParamsSchema.parse(request.params);
      const now = parts.clock.now();
      const day = dayIn(querySchema.parse(request.query).day, now);
      const court = await parts.database.transaction(databaseContext(viewer), (tx) =>
        findCourt(tx, viewer, siteId),
      );
      if (court === null) return reply.missing();
      const form = parseForm(fields, request.body, { now });
      if (!form.ok)
        return reply.page('court-add.njk', { ...pageOf(court, day, now), ...formErrors(form) }, 422);
      const key = keyOf(request.body);
      if (key === undefined)
        return reply.refusal({ code: 'no-key', message: 'Open the form again and send it once more.' }, 422);
      const { givenName, familyName, birthDate, room, time } = form.values;
      const outcome = await addToList(parts, viewer, {
        siteId,
        day,
        givenName: givenName ?? null,
        familyName,
        birthDate: birthDate ?? null,
        room: room ?? null,
        time: time === undefined ? null : (readTime(time) ?? null),
        key,
        reference: request.reference,
      });
      if (!outcome.ok)
        return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
      const back = dayAddress(siteId, day, londonDate(now), {});
      return reply.redirect(`${back}#a-${outcome.value.appearanceId}`, 303);
    },
  );
}

function pageOf(
  court: CourtSite,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  return {
    now,
    pageTitle: `Add a person, ${court.name}, ${dayLong(day)}`,
    backHref: dayAddress(court.id, day, londonDate(now), {}),
    action: `/courts/${court.id}/add?day=${day.toString()}`,
  };
}
