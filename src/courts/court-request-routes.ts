import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { LONDON, londonDate } from '../platform/clock.ts';
import { formErrors, parseForm, textField } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { timeField } from '../platform/forms/time-fields.ts';
import { when } from '../platform/views/dates.ts';
import { dayIn, siteParamsSchema } from './court-day-routes.ts';
import { listName } from './court-line.ts';
import { dayAddress } from './court-day-page.ts';
import { dayRows, findCourt, type CourtSite, type DayRow } from './court-day-store.ts';
import type { CourtParts } from './court-parts.ts';
import { answerCourtRequest, findRequest, recordCourtRequest, takeCourtRequest } from './court-requests.ts';
import { listedPerson, type ListedPerson } from './match-store.ts';
import { roomName } from './room-name.ts';

const requestParamsSchema = z.object({ requestId: z.uuid() });
const dayQuerySchema = z.object({
  day: z.string().max(10).optional().catch(undefined),
  about: z.uuid().optional().catch(undefined),
});
const long = (message: string) => z.string(message).max(1000, 'Keep it under 1,000 characters');
const requestFields = {
  appearanceId: textField(z.uuid('Choose somebody from the list').optional()),
  about: textField(z.string().max(200, 'Keep it under 200 characters').optional()),
  question: textField(long('Enter what the court asked').min(3, 'Enter what the court asked')),
  askedBy: textField(z.string('Enter who asked').max(200, 'Keep it under 200 characters')),
  neededBy: timeField({ called: 'time it is needed by' }),
  reportWanted: textField(z.literal('yes').optional()),
};
const answerFields = {
  answer: textField(long('Enter what you told the court')),
  answeredTo: textField(z.string('Enter who you told').max(200, 'Keep it under 200 characters')),
};

