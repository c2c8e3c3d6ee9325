import type { Tx } from '../platform/database.ts';
import { hashToken, newToken, type EndReason, type SessionRow } from './session.ts';

/** The session behind a cookie, with worker, role, team and site: one query for each request. */
export async function findSession(
  tx: Tx,
  token: string,
  today: Temporal.PlainDate,
): Promise<SessionRow | undefined> {
  return tx
    .selectFrom('session')
    .innerJoin('worker', 'worker.id', 'session.worker_id')
    .leftJoin('worker_role', 'worker_role.id', 'session.worker_role_id')
    .leftJoin('team', 'team.id', 'worker_role.team_id')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .select([
      'session.id',
      'session.worker_id',
      'session.worker_role_id',
      'session.kiosk',
      'session.created_at',
      'session.last_seen_at',
      'session.locked_at',
      'session.ended_at',
      'session.end_reason',
      'worker.area_id',
      'worker.name',
      'worker.registration',
      'worker.active',
      'worker_role.role',
      'worker_role.valid_from',
      'worker_role.valid_to',
      'worker_role.team_id',
      'team.name as team_name',
      'worker_role.site_id',
      'site.name as site_name',
      'worker_role.service_id',
    ])
    .select((select) =>
      select
        .exists(
          select
            .selectFrom('worker_role as other')
            .select('other.id')
            .whereRef('other.worker_id', '=', 'session.worker_id')
            .whereRef('other.id', '<>', 'session.worker_role_id')
            .where((where) =>
              where.or([where('other.valid_to', 'is', null), where('other.valid_to', '>=', today)]),
            ),
        )
        .$castTo<boolean>()
        .as('several_roles'),
    )
    .where('session.token_hash', '=', hashToken(token))
    .executeTakeFirst();
}

/** A session somebody just signed in to. */
export interface NewSession {
  readonly workerId: string;
  /** Null: the worker holds several roles and must choose. */
  readonly workerRoleId: string | null;
  readonly kiosk: boolean;
  /** The provider's name for its own session, for back-channel logout. */
  readonly providerSession: string | null;
}

/** Starts a session with a token of its own, whatever the browser held before (no session fixation). */
export async function startSession(
  tx: Tx,
  session: NewSession,
  now: Temporal.Instant,
): Promise<{ readonly id: string; readonly token: string }> {
  const token = newToken();
  const row = await tx
    .insertInto('session')
    .values({
      token_hash: hashToken(token),
      worker_id: session.workerId,
      worker_role_id: session.workerRoleId,
      kiosk: session.kiosk,
      provider_session: session.providerSession,
      created_at: now,
      last_seen_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, token };
}

/** Puts the chosen role into the session and gives it a new token: the old one is worth nothing afterwards. */
export async function setSessionRole(tx: Tx, sessionId: string, workerRoleId: string): Promise<string> {
  const token = newToken();
  await tx
    .updateTable('session')
    .set({ worker_role_id: workerRoleId, token_hash: hashToken(token) })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
  return token;
}

/** Ends open sessions and answers how many. Those that had ended keep their first reason. */
export async function endSessions(
  tx: Tx,
  which: { readonly sessionIds: readonly string[] } | { readonly workerId: string },
  reason: EndReason,
  now: Temporal.Instant,
  endedBy: string | null = null,
): Promise<number> {
  if ('sessionIds' in which && which.sessionIds.length === 0) return 0;
  const rows = await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason, ended_by: endedBy })
    .where('ended_at', 'is', null)
    .$if('sessionIds' in which, (query) =>
      query.where('id', 'in', 'sessionIds' in which ? [...which.sessionIds] : []),
    )
    .$if('workerId' in which, (query) =>
      query.where('worker_id', '=', 'workerId' in which ? which.workerId : ''),
    )
    .returning('id')
    .execute();
  return rows.length;
}

/** Locks a session: nothing of it opens until its owner signs in again. */
export async function lockSession(tx: Tx, sessionId: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ locked_at: now })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('locked_at', 'is', null)
    .execute();
}

/** Remembers that a session was used. */
export async function markSeen(tx: Tx, sessionId: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .execute();
}
