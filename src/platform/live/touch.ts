import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** The one channel of the one LISTEN connection per process. */
export const LIVE_CHANNEL = 'live';

// PostgreSQL refuses a payload of 8000 bytes or more.
const LARGEST_BYTES = 7000;

/** Topics are ids with a word before them ("suite:…"), never a name: they pass through the database's log. */
const topicPattern = /^[a-z][a-z-]*(:[A-Za-z0-9-]+)*$/;

/** True for what may be a topic. */
export function isTopic(text: string): boolean {
  return text.length <= 100 && topicPattern.test(text);
}

/** Groups topics into payloads that fit. */
export function payloads(topics: readonly string[]): string[] {
  const found: string[] = [];
  let current = '';
  for (const topic of new Set(topics)) {
    if (!isTopic(topic)) throw new Error('a live topic is a word and ids');
    if (current !== '' && current.length + topic.length + 1 > LARGEST_BYTES) {
      found.push(current);
      current = '';
    }
    current = current === '' ? topic : `${current}\n${topic}`;
  }
  return current === '' ? found : [...found, current];
}

/**
 * Says, inside the transaction that changes them, which boards are touched. PostgreSQL delivers it when and
 * only when the transaction commits. It is a hint to look again, never the news itself.
 */
export async function touch(tx: QueryExecutorProvider, topics: readonly string[]): Promise<void> {
  for (const payload of payloads(topics))
    await sql`select pg_notify(${LIVE_CHANNEL}, ${payload})`.execute(tx);
}
