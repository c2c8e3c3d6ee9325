import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { comesFromHere, isSafeMethod } from './csrf.ts';
import type { Csrf } from './csrf.ts';
import { forbidden, formExpired, notFound, signInNeeded, wantsJson, wrongOrigin } from './problems.ts';
import type { Authorise, ProblemSender, Verdict } from './types.ts';

export interface GuardOptions {
  readonly csrf: Csrf;
  readonly sendProblem: ProblemSender;
  readonly authorise?: Authorise;
  readonly signInPath: string;
}

/** A page may be returned to after signing in; an action may not, and no address but our own. */
function signInAddress(request: FastifyRequest, path: string): string {
  return request.method === 'GET' ? `${path}?to=${encodeURIComponent(request.url)}` : path;
}

/**
 * Three questions before a handler runs, in this order: does the request come from our own pages, may this
 * viewer use the route, and does the form belong to this session. Sign-in comes before the form's token, so
 * that somebody whose session ended is asked to sign in and not told that a form is wrong.
 */
export function guardRequests(app: FastifyInstance, options: GuardOptions): void {
  const { csrf, sendProblem, authorise } = options;

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404 || isSafeMethod(request.method)) return undefined;
    if (request.routeOptions.config.csrf === 'token-api' || comesFromHere(request)) return undefined;
    return sendProblem(request, reply, wrongOrigin);
  });

  async function answerVerdict(request: FastifyRequest, reply: FastifyReply, verdict: Verdict) {
    switch (verdict) {
      case undefined:
        return undefined;
      case 'not-found':
        return sendProblem(request, reply, notFound);
      case 'forbidden':
        return sendProblem(request, reply, forbidden);
      case 'sign-in':
        return wantsJson(request)
          ? sendProblem(request, reply, signInNeeded)
          : reply.redirect(signInAddress(request, options.signInPath), 303);
      default:
        return sendProblem(request, reply, verdict);
    }
  }

  app.addHook('preValidation', async (request, reply) => {
    if (request.is404) return undefined;
    const permission = request.routeOptions.config.permission;
    if (permission === 'public') return undefined;
    // Nobody was given to ask: closed.
    const verdict = authorise === undefined ? 'sign-in' : await authorise(request, permission);
    return answerVerdict(request, reply, verdict);
  });

  app.addHook('preValidation', async (request, reply) => {
    if (request.is404 || isSafeMethod(request.method)) return undefined;
    if (request.routeOptions.config.csrf === 'token-api' || csrf.holds(request)) return undefined;
    return sendProblem(request, reply, formExpired);
  });
}
