import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database, Tx } from '../platform/database.ts';
import { merkleRoot } from './merkle.ts';

// The sealer (architecture.md, Audit; performance.md 2.7). Writers never wait for it: they insert rows with their
// own hash. It takes only rows of transactions below the oldest one still running, because the order of numbers is
// not the order of commits.

/** The sealer's Ed25519 key. Lives beside the database, never in it. */
export interface SealKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

// More events than this wait for the next batch, so that one batch never takes long.
const EVENTS_AT_MOST = 20_000;
// One sealer at a time in the whole cluster of processes.
const SEALER_LOCK = 4_201;

/** Reads the sealing key of this installation, making one on the first start. */
export function openSealKey(dataDir: string): SealKey {
  const file = join(dataDir, 'audit-seal-key.pem');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  const privateKey = createPrivateKey(readFileSync(file));
  const publicKey = createPublicKey(privateKey);
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  return { id, privateKey, publicKey };
}

/** The file outside the database that holds every head; in production a second system reads it as it grows. */
export function headsFile(dataDir: string): string {
  return join(dataDir, 'audit-heads.jsonl');
}

/** What a batch's chain value covers: nothing about a batch can change without changing it. */
export function chainOf(batch: {
  readonly number: number;
  readonly sealedAt: Temporal.Instant;
  readonly count: number;
  readonly root: Buffer;
  readonly previousChain: Buffer;
}): Buffer {
  return createHash('sha256')
    .update(Buffer.from([2]))
    .update(batch.previousChain)
    .update(batch.root)
    .update(
      `${batch.number}|${batch.sealedAt.toString({ fractionalSecondDigits: 6 })}|${batch.count}`,
      'utf8',
    )
    .digest();
}

/** The chain before the first batch. */
export const GENESIS = Buffer.alloc(32);

/** One head, as published outside the database. */
export interface AuditHead {
  readonly number: number;
  readonly sealedAt: string;
  readonly chain: string;
  readonly signature: string;
  readonly keyId: string;
}

/**
 * Seals what has been committed since the last batch. Answers the new head, or null when there was nothing to seal
 * or another process is sealing.
 */
export async function sealAudit(
  database: Database,
  key: SealKey,
  now: Temporal.Instant,
  dataDir: string,
): Promise<AuditHead | null> {
  const head = await database.transaction({ kind: 'system', area: null }, (tx) =>
    sealInTransaction(tx, key, now),
  );
  // After the commit: a head that was published but rolled back would look like tampering. A head lost between
  // the two is published again by the next start (verify-audit.ts reports it as "not published").
  if (head !== null) publishHead(dataDir, head);
  return head;
}

/** Appends a head to the file outside the database. */
function publishHead(dataDir: string, head: AuditHead): void {
  appendFileSync(headsFile(dataDir), `${JSON.stringify(head)}\n`, { mode: 0o600 });
}

async function sealInTransaction(tx: Tx, key: SealKey, now: Temporal.Instant): Promise<AuditHead | null> {
  const { rows: locks } = await sql<{
    got: boolean;
  }>`select pg_try_advisory_xact_lock(${SEALER_LOCK}) as got`.execute(tx);
  if (locks[0]?.got !== true) return null;
  const last = await tx
    .selectFrom('audit_batch')
    .select(['number', 'below_xid', 'cluster', 'chain'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { rows: bounds } = await sql<{ below: string; cluster: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as below,
      (select system_identifier::text from pg_control_system()) as cluster`.execute(tx);
  const bound = bounds[0];
  if (bound === undefined) throw new Error('PostgreSQL did not say which transactions are running');
  const sameCluster = last === undefined || last.cluster === bound.cluster;
  const from = last !== undefined && sameCluster ? last.below_xid : '0';
  const { rows: events } = await sql<{ id: string; at: Temporal.Instant; content_hash: Buffer; xid: string }>`
    select id, at, content_hash, xid::text as xid from audit_event e
    where xid >= ${from}::text::xid8 and xid < ${bound.below}::text::xid8
      -- Rows that came over from another cluster keep its transaction numbers: those it sealed are not ours.
      and not exists (select 1 from audit_batch b where b.cluster <> ${bound.cluster} and e.id = any (b.event_ids))
    order by xid, id limit ${EVENTS_AT_MOST + 1}`.execute(tx);
  const { taken, below } = cutAtTransaction(events, bound.below);
  if (taken.length === 0) return null;
  const number = (last?.number ?? 0) + 1;
  const sealedAt = now.round({ smallestUnit: 'microsecond' });
  const root = merkleRoot(taken.map((event) => event.content_hash));
  const previousChain = last?.chain ?? GENESIS;
  const chain = chainOf({ number, sealedAt, count: taken.length, root, previousChain });
  const signature = sign(null, chain, key.privateKey);
  const times = taken.map((event) => event.at).sort((a, b) => Temporal.Instant.compare(a, b));
  await tx
    .insertInto('audit_batch')
    .values({
      number,
      sealed_at: sealedAt,
      below_xid: below,
      cluster: bound.cluster,
      event_ids: taken.map((event) => event.id),
      first_at: times[0] ?? null,
      last_at: times.at(-1) ?? null,
      root,
      previous_chain: previousChain,
      chain,
      signature,
      key_id: key.id,
    })
    .execute();
  return {
    number,
    sealedAt: sealedAt.toString(),
    chain: chain.toString('hex'),
    signature: signature.toString('hex'),
    keyId: key.id,
  };
}

/** A batch ends between two transactions, never inside one: the next starts where this one's numbers stop. */
function cutAtTransaction<E extends { readonly xid: string }>(
  events: readonly E[],
  below: string,
): { taken: readonly E[]; below: string } {
  const overflow = events[EVENTS_AT_MOST];
  if (overflow === undefined) return { taken: events, below };
  const taken = events.filter((event) => BigInt(event.xid) < BigInt(overflow.xid));
  // One transaction with more events than a batch holds is taken whole.
  return taken.length === 0 ? { taken: events, below } : { taken, below: overflow.xid };
}
