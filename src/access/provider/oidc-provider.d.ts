// The package ships no types. Only what this folder uses, as its documentation describes it. Its parts are imported
// by their files: the package's front door prints a warning on every runtime that is not yet a long-term release.
declare module 'oidc-provider/lib/provider.js' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: Readonly<Record<string, unknown>>;
  }
  export interface ProviderContext {
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId?: string };
      readonly provider: Provider;
    };
  }
  export class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (properties: { clientId: string; accountId: string | undefined }) => Grant;
    proxy: boolean;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionResult(request: IncomingMessage, response: ServerResponse, result: object): Promise<string>;
    on(event: string, listener: (...args: unknown[]) => void): this;
  }
}

declare module 'oidc-provider/lib/helpers/errors.js' {
  export const SessionNotFound: abstract new (...args: never[]) => Error;
  export const InvalidTarget: new () => Error;
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  /** A store in this process's memory, with expiry. */
  export function createMemoryAdapter(clockToleranceSeconds: number): object;
}
