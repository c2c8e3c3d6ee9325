import type { Tx } from '../platform/database.ts';
import { roles, type Role, type SignedInViewer } from './viewer.ts';

// None of these tables stands under row-level security (nothing in them is about a person in contact with the
// service), so every statement here names the viewer's area.

function roleLabel(role: string): string {
  const known = Object.keys(roles).find((name): name is Role => name === role);
  return known === undefined ? role : roles[known].label;
}

export interface WorkerLine {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Roles held today, as people read them. */
  readonly roles: readonly string[];
}

/** Everybody who works in the viewer's area, with the roles they hold today: two queries however many they are. */
export async function listWorkers(
  tx: Tx,
  viewer: SignedInViewer,
  today: Temporal.PlainDate,
): Promise<readonly WorkerLine[]> {
  const workers = await tx
    .selectFrom('worker')
    .select(['id', 'name', 'active'])
    .where('area_id', '=', viewer.areaId)
    .orderBy('active', 'desc')
    .orderBy('name')
    .limit(1000)
    .execute();
  const held = await tx
    .selectFrom('worker_role')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .select(['worker_role.worker_id', 'worker_role.role', 'site.short_name as site'])
    .where('worker_role.area_id', '=', viewer.areaId)
    .where('worker_role.valid_from', '<=', today)
    .where((where) =>
      where.or([where('worker_role.valid_to', 'is', null), where('worker_role.valid_to', '>=', today)]),
    )
    .orderBy('worker_role.id')
    .execute();
  const byWorker = Map.groupBy(held, (role) => role.worker_id);
  return workers.map((worker) => ({
    ...worker,
    roles: (byWorker.get(worker.id) ?? []).map((role) =>
      role.site === null ? roleLabel(role.role) : `${roleLabel(role.role)}, ${role.site}`,
    ),
  }));
}

export interface WorkerDetail {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly registration: string | null;
  readonly issuer: string;
  readonly subject: string;
  readonly active: boolean;
}

/** One worker of the viewer's area. */
export async function findWorker(
  tx: Tx,
  viewer: SignedInViewer,
  id: string,
): Promise<WorkerDetail | undefined> {
  return tx
    .selectFrom('worker')
    .select(['id', 'name', 'email', 'registration', 'issuer', 'subject', 'active'])
    .where('id', '=', id)
    .where('area_id', '=', viewer.areaId)
    .executeTakeFirst();
}

export interface RoleLine {
  readonly id: string;
  readonly label: string;
  readonly place: string | null;
  readonly validFrom: Temporal.PlainDate;
  readonly validTo: Temporal.PlainDate | null;
}

/** Every role of a worker, current and past, newest first. */
export async function listRoles(
  tx: Tx,
  viewer: SignedInViewer,
  workerId: string,
): Promise<readonly RoleLine[]> {
  const rows = await tx
    .selectFrom('worker_role')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .leftJoin('team', 'team.id', 'worker_role.team_id')
    .select([
      'worker_role.id',
      'worker_role.role',
      'site.name as site',
      'team.name as team',
      'worker_role.valid_from',
      'worker_role.valid_to',
    ])
    .where('worker_role.worker_id', '=', workerId)
    .where('worker_role.area_id', '=', viewer.areaId)
    .orderBy('worker_role.valid_from', 'desc')
    .orderBy('worker_role.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    label: roleLabel(row.role),
    place: [row.site, row.team].filter((part) => part !== null).join(', ') || null,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

export interface SiteLine {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly code: string | null;
  readonly openedOn: Temporal.PlainDate;
  readonly closedOn: Temporal.PlainDate | null;
}

/** The area's sites, open ones first. */
export async function listSites(tx: Tx, viewer: SignedInViewer): Promise<readonly SiteLine[]> {
  return tx
    .selectFrom('site')
    .select(['id', 'name', 'kind', 'code', 'opened_on as openedOn', 'closed_on as closedOn'])
    .where('area_id', '=', viewer.areaId)
    .orderBy((order) => order('closed_on', 'is not', null))
    .orderBy('kind')
    .orderBy('name')
    .execute();
}

export interface TeamLine {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly organisation: string;
}

/** The area's teams with the organisation that employs them. */
export async function listTeams(tx: Tx, viewer: SignedInViewer): Promise<readonly TeamLine[]> {
  return tx
    .selectFrom('team')
    .innerJoin('organisation', 'organisation.id', 'team.organisation_id')
    .select(['team.id', 'team.name', 'team.kind', 'organisation.name as organisation'])
    .where('team.area_id', '=', viewer.areaId)
    .orderBy('team.name')
    .execute();
}

/** The area's organisations. */
export async function listOrganisations(
  tx: Tx,
  viewer: SignedInViewer,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return tx
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('area_id', '=', viewer.areaId)
    .orderBy('name')
    .execute();
}

export interface SessionLine {
  readonly id: string;
  readonly workerId: string;
  readonly name: string;
  readonly role: string | null;
  readonly kiosk: boolean;
  readonly startedAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
  readonly lockedAt: Temporal.Instant | null;
}

/** Sessions of the area that nobody and nothing has ended and that were used since `since`, last used first. */
export async function listOpenSessions(
  tx: Tx,
  viewer: SignedInViewer,
  since: Temporal.Instant,
  workerId?: string,
): Promise<readonly SessionLine[]> {
  let query = tx
    .selectFrom('session')
    .innerJoin('worker', 'worker.id', 'session.worker_id')
    .leftJoin('worker_role', 'worker_role.id', 'session.worker_role_id')
    .select([
      'session.id',
      'session.worker_id as workerId',
      'worker.name',
      'worker_role.role',
      'session.kiosk',
      'session.created_at as startedAt',
      'session.last_seen_at as lastSeenAt',
      'session.locked_at as lockedAt',
    ])
    .where('worker.area_id', '=', viewer.areaId)
    .where('session.ended_at', 'is', null)
    .where('session.last_seen_at', '>', since)
    .orderBy('session.last_seen_at', 'desc')
    .limit(500);
  if (workerId !== undefined) query = query.where('session.worker_id', '=', workerId);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, role: row.role === null ? null : roleLabel(row.role) }));
}

export interface ConnectionLine {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly active: boolean;
  readonly lastUsedAt: Temporal.Instant | null;
}

/** Programs that may call our interfaces for this area. */
export async function listConnections(tx: Tx, viewer: SignedInViewer): Promise<readonly ConnectionLine[]> {
  return tx
    .selectFrom('api_client')
    .select(['id', 'name', 'client_id as clientId', 'scopes', 'active', 'last_used_at as lastUsedAt'])
    .where('area_id', '=', viewer.areaId)
    .orderBy('name')
    .execute();
}
