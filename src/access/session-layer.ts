import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { ChromeLink, Verdict } from '../platform/http/types.ts';
import { isPermission, mayDo } from './permissions.ts';
import './request-viewer.ts';
import { judgeSession, type SessionLimits, type SessionState } from './session.ts';
import { endSessions, findSession, lockSession, markSeen } from './session-store.ts';
import { roles } from './viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the session cookie turned out to be. Routes use `viewerOf`; only sign-in needs the rest. */
    session: SessionState;
  }
}

export const SESSION_COOKIE = 'throughline_session';

export interface SessionParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly limits: SessionLimits;
}

// Signing in decides what may be read, so it happens before there is a viewer and before there is an area.
const nobody = { kind: 'nobody', area: null } as const;
const noSession: SessionState = { kind: 'none' };

/**
 * Reads the session of every request, in one query, before any route runs; sets `request.viewer`, and
 * `request.sessionKey`, which form tokens are bound to. A permission that permissions.ts does not know stops the
 * start. Call it on what `buildServer` returns, before any route is registered.
 */
export function addSessions(server: FastifyInstance, parts: SessionParts): void {
  server.decorateRequest('viewer', null);
  // A new object for each request is set in the hook; the getter only keeps the type honest before it.
  server.decorateRequest('session', { getter: () => noSession });
  server.addHook('onRequest', async (request) => {
    const state = await readState(parts, request);
    Object.defineProperty(request, 'session', { value: state, configurable: true });
    if (state.kind === 'open') {
      request.viewer = state.viewer;
      // With the role in it, so that a form opened in one role is not sent in another.
      request.sessionKey = `${state.sessionId}:${state.viewer.workerRoleId}`;
    } else if (state.kind === 'choosing') request.sessionKey = state.sessionId;
  });
  server.addHook('onReady', async () => {
    const unknown = server
      .routes()
      .filter((route) => route.permission !== 'public' && !isPermission(route.permission))
      .map((route) => `${route.method} ${route.url} asks for ${route.permission}`);
    if (unknown.length > 0)
      throw new Error(`These routes ask for a permission that nobody has: ${unknown.join('; ')}`);
  });
}

async function readState(parts: SessionParts, request: FastifyRequest): Promise<SessionState> {
  const token = request.cookies[SESSION_COOKIE];
  // Health checks and static files must answer when the database does not.
  const { quiet, permission } = request.routeOptions.config ?? {};
  if (token === undefined || token === '' || (quiet === true && permission === 'public')) return noSession;
  const now = parts.clock.now();
  return parts.database.transaction(nobody, async (tx) => {
    const row = await findSession(tx, token, londonDate(now));
    if (row === undefined) return noSession;
    const { state, write } = judgeSession(row, parts.limits, now);
    if (write === 'seen') await markSeen(tx, row.id, now);
    else if (write === 'lock') await lockSession(tx, row.id, now);
    else if (write !== 'nothing') await endSessions(tx, { sessionIds: [row.id] }, write.end, now);
    return state;
  });
}

/**
 * May this request use a route that declares `permission`? For `buildServer`. Nobody signed in: sign in. A role
 * that does not include it is told so, by name, because a nurse who meets it must know whom to ask. Whether a
 * person's record may be opened is decided later, and answers as not found.
 */
export async function authorise(request: FastifyRequest, permission: string): Promise<Verdict> {
  if (request.viewer === null) return 'sign-in';
  if (!isPermission(permission)) return 'not-found';
  if (mayDo(request.viewer, permission)) return undefined;
  const { label } = roles[request.viewer.role];
  const several = request.session.kind === 'open' && request.session.severalRoles;
  return {
    status: 403,
    code: 'forbidden',
    title: 'Your role does not include this page',
    lines: [
      `You are signed in as ${request.viewer.name}, ${label}. This page is for another role.`,
      several
        ? 'You hold another role: change to it at the top of the page. If that does not help, ask your team lead.'
        : 'If you need this for your work, ask your team lead.',
    ],
  };
}

/** What stands beside somebody's name at the top of every page. */
export function accountLinks(request: FastifyRequest): readonly ChromeLink[] {
  if (request.session.kind !== 'open') return [];
  return [
    ...(request.session.severalRoles ? [{ href: '/choose-role', text: 'Change role' }] : []),
    { href: '/lock', text: 'Lock', post: true },
    { href: '/sign-out', text: 'Sign out', post: true },
  ];
}

/** Gives the browser its session. Lax, so that a link in an e-mail opens the record for somebody signed in. */
export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(SESSION_COOKIE, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
