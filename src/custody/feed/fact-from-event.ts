import type { SystemViewer } from '../../access/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { NewStayEvent } from '../stay-writes.ts';
import type { FeedIssue, ReadCustodyEvent } from './read-custody-event.ts';

/** The event as a fact of a stay, with the sites it names looked up. An unknown site is an issue, never a loss. */
export async function factFrom(
  tx: Tx,
  viewer: SystemViewer,
  event: ReadCustodyEvent,
  issues: FeedIssue[],
): Promise<NewStayEvent> {
  const codes = [event.suiteCode, event.detail.courtCode].filter(
    (code) => code !== null && code !== undefined,
  );
  const names = event.suiteName === null ? [] : [event.suiteName];
  const sites =
    codes.length + names.length === 0
      ? []
      : await tx
          .selectFrom('site')
          .select(['id', 'code', 'name', 'kind'])
          .where('area_id', '=', viewer.areaId)
          .where((eb) =>
            eb.or([
              ...codes.map((code) => eb(eb.fn('upper', ['code']), '=', code.toUpperCase())),
              ...names.map((name) => eb('name', '=', name)),
            ]),
          )
          .execute();
  const isSuite = (site: { readonly kind: string }) =>
    site.kind === 'custody-suite' || site.kind === 'police-station';
  const suite =
    sites.find((site) => isSuite(site) && site.code?.toUpperCase() === event.suiteCode) ??
    sites.find((site) => isSuite(site) && site.name === event.suiteName);
  if (suite === undefined && (event.suiteCode !== null || event.suiteName !== null))
    issues.push({
      path: 'suite',
      code: 'unknown-suite',
      severity: 'field-quarantined',
      message: 'We do not know this suite. The person is on the list of people to place',
    });
  const courtCode = event.detail.courtCode?.toUpperCase();
  const court =
    courtCode === undefined ? undefined : sites.find((site) => site.code?.toUpperCase() === courtCode);
  if (courtCode !== undefined && court === undefined)
    issues.push({
      path: 'detail.courtCode',
      code: 'unknown-court',
      severity: 'field-quarantined',
      message: 'We do not know this court',
    });
  return {
    kind: event.kind,
    happenedAt: event.happenedAt,
    source: 'Custody record',
    detail: {
      ...event.detail,
      ...(suite !== undefined && { siteId: suite.id }),
      ...(court !== undefined && { courtSiteId: court.id }),
      ...(event.suiteCode === null && event.suiteName !== null && { siteCode: event.suiteName }),
    },
  };
}
