import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../result.ts';

/** What the access module answers about one request: a word, or a page of its own. `undefined` lets it through. */
export type Verdict = 'sign-in' | 'forbidden' | 'not-found' | Problem | undefined;

/** Decides whether a request may use a route that declares `permission`. Not called for `public` routes. */
export type Authorise = (request: FastifyRequest, permission: string) => Promise<Verdict>;

export interface ChromeLink {
  readonly href: string;
  readonly text: string;
  readonly current?: boolean;
  /** Changes something (sign out, lock): shown as a button of a form. */
  readonly post?: boolean;
}

/** What surrounds a page: who is signed in, where they can go. Asked once for each page. */
export interface PageChrome {
  readonly serviceName: string;
  /** The organisation that runs the service; shown on public pages. */
  readonly organisation: string;
  readonly navigation: readonly ChromeLink[];
  readonly account?: { readonly text: string; readonly links: readonly ChromeLink[] };
  /** Where the search in the header goes; without it there is no search. */
  readonly search?: { readonly action: string; readonly label: string; readonly placeholder: string };
  /** True in a demonstration area: the footer says that everyone is invented. */
  readonly demo: boolean;
}

export type PageChromeSource = (request: FastifyRequest) => PageChrome | Promise<PageChrome>;

/** One route, as the access test reads it. */
export interface RouteDeclaration {
  readonly method: string;
  readonly url: string;
  readonly permission: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a viewer must hold to use this route, or `public`. A route without it does not register. */
    permission: string;
    /** `token-api`: called by programs with a bearer token, never with a cookie, so no CSRF token is asked. */
    csrf?: 'token-api';
    /** Not written to the access log and not counted by the rate limit (health checks, static files). */
    quiet?: boolean;
  }
  interface FastifyRequest {
    /** Names this request on its error page, in the response header and in the log. Eight characters. */
    reference: string;
    /** For the content security policy of this one response. */
    nonce: string;
    /** What CSRF tokens are bound to: set by the session layer in `onRequest`; null when nobody is signed in. */
    sessionKey: string | null;
    /** The page asked by itself (a live refresh, an event stream): no sign that anybody is there. */
    readonly unattended: boolean;
  }
  interface FastifyReply {
    /** Renders a template within the chrome of the page. */
    page(template: string, data?: Readonly<Record<string, unknown>>, status?: number): Promise<FastifyReply>;
    /** The not-found page: also for what exists but this viewer may not see. */
    missing(): Promise<FastifyReply>;
    /** A refusal the user can act on, as a page or as a JSON problem. Without a status, 409. */
    refusal(refusal: Refusal<string>, status?: number): Promise<FastifyReply>;
  }
  interface FastifyInstance {
    /** Every route registered so far, with what it asks of the viewer. */
    routes(): readonly RouteDeclaration[];
  }
}

/** An answer other than the page that was asked for. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** Sentences for the person, plain words, no personal data. */
  readonly lines: readonly string[];
  readonly code: string;
}

export type ProblemSender = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
) => Promise<FastifyReply>;
