import { createHash, randomBytes } from 'node:crypto';
import type { Database, Tx } from '../platform/database.ts';
import { roles, type Role, type SignedInViewer, type SystemViewer } from './viewer.ts';

// For tests only: one area with two suites, two courts, a team for each kind of work and somebody in every role.

/** A ready-made area. `viewers` holds one signed-in worker for each role, at the first suite, court or team. */
export interface TestArea {
  readonly areaId: string;
  readonly system: SystemViewer;
  readonly suiteId: string;
  readonly otherSuiteId: string;
  readonly courtId: string;
  readonly otherCourtId: string;
  readonly viewers: Readonly<Record<Role, SignedInViewer>>;
  /** The session cookie's value for each role, for requests through `inject`. */
  readonly cookies: Readonly<Record<Role, string>>;
  /** Another worker in a role, at another site when given. */
  worker(
    name: string,
    role: Role,
    siteId?: string | null,
  ): Promise<{ viewer: SignedInViewer; cookie: string }>;
}

const teamKinds: Readonly<Record<Role, string>> = {
  'custody-healthcare': 'custody-healthcare',
  'custody-practitioner': 'custody-ld',
  'court-practitioner': 'court-ld',
  navigator: 'navigation',
  lead: 'lead',
  'partner-worker': 'partner',
  'justice-reader': 'justice',
  commissioner: 'commissioning',
  'privacy-officer': 'privacy',
  administrator: 'administration',
};

/** Fills a fresh area. `ownerDatabase` may be the program's own: areas and workers are not under row-level security. */
export async function testArea(database: Database, owner: Database, name = 'Test area'): Promise<TestArea> {
  const areaId = await owner.transaction({ kind: 'system', area: null }, async (tx) => {
    const area = await tx.insertInto('area').values({ name }).returning('id').executeTakeFirstOrThrow();
    return area.id;
  });
  const system: SystemViewer = { kind: 'system', areaId, actor: 'test' };
  return database.transaction({ kind: 'system', area: areaId }, async (tx) => {
    const organisation = await tx
      .insertInto('organisation')
      .values({ area_id: areaId, name: 'Northmoor Health', kind: 'nhs' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const site = async (siteName: string, kind: string, code: string | null) => {
      const row = await tx
        .insertInto('site')
        .values({
          area_id: areaId,
          name: siteName,
          short_name: siteName.split(' ')[0] ?? siteName,
          kind,
          code,
        })
        .returning(['id', 'name'])
        .executeTakeFirstOrThrow();
      return row.id;
    };
    const suiteId = await site('Longsight custody', 'custody-suite', '06LS');
    const otherSuiteId = await site('Swinton custody', 'custody-suite', '06SW');
    const courtId = await site('Manchester Magistrates’ Court', 'magistrates-court', 'B06IS');
    const otherCourtId = await site('Stockport Magistrates’ Court', 'magistrates-court', 'B06MK');
    const teams = new Map<Role, { id: string; name: string }>();
    for (const role of Object.keys(roles) as Role[]) {
      const row = await tx
        .insertInto('team')
        .values({
          area_id: areaId,
          organisation_id: organisation.id,
          name: `${roles[role].label} team`,
          kind: teamKinds[role],
        })
        .returning(['id', 'name'])
        .executeTakeFirstOrThrow();
      teams.set(role, row);
    }
    const siteOf = (role: Role): string | null =>
      role === 'custody-healthcare' || role === 'custody-practitioner'
        ? suiteId
        : role === 'court-practitioner'
          ? courtId
          : null;
    const make = (within: Tx, workerName: string, role: Role, siteId: string | null) =>
      addWorker(within, { areaId, workerName, role, siteId, team: teams.get(role) ?? null });
    const viewers: Partial<Record<Role, SignedInViewer>> = {};
    const cookies: Partial<Record<Role, string>> = {};
    for (const role of Object.keys(roles) as Role[]) {
      const { viewer, cookie } = await make(tx, `Worker ${role}`, role, siteOf(role));
      viewers[role] = viewer;
      cookies[role] = cookie;
    }
    return {
      areaId,
      system,
      suiteId,
      otherSuiteId,
      courtId,
      otherCourtId,
      viewers: viewers as Record<Role, SignedInViewer>,
      cookies: cookies as Record<Role, string>,
      worker: (workerName, role, siteId) =>
        database.transaction({ kind: 'system', area: areaId }, (later) =>
          make(later, workerName, role, siteId === undefined ? siteOf(role) : siteId),
        ),
    };
  });
}

interface WorkerInput {
  readonly areaId: string;
  readonly workerName: string;
  readonly role: Role;
  readonly siteId: string | null;
  readonly team: { readonly id: string; readonly name: string } | null;
}

async function addWorker(tx: Tx, input: WorkerInput): Promise<{ viewer: SignedInViewer; cookie: string }> {
  const worker = await tx
    .insertInto('worker')
    .values({
      area_id: input.areaId,
      issuer: 'test',
      subject: randomBytes(9).toString('hex'),
      name: input.workerName,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const workerRole = await tx
    .insertInto('worker_role')
    .values({
      area_id: input.areaId,
      worker_id: worker.id,
      role: input.role,
      team_id: input.team?.id ?? null,
      site_id: input.siteId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const cookie = randomBytes(32).toString('base64url');
  const session = await tx
    .insertInto('session')
    .values({
      token_hash: createHash('sha256').update(cookie).digest(),
      worker_id: worker.id,
      worker_role_id: workerRole.id,
      // Last seen in a hundred years: a test's clock may stand anywhere and the session is still open.
      created_at: Temporal.Instant.from('2126-01-01T00:00:00Z'),
      last_seen_at: Temporal.Instant.from('2126-01-01T00:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const siteName =
    input.siteId === null
      ? null
      : (await tx.selectFrom('site').select('name').where('id', '=', input.siteId).executeTakeFirstOrThrow())
          .name;
  return {
    cookie,
    viewer: {
      kind: roles[input.role].kind,
      areaId: input.areaId,
      workerId: worker.id,
      name: input.workerName,
      registration: null,
      role: input.role,
      workerRoleId: workerRole.id,
      teamId: input.team?.id ?? null,
      teamName: input.team?.name ?? null,
      siteId: input.siteId,
      siteName,
      serviceId: null,
      sessionId: session.id,
    },
  };
}
