import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { londonDate } from '../platform/clock.ts';
import { formErrors, parseForm, refusalErrors, textField } from '../platform/forms/form.ts';
import { dateField } from '../platform/forms/time-fields.ts';
import {
  findWorker,
  listOpenSessions,
  listRoles,
  listSites,
  listTeams,
  listWorkers,
} from './administration-store.ts';
import {
  addWorker,
  endRole,
  endWorkersSessions,
  giveRole,
  setActive,
  type AdministrationParts,
} from './manage-workers.ts';
import { viewerOf } from './request-viewer.ts';
import { databaseContext, roles, type Role } from './viewer.ts';

const id = z.uuid();
const optionalText = (most: number) =>
  z
    .string()
    .max(most, `Use ${String(most)} characters or fewer`)
    .optional();
const workerFields = {
  name: textField(z.string('Enter their name').max(200, 'Use 200 characters or fewer')),
  email: textField(z.email('Enter an e-mail address like name@example.nhs.uk').optional()),
  registration: textField(optionalText(60)),
  subject: textField(z.string('Enter their identity number').max(255, 'Use 255 characters or fewer')),
};
const roleFields = {
  role: textField(z.enum(Object.keys(roles) as Role[], 'Choose a role')),
  siteId: textField(z.uuid('Choose a site from the list').optional()),
  teamId: textField(z.uuid('Choose a team from the list').optional()),
  validFrom: dateField({ called: 'first day' }),
  validTo: dateField({ called: 'last day', optional: true }),
};

interface WorkerRoute {
  Params: { id: string };
}
interface RoleRoute {
  Params: { id: string; roleId: string };
}

/** People who work here: adding them, their roles, and stopping them from signing in. */
export function registerWorkerRoutes(server: FastifyInstance, parts: AdministrationParts): void {
  const managing = { config: { permission: 'administration.workers' } } as const;
  const now = () => parts.clock.now();

  server.get('/administration/workers', managing, async (request, reply) => {
    const viewer = viewerOf(request);
    const workers = await parts.database.transaction(databaseContext(viewer), (tx) =>
      listWorkers(tx, viewer, londonDate(now())),
    );
    return reply.page('access/workers.njk', { workers });
  });

  server.get('/administration/workers/new', managing, async (_request, reply) =>
    reply.page('access/add-worker.njk'),
  );

  server.post('/administration/workers/new', managing, async (request, reply) => {
    const form = parseForm(workerFields, request.body, { now: now() });
    if (!form.ok) return reply.page('access/add-worker.njk', formErrors(form), 422);
    const added = await addWorker(parts, viewerOf(request), form.values, request.reference);
    if (!added.ok) return reply.page('access/add-worker.njk', refusalErrors(added.refusal, form.typed), 409);
    return reply.redirect(`/administration/workers/${added.value}`, 303);
  });

  server.get<WorkerRoute>('/administration/workers/:id', managing, (request, reply) =>
    workerPage(parts, request, reply),
  );

  server.post<WorkerRoute>('/administration/workers/:id/roles', managing, async (request, reply) => {
    if (!id.safeParse(request.params.id).success) return reply.missing();
    const form = parseForm(roleFields, request.body, { now: now() });
    if (!form.ok) return workerPage(parts, request, reply, formErrors(form), 422);
    const given = await giveRole(parts, viewerOf(request), request.params.id, form.values, request.reference);
    if (given.ok) return reply.redirect(`/administration/workers/${request.params.id}`, 303);
    if (given.refusal.code === 'not-found') return reply.missing();
    return workerPage(parts, request, reply, refusalErrors(given.refusal, form.typed), 409);
  });

  server.post<RoleRoute>(
    '/administration/workers/:id/roles/:roleId/end',
    managing,
    async (request, reply) => {
      const { id: workerId, roleId } = request.params;
      if (!id.safeParse(workerId).success || !id.safeParse(roleId).success) return reply.missing();
      const ended = await endRole(parts, viewerOf(request), workerId, roleId, request.reference);
      if (ended.ok) return reply.redirect(`/administration/workers/${workerId}`, 303);
      return ended.refusal.code === 'not-found' ? reply.missing() : reply.refusal(ended.refusal);
    },
  );

  server.post<WorkerRoute>('/administration/workers/:id/active', managing, async (request, reply) => {
    const form = z.object({ active: z.enum(['true', 'false']) }).safeParse(request.body);
    if (!form.success || !id.safeParse(request.params.id).success) return reply.missing();
    const active = form.data.active === 'true';
    const set = await setActive(parts, viewerOf(request), request.params.id, active, request.reference);
    if (set.ok) return reply.redirect(`/administration/workers/${request.params.id}`, 303);
    return set.refusal.code === 'not-found' ? reply.missing() : reply.refusal(set.refusal);
  });

  server.post<WorkerRoute>(
    '/administration/workers/:id/end-sessions',
    { config: { permission: 'administration.sessions' } },
    async (request, reply) => {
      const workerId = request.params.id;
      const form = z.object({ session: z.uuid().optional() }).safeParse(request.body);
      if (!form.success || !id.safeParse(workerId).success) return reply.missing();
      const which =
        form.data.session === undefined ? { workerId } : { workerId, sessionId: form.data.session };
      const ended = await endWorkersSessions(parts, viewerOf(request), which, request.reference);
      return ended.ok ? reply.redirect('/administration/sessions', 303) : reply.missing();
    },
  );
}

async function workerPage(
  parts: AdministrationParts,
  request: FastifyRequest<WorkerRoute>,
  reply: FastifyReply,
  errors: object = {},
  status = 200,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  if (!id.safeParse(request.params.id).success) return reply.missing();
  const moment = parts.clock.now();
  const today = londonDate(moment);
  const data = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const worker = await findWorker(tx, viewer, request.params.id);
    if (worker === undefined) return null;
    const since = moment.subtract({ minutes: parts.limits.idleMinutes });
    return {
      worker,
      held: await listRoles(tx, viewer, worker.id),
      sites: (await listSites(tx, viewer)).filter((site) => site.closedOn === null),
      teams: await listTeams(tx, viewer),
      sessions: await listOpenSessions(tx, viewer, since, worker.id),
    };
  });
  if (data === null) return reply.missing();
  const over = (day: Temporal.PlainDate | null) => day !== null && Temporal.PlainDate.compare(day, today) < 0;
  return reply.page(
    'access/worker.njk',
    {
      ...data,
      held: data.held.map((role) => ({ ...role, over: over(role.validTo) })),
      own: data.worker.id === viewer.workerId,
      today: { day: today.day, month: today.month, year: today.year },
      roleItems: [
        { value: '', text: 'Choose a role' },
        ...Object.entries(roles).map(([value, { label }]) => ({ value, text: label })),
      ],
      siteItems: [
        { value: '', text: 'No site' },
        ...data.sites.map((site) => ({ value: site.id, text: site.name })),
      ],
      teamItems: [
        { value: '', text: 'No team' },
        ...data.teams.map((team) => ({ value: team.id, text: team.name })),
      ],
      ...errors,
    },
    status,
  );
}
