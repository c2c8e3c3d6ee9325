import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { NeutralHearing, SourceSystem } from './import/index.ts';
import type { FiledAppearance, Placement } from './place-appearances.ts';
import { storableCount, storableDay, storableJson } from './storable.ts';
import { hearingKey, readStored, referencesOf, splitSaid } from './stored-appearance.ts';

// Everything an arriving list writes. A day's list holds hundreds of cases: each kind of row goes in one statement,
// as JSON, so that the number of round trips does not depend on the number of people.

/** The message a set of rows came from. */
export interface MessageFacts {
  readonly messageId: string;
  readonly source: SourceSystem;
  readonly receivedAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | undefined;
}

/** What is on file under these keys, locked until the transaction ends. */
export async function filedUnder(
  tx: Tx,
  viewer: Viewer,
  baseKeys: readonly string[],
): Promise<readonly FiledAppearance[]> {
  if (baseKeys.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    hearing_id: string;
    base_key: string;
    ordinal: number;
    version: number;
    content_hash: string;
    removed: boolean;
    last_sent_at: Temporal.Instant | null;
    said: unknown;
    identifiers: unknown;
    offences: unknown;
    results: unknown;
  }>`
    select id, hearing_id, base_key, ordinal, version, content_hash, removed_from_list_at is not null as removed,
      last_sent_at, said, identifiers, offences, results
    from court_appearance
    where area_id = ${viewer.areaId} and base_key = any(${[...new Set(baseKeys)]}::text[])
    order by base_key, ordinal
    for update`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    hearingId: row.hearing_id,
    baseKey: row.base_key,
    ordinal: row.ordinal,
    version: row.version,
    contentHash: row.content_hash,
    removed: row.removed,
    sentAt: row.last_sent_at,
    appearance: readStored(row),
  }));
}

/** The sites of our area by court code. */
export async function courtSites(tx: Tx, viewer: Viewer): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('site')
    .select(['id', 'code'])
    .where('area_id', '=', viewer.areaId)
    .where('code', 'is not', null)
    .where('kind', 'in', ['magistrates-court', 'crown-court', 'youth-court'])
    .execute();
  return new Map(rows.map((row) => [row.code ?? '', row.id]));
}

/** Writes the hearings these placements belong to and replaces the days of those that changed. Ids by key. */
export async function writeHearings(
  tx: Tx,
  viewer: Viewer,
  message: MessageFacts,
  placements: readonly Placement[],
  sites: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const byKey = new Map<string, NeutralHearing>();
  for (const placed of placements)
    byKey.set(hearingKey(message.source, placed.baseKey, placed.ordinal), placed.hearing);
  if (byKey.size === 0) return new Map();
  const rows = [...byKey].map(([key, hearing]) => ({
    natural_key: key,
    hearing_ref: hearing.hearingId ?? null,
    court_code: hearing.court.code ?? hearing.court.receivedCode ?? null,
    court_name: hearing.court.name ?? null,
    site_id: sites.get(hearing.court.code ?? '') ?? null,
    session: hearing.session ?? null,
    hearing_type: hearing.hearingType ?? null,
    list_number: hearing.listNumber ?? null,
    jurisdiction: hearing.jurisdiction ?? null,
    reporting_restrictions: hearing.reportingRestrictions,
    content_hash: listingHash(hearing),
  }));
  const written = await sql<{ id: string; natural_key: string }>`
    insert into court_hearing as filed (area_id, source, natural_key, hearing_ref, court_code, court_name, site_id, session,
      hearing_type, list_number, jurisdiction, reporting_restrictions, content_hash, last_message_id, first_received_at,
      last_changed_at)
    select ${viewer.areaId}, ${message.source}, r.natural_key, r.hearing_ref, r.court_code, r.court_name, r.site_id, r.session,
      r.hearing_type, r.list_number, r.jurisdiction, r.reporting_restrictions, r.content_hash, ${message.messageId},
      ${message.receivedAt}::timestamptz, ${message.receivedAt}::timestamptz
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r (natural_key text, hearing_ref text, court_code text,
      court_name text, site_id uuid, session text, hearing_type text, list_number text, jurisdiction text,
      reporting_restrictions jsonb, content_hash text)
    order by r.natural_key
    on conflict (area_id, natural_key) do update set
      hearing_ref = excluded.hearing_ref, court_code = excluded.court_code, court_name = excluded.court_name,
      site_id = excluded.site_id, session = excluded.session, hearing_type = excluded.hearing_type,
      list_number = excluded.list_number, jurisdiction = excluded.jurisdiction,
      reporting_restrictions = excluded.reporting_restrictions, content_hash = excluded.content_hash,
      last_message_id = excluded.last_message_id, last_changed_at = excluded.last_changed_at
      where filed.content_hash <> excluded.content_hash or filed.site_id is distinct from excluded.site_id
    returning id, natural_key`.execute(tx);
  await replaceSittings(tx, viewer, written.rows, byKey, sites);
  const all = await sql<{ id: string; natural_key: string }>`
    select id, natural_key from court_hearing
    where area_id = ${viewer.areaId} and natural_key = any(${[...byKey.keys()]}::text[])`.execute(tx);
  return new Map(all.rows.map((row) => [row.natural_key, row.id]));
}

