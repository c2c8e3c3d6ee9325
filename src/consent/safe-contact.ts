import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

const answerWords: Readonly<Record<string, string>> = {
  yes: 'yes',
  no: 'no',
  'not-asked': 'not asked',
  declined: 'declined',
  unknown: 'does not know',
};

/** How each way of reaching the person is safe to use, as the record has it: agreement alone does not make a call safe. */
export async function findSafeContact(tx: Tx, _viewer: Viewer, personId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('contact_point')
    .select(['kind', 'value', 'safe_to_ring', 'safe_to_text', 'safe_to_leave_message'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('kind', 'in', ['phone', 'email', 'through-somebody'])
    .orderBy('recorded_at', 'desc')
    .limit(4)
    .execute();
  const words = (answer: string) => answerWords[answer] ?? 'not asked';
  return rows.map((row) =>
    row.kind === 'phone'
      ? `${row.value}. Safe to ring: ${words(row.safe_to_ring)}. Text: ${words(row.safe_to_text)}. Leave a message: ${words(row.safe_to_leave_message)}.`
      : `${row.value}. Safe to leave a message: ${words(row.safe_to_leave_message)}.`,
  );
}
