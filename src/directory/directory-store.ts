import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import { isNeedKind, type NeedKind } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { keptListing, placeOfListing, revivedListing } from './keep-listing.ts';
import type { ServiceListing } from './service-listing.ts';

// All SQL of the directory. Services are not about a person: everybody of the area reads the same rows.

/** One service as the directory holds it. `id` is ours, and what consent, sharing and referrals call serviceId. */
export interface ServiceSummary {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly needs: readonly NeedKind[];
  readonly district: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly waitingDays: number | null;
  readonly verifiedOn: Temporal.PlainDate | null;
  readonly verifiedBy: string | null;
  /** No longer in its feed: shown where it was used, offered to nobody. */
  readonly gone: boolean;
  readonly version: number;
  readonly feed: string;
  readonly listing: ServiceListing;
}

const columns = [
  'service.id',
  'service.name',
  'service.organisation',
  'service.needs',
  'service.district',
  'service.email',
  'service.waiting_days',
  'service.verified_on',
  'service.verified_by',
  'service.gone_at',
  'service.version',
  'service.listing',
] as const;

function read(tx: Tx) {
  return tx
    .selectFrom('service')
    .innerJoin('directory_feed', 'directory_feed.id', 'service.feed_id')
    .select([...columns, 'directory_feed.name as feed']);
}

type ServiceRow = Awaited<ReturnType<ReturnType<typeof read>['execute']>>[number];

function summary(row: ServiceRow): ServiceSummary {
  const listing = revivedListing(row.listing);
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    needs: row.needs.filter(isNeedKind),
    district: row.district,
    email: row.email,
    phone: listing.phones[0]?.number ?? null,
    waitingDays: row.waiting_days,
    verifiedOn: row.verified_on,
    verifiedBy: row.verified_by,
    gone: row.gone_at !== null,
    version: row.version,
    feed: row.feed,
    listing,
  };
}

/** The service, also when it has gone from its feed; null when this area has none by that id. */
export async function serviceById(tx: Tx, _viewer: Viewer, id: string): Promise<ServiceSummary | null> {
  return listedService(tx, id);
}

/** The same for the public interface, where there is no viewer. */
export async function listedService(tx: Tx, id: string): Promise<ServiceSummary | null> {
  const row = await read(tx).where('service.id', '=', id).executeTakeFirst();
  return row === undefined ? null : summary(row);
}

/**
 * Everything still listed that helps with this need. Filtered here and not after ranking: ranking 20,000 takes a
 * third of a second, the few hundred of one need a few milliseconds.
 */
export async function servicesForNeed(
  tx: Tx,
  viewer: Viewer,
  need: NeedKind,
): Promise<readonly ServiceSummary[]> {
  // In two steps: joined, and with no statistics yet after a large import, the planner walked the whole area once
  // for each row (16 seconds for 20,000 services).
  const wanted = await tx
    .selectFrom('service_need')
    .select('service_id')
    .where('area_id', '=', viewer.areaId)
    .where('need', '=', need)
    .execute();
  const ids = wanted.map((row) => row.service_id);
  const rows = await read(tx)
    .where('service.id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('service.gone_at', 'is', null)
    .execute();
  return rows.map(summary);
}

/** One page of all that is listed, in the order of ids, and how many there are. Pages count from 1. */
export async function listedServices(
  tx: Tx,
  page: number,
  perPage: number,
): Promise<{ readonly services: readonly ServiceSummary[]; readonly total: number }> {
  const { total } = await tx
    .selectFrom('service')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  const rows = await read(tx)
    .where('service.gone_at', 'is', null)
    .orderBy('service.name')
    .orderBy('service.id')
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute();
  return { services: rows.map(summary), total };
}

/** How many services are listed for each need, for the search page. */
export async function countsByNeed(tx: Tx, viewer: Viewer): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('service_need')
    .select(['service_need.need', (eb) => eb.fn.countAll<number>().as('listed')])
    .where('service_need.area_id', '=', viewer.areaId)
    .groupBy('service_need.need')
    .execute();
  return new Map(rows.map((row) => [row.need, row.listed]));
}

