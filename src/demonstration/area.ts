import type { Database, Tx } from '../platform/database.ts';
import { CUSTODY_EVENTS_SCOPE, CUSTODY_FEED_CLIENT, type Role } from '../access/index.ts';

// The invented area: who works there and where. Every name is made up; suites and courts carry real places' names,
// as the service's public pages do (domain rules 2.2), and nothing is said about them.

const demonstrationArea = 'Greater Manchester (demonstration)';

interface SiteLine {
  readonly name: string;
  readonly short: string;
  readonly kind: 'custody-suite' | 'magistrates-court' | 'crown-court' | 'community-base';
  readonly code: string | null;
}

/** Court codes: HMPPS software, August 2026 (domain rules 2.2). Suites have no published code: ours are local. */
const sites: readonly SiteLine[] = [
  { name: 'Longsight custody', short: 'Longsight', kind: 'custody-suite', code: 'GM-LS' },
  { name: 'Cheadle Heath custody', short: 'Cheadle Heath', kind: 'custody-suite', code: 'GM-CH' },
  { name: 'Swinton custody', short: 'Swinton', kind: 'custody-suite', code: 'GM-SW' },
  { name: 'Bolton custody', short: 'Bolton', kind: 'custody-suite', code: 'GM-BO' },
  { name: 'Bury custody', short: 'Bury', kind: 'custody-suite', code: 'GM-BU' },
  { name: 'Ashton custody', short: 'Ashton', kind: 'custody-suite', code: 'GM-AS' },
  { name: 'Wigan custody', short: 'Wigan', kind: 'custody-suite', code: 'GM-WI' },
  { name: 'North Manchester custody', short: 'North Manchester', kind: 'custody-suite', code: 'GM-NM' },
  { name: 'Manchester Magistrates’ Court', short: 'Manchester', kind: 'magistrates-court', code: 'B06IS' },
  { name: 'Stockport Magistrates’ Court', short: 'Stockport', kind: 'magistrates-court', code: 'B06MK' },
  { name: 'Tameside Magistrates’ Court', short: 'Tameside', kind: 'magistrates-court', code: 'B06AN' },
  { name: 'Bolton Magistrates’ Court', short: 'Bolton', kind: 'magistrates-court', code: 'B06BV' },
  { name: 'Wigan and Leigh Magistrates’ Court', short: 'Wigan', kind: 'magistrates-court', code: 'B06OJ' },
  { name: 'Manchester Crown Court, Crown Square', short: 'Crown Square', kind: 'crown-court', code: 'C06MC' },
  {
    name: 'Manchester Crown Court, Minshull Street',
    short: 'Minshull Street',
    kind: 'crown-court',
    code: 'C06MM',
  },
  { name: 'Bolton Crown Court', short: 'Bolton Crown', kind: 'crown-court', code: 'C06BO' },
  { name: 'Ardwick community base', short: 'Ardwick', kind: 'community-base', code: null },
];

interface TeamLine {
  readonly name: string;
  readonly organisation: string;
  readonly kind: string;
}

const organisations: readonly { readonly name: string; readonly kind: string }[] = [
  { name: 'Northmoor Health NHS Trust', kind: 'nhs' },
  { name: 'Wayside Community Support', kind: 'voluntary' },
  { name: 'Rivermead', kind: 'voluntary' },
  { name: 'Police', kind: 'police' },
  { name: 'Combined authority and NHS commissioners', kind: 'commissioner' },
];

const teams: readonly TeamLine[] = [
  { name: 'Custody healthcare', organisation: 'Northmoor Health NHS Trust', kind: 'custody-healthcare' },
  { name: 'Custody liaison and diversion', organisation: 'Northmoor Health NHS Trust', kind: 'custody-ld' },
  { name: 'Court liaison and diversion', organisation: 'Northmoor Health NHS Trust', kind: 'court-ld' },
  { name: 'Community navigators', organisation: 'Wayside Community Support', kind: 'navigation' },
  { name: 'Service leads', organisation: 'Northmoor Health NHS Trust', kind: 'lead' },
  { name: 'Rivermead alcohol service', organisation: 'Rivermead', kind: 'partner' },
  { name: 'Investigators', organisation: 'Police', kind: 'justice' },
  { name: 'Commissioners', organisation: 'Combined authority and NHS commissioners', kind: 'commissioning' },
  { name: 'Information governance', organisation: 'Northmoor Health NHS Trust', kind: 'privacy' },
  { name: 'System administration', organisation: 'Northmoor Health NHS Trust', kind: 'administration' },
];

/** One invented person who works here. `key` is how the stories below name them. */
interface WorkerLine {
  readonly key: string;
  readonly name: string;
  readonly registration?: string;
  readonly email: string;
  readonly roles: readonly { readonly role: Role; readonly team: string; readonly site?: string }[];
}

