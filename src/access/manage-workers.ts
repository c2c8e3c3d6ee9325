import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { findWorker } from './administration-store.ts';
import { auditActor } from './audit-actor.ts';
import type { AccessAuditEntry, RecordAccessAudit } from './audit-port.ts';
import type { SessionLimits } from './session.ts';
import { endSessions } from './session-store.ts';
import { databaseContext, type Role, type SignedInViewer } from './viewer.ts';

export interface AdministrationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: RecordAccessAudit;
  readonly limits: SessionLimits;
  /** The issuer column of workers who sign in here: `Oidc.workerIssuer`. */
  readonly workerIssuer: string;
  readonly baseUrl: string;
}

/** One act of an administrator: its transaction, its moment, and its line in the audit. */
export async function administer<T>(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  reference: string,
  work: (tx: Tx, now: Temporal.Instant, record: (entry: AccessAuditEntry) => Promise<void>) => Promise<T>,
): Promise<T> {
  const now = parts.clock.now();
  return parts.database.transaction(databaseContext(viewer), (tx) =>
    work(tx, now, (entry) => parts.audit(tx, now, auditActor(viewer, reference), entry)),
  );
}

export interface NewWorker {
  readonly name: string;
  readonly email: string | undefined;
  readonly registration: string | undefined;
  /** Who they are to the identity provider: CIS2's user id, or the organisation's own. */
  readonly subject: string;
}

/** Adds somebody who works here. They can sign in once they hold a role. */
export async function addWorker(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  worker: NewWorker,
  reference: string,
): Promise<Outcome<string, 'known-already'>> {
  return administer(parts, viewer, reference, async (tx, now, record) => {
    const row = await tx
      .insertInto('worker')
      .values({
        area_id: viewer.areaId,
        issuer: parts.workerIssuer,
        subject: worker.subject,
        name: worker.name,
        email: worker.email ?? null,
        registration: worker.registration ?? null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined)
      return refused('known-already', 'Somebody with this identity is set up already.', 'subject');
    await record({ action: 'created', subjectKind: 'worker', subjectId: row.id });
    return done(row.id);
  });
}

export interface NewRole {
  readonly role: Role;
  readonly siteId: string | undefined;
  readonly teamId: string | undefined;
  readonly validFrom: Temporal.PlainDate;
  readonly validTo: Temporal.PlainDate | undefined;
}

type RoleRefusal = 'not-found' | 'your-own' | 'held-already' | 'dates';
const ownRoles = refused('your-own', 'Another administrator must change your own roles.', 'role');

/** Gives a worker a role, between dates. Nobody gives one to themselves. */
export async function giveRole(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  workerId: string,
  given: NewRole,
  reference: string,
): Promise<Outcome<null, RoleRefusal>> {
  if (workerId === viewer.workerId) return ownRoles;
  if (given.validTo !== undefined && Temporal.PlainDate.compare(given.validTo, given.validFrom) < 0)
    return refused('dates', 'The last day must not be before the first', 'validTo');
  return administer(parts, viewer, reference, async (tx, _now, record) => {
    const worker = await findWorker(tx, viewer, workerId);
    const place = await placeInArea(tx, viewer, given);
    if (worker === undefined || !place) return refused('not-found', 'There is no such worker, site or team.');
    const row = await tx
      .insertInto('worker_role')
      .values({
        area_id: viewer.areaId,
        worker_id: workerId,
        role: given.role,
        site_id: given.siteId ?? null,
        team_id: given.teamId ?? null,
        valid_from: given.validFrom,
        valid_to: given.validTo ?? null,
      })
      // A role that has ended and is given again takes the new dates: one row for each role, site and team.
      .onConflict((conflict) =>
        conflict
          .columns(['worker_id', 'role', 'team_id', 'site_id'])
          .doUpdateSet({ valid_from: given.validFrom, valid_to: given.validTo ?? null })
          .where('worker_role.valid_to', 'is not', null),
      )
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) return refused('held-already', 'They hold this role there already.', 'role');
    await record({
      action: 'changed',
      subjectKind: 'worker',
      subjectId: workerId,
      detail: { gave: given.role, from: given.validFrom.toString(), to: given.validTo?.toString() ?? null },
    });
    return done(null);
  });
}

