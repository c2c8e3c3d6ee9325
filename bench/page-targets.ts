import type pg from 'pg';
import type { LoadTarget } from './load.ts';
import { makeSessions, type Session } from './sessions.ts';

/** One of the pages that performance.md sets a budget for, with many different addresses of it. */
export interface PageTargets {
  readonly name: string;
  readonly targets: readonly LoadTarget[];
}

const SESSIONS = 24;

/** The pages measured, over all suites, courts and many people and workers. */
export async function pageTargets(owner: pg.Client, base: string): Promise<readonly PageTargets[]> {
  const leads = await makeSessions(owner, 'lead', SESSIONS);
  const navigators = await makeSessions(owner, 'navigator', 60);
  const target = (session: Session | undefined, path: string): LoadTarget => ({
    url: `${base}${path}`,
    headers: { cookie: session?.cookie ?? '' },
  });
  const each = (sessions: readonly Session[], paths: readonly string[]): readonly LoadTarget[] =>
    Array.from({ length: Math.max(paths.length, sessions.length) }, (_, i) =>
      target(sessions[i % sessions.length], paths[i % paths.length] ?? '/'),
    );
  const sites = await owner.query<{ id: string; kind: string }>('select id, kind from site order by name');
  const suites = sites.rows.filter(({ kind }) => kind === 'custody-suite').map(({ id }) => `/suites/${id}`);
  const courts = sites.rows
    .filter(({ kind }) => kind === 'magistrates-court')
    .map(({ id }) => `/courts/${id}`);
  const held = await owner.query<{ person_id: string }>(
    'select person_id from detention where ended_at is null and site_id is not null limit 500',
  );
  const carried = await owner.query<{ person_id: string; worker_id: string }>(
    'select person_id, worker_id from caseload_assignment where ended_at is null and worker_id = any($1) limit 2000',
    [navigators.map(({ workerId }) => workerId)],
  );
  const pictures = [
    ...held.rows.map(({ person_id }, i) => target(leads[i % leads.length], `/people/${person_id}`)),
    ...carried.rows.map(({ person_id, worker_id }) =>
      target(
        navigators.find(({ workerId }) => workerId === worker_id),
        `/people/${person_id}`,
      ),
    ),
  ];
  return [
    { name: 'Suite board', targets: each(leads, suites) },
    { name: 'Court day', targets: each(leads, courts) },
    { name: 'Picture of need', targets: mixed(pictures) },
    { name: 'Search', targets: each(leads, await searches(owner)) },
    { name: 'Caseload', targets: each(navigators, ['/caseload']) },
    { name: 'Today', targets: each(navigators, ['/today']) },
  ];
}

/** A fixed shuffle, so that one kind of record does not come all at once. */
function mixed<T>(list: readonly T[]): readonly T[] {
  return list
    .map((item, i) => ({ item, at: (i * 618_033) % 1_000_003 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** What people type: whole names, misspelt names, a surname alone, names turned round, dates, numbers. */
async function searches(owner: pg.Client): Promise<readonly string[]> {
  const { rows } = await owner.query<{ given: string; family: string; born: string; nhs: string | null }>(
    `select given_name as given, family_name as family, to_char(birth_date, 'DD/MM/YYYY') as born, nhs_number as nhs
     from person where given_name is not null and family_name is not null and birth_date is not null
     order by md5(id::text) limit 240`,
  );
  return rows.map(({ given, family, born, nhs }, i) => {
    const slip = `${family.slice(0, 2)}${family.slice(3)}`;
    const typed = [
      `${given} ${family}`,
      `${given} ${slip}`,
      family,
      `${family} ${given}`,
      `${given} ${family} ${born}`,
      nhs ?? `${family} ${born}`,
    ][i % 6];
    return `/people?q=${encodeURIComponent(typed ?? family)}`;
  });
}