const workers: readonly WorkerLine[] = [
  {
    key: 'hannah',
    name: 'Hannah Osei',
    registration: 'NMC 00A0000E',
    email: 'hannah.osei@northmoor.example',
    roles: [
      { role: 'custody-practitioner', team: 'Custody liaison and diversion', site: 'Longsight custody' },
    ],
  },
  {
    key: 'joel',
    name: 'Joel Watkins',
    registration: 'SWE 0000001',
    email: 'joel.watkins@northmoor.example',
    roles: [
      { role: 'custody-practitioner', team: 'Custody liaison and diversion', site: 'Longsight custody' },
      {
        role: 'court-practitioner',
        team: 'Court liaison and diversion',
        site: 'Manchester Magistrates’ Court',
      },
    ],
  },
  {
    key: 'ayesha',
    name: 'Ayesha Rahman',
    registration: 'NMC 00A0001E',
    email: 'ayesha.rahman@northmoor.example',
    roles: [{ role: 'custody-practitioner', team: 'Custody liaison and diversion', site: 'Swinton custody' }],
  },
  {
    key: 'sunil',
    name: 'Sunil Mistry',
    registration: 'NMC 00A0002E',
    email: 'sunil.mistry@northmoor.example',
    roles: [{ role: 'custody-healthcare', team: 'Custody healthcare', site: 'Longsight custody' }],
  },
  {
    key: 'maureen',
    name: 'Maureen Fielding',
    registration: 'NMC 00A0003E',
    email: 'maureen.fielding@northmoor.example',
    roles: [
      {
        role: 'court-practitioner',
        team: 'Court liaison and diversion',
        site: 'Manchester Magistrates’ Court',
      },
    ],
  },
  {
    key: 'ruth',
    name: 'Ruth Ogden',
    email: 'ruth.ogden@wayside.example',
    roles: [{ role: 'navigator', team: 'Community navigators', site: 'Ardwick community base' }],
  },
  {
    key: 'pat',
    name: 'Pat Lomax',
    email: 'pat.lomax@wayside.example',
    roles: [{ role: 'navigator', team: 'Community navigators', site: 'Ardwick community base' }],
  },
  {
    key: 'dele',
    name: 'Dele Adeyemi',
    registration: 'SWE 0000002',
    email: 'dele.adeyemi@northmoor.example',
    roles: [{ role: 'lead', team: 'Service leads' }],
  },
  {
    key: 'kim',
    name: 'Kim Sadler',
    email: 'kim.sadler@rivermead.example',
    roles: [{ role: 'partner-worker', team: 'Rivermead alcohol service' }],
  },
  {
    key: 'aled',
    name: 'Aled Price',
    email: 'aled.price@police.example',
    roles: [{ role: 'justice-reader', team: 'Investigators' }],
  },
  {
    key: 'beatrix',
    name: 'Beatrix Holm',
    email: 'beatrix.holm@commissioner.example',
    roles: [{ role: 'commissioner', team: 'Commissioners' }],
  },
  {
    key: 'femi',
    name: 'Femi Clarke',
    email: 'femi.clarke@northmoor.example',
    roles: [{ role: 'privacy-officer', team: 'Information governance' }],
  },
  {
    key: 'marta',
    name: 'Marta Nowak',
    email: 'marta.nowak@northmoor.example',
    roles: [{ role: 'administrator', team: 'System administration' }],
  },
];

/** Ids the stories need, by the names above. */
export interface DemonstrationArea {
  readonly areaId: string;
  readonly sites: ReadonlyMap<string, string>;
  readonly teams: ReadonlyMap<string, string>;
  readonly workers: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
}

/** True when no area exists yet: the first start. */
export async function isEmpty(database: Database): Promise<boolean> {
  const row = await database.transaction({ kind: 'system', area: null }, (tx) =>
    tx.selectFrom('area').select('id').limit(1).executeTakeFirst(),
  );
  return row === undefined;
}

/** Makes the area, its sites, teams and workers. `owner` may make areas; the program itself may not. */
export async function makeArea(owner: Database, issuer: string): Promise<DemonstrationArea> {
  return owner.transaction({ kind: 'system', area: null }, async (tx) => {
    const area = await tx
      .insertInto('area')
      .values({ name: demonstrationArea, demonstration: true })
      .returning('id')
      .executeTakeFirstOrThrow();
    const siteIds = await insertNamed(
      tx,
      'site',
      sites.map((site) => ({
        area_id: area.id,
        name: site.name,
        short_name: site.short,
        kind: site.kind,
        code: site.code,
      })),
    );
    const organisationIds = await insertNamed(
      tx,
      'organisation',
      organisations.map((organisation) => ({
        area_id: area.id,
        name: organisation.name,
        kind: organisation.kind,
      })),
    );
    const teamIds = await insertNamed(
      tx,
      'team',
      teams.map((team) => ({
        area_id: area.id,
        name: team.name,
        kind: team.kind,
        organisation_id: need(organisationIds, team.organisation),
      })),
    );
    const workerIds = new Map<string, { id: string; name: string }>();
    for (const worker of workers) {
      const row = await tx
        .insertInto('worker')
        .values({
          area_id: area.id,
          issuer,
          subject: worker.key,
          name: worker.name,
          email: worker.email,
          registration: worker.registration ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      workerIds.set(worker.key, { id: row.id, name: worker.name });
      await tx
        .insertInto('worker_role')
        .values(
          worker.roles.map((role) => ({
            area_id: area.id,
            worker_id: row.id,
            role: role.role,
            team_id: need(teamIds, role.team),
            site_id: role.site === undefined ? null : need(siteIds, role.site),
          })),
        )
        .execute();
    }
    await tx
      .insertInto('api_client')
      .values({
        area_id: area.id,
        issuer,
        client_id: CUSTODY_FEED_CLIENT,
        name: 'Custody feed',
        scopes: [CUSTODY_EVENTS_SCOPE],
      })
      .execute();
    return { areaId: area.id, sites: siteIds, teams: teamIds, workers: workerIds };
  });
}

function need(map: ReadonlyMap<string, string>, name: string): string {
  const id = map.get(name);
  if (id === undefined) throw new Error(`The demonstration names ${name}, which it does not make`);
  return id;
}

async function insertNamed(
  tx: Tx,
  table: 'site' | 'organisation' | 'team',
  rows: readonly { readonly name: string; readonly [column: string]: unknown }[],
): Promise<Map<string, string>> {
  const inserted = await tx
    .insertInto(table)
    .values(rows as never)
    .returning(['id', 'name'])
    .execute();
  return new Map(inserted.map((row) => [row.name, row.id]));
}
