import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor } from './audit-actor.ts';
import { chooseRole, rolesToChoose } from './choose-role.ts';
import { endByProvider } from './logout-token.ts';
import { ProviderUnreachable } from './oidc.ts';
import { viewerOf } from './request-viewer.ts';
import { returnAddress } from './return-address.ts';
import { clearSessionCookie, setSessionCookie } from './session-layer.ts';
import type { EndReason } from './session.ts';
import { endSessions, lockSession } from './session-store.ts';
import { beginSignIn, finishSignIn, type SignInParts, type SignInRefusal } from './sign-in.ts';
import { databaseContext, roles } from './viewer.ts';

/** Ties a sign-in to the browser it left from. Only the sign-in pages see it. */
const BROWSER_COOKIE = 'throughline_sign_in';
/** Marks a browser as a machine that people share. */
export const KIOSK_COOKIE = 'throughline_shared_computer';

const open = { config: { permission: 'public' } } as const;
const signedIn = { config: { permission: 'signed-in' } } as const;

const statuses: Readonly<Record<SignInRefusal, number>> = {
  'attempt-unknown': 400,
  'attempt-expired': 400,
  'provider-refused': 400,
  'provider-unreachable': 503,
  'not-assured': 403,
  'not-known-here': 403,
  'no-role': 403,
};

// Said on the way back in, so that an ended session is never a mystery. The others were the person's own doing.
const endedBecause: Partial<Record<EndReason, string>> = {
  idle: 'Nothing was done here for a while, so you were signed out.',
  expired: 'A session lasts 12 hours at most, and this one has ended.',
  administrator: 'An administrator ended this session.',
  provider: 'You signed out at the service that checks who you are.',
  'role-ended': 'The role you signed in with has ended.',
};

function asked(request: FastifyRequest): string | null {
  const query = request.query;
  return typeof query === 'object' && query !== null && 'to' in query ? returnAddress(query.to) : null;
}

function withReturn(path: string, to: string | null): string {
  return to === null ? path : `${path}?to=${encodeURIComponent(to)}`;
}

