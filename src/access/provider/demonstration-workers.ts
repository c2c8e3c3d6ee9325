import { londonDate } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { roles, type Role } from '../viewer.ts';

/** The issuer column of every invented worker: the same whatever address the demonstration is served at. */
export const DEMONSTRATION_ISSUER = 'demonstration';

/** Somebody to be, as the page "Choose who to be" lists them. */
export interface DemonstrationWorker {
  readonly subject: string;
  readonly name: string;
  /** "Liaison and diversion, custody, Longsight custody" */
  readonly does: string;
  /** Each role's first page. */
  readonly startsOn: string;
}

const startNames: Readonly<Record<Role, string>> = {
  'custody-healthcare': 'Suite board',
  'custody-practitioner': 'Suite board',
  'court-practitioner': 'Court day',
  navigator: 'Today',
  lead: 'Handovers and overdue work',
  'partner-worker': 'Referrals to us',
  'justice-reader': 'Reports shared with me',
  commissioner: 'Insight, counts only',
  'privacy-officer': 'Access review',
  administrator: 'Sites, people and connections',
};
// The order of the work: custody, court, community; then those who look on.
const order: readonly Role[] = [
  'custody-practitioner',
  'custody-healthcare',
  'court-practitioner',
  'navigator',
  'lead',
  'partner-worker',
  'justice-reader',
  'commissioner',
  'privacy-officer',
  'administrator',
];

function asRole(role: string): Role | undefined {
  return order.find((known) => known === role);
}

/** Everybody who can be signed in as: active workers with a current role, in areas marked as demonstration only. */
export async function listDemonstrationWorkers(
  tx: Tx,
  today: Temporal.PlainDate,
): Promise<readonly DemonstrationWorker[]> {
  const rows = await tx
    .selectFrom('worker')
    .innerJoin('area', 'area.id', 'worker.area_id')
    .innerJoin('worker_role', 'worker_role.worker_id', 'worker.id')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .leftJoin('team', 'team.id', 'worker_role.team_id')
    .select(['worker.subject', 'worker.name', 'worker_role.role', 'site.name as site', 'team.name as team'])
    .where('area.demonstration', '=', true)
    .where('worker.issuer', '=', DEMONSTRATION_ISSUER)
    .where('worker.active', '=', true)
    .where('worker_role.valid_from', '<=', today)
    .where((where) =>
      where.or([where('worker_role.valid_to', 'is', null), where('worker_role.valid_to', '>=', today)]),
    )
    .orderBy('worker.name')
    .orderBy('worker_role.id')
    .execute();
  const people = new Map<string, { name: string; held: { role: Role; place: string | null }[] }>();
  for (const row of rows) {
    const role = asRole(row.role);
    if (role === undefined) continue;
    const person = people.getOrInsertComputed(row.subject, () => ({ name: row.name, held: [] }));
    person.held.push({ role, place: row.site ?? (roles[role].kind === 'partner' ? row.team : null) });
  }
  const rank = (person: { held: readonly { role: Role }[] }): number =>
    Math.min(...person.held.map((held) => order.indexOf(held.role)));
  return [...people]
    .toSorted(([, a], [, b]) => rank(a) - rank(b))
    .map(([subject, { name, held }]) => ({
      subject,
      name,
      does: held.map(describe).join('; and '),
      startsOn: held.length > 1 ? 'Choose a role' : held.map((only) => startNames[only.role]).join(', '),
    }));
}

/** Everybody who can be signed in as, for the start of the service to print. */
export async function whoCanSignIn(
  database: Database,
  now: Temporal.Instant,
): Promise<readonly DemonstrationWorker[]> {
  return await database.transaction({ kind: 'nobody', area: null }, (tx) =>
    listDemonstrationWorkers(tx, londonDate(now)),
  );
}

function describe(held: { readonly role: Role; readonly place: string | null }): string {
  const { label } = roles[held.role];
  return held.place === null ? label : `${label}, ${held.place}`;
}

/** The name of an invented worker who may be signed in as; null for everybody else. */
export async function demonstrationWorkerName(tx: Tx, subject: string): Promise<string | null> {
  const row = await tx
    .selectFrom('worker')
    .innerJoin('area', 'area.id', 'worker.area_id')
    .select('worker.name')
    .where('area.demonstration', '=', true)
    .where('worker.issuer', '=', DEMONSTRATION_ISSUER)
    .where('worker.subject', '=', subject)
    .where('worker.active', '=', true)
    .executeTakeFirst();
  return row?.name ?? null;
}
