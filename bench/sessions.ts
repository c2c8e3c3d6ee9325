import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { SESSION_COOKIE } from '../src/access/index.ts';

/** Somebody signed in, as a browser would be. */
export interface Session {
  readonly workerId: string;
  readonly siteId: string | null;
  readonly cookie: string;
}

/**
 * Signs workers of a role in by rows in the session table: the bench measures pages, not signing in. `count` sessions,
 * shared out over the workers with the most to do, because the service limits requests for each session.
 */
export async function makeSessions(
  owner: pg.Client,
  role: string,
  count: number,
): Promise<readonly Session[]> {
  const { rows } = await owner.query<{ id: string; worker_id: string; site_id: string | null }>(
    `select r.id, r.worker_id, r.site_id from worker_role r join worker w on w.id = r.worker_id
     where r.role = $1 and w.active
     order by (select count(*) from caseload_assignment c where c.worker_id = w.id and c.ended_at is null) desc, w.id`,
    [role],
  );
  const sessions: Session[] = [];
  for (let i = 0; i < count; i += 1) {
    const worker = rows[i % rows.length];
    if (worker === undefined) throw new Error(`Nobody here is a ${role}`);
    const token = randomBytes(32).toString('base64url');
    await owner.query('insert into session (token_hash, worker_id, worker_role_id) values ($1, $2, $3)', [
      createHash('sha256').update(token).digest(),
      worker.worker_id,
      worker.id,
    ]);
    sessions.push({
      workerId: worker.worker_id,
      siteId: worker.site_id,
      cookie: `${SESSION_COOKIE}=${token}`,
    });
  }
  return sessions;
}