/** Signing in, choosing a role, locking, signing out. The only pages somebody without a session can open. */
export function registerSignInRoutes(server: FastifyInstance, parts: SignInParts): void {
  const secure = parts.baseUrl.startsWith('https:');

  server.get('/sign-in', open, async (request, reply) => {
    const to = asked(request);
    const state = request.session;
    switch (state.kind) {
      case 'open':
        return reply.redirect(to ?? roles[state.viewer.role].startsOn, 303);
      case 'choosing':
        return reply.redirect(withReturn('/choose-role', to), 303);
      case 'locked':
        return reply.page('access/locked.njk', {
          name: state.name,
          since: state.since,
          again: withReturn('/sign-in/start', to),
          returns: to !== null,
        });
      case 'ended': {
        const why = endedBecause[state.reason];
        if (why !== undefined)
          return reply.page('access/session-ended.njk', { why, again: withReturn('/sign-in/start', to) });
        return reply.redirect(withReturn('/sign-in/start', to), 303);
      }
      case 'none':
        return reply.redirect(withReturn('/sign-in/start', to), 303);
    }
  });

  server.get('/sign-in/start', open, async (request, reply) => {
    const browser = request.cookies[BROWSER_COOKIE] ?? randomBytes(32).toString('base64url');
    const begun = await beginSignIn(parts, {
      browser,
      returnTo: asked(request),
      kiosk: request.cookies[KIOSK_COOKIE] === '1',
    });
    if (!begun.ok) return refuse(reply, begun.refusal);
    void reply.setCookie(BROWSER_COOKIE, browser, {
      path: '/sign-in',
      httpOnly: true,
      // Lax: the provider sends the browser back from another site.
      sameSite: 'lax',
      secure,
      maxAge: 3600,
    });
    return reply.redirect(begun.value.href, 303);
  });

  server.get('/sign-in/return', open, async (request, reply) => {
    const finished = await finishSignIn(parts, {
      url: new URL(request.url, parts.baseUrl),
      browser: request.cookies[BROWSER_COOKIE] ?? null,
      before: request.session,
      reference: request.reference,
    });
    if (!finished.ok) return refuse(reply, finished.refusal);
    setSessionCookie(reply, finished.value.token, secure);
    void reply.clearCookie(BROWSER_COOKIE, { path: '/sign-in' });
    return reply.redirect(finished.value.goTo, 303);
  });

  server.get('/choose-role', open, async (request, reply) => {
    const held = await rolesToChoose(parts, request.session);
    if (held === null) return reply.redirect(withReturn('/sign-in', asked(request)), 303);
    return reply.page('access/choose-role.njk', { held, to: asked(request) });
  });

  server.post('/choose-role', open, async (request, reply) => {
    const form = z.object({ role: z.string(), to: z.string().optional() }).safeParse(request.body);
    const chosen = await chooseRole(parts, request.session, {
      workerRoleId: form.success ? form.data.role : '',
      returnTo: form.success ? returnAddress(form.data.to) : null,
      reference: request.reference,
    });
    if (!chosen.ok)
      return chosen.refusal.code === 'signed-out'
        ? reply.redirect('/sign-in', 303)
        : reply.refusal(chosen.refusal, 403);
    setSessionCookie(reply, chosen.value.token, secure);
    return reply.redirect(chosen.value.goTo, 303);
  });

  // For an address typed or bookmarked: the link at the top of the page sends the form at once.
  server.get('/lock', signedIn, async (_request, reply) => reply.page('access/lock.njk'));

  server.post('/lock', signedIn, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    await parts.database.transaction(databaseContext(viewer), async (tx) => {
      await lockSession(tx, viewer.sessionId, now);
      await parts.audit(tx, now, auditActor(viewer, request.reference), {
        action: 'changed',
        subjectKind: 'session',
        subjectId: viewer.sessionId,
        detail: { locked: true },
      });
    });
    // Not back to the page it was: a locked machine keeps nobody's page in its address.
    return reply.redirect('/sign-in', 303);
  });

  server.post('/sign-out', signedIn, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    await parts.database.transaction(databaseContext(viewer), async (tx) => {
      await endSessions(tx, { sessionIds: [viewer.sessionId] }, 'signed-out', now, viewer.workerId);
      await parts.audit(tx, now, auditActor(viewer, request.reference), {
        action: 'signed-out',
        subjectKind: 'session',
        subjectId: viewer.sessionId,
      });
    });
    clearSessionCookie(reply, secure);
    return reply.redirect(await afterSignOut(parts), 303);
  });

  server.get('/signed-out', open, async (_request, reply) => reply.page('access/signed-out.njk'));

  server.post(
    '/sign-in/back-channel-logout',
    { config: { permission: 'public', csrf: 'token-api' } },
    async (request, reply) => {
      const form = z.object({ logout_token: z.string().max(20_000) }).safeParse(request.body);
      const ended = form.success ? await endByProvider(parts, form.data.logout_token) : null;
      if (ended?.ok === true) return reply.code(200).send();
      const description = ended === null ? 'no logout_token' : ended.refusal.message;
      return reply.code(400).send({ error: 'invalid_request', error_description: description });
    },
  );
}

/** Our own page, or the provider's when it ends its session too. A provider that is away does not keep anybody in. */
async function afterSignOut(parts: SignInParts): Promise<string> {
  const here = `${parts.baseUrl}/signed-out`;
  try {
    return (await parts.oidc.endSessionUrl(here))?.href ?? '/signed-out';
  } catch (fault) {
    if (fault instanceof ProviderUnreachable) return '/signed-out';
    throw fault;
  }
}

function refuse(
  reply: FastifyReply,
  refusal: { readonly code: SignInRefusal; readonly message: string },
): Promise<FastifyReply> {
  const { code, message } = refusal;
  return reply.page('access/sign-in-refused.njk', { code, message }, statuses[code]);
}
