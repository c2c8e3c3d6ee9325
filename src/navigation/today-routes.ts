import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { displayName, findPeople } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { actOnce, refuseAct } from './act-once.ts';
import { assignCaseload } from './assign-caseload.ts';
import { caseloadOf, isQuiet, QUIET_DAYS, type CaseloadEntry } from './caseload-store.ts';
import { dayText, upperFirst, whenText } from './display-words.ts';
import { loadTeam } from './load-team.ts';
import { loadToday } from './load-today.ts';
import type { NavigationParts } from './navigation-parts.ts';

const showSchema = z.object({ show: z.enum(['all', 'quiet']).default('all').catch('all') });
const personSchema = z.object({ personId: z.uuid() });
const assignSchema = z.object({ workerId: z.uuid() });

/** Today, the caseload and the lead's team page. */
export function registerTodayRoutes(server: FastifyInstance, parts: NavigationParts): void {
  server.get('/today', { config: { permission: 'today.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const data = await parts.database.transaction(databaseContext(viewer), (tx) =>
      loadToday(parts, tx, viewer, now, request.reference),
    );
    return reply.page('today.njk', { ...data, now });
  });

  server.get('/caseload', { config: { permission: 'handover.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const { show } = showSchema.parse(request.query);
    const data = await parts.database.transaction(databaseContext(viewer), (tx) =>
      loadCaseload(parts, tx, viewer, show, now, request.reference),
    );
    return reply.page('caseload.njk', { ...data, now });
  });

  server.get('/team', { config: { permission: 'team.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const data = await parts.database.transaction(databaseContext(viewer), (tx) =>
      loadTeam(parts, tx, viewer, now, request.reference),
    );
    return reply.page('team.njk', { ...data, now });
  });

  server.post(
    '/people/:personId/caseload',
    { config: { permission: 'team.view' }, schema: { params: personSchema } },
    async (request, reply) => {
      const { personId } = personSchema.parse(request.params);
      const typed = assignSchema.safeParse(request.body);
      if (!typed.success)
        return reply.refusal({ code: 'not-a-navigator', message: 'Choose a navigator who works here.' }, 422);
      const outcome = await actOnce(parts, request, ({ tx, viewer, now, reference }) =>
        assignCaseload(
          parts.people,
          tx,
          viewer,
          { personId, workerId: typed.data.workerId, why: `Assigned by ${viewer.name}` },
          now,
          reference,
        ),
      );
      return outcome.ok ? reply.redirect('/team', 303) : refuseAct(reply, outcome.refusal);
    },
  );
}

async function loadCaseload(
  parts: NavigationParts,
  tx: Tx,
  viewer: SignedInViewer,
  show: 'all' | 'quiet',
  now: Temporal.Instant,
  reference: string,
): Promise<Readonly<Record<string, unknown>>> {
  const all = await caseloadOf(tx, viewer, viewer.workerId, now);
  const quiet = all.filter((entry) => isQuiet(entry, now));
  const shown = show === 'quiet' ? quiet : all;
  const ids = shown.map((entry) => entry.personId);
  const people = await findPeople(tx, viewer, ids);
  const open = await parts.people.mayOpenThese(tx, viewer, people);
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'viewed',
    subjectKind: 'caseload',
    detail: { people: ids.length, show },
  });
  return {
    shows: [
      { href: '/caseload', text: 'Everybody', count: all.length, current: show === 'all' },
      {
        href: '/caseload?show=quiet',
        text: `No contact for ${QUIET_DAYS} days`,
        count: quiet.length,
        current: show === 'quiet',
      },
    ],
    empty:
      all.length === 0
        ? 'Nobody yet. People come here when you accept a handover.'
        : `Nobody. Everyone was reached in the last ${QUIET_DAYS} days.`,
    rows: shown.map((entry) => {
      const person = people.get(entry.personId);
      const name = person !== undefined && open.has(entry.personId) ? displayName(person) : null;
      return caseloadRow(entry, name, now);
    }),
    liveTopics: [`worker:${viewer.workerId}`],
  };
}

function caseloadRow(entry: CaseloadEntry, name: string | null, now: Temporal.Instant) {
  const quiet = isQuiet(entry, now);
  const spoke = entry.lastReached === null ? 'Not reached yet' : upperFirst(whenText(entry.lastReached, now));
  const tried =
    entry.lastTried !== null &&
    (entry.lastReached === null || Temporal.Instant.compare(entry.lastTried, entry.lastReached) > 0)
      ? `Tried ${whenText(entry.lastTried, now)}`
      : '';
  return {
    id: `p-${entry.personId}`,
    cells: [
      {
        text: name ?? 'A record that needs a reason to open',
        href: name === null ? `/people/${entry.personId}/break-glass` : `/people/${entry.personId}/support`,
        source: `${entry.kind === 'court' ? 'Court' : 'Navigator'}, since ${whenText(entry.startedAt, now)}`,
      },
      quiet
        ? { text: spoke, source: tried, old: `No contact for ${QUIET_DAYS} days` }
        : { text: spoke, source: tried },
      nextCell(entry, now),
      {
        text: entry.openGoals === 0 ? 'None agreed yet' : `${entry.openGoals} open`,
        quiet: entry.openGoals === 0,
      },
    ],
  };
}

function nextCell(entry: CaseloadEntry, now: Temporal.Instant) {
  const today = londonDate(now);
  const { nextCall } = entry;
  const visit =
    entry.nextAppointment === null ? null : `Appointment ${nextMoment(entry.nextAppointment, now)}`;
  if (nextCall !== null && Temporal.PlainDate.compare(nextCall, today) < 0)
    return { text: `Call late, was due ${dayText(nextCall, today)}`, shape: 'now', source: visit ?? '' };
  const parts = [nextCall === null ? null : `Call ${dayText(nextCall, today)}`, visit].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? { text: 'Nothing planned', quiet: true } : { text: parts.join('. ') };
}

function nextMoment(at: Temporal.Instant, now: Temporal.Instant): string {
  const today = londonDate(now);
  return londonDate(at).equals(today) ? whenText(at, now) : dayText(londonDate(at), today);
}