async function replaceSittings(
  tx: Tx,
  viewer: Viewer,
  changed: readonly { readonly id: string; readonly natural_key: string }[],
  byKey: ReadonlyMap<string, NeutralHearing>,
  sites: ReadonlyMap<string, string>,
): Promise<void> {
  if (changed.length === 0) return;
  await sql`delete from court_sitting where hearing_id = any(${changed.map((row) => row.id)}::uuid[])`.execute(
    tx,
  );
  const rows = changed.flatMap(({ id, natural_key }) => {
    const hearing = byKey.get(natural_key);
    return (hearing?.sittings ?? []).flatMap((sitting) => {
      const day = storableDay(sitting.day);
      if (day === null) return [];
      return [
        {
          hearing_id: id,
          site_id: sites.get(hearing?.court.code ?? '') ?? null,
          day,
          start_time: sitting.startTime?.toString() ?? null,
          end_time: sitting.endTime?.toString() ?? null,
          listed_minutes: storableCount(sitting.listedMinutes),
          room: sitting.room ?? null,
          list_order: storableCount(sitting.listOrder),
        },
      ];
    });
  });
  await sql`
    insert into court_sitting (area_id, hearing_id, site_id, day, start_time, end_time, listed_minutes, room, list_order)
    select ${viewer.areaId}, r.* from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r (hearing_id uuid, site_id uuid,
      day date, start_time time, end_time time, listed_minutes int, room text, list_order int)`.execute(tx);
}

function listingHash(hearing: NeutralHearing): string {
  const { appearances: _people, ...listing } = hearing;
  return createHash('sha256').update(JSON.stringify(listing)).digest('hex');
}