/** Do the site and the team belong to the viewer's area? */
async function placeInArea(tx: Tx, viewer: SignedInViewer, given: NewRole): Promise<boolean> {
  if (given.siteId !== undefined) {
    const site = await tx
      .selectFrom('site')
      .select('id')
      .where('id', '=', given.siteId)
      .where('area_id', '=', viewer.areaId)
      .executeTakeFirst();
    if (site === undefined) return false;
  }
  if (given.teamId === undefined) return true;
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('id', '=', given.teamId)
    .where('area_id', '=', viewer.areaId)
    .executeTakeFirst();
  return team !== undefined;
}

/** Ends a role: yesterday was its last day, so sessions in it end with the next request. */
export async function endRole(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  workerId: string,
  roleId: string,
  reference: string,
): Promise<Outcome<null, RoleRefusal>> {
  if (workerId === viewer.workerId) return ownRoles;
  return administer(parts, viewer, reference, async (tx, now, record) => {
    const row = await tx
      .updateTable('worker_role')
      .set({ valid_to: londonDate(now).subtract({ days: 1 }) })
      .where('id', '=', roleId)
      .where('worker_id', '=', workerId)
      .where('area_id', '=', viewer.areaId)
      .returning('role')
      .executeTakeFirst();
    if (row === undefined) return refused('not-found', 'There is no such role.');
    await record({
      action: 'changed',
      subjectKind: 'worker',
      subjectId: workerId,
      detail: { ended: row.role },
    });
    return done(null);
  });
}

/** Lets somebody sign in, or stops them: stopping ends every session they have open, now. */
export async function setActive(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  workerId: string,
  active: boolean,
  reference: string,
): Promise<Outcome<null, 'not-found' | 'your-own'>> {
  if (workerId === viewer.workerId) return refused('your-own', 'Another administrator must do this for you.');
  return administer(parts, viewer, reference, async (tx, now, record) => {
    const worker = await findWorker(tx, viewer, workerId);
    if (worker === undefined) return refused('not-found', 'There is no such worker.');
    await tx.updateTable('worker').set({ active }).where('id', '=', workerId).execute();
    const ended = active ? 0 : await endSessions(tx, { workerId }, 'administrator', now, viewer.workerId);
    await record({
      action: 'changed',
      subjectKind: 'worker',
      subjectId: workerId,
      detail: { active, sessionsEnded: ended },
    });
    return done(null);
  });
}

/** Ends every open session of a worker, or one of them. */
export async function endWorkersSessions(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  which: { readonly workerId: string; readonly sessionId?: string },
  reference: string,
): Promise<Outcome<number, 'not-found'>> {
  return administer(parts, viewer, reference, async (tx, now, record) => {
    if ((await findWorker(tx, viewer, which.workerId)) === undefined)
      return refused('not-found', 'There is no such worker.');
    let ids: readonly string[] | null = null;
    if (which.sessionId !== undefined) {
      const session = await tx
        .selectFrom('session')
        .select('id')
        .where('id', '=', which.sessionId)
        .where('worker_id', '=', which.workerId)
        .executeTakeFirst();
      if (session === undefined) return refused('not-found', 'There is no such session.');
      ids = [session.id];
    }
    const target = ids === null ? { workerId: which.workerId } : { sessionIds: ids };
    const ended = await endSessions(tx, target, 'administrator', now, viewer.workerId);
    await record({
      action: 'changed',
      subjectKind: 'worker',
      subjectId: which.workerId,
      detail: { sessionsEnded: ended },
    });
    return done(ended);
  });
}
