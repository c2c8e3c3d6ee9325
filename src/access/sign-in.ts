import { londonDate, type Clock } from '../platform/clock.ts';
import { setContext, type Database, type Tx } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { RecordAccessAudit } from './audit-port.ts';
import { ProviderRefused, ProviderUnreachable, type Identity, type Oidc } from './oidc.ts';
import type { SessionState } from './session.ts';
import { endSessions, startSession } from './session-store.ts';
import {
  findKnownWorker,
  heldRoles,
  saveAttempt,
  takeAttempt,
  type HeldRole,
  type KnownWorker,
  type SignInAttempt,
} from './sign-in-store.ts';

export interface SignInParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly oidc: Oidc;
  readonly audit: RecordAccessAudit;
  /** What people type into their browser, without a slash at its end. */
  readonly baseUrl: string;
}

const nobody = { kind: 'nobody', area: null } as const;
/** Somebody may look for their card; after this they start again. */
const ATTEMPT_MINUTES = 10;

function signInReturnUrl(baseUrl: string): string {
  return `${baseUrl}/sign-in/return`;
}

/** Leaves for the provider: remembers state, nonce and PKCE verifier for this browser and answers where to go. */
export async function beginSignIn(
  parts: SignInParts,
  from: { readonly browser: string; readonly returnTo: string | null; readonly kiosk: boolean },
): Promise<Outcome<URL, 'provider-unreachable'>> {
  const checks = parts.oidc.newChecks();
  try {
    const url = await parts.oidc.authorizationUrl(signInReturnUrl(parts.baseUrl), checks);
    const attempt = { ...checks, returnTo: from.returnTo, kiosk: from.kiosk };
    await parts.database.transaction(nobody, (tx) =>
      saveAttempt(tx, attempt, from.browser, parts.clock.now()),
    );
    return done(url);
  } catch (fault) {
    if (fault instanceof ProviderUnreachable) return unreachable;
    throw fault;
  }
}

export type SignInRefusal =
  | 'attempt-unknown'
  | 'attempt-expired'
  | 'provider-refused'
  | 'provider-unreachable'
  | 'not-assured'
  | 'not-known-here'
  | 'no-role';

const unreachable = refused(
  'provider-unreachable',
  'The service that checks who you are did not answer. Try again in a minute. If you cannot wait, use the paper form for this suite or court.',
);

/** A session that was just begun. */
export interface SignedIn {
  readonly token: string;
  readonly goTo: string;
}

export interface SignInReturn {
  /** The whole address the browser came back to. */
  readonly url: URL;
  /** What the browser was given when it left, or null. */
  readonly browser: string | null;
  /** Whose session this browser held until now. */
  readonly before: SessionState;
  readonly reference: string;
}

/**
 * Comes back from the provider. Always a new session with a new token. Whoever's session this browser held ends:
 * "switched" for somebody else's, so that a shared machine never carries two people. A worker with several roles
 * goes on to choose one. The page that was asked for is opened, except when the machine had been locked by
 * somebody else: the next person must not land on the last one's page.
 */
export async function finishSignIn(
  parts: SignInParts,
  returned: SignInReturn,
): Promise<Outcome<SignedIn, SignInRefusal>> {
  const now = parts.clock.now();
  const state = returned.url.searchParams.get('state');
  const attempt =
    state === null || returned.browser === null
      ? null
      : await parts.database.transaction(nobody, (tx) => takeAttempt(tx, state, returned.browser ?? ''));
  if (attempt === null)
    return refused(
      'attempt-unknown',
      'This sign-in was not started here, or it was used already. Start again.',
    );
  if (Temporal.Instant.compare(attempt.leftAt.add({ minutes: ATTEMPT_MINUTES }), now) < 0)
    return refused(
      'attempt-expired',
      `Signing in took longer than ${String(ATTEMPT_MINUTES)} minutes. Start again.`,
    );
  let identity: Identity;
  try {
    identity = await parts.oidc.redeem(returned.url, attempt);
  } catch (fault) {
    if (fault instanceof ProviderUnreachable) return unreachable;
    if (fault instanceof ProviderRefused)
      return refused(
        'provider-refused',
        'The service that checks who you are did not confirm it. Start again.',
      );
    throw fault;
  }
  if (identity.assurance < parts.oidc.settings.assuranceAtLeast)
    return refused(
      'not-assured',
      'The way you signed in is not strong enough for this service. Use your smartcard or security key.',
    );
  return parts.database.transaction(nobody, async (tx) => {
    const worker = await findKnownWorker(tx, parts.oidc.workerIssuer, identity.subject);
    if (worker === undefined || !worker.active) {
      await parts.audit(tx, now, actor(null, null, returned.reference), {
        action: 'refused',
        subjectKind: 'sign-in',
        detail: { why: 'not known here', subject: identity.subject },
      });
      return refused(
        'not-known-here',
        'Your identity was confirmed, but you are not set up here. Ask an administrator of your area to add you.',
      );
    }
    const held = await heldRoles(tx, worker.id, londonDate(now));
    if (held.length === 0)
      return refused('no-role', 'You hold no current role here. Ask an administrator of your area.');
    return done(await openSession(parts, tx, { worker, held, identity, attempt, returned, now }));
  });
}

interface Opening {
  readonly worker: KnownWorker;
  readonly held: readonly HeldRole[];
  readonly identity: Identity;
  readonly attempt: SignInAttempt;
  readonly returned: SignInReturn;
  readonly now: Temporal.Instant;
}

async function openSession(parts: SignInParts, tx: Tx, opening: Opening): Promise<SignedIn> {
  const { worker, held, attempt, returned, now } = opening;
  const { before } = returned;
  const lastWorker = workerOf(before);
  if ('sessionId' in before) {
    const reason = lastWorker === worker.id ? 'signed-in-again' : 'switched';
    await endSessions(tx, { sessionIds: [before.sessionId] }, reason, now);
  }
  const only = held.length === 1 ? held[0] : undefined;
  // Known by now: the audit row belongs to the worker's area.
  await setContext(tx, { kind: 'nobody', area: worker.areaId });
  const session = await startSession(
    tx,
    {
      workerId: worker.id,
      workerRoleId: only?.workerRoleId ?? null,
      kiosk: attempt.kiosk,
      providerSession: opening.identity.providerSession,
    },
    now,
  );
  await parts.audit(tx, now, actor(worker, only ?? null, returned.reference, session.id), {
    action: 'signed-in',
    subjectKind: 'session',
    subjectId: session.id,
    detail: { kiosk: attempt.kiosk, roles: held.length },
  });
  const mayReturn = lastWorker === null || lastWorker === worker.id;
  const returnTo = mayReturn ? attempt.returnTo : null;
  if (only !== undefined) return { token: session.token, goTo: returnTo ?? only.startsOn };
  const goTo = returnTo === null ? '/choose-role' : `/choose-role?to=${encodeURIComponent(returnTo)}`;
  return { token: session.token, goTo };
}

function workerOf(state: SessionState): string | null {
  if (state.kind === 'open') return state.viewer.workerId;
  return state.kind === 'locked' || state.kind === 'choosing' ? state.workerId : null;
}

function actor(
  worker: KnownWorker | null,
  role: HeldRole | null,
  reference: string,
  sessionId: string | null = null,
) {
  return {
    areaId: worker?.areaId ?? null,
    workerId: worker?.id ?? null,
    workerRole: role?.role ?? null,
    sessionId,
    actor: worker?.name ?? 'somebody who is not set up here',
    reference,
  };
}