/** Writes new and changed appearances and what the message said of each. Answers the ids of all that changed. */
export async function writeAppearances(
  tx: Tx,
  viewer: Viewer,
  message: MessageFacts,
  placements: readonly Placement[],
  hearingIds: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const changing = placements.filter((placed) => placed.kind !== 'unchanged');
  if (changing.length === 0) return [];
  const rows = changing.map((placed) => appearanceRow(message, placed, hearingIds));
  const { rows: written } = await sql<{ id: string; base_key: string; ordinal: number; version: number }>`
    insert into court_appearance as filed (area_id, hearing_id, base_key, ordinal, name_received, given_names, family_name,
      birth_date, sex, youth, youth_basis, remand_status, interpreter_language, listed_order, identifiers, offences, results,
      said, content_hash, first_received_at, last_changed_at, last_sent_at, last_message_id)
    select ${viewer.areaId}, r.hearing_id, r.base_key, r.ordinal, r.name_received, r.given_names, r.family_name,
      r.birth_date, r.sex, r.youth, r.youth_basis, r.remand_status, r.interpreter_language, r.listed_order, r.identifiers,
      r.offences, r.results, r.said, r.content_hash, ${message.receivedAt}::timestamptz, ${message.receivedAt}::timestamptz,
      ${message.sentAt ?? null}::timestamptz, ${message.messageId}
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r (hearing_id uuid, base_key text, ordinal int,
      name_received text, given_names text, family_name text, birth_date date, sex text, youth text, youth_basis text,
      remand_status text, interpreter_language text, listed_order int, identifiers jsonb, offences jsonb, results jsonb,
      said jsonb, content_hash text)
    order by r.base_key, r.ordinal
    on conflict (area_id, base_key, ordinal) do update set
      hearing_id = excluded.hearing_id, name_received = excluded.name_received,
      given_names = excluded.given_names, family_name = excluded.family_name, birth_date = excluded.birth_date,
      sex = excluded.sex, youth = excluded.youth, youth_basis = excluded.youth_basis,
      remand_status = excluded.remand_status, interpreter_language = excluded.interpreter_language,
      listed_order = excluded.listed_order, identifiers = excluded.identifiers, offences = excluded.offences,
      results = excluded.results, said = excluded.said, content_hash = excluded.content_hash,
      last_changed_at = excluded.last_changed_at,
      last_sent_at = greatest(filed.last_sent_at, excluded.last_sent_at), last_message_id = excluded.last_message_id,
      version = filed.version + 1, looked_at = null,
      removed_from_list_at = case when excluded.last_sent_at < filed.last_sent_at then filed.removed_from_list_at end
    returning id, base_key, ordinal, version`.execute(tx);
  const idOf = new Map(written.map((row) => [`${row.base_key}|${row.ordinal}`, row] as const));
  const versions = changing.flatMap((placed) => {
    const row = idOf.get(`${placed.baseKey}|${placed.ordinal}`);
    if (row === undefined) return [];
    return [
      {
        appearance_id: row.id,
        version: row.version,
        change: placed.kind === 'new' ? 'listed' : placed.kind,
        content_hash: placed.contentHash,
        said: placed.said,
      },
    ];
  });
  await sql`
    insert into court_appearance_version (area_id, appearance_id, version, change, content_hash, said, inbound_message_id,
      received_at, sent_at)
    select ${viewer.areaId}, r.*, ${message.messageId}, ${message.receivedAt}::timestamptz, ${message.sentAt ?? null}::timestamptz
    from jsonb_to_recordset(${storableJson(versions)}::jsonb) as r (appearance_id uuid, version int, change text,
      content_hash text, said jsonb)`.execute(tx);
  await writeReferences(
    tx,
    viewer,
    changing.flatMap((placed) => {
      const row = idOf.get(`${placed.baseKey}|${placed.ordinal}`);
      return row === undefined
        ? []
        : referencesOf(message.source, placed).map((one) => ({ ...one, appearance_id: row.id }));
    }),
  );
  return written.map((row) => row.id);
}

function appearanceRow(
  message: MessageFacts,
  placed: Placement,
  hearingIds: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const { appearance } = placed;
  const split = splitSaid(appearance);
  const sex = appearance.sex?.mapped;
  return {
    hearing_id:
      placed.kind === 'older-message'
        ? placed.filed.hearingId
        : hearingIds.get(hearingKey(message.source, placed.baseKey, placed.ordinal)),
    base_key: placed.baseKey,
    ordinal: placed.ordinal,
    name_received: appearance.name?.received ?? null,
    given_names: appearance.name?.given.join(' ') ?? null,
    family_name: appearance.name?.family ?? null,
    birth_date: storableDay(appearance.birthDate),
    sex: sex === 'female' || sex === 'male' ? sex : null,
    youth: appearance.youth.is,
    youth_basis: appearance.youth.basis,
    remand_status: appearance.remand?.status ?? null,
    interpreter_language: appearance.interpreterLanguage ?? null,
    listed_order: storableCount(appearance.listedOrder),
    ...split,
    content_hash: placed.contentHash,
  };
}

async function writeReferences(
  tx: Tx,
  viewer: Viewer,
  references: readonly {
    readonly appearance_id: string;
    readonly kind: string;
    readonly value: string;
  }[],
): Promise<void> {
  if (references.length === 0) return;
  await sql`
    insert into court_reference (area_id, appearance_id, kind, value)
    select ${viewer.areaId}, r.* from jsonb_to_recordset(${storableJson(references)}::jsonb)
      as r (appearance_id uuid, kind text, value text)
    on conflict do nothing`.execute(tx);
}
