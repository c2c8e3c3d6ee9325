import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';
import { done, refused } from '../result.ts';
import type { Outcome } from '../result.ts';
import type { Typed } from './form.ts';

/** What somebody has typed and not yet sent. One for each person who works here, form and subject. */
export interface Draft {
  readonly content: Typed;
  readonly version: number;
  readonly savedAt: Temporal.Instant;
}

/** Whose draft, of which form, about what: `subject` is the id the form is about, or "new". */
export interface DraftPlace {
  readonly ownerId: string;
  readonly form: string;
  readonly subject: string;
}

interface DraftRow {
  readonly content: Typed;
  readonly version: number;
  readonly saved_ms: string;
}

function draftOf(row: DraftRow): Draft {
  const savedAt = Temporal.Instant.fromEpochMilliseconds(Number(row.saved_ms));
  return { content: row.content, version: row.version, savedAt };
}

/** The draft to go on with, or undefined. */
export async function readDraft(tx: QueryExecutorProvider, place: DraftPlace): Promise<Draft | undefined> {
  const found = await sql<DraftRow>`
    select content, version, (extract(epoch from saved_at) * 1000)::bigint::text as saved_ms from draft
    where owner_id = ${place.ownerId}::uuid and form = ${place.form} and subject = ${place.subject}`.execute(
    tx,
  );
  const row = found.rows[0];
  return row === undefined ? undefined : draftOf(row);
}

/**
 * Saves what is typed over version `version` (0 when there is none yet). Refused as `stale` when the same
 * person saved it somewhere else since: both texts then exist, and a page shows both.
 */
export async function saveDraft(
  tx: QueryExecutorProvider,
  place: DraftPlace,
  content: Typed,
  version: number,
  now: Temporal.Instant,
): Promise<Outcome<Draft, 'stale'>> {
  const saved =
    version === 0
      ? await sql<DraftRow>`
          insert into draft (id, owner_id, form, subject, content, version, saved_at)
          values (uuidv7(), ${place.ownerId}::uuid, ${place.form}, ${place.subject},
                  ${JSON.stringify(content)}::jsonb, 1, ${now.toString()}::timestamptz)
          on conflict (owner_id, form, subject) do nothing
          returning content, version, (extract(epoch from saved_at) * 1000)::bigint::text as saved_ms`.execute(
          tx,
        )
      : await sql<DraftRow>`
          update draft set content = ${JSON.stringify(content)}::jsonb, version = version + 1,
                 saved_at = ${now.toString()}::timestamptz
          where owner_id = ${place.ownerId}::uuid and form = ${place.form} and subject = ${place.subject}
            and version = ${version}
          returning content, version, (extract(epoch from saved_at) * 1000)::bigint::text as saved_ms`.execute(
          tx,
        );
  const row = saved.rows[0];
  if (row === undefined)
    return refused('stale', 'You have typed in this form somewhere else since. Both texts are kept.');
  return done(draftOf(row));
}

/** Removes the draft once its form has been carried out, in the same transaction. */
export async function discardDraft(tx: QueryExecutorProvider, place: DraftPlace): Promise<void> {
  await sql`
    delete from draft
    where owner_id = ${place.ownerId}::uuid and form = ${place.form} and subject = ${place.subject}`.execute(
    tx,
  );
}