/** The feed by its name, made when it is new, and locked: two imports of one feed wait for each other. */
export async function lockFeed(tx: Tx, viewer: Viewer, name: string, now: Temporal.Instant): Promise<string> {
  await tx
    .insertInto('directory_feed')
    .values({ area_id: viewer.areaId, name, created_at: now })
    .onConflict((conflict) => conflict.columns(['area_id', 'name']).doNothing())
    .execute();
  const row = await tx
    .selectFrom('directory_feed')
    .select('id')
    .where('area_id', '=', viewer.areaId)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What a feed gave before, by the feed's own id. */
export async function servicesOfFeed(tx: Tx, feedId: string): Promise<ReadonlyMap<string, ServiceSummary>> {
  const rows = await read(tx).select('service.external_id').where('service.feed_id', '=', feedId).execute();
  return new Map(rows.map((row) => [row.external_id, summary(row)]));
}

function columnsOf(listing: ServiceListing) {
  const place = placeOfListing(listing);
  return {
    name: listing.name,
    organisation: listing.organisation?.name ?? null,
    listing: keptListing(listing),
    needs: [...listing.needs],
    min_age: listing.minAge ?? null,
    max_age: listing.maxAge ?? null,
    only_for: [...listing.onlyFor],
    status: listing.status,
    district: place.district,
    lat: place.lat,
    lon: place.lon,
    verified_on: listing.assuredDate ?? null,
    verified_by: listing.assuredBy ?? null,
    waiting_days: listing.waitingTimeDays ?? null,
    email: listing.email ?? listing.organisation?.email ?? null,
  };
}

/** Takes new services in: one statement for all of them, however many. */
export async function insertServices(
  tx: Tx,
  viewer: Viewer,
  feedId: string,
  listings: readonly ServiceListing[],
  now: Temporal.Instant,
): Promise<void> {
  for (let from = 0; from < listings.length; from += BATCH) {
    const rows = await tx
      .insertInto('service')
      .values(
        listings.slice(from, from + BATCH).map((listing) => ({
          area_id: viewer.areaId,
          feed_id: feedId,
          external_id: listing.externalId,
          ...columnsOf(listing),
          created_at: now,
          updated_at: now,
        })),
      )
      .returning(['id', 'needs'])
      .execute();
    await insertNeeds(tx, viewer, rows);
  }
}

// PostgreSQL takes at most 65,535 parameters in one statement.
const BATCH = 1_000;

async function insertNeeds(
  tx: Tx,
  viewer: Viewer,
  services: readonly { readonly id: string; readonly needs: readonly string[] }[],
): Promise<void> {
  const rows = services.flatMap((row) =>
    [...new Set(row.needs)].map((need) => ({ area_id: viewer.areaId, need, service_id: row.id })),
  );
  for (let from = 0; from < rows.length; from += BATCH)
    await tx
      .insertInto('service_need')
      .values(rows.slice(from, from + BATCH))
      .execute();
}

/** Why a listing became another. */
export interface ListingChange {
  readonly changed: readonly string[];
  readonly cause: 'feed' | 'verified' | 'gone' | 'back';
  readonly byName: string;
  /** Who of us verified it: kept beside the listing and never published with it. */
  readonly verifiedBy?: string | null;
  readonly now: Temporal.Instant;
}

/** Replaces a listing; the one before it stays readable as a version. */
export async function replaceListing(
  tx: Tx,
  viewer: Viewer,
  before: ServiceSummary,
  listing: ServiceListing,
  change: ListingChange,
): Promise<void> {
  await tx
    .insertInto('service_version')
    .values({
      area_id: viewer.areaId,
      service_id: before.id,
      version: before.version,
      listing: keptListing(before.listing),
      changed: [...change.changed],
      cause: change.cause,
      by_name: change.byName,
      at: change.now,
    })
    .execute();
  await tx
    .updateTable('service')
    .set({
      ...columnsOf(listing),
      ...(change.verifiedBy === undefined ? {} : { verified_by: change.verifiedBy }),
      gone_at: change.cause === 'gone' ? change.now : null,
      version: before.version + 1,
      updated_at: change.now,
    })
    .where('id', '=', before.id)
    .execute();
  if (change.changed.includes('needs') || change.cause === 'gone' || change.cause === 'back') {
    await tx.deleteFrom('service_need').where('service_id', '=', before.id).execute();
    // What has gone is found by no need, so that searching and counting read this narrow table alone.
    if (change.cause !== 'gone') await insertNeeds(tx, viewer, [{ id: before.id, needs: listing.needs }]);
  }
}

/** Locks one service for a change to it. */
export async function lockService(tx: Tx, id: string): Promise<void> {
  await sql`select 1 from service where id = ${id} for update`.execute(tx);
}
