import type { FastifyRequest } from 'fastify';
import type { SignedInViewer } from './viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, set by the session layer before any route runs; null on public pages. */
    viewer: SignedInViewer | null;
  }
}

/** The signed-in viewer of a request. A route with a permission always has one; a fault is thrown otherwise. */
export function viewerOf(request: FastifyRequest): SignedInViewer {
  if (request.viewer === null) throw new Error('A route that needs a viewer ran without one');
  return request.viewer;
}
