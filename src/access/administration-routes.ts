import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formErrors, parseForm, refusalErrors, textField } from '../platform/forms/form.ts';
import {
  listConnections,
  listOpenSessions,
  listOrganisations,
  listSites,
  listTeams,
} from './administration-store.ts';
import { siteKinds, teamKinds, wordFor, type SiteKind, type TeamKind } from './administration-words.ts';
import { addSite, addTeam, setSiteOpen } from './manage-places.ts';
import type { AdministrationParts } from './manage-workers.ts';
import { viewerOf } from './request-viewer.ts';
import { KIOSK_COOKIE } from './sign-in-routes.ts';
import { databaseContext } from './viewer.ts';
import { registerWorkerRoutes } from './worker-routes.ts';

const name = textField(z.string('Enter a name').max(120, 'Use 120 characters or fewer'));
const siteFields = {
  name,
  shortName: textField(z.string('Enter a short name').max(30, 'Use 30 characters or fewer')),
  kind: textField(z.enum(Object.keys(siteKinds) as SiteKind[], 'Choose what kind of site it is')),
  code: textField(z.string().max(20, 'Use 20 characters or fewer').optional()),
};
const teamFields = {
  name,
  kind: textField(z.enum(Object.keys(teamKinds) as TeamKind[], 'Choose what the team does')),
  organisationId: textField(z.uuid('Choose an organisation from the list')),
};
const itemsOf = (words: Readonly<Record<string, string>>, first: string) => [
  { value: '', text: first },
  ...Object.entries(words).map(([value, text]) => ({ value, text })),
];
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Sites, teams, people who work here, open sessions, connections, and this computer. */
export function registerAdministrationRoutes(server: FastifyInstance, parts: AdministrationParts): void {
  const secure = parts.baseUrl.startsWith('https:');
  const sites = { config: { permission: 'administration.sites' } } as const;
  const sessions = { config: { permission: 'administration.sessions' } } as const;
  const feeds = { config: { permission: 'administration.feeds' } } as const;
  registerWorkerRoutes(server, parts);

  server.get('/administration', sites, async (request, reply) =>
    reply.page('access/administration.njk', { kiosk: request.cookies[KIOSK_COOKIE] === '1' }),
  );

  server.get('/administration/sites', sites, (request, reply) => sitesPage(parts, request, reply));

  server.post('/administration/sites', sites, async (request, reply) => {
    const form = parseForm(siteFields, request.body, { now: parts.clock.now() });
    if (!form.ok) return sitesPage(parts, request, reply, formErrors(form), 422);
    const added = await addSite(parts, viewerOf(request), form.values, request.reference);
    if (!added.ok) return sitesPage(parts, request, reply, refusalErrors(added.refusal, form.typed), 409);
    return reply.redirect('/administration/sites', 303);
  });

  server.post<{ Params: { id: string } }>('/administration/sites/:id', sites, async (request, reply) => {
    const form = z.object({ open: z.enum(['true', 'false']) }).safeParse(request.body);
    if (!form.success || !z.uuid().safeParse(request.params.id).success) return reply.missing();
    const open = form.data.open === 'true';
    const set = await setSiteOpen(parts, viewerOf(request), request.params.id, open, request.reference);
    return set.ok ? reply.redirect('/administration/sites', 303) : reply.missing();
  });

  server.get('/administration/teams', sites, (request, reply) => teamsPage(parts, request, reply));

  server.post('/administration/teams', sites, async (request, reply) => {
    const form = parseForm(teamFields, request.body, { now: parts.clock.now() });
    if (!form.ok) return teamsPage(parts, request, reply, formErrors(form), 422);
    const added = await addTeam(parts, viewerOf(request), form.values, request.reference);
    if (!added.ok) return teamsPage(parts, request, reply, refusalErrors(added.refusal, form.typed), 409);
    return reply.redirect('/administration/teams', 303);
  });

  server.get('/administration/sessions', sessions, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const since = now.subtract({ minutes: parts.limits.idleMinutes });
    const open = await parts.database.transaction(databaseContext(viewer), (tx) =>
      listOpenSessions(tx, viewer, since),
    );
    return reply.page('access/sessions.njk', { now, open, own: viewer.sessionId });
  });

  server.get('/administration/connections', feeds, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const connections = await parts.database.transaction(databaseContext(viewer), (tx) =>
      listConnections(tx, viewer),
    );
    return reply.page('access/connections.njk', { now, connections });
  });

  server.post('/administration/this-computer', sites, async (request, reply) => {
    const form = z.object({ shared: z.enum(['true', 'false']) }).safeParse(request.body);
    if (!form.success) return reply.missing();
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
    if (form.data.shared === 'true')
      void reply.setCookie(KIOSK_COOKIE, '1', { ...cookie, maxAge: YEAR_SECONDS });
    else void reply.clearCookie(KIOSK_COOKIE, cookie);
    return reply.redirect('/administration', 303);
  });
}

async function sitesPage(
  parts: AdministrationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: object = {},
  status = 200,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const found = await parts.database.transaction(databaseContext(viewer), (tx) => listSites(tx, viewer));
  const sites = found.map((site) => ({ ...site, kindText: wordFor(siteKinds, site.kind) }));
  const kinds = itemsOf(siteKinds, 'Choose a kind');
  return reply.page('access/sites.njk', { sites, kinds, ...errors }, status);
}

async function teamsPage(
  parts: AdministrationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: object = {},
  status = 200,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const { found, organisations } = await parts.database.transaction(databaseContext(viewer), async (tx) => ({
    found: await listTeams(tx, viewer),
    organisations: await listOrganisations(tx, viewer),
  }));
  const data = {
    teams: found.map((team) => ({ ...team, kindText: wordFor(teamKinds, team.kind) })),
    kinds: itemsOf(teamKinds, 'Choose what they do'),
    organisations: [
      { value: '', text: 'Choose an organisation' },
      ...organisations.map((organisation) => ({ value: organisation.id, text: organisation.name })),
    ],
  };
  return reply.page('access/teams.njk', { ...data, ...errors }, status);
}
