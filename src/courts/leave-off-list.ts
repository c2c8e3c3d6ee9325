import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { CourtMessage } from './import/index.ts';
import type { MessageFacts } from './court-message-store.ts';
import type { Placement } from './place-appearances.ts';
import { storableDay, storableJson } from './storable.ts';
import { hearingKey } from './stored-appearance.ts';

/**
 * Marks whoever a later, complete message no longer names: of a Libra list, in the same courtroom on the same day;
 * of a Common Platform hearing the court confirmed or updated, in that hearing. A message with anything damaged in
 * it, or sent before the one on file, takes nobody off: a name lost in transmission is not a decision of the court.
 * The person stays on the page as no longer listed. Answers the ids.
 */
export async function leaveOffList(
  tx: Tx,
  viewer: Viewer,
  facts: MessageFacts,
  message: CourtMessage,
  placements: readonly Placement[],
  hearingIds: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const damaged =
    message.quarantined.length > 0 || message.issues.some((issue) => issue.code === 'file-cut-short');
  if (damaged || placements.some((placed) => placed.kind === 'older-message')) return [];
  const named = storableJson(placements.map(({ baseKey, ordinal }) => ({ base_key: baseKey, ordinal })));
  const gone = await goneIds(tx, viewer, message, placements, hearingIds, facts, named);
  if (gone.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with off as (
      update court_appearance set removed_from_list_at = ${facts.receivedAt}, last_changed_at = ${facts.receivedAt},
        version = version + 1, last_message_id = ${facts.messageId}
      where id = any(${gone}::uuid[]) and removed_from_list_at is null
      returning id, area_id, version, content_hash)
    insert into court_appearance_version (area_id, appearance_id, version, change, content_hash, said, inbound_message_id,
      received_at, sent_at)
    select area_id, id, version, 'removed', content_hash, '{}', ${facts.messageId}, ${facts.receivedAt}::timestamptz,
      ${facts.sentAt ?? null}::timestamptz
    from off
    returning appearance_id as id`.execute(tx);
  return rows.map((row) => row.id);
}

async function goneIds(
  tx: Tx,
  viewer: Viewer,
  message: CourtMessage,
  placements: readonly Placement[],
  hearingIds: ReadonlyMap<string, string>,
  facts: MessageFacts,
  named: string,
): Promise<readonly string[]> {
  if (message.format === 'libra-court-list-xml' || message.format === 'libra-court-list-json') {
    const rooms = message.hearings.flatMap((hearing) =>
      hearing.sittings.flatMap((sitting) => {
        const day = storableDay(sitting.day);
        return day === null || sitting.room === undefined || hearing.court.code === undefined
          ? []
          : [{ court_code: hearing.court.code, day, room: sitting.room }];
      }),
    );
    const distinct = [...new Map(rooms.map((room) => [JSON.stringify(room), room] as const)).values()];
    const { rows } = await sql<{ id: string }>`
      select distinct a.id
      from jsonb_to_recordset(${storableJson(distinct)}::jsonb) as r (court_code text, day date, room text)
      join court_sitting s on s.area_id = ${viewer.areaId} and s.day = r.day and s.room = r.room
      join court_hearing h on h.id = s.hearing_id and h.source = 'libra' and h.court_code = r.court_code
      join court_appearance a on a.hearing_id = h.id and a.removed_from_list_at is null
      where not exists (select from jsonb_to_recordset(${named}::jsonb) as n (base_key text, ordinal int)
        where n.base_key = a.base_key and n.ordinal = a.ordinal)`.execute(tx);
    return rows.map((row) => row.id);
  }
  if (message.sourceSystem !== 'common-platform' || !/^confirmed/i.test(message.eventType ?? '')) return [];
  const ids = [
    ...new Set(
      placements.flatMap((placed) => {
        const id = hearingIds.get(hearingKey(facts.source, placed.baseKey, placed.ordinal));
        return id === undefined ? [] : [id];
      }),
    ),
  ];
  const { rows } = await sql<{ id: string }>`
    select a.id from court_appearance a
    where a.hearing_id = any(${ids}::uuid[]) and a.removed_from_list_at is null
      and not exists (select from jsonb_to_recordset(${named}::jsonb) as n (base_key text, ordinal int)
        where n.base_key = a.base_key and n.ordinal = a.ordinal)`.execute(tx);
  return rows.map((row) => row.id);
}
