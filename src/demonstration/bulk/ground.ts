import type { Database } from '../../platform/database.ts';

/** Somebody who works here, as the invented records name them. */
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly registration: string | null;
  readonly teamId: string | null;
}

/** What invented people's records point at: the sites, workers and services of the demonstration area. */
export interface Ground {
  readonly areaId: string;
  readonly suites: readonly { readonly id: string; readonly code: string }[];
  readonly courts: readonly { readonly id: string; readonly code: string; readonly name: string }[];
  readonly custody: readonly Worker[];
  readonly court: readonly Worker[];
  readonly navigators: readonly Worker[];
  readonly services: readonly {
    readonly id: string;
    readonly name: string;
    readonly needs: readonly string[];
  }[];
  /** NHS numbers that somebody in the area has already. */
  readonly takenNhsNumbers: ReadonlySet<string>;
  /** People there already: the next seeding continues after them, so that it makes others. */
  readonly peopleBefore: number;
}

/**
 * Reads what is there. Refuses when the database holds any area that is not a demonstration: invented people must
 * never stand among real ones.
 */
export async function readGround(owner: Database, areaName?: string): Promise<Ground> {
  const area = await demonstrationAreaOf(owner, areaName);
  return owner.transaction({ kind: 'system', area: area.id }, async (tx) => {
    const sites = await tx
      .selectFrom('site')
      .select(['id', 'name', 'kind', 'code'])
      .where('area_id', '=', area.id)
      .orderBy('name')
      .execute();
    const workers = await tx
      .selectFrom('worker')
      .innerJoin('worker_role', 'worker_role.worker_id', 'worker.id')
      .select(['worker.id', 'worker.name', 'worker.registration', 'worker_role.team_id', 'worker_role.role'])
      .where('worker.area_id', '=', area.id)
      .orderBy('worker.name')
      .orderBy('worker.id')
      .execute();
    const inRole = (role: string): readonly Worker[] =>
      workers
        .filter((worker) => worker.role === role)
        .map(({ id, name, registration, team_id: teamId }) => ({ id, name, registration, teamId }));
    const services = await tx
      .selectFrom('service')
      .select(['id', 'name', 'needs'])
      .where('gone_at', 'is', null)
      .orderBy('external_id')
      .limit(200)
      .execute();
    const taken = await tx
      .selectFrom('person')
      .select('nhs_number')
      .where('nhs_number', 'is not', null)
      .execute();
    const before = await tx
      .selectFrom('person')
      .select((expression) => expression.fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow();
    return {
      areaId: area.id,
      suites: sites.flatMap(({ id, kind, code }) =>
        kind === 'custody-suite' ? [{ id, code: code ?? '' }] : [],
      ),
      courts: sites.flatMap(({ id, name, kind, code }) =>
        kind === 'magistrates-court' || kind === 'crown-court' ? [{ id, name, code: code ?? '' }] : [],
      ),
      custody: inRole('custody-practitioner'),
      court: inRole('court-practitioner'),
      navigators: inRole('navigator'),
      services: services.filter(({ needs }) => needs.length > 0),
      takenNhsNumbers: new Set(taken.flatMap((row) => (row.nhs_number === null ? [] : [row.nhs_number]))),
      peopleBefore: before.people,
    };
  });
}

/** The demonstration area, when it and other demonstrations are all that there is. */
export async function demonstrationAreaOf(
  owner: Database,
  areaName?: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const areas = await owner.transaction({ kind: 'system', area: null }, (tx) =>
    tx.selectFrom('area').select(['id', 'name', 'demonstration']).orderBy('name').execute(),
  );
  const real = areas.find((area) => !area.demonstration);
  if (real !== undefined)
    throw new Error(
      `${real.name} is not a demonstration area, so nothing invented is put into this database.`,
    );
  const area = areaName === undefined ? areas[0] : areas.find(({ name }) => name === areaName);
  if (area === undefined) throw new Error('There is no demonstration area in this database yet.');
  return area;
}

/** Adds navigators until there are `wanted`, so that nobody has a caseload that no person could carry. */
export async function ensureNavigators(
  owner: Database,
  ground: Ground,
  wanted: number,
  nameOf: (index: number) => string,
): Promise<Ground> {
  const have = ground.navigators.length;
  if (have >= wanted) return ground;
  const added = await owner.transaction({ kind: 'system', area: ground.areaId }, async (tx) => {
    const team = await tx
      .selectFrom('team')
      .select('id')
      .where('area_id', '=', ground.areaId)
      .where('kind', '=', 'navigation')
      .orderBy('name')
      .executeTakeFirstOrThrow();
    const found: Worker[] = [];
    for (let index = have; index < wanted; index += 1) {
      const name = nameOf(index);
      const { id } = await tx
        .insertInto('worker')
        .values({
          area_id: ground.areaId,
          // An issuer nobody signs in with: the sign-in page lists people, not hundreds of stand-ins.
          issuer: 'urn:throughline:seeded',
          subject: `navigator-${String(index)}`,
          name,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('worker_role')
        .values({ area_id: ground.areaId, worker_id: id, role: 'navigator', team_id: team.id })
        .execute();
      found.push({ id, name, registration: null, teamId: team.id });
    }
    return found;
  });
  return { ...ground, navigators: [...ground.navigators, ...added] };
}
