import type { FastifyError, FastifyRequest } from 'fastify';
import type { Problem } from './types.ts';

/** A program, not a person, is asking: the interface under /api/, or a script of ours that wants JSON. */
export function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith('/api/')) return true;
  const accept = request.headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

export const notFound: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Page not found',
  lines: [
    'If you typed the web address, check it is correct.',
    'If you followed a link, the page may have moved, or it may not be one you can open.',
  ],
};

export const forbidden: Problem = {
  status: 403,
  code: 'forbidden',
  title: 'You cannot open this page',
  lines: ['Your role does not include this. If you need it for your work, ask your team lead.'],
};

export const signInNeeded: Problem = {
  status: 401,
  code: 'sign-in',
  title: 'Sign in to continue',
  lines: ['You are not signed in, or your session has ended.'],
};

export const formExpired: Problem = {
  status: 403,
  code: 'form-expired',
  title: 'This form is no longer valid',
  lines: [
    'Nothing was saved by this attempt.',
    'Go back, reload the page and send it again. You may have signed out or changed user since it was opened.',
  ],
};

export const wrongOrigin: Problem = {
  status: 403,
  code: 'wrong-origin',
  title: 'This request came from another website',
  lines: ['Nothing was changed. Open the page from here and try again.'],
};

const tooLarge: Problem = {
  status: 413,
  code: 'too-large',
  title: 'That is too large to send',
  lines: ['Nothing was saved. Shorten the text or send a smaller file.'],
};

const tooMany: Problem = {
  status: 429,
  code: 'too-many',
  title: 'Too many requests',
  lines: ['Wait a minute, then try again.'],
};

const invalid: Problem = {
  status: 400,
  code: 'invalid',
  title: 'That address or form is not complete',
  lines: ['Go back and try again. Nothing was changed.'],
};

const unsupported: Problem = {
  status: 415,
  code: 'unsupported',
  title: 'This kind of content cannot be read here',
  lines: ['Nothing was changed.'],
};

const fault: Problem = {
  status: 500,
  code: 'fault',
  title: 'Sorry, there is a problem with the service',
  lines: [
    'Nothing from this attempt was saved. Drafts saved before it are kept.',
    'Try again. If it goes on, ring the service desk and give the reference below.',
  ],
};

/** The page for an error that was thrown. Nothing of the error itself reaches the person. */
export function problemOf(error: FastifyError): Problem {
  if (error.validation !== undefined) return invalid;
  switch (error.statusCode) {
    case 413:
      return tooLarge;
    case 415:
      return unsupported;
    case 429:
      return tooMany;
    case 404:
      return notFound;
    case undefined:
      return fault;
    default:
      return error.statusCode >= 400 && error.statusCode < 500 ? invalid : fault;
  }
}

/** The JSON form, after RFC 9457. */
export function problemBody(request: FastifyRequest, problem: Problem): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.lines.join(' '),
    reference: request.reference,
  };
}

/** Which fields of a program's message were wrong, without quoting what was in them. */
export function invalidFields(error: FastifyError): readonly { field: string; message: string }[] {
  return (error.validation ?? []).map((issue) => ({
    field: issue.instancePath,
    message: issue.message ?? 'not valid',
  }));
}
