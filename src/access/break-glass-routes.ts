import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formErrors, parseForm, refusalErrors, textField } from '../platform/forms/form.ts';
import { counted } from '../platform/views/text.ts';
import { auditActor } from './audit-actor.ts';
import { openByBreakGlass, reviewBreakGlass, type BreakGlassParts } from './break-glass.ts';
import { findBreakGlass, settledBreakGlass, waitingBreakGlass } from './break-glass-store.ts';
import {
  breakGlassReasons,
  reviewOutcomes,
  type BreakGlassReason,
  type ReviewOutcome,
} from './break-glass-words.ts';
import { viewerOf } from './request-viewer.ts';
import { databaseContext } from './viewer.ts';

const uuid = z.uuid();
const openFields = {
  reason: textField(
    z.enum(Object.keys(breakGlassReasons) as BreakGlassReason[], 'Choose why you need to open this record'),
  ),
  explanation: textField(
    z
      .string('Say what happened and why it cannot wait')
      .min(10, 'Say a little more: at least 10 characters')
      .max(2000, 'Use 2,000 characters or fewer'),
  ),
};
const reviewFields = {
  outcome: textField(z.enum(Object.keys(reviewOutcomes) as ReviewOutcome[], 'Choose what you conclude')),
  note: textField(z.string().max(2000, 'Use 2,000 characters or fewer').optional()),
};
const reasonItems = Object.entries(breakGlassReasons).map(([value, text]) => ({ value, text }));
const outcomeItems = Object.entries(reviewOutcomes).map(([value, text]) => ({ value, text }));

interface PersonRoute {
  Params: { personId: string };
}
interface OpeningRoute {
  Params: { id: string };
}

/** Opening a record with a reason, and the privacy officer's review of it. */
export function registerBreakGlassRoutes(server: FastifyInstance, parts: BreakGlassParts): void {
  const breaking = { config: { permission: 'person.break-glass' } } as const;
  const reviewing = { config: { permission: 'break-glass.review' } } as const;

  server.get<PersonRoute>('/people/:personId/break-glass', breaking, async (request, reply) => {
    const viewer = viewerOf(request);
    const { personId } = request.params;
    if (!uuid.safeParse(personId).success) return reply.missing();
    const found = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const known = await parts.people.names(tx, viewer, [personId]);
      if (!known.has(personId)) return 'nobody';
      return (await parts.people.mayOpen(tx, viewer, [personId])).has(personId) ? 'open' : 'closed';
    });
    if (found === 'nobody') return reply.missing();
    if (found === 'open') return reply.redirect(`/people/${personId}`, 303);
    return breakGlassPage(reply, parts, personId);
  });

  server.post<PersonRoute>('/people/:personId/break-glass', breaking, async (request, reply) => {
    const { personId } = request.params;
    if (!uuid.safeParse(personId).success) return reply.missing();
    const form = parseForm(openFields, request.body, { now: parts.clock.now() });
    if (!form.ok) return breakGlassPage(reply, parts, personId, formErrors(form), 422);
    const opened = await openByBreakGlass(parts, viewerOf(request), {
      personId,
      ...form.values,
      reference: request.reference,
    });
    return opened.ok ? reply.redirect(`/people/${personId}`, 303) : reply.missing();
  });

  server.get('/access-review', reviewing, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const data = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const waiting = await waitingBreakGlass(tx, viewer);
      const settled = await settledBreakGlass(tx, viewer);
      const ids = [...waiting, ...settled].map((opening) => opening.personId);
      const names = await parts.people.names(tx, viewer, ids);
      // Names are shown because they must be judged; that they were seen is written down like any other view.
      await parts.audit(tx, now, auditActor(viewer, request.reference), {
        action: 'viewed',
        subjectKind: 'access review',
        detail: { waiting: waiting.length, settled: settled.length },
      });
      const row = (opening: (typeof waiting)[number]) => ({
        ...opening,
        personName: names.get(opening.personId) ?? 'Name not available',
        open: Temporal.Instant.compare(opening.expiresAt, now) > 0,
        outcomeText: opening.outcome === null ? null : reviewOutcomes[opening.outcome],
      });
      return { waiting: waiting.map(row), settled: settled.map(row) };
    });
    return reply.page('access/access-review.njk', { now, ...data });
  });

  server.get<OpeningRoute>('/access-review/:id', reviewing, async (request, reply) =>
    reviewPage(parts, request, reply),
  );

  server.post<OpeningRoute>('/access-review/:id', reviewing, async (request, reply) => {
    if (!uuid.safeParse(request.params.id).success) return reply.missing();
    const form = parseForm(reviewFields, request.body, { now: parts.clock.now() }, (values) =>
      values.outcome !== 'justified' && values.note === undefined
        ? [{ field: 'note', message: 'Say why, and what should happen next' }]
        : [],
    );
    if (!form.ok) return reviewPage(parts, request, reply, formErrors(form), 422);
    const reviewed = await reviewBreakGlass(parts, viewerOf(request), {
      id: request.params.id,
      outcome: form.values.outcome,
      note: form.values.note ?? '',
      reference: request.reference,
    });
    if (reviewed.ok) return reply.redirect('/access-review', 303);
    if (reviewed.refusal.code === 'not-found') return reply.missing();
    return reviewPage(parts, request, reply, refusalErrors(reviewed.refusal, form.typed), 409);
  });
}

/** 1 hour, 90 minutes */
function inWords(minutes: number): string {
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour', 'hours') : counted(minutes, 'minute', 'minutes');
}

function breakGlassPage(
  reply: FastifyReply,
  parts: BreakGlassParts,
  personId: string,
  errors: object = {},
  status = 200,
): Promise<FastifyReply> {
  const data = { personId, reasons: reasonItems, howLong: inWords(parts.breakGlassMinutes), ...errors };
  return reply.page('access/break-glass.njk', data, status);
}

async function reviewPage(
  parts: BreakGlassParts,
  request: FastifyRequest<OpeningRoute>,
  reply: FastifyReply,
  errors: object = {},
  status = 200,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const now = parts.clock.now();
  const { id } = request.params;
  if (!uuid.safeParse(id).success) return reply.missing();
  const found = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opening = await findBreakGlass(tx, viewer, id, 'no lock');
    if (opening === undefined) return null;
    const names = await parts.people.names(tx, viewer, [opening.personId]);
    await parts.audit(tx, now, auditActor(viewer, request.reference), {
      action: 'viewed',
      personId: opening.personId,
      subjectKind: 'break-glass',
      subjectId: id,
    });
    return { opening, personName: names.get(opening.personId) ?? 'Name not available' };
  });
  if (found === null) return reply.missing();
  const { opening } = found;
  return reply.page(
    'access/review-break-glass.njk',
    {
      now,
      ...found,
      open: Temporal.Instant.compare(opening.expiresAt, now) > 0,
      outcomeText: opening.outcome === null ? null : reviewOutcomes[opening.outcome],
      settled: opening.outcome !== null && opening.outcome !== 'more-information',
      outcomes: outcomeItems,
      ...errors,
    },
    status,
  );
}
