import { londonDate } from '../platform/clock.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { SiteKind, TeamKind } from './administration-words.ts';
import { administer, type AdministrationParts } from './manage-workers.ts';
import type { SignedInViewer } from './viewer.ts';

export interface NewSite {
  readonly name: string;
  readonly shortName: string;
  readonly kind: SiteKind;
  /** What feeds call it: a court's code, a suite's. */
  readonly code: string | undefined;
}

/** Adds a site, open from today. Its name and its code are its own within the area. */
export async function addSite(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  site: NewSite,
  reference: string,
): Promise<Outcome<null, 'name-taken' | 'code-taken'>> {
  return administer(parts, viewer, reference, async (tx, now, record) => {
    const same = await tx
      .selectFrom('site')
      .select(['name', 'code'])
      .where('area_id', '=', viewer.areaId)
      .where((where) =>
        where.or([
          where('name', '=', site.name),
          ...(site.code === undefined ? [] : [where('code', '=', site.code)]),
        ]),
      )
      .executeTakeFirst();
    if (same?.name === site.name)
      return refused('name-taken', 'There is a site with this name already.', 'name');
    if (same !== undefined) return refused('code-taken', `${same.name} has this code already.`, 'code');
    const row = await tx
      .insertInto('site')
      .values({
        area_id: viewer.areaId,
        name: site.name,
        short_name: site.shortName,
        kind: site.kind,
        code: site.code ?? null,
        opened_on: londonDate(now),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record({ action: 'created', subjectKind: 'site', subjectId: row.id, detail: { name: site.name } });
    return done(null);
  });
}

/** Closes a site from today, or opens it again. Nothing recorded there is lost; it is no longer offered. */
export async function setSiteOpen(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  siteId: string,
  open: boolean,
  reference: string,
): Promise<Outcome<null, 'not-found'>> {
  return administer(parts, viewer, reference, async (tx, now, record) => {
    const row = await tx
      .updateTable('site')
      .set({ closed_on: open ? null : londonDate(now) })
      .where('id', '=', siteId)
      .where('area_id', '=', viewer.areaId)
      .returning('name')
      .executeTakeFirst();
    if (row === undefined) return refused('not-found', 'There is no such site.');
    await record({
      action: 'changed',
      subjectKind: 'site',
      subjectId: siteId,
      detail: { name: row.name, open },
    });
    return done(null);
  });
}

export interface NewTeam {
  readonly name: string;
  readonly kind: TeamKind;
  readonly organisationId: string;
}

/** Adds a team of one of the area's organisations. */
export async function addTeam(
  parts: AdministrationParts,
  viewer: SignedInViewer,
  team: NewTeam,
  reference: string,
): Promise<Outcome<null, 'name-taken' | 'not-found'>> {
  return administer(parts, viewer, reference, async (tx, _now, record) => {
    const organisation = await tx
      .selectFrom('organisation')
      .select('id')
      .where('id', '=', team.organisationId)
      .where('area_id', '=', viewer.areaId)
      .executeTakeFirst();
    if (organisation === undefined)
      return refused('not-found', 'Choose an organisation from the list', 'organisationId');
    const row = await tx
      .insertInto('team')
      .values({ area_id: viewer.areaId, organisation_id: organisation.id, name: team.name, kind: team.kind })
      .onConflict((conflict) => conflict.columns(['area_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) return refused('name-taken', 'There is a team with this name already.', 'name');
    await record({ action: 'created', subjectKind: 'team', subjectId: row.id, detail: { name: team.name } });
    return done(null);
  });
}