/** What the court asks: written down, taken, answered. */
export function registerCourtRequestRoutes(server: FastifyInstance, parts: CourtParts): void {
  async function courtAndRows(request: FastifyRequest, day: Temporal.PlainDate) {
    const viewer = viewerOf(request);
    const { siteId } = siteParamsSchema.parse(request.params);
    return parts.database.transaction(databaseContext(viewer), async (tx) => {
      const court = await findCourt(tx, viewer, siteId);
      return court === null ? null : { court, rows: await dayRows(tx, viewer, court.id, day) };
    });
  }

  server.get(
    '/courts/:siteId/requests/new',
    { config: { permission: 'court.record' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const query = dayQuerySchema.parse(request.query);
      const day = dayIn(query.day, parts.clock.now());
      const loaded = await courtAndRows(request, day);
      if (loaded === null) return reply.missing();
      return reply.page('court-request.njk', newRequestModel(loaded, day, parts.clock.now(), query.about));
    },
  );

  server.post(
    '/courts/:siteId/requests',
    { config: { permission: 'court.record' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const day = dayIn(dayQuerySchema.parse(request.query).day, now);
      const loaded = await courtAndRows(request, day);
      if (loaded === null) return reply.missing();
      const form = parseForm(requestFields, request.body, { now }, (values) =>
        values.appearanceId === undefined && values.about === undefined
          ? [{ field: 'appearanceId', message: 'Choose who it is about, or say where' }]
          : [],
      );
      if (!form.ok)
        return reply.page(
          'court-request.njk',
          { ...newRequestModel(loaded, day, now, undefined), ...formErrors(form) },
          422,
        );
      const key = keyOf(request.body);
      if (key === undefined) return refuseKey(reply);
      const outcome = await recordCourtRequest(parts, viewer, {
        siteId: loaded.court.id,
        appearanceId: form.values.appearanceId ?? null,
        about: form.values.about ?? null,
        question: form.values.question,
        askedBy: form.values.askedBy,
        neededBy: day.toZonedDateTime({ timeZone: LONDON, plainTime: form.values.neededBy }).toInstant(),
        reportWanted: form.values.reportWanted === 'yes',
        key,
        reference: request.reference,
      });
      if (outcome.ok) return reply.redirect(dayAddress(loaded.court.id, day, londonDate(now), {}), 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  server.post(
    '/courts/requests/:requestId/take',
    { config: { permission: 'court.record' }, schema: { params: requestParamsSchema } },
    async (request, reply) => {
      const { requestId } = requestParamsSchema.parse(request.params);
      const outcome = await takeCourtRequest(parts, viewerOf(request), {
        requestId,
        reference: request.reference,
      });
      if (outcome.ok) return reply.redirect(`/courts/${outcome.value.siteId}#rq`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  server.get(
    '/courts/requests/:requestId/answer',
    { config: { permission: 'court.record' }, schema: { params: requestParamsSchema } },
    async (request, reply) => {
      const model = await answerModel(parts, request);
      return model === null ? reply.missing() : reply.page('court-request.njk', model);
    },
  );

  server.post(
    '/courts/requests/:requestId/answer',
    { config: { permission: 'court.record' }, schema: { params: requestParamsSchema } },
    async (request, reply) => {
      const model = await answerModel(parts, request);
      if (model === null) return reply.missing();
      const form = parseForm(answerFields, request.body, { now: parts.clock.now() });
      if (!form.ok) return reply.page('court-request.njk', { ...model, ...formErrors(form) }, 422);
      const { requestId } = requestParamsSchema.parse(request.params);
      const outcome = await answerCourtRequest(parts, viewerOf(request), {
        requestId,
        ...form.values,
        reference: request.reference,
      });
      if (outcome.ok) return reply.redirect(`/courts/${outcome.value.siteId}#rq`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );
}

/** The name on the list, held for somebody under 18. */
function listedName({ youth, appearance }: ListedPerson): string {
  return youth === 'yes'
    ? 'Name held, under 18'
    : listName({
        givenNames: appearance.name?.given.join(' ') ?? null,
        familyName: appearance.name?.family ?? null,
        nameReceived: appearance.name?.received ?? null,
      });
}

function refuseKey(reply: FastifyReply): Promise<FastifyReply> {
  return reply.refusal({ code: 'no-key', message: 'Open the form again and send it once more.' }, 422);
}

function newRequestModel(
  loaded: { readonly court: CourtSite; readonly rows: readonly DayRow[] },
  day: Temporal.PlainDate,
  now: Temporal.Instant,
  about: string | undefined,
): Readonly<Record<string, unknown>> {
  const today = londonDate(now);
  return {
    now,
    pageTitle: `What the court asked, ${loaded.court.name}`,
    backHref: dayAddress(loaded.court.id, day, today, {}),
    action: `/courts/${loaded.court.id}/requests?day=${day.toString()}`,
    about: about ?? '',
    people: [
      { value: '', text: 'Nobody on the list' },
      ...loaded.rows.map((row) => ({
        value: row.appearanceId,
        text: `${row.youth === 'yes' ? 'Name held, under 18' : listName(row)}, ${roomName(row.room).toLowerCase()}${row.number === null ? '' : `, number ${row.number}`}`,
      })),
    ],
  };
}

async function answerModel(
  parts: CourtParts,
  request: FastifyRequest,
): Promise<Readonly<Record<string, unknown>> | null> {
  const viewer = viewerOf(request);
  const now = parts.clock.now();
  const { requestId } = requestParamsSchema.parse(request.params);
  const { found, listed } = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const request = await findRequest(tx, viewer, requestId);
    const about =
      request === null || request.appearanceId === null
        ? null
        : await listedPerson(tx, viewer, request.appearanceId, { lock: false });
    return { found: request, listed: about };
  });
  if (found === null) return null;
  return {
    now,
    pageTitle: 'Answer the court',
    backHref: `/courts/${found.siteId}`,
    action: `/courts/requests/${found.id}/answer`,
    request: {
      about: listed === null ? (found.about ?? 'Somebody on the list') : listedName(listed),
      question: found.question,
      source: `${found.askedBy}, asked ${when(found.askedAt, now)}. Needed by ${when(found.neededBy, now)}.`,
    },
  };
}
