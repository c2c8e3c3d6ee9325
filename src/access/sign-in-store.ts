import { createHash } from 'node:crypto';
import type { Tx } from '../platform/database.ts';
import type { SignInChecks } from './oidc.ts';
import { roles, type Role } from './viewer.ts';

/** A sign-in that has left for the provider. */
export interface SignInAttempt extends SignInChecks {
  readonly returnTo: string | null;
  readonly kiosk: boolean;
}

function browserHash(browser: string): Buffer {
  return createHash('sha256').update(browser).digest();
}

/** Remembers a sign-in that leaves for the provider, and forgets those nobody came back from. */
export async function saveAttempt(
  tx: Tx,
  attempt: SignInAttempt,
  browser: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .deleteFrom('sign_in_attempt')
    .where('created_at', '<', now.subtract({ hours: 1 }))
    .execute();
  await tx
    .insertInto('sign_in_attempt')
    .values({
      state: attempt.state,
      nonce: attempt.nonce,
      code_verifier: attempt.codeVerifier,
      return_to: attempt.returnTo ?? '',
      kiosk: attempt.kiosk,
      browser_hash: browserHash(browser),
      created_at: now,
    })
    .execute();
}

/** The attempt with this state that left from this browser, once: whoever asks again finds nothing. */
export async function takeAttempt(
  tx: Tx,
  state: string,
  browser: string,
): Promise<(SignInAttempt & { readonly leftAt: Temporal.Instant }) | null> {
  const row = await tx
    .deleteFrom('sign_in_attempt')
    .where('state', '=', state)
    .where('browser_hash', '=', browserHash(browser))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    state: row.state,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    returnTo: row.return_to === '' ? null : row.return_to,
    kiosk: row.kiosk,
    leftAt: row.created_at,
  };
}

/** Somebody who works here, as sign-in needs them. */
export interface KnownWorker {
  readonly id: string;
  readonly areaId: string;
  readonly name: string;
  readonly active: boolean;
}

/** The worker the provider's issuer and subject stand for. */
export async function findKnownWorker(
  tx: Tx,
  issuer: string,
  subject: string,
): Promise<KnownWorker | undefined> {
  return tx
    .selectFrom('worker')
    .select(['id', 'area_id as areaId', 'name', 'active'])
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

/** A role somebody may choose. */
export interface HeldRole {
  readonly workerRoleId: string;
  readonly role: Role;
  readonly label: string;
  /** The site, or the team when the role has no site. */
  readonly place: string | null;
  readonly startsOn: string;
}

/** The roles a worker holds on this day. */
export async function heldRoles(
  tx: Tx,
  workerId: string,
  today: Temporal.PlainDate,
): Promise<readonly HeldRole[]> {
  const rows = await tx
    .selectFrom('worker_role')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .leftJoin('team', 'team.id', 'worker_role.team_id')
    .select(['worker_role.id', 'worker_role.role', 'site.name as site', 'team.name as team'])
    .where('worker_role.worker_id', '=', workerId)
    .where('worker_role.valid_from', '<=', today)
    .where((where) =>
      where.or([where('worker_role.valid_to', 'is', null), where('worker_role.valid_to', '>=', today)]),
    )
    .orderBy('worker_role.id')
    .execute();
  return rows.flatMap((row) => {
    const role = Object.keys(roles).find((known): known is Role => known === row.role);
    if (role === undefined) return [];
    const { label, startsOn } = roles[role];
    return [{ workerRoleId: row.id, role, label, place: row.site ?? row.team, startsOn }];
  });
}
