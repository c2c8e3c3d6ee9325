import { verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Database, Tx } from '../platform/database.ts';
import { merkleRoot } from './merkle.ts';
import { auditContent, auditHash } from './record-audit.ts';
import { GENESIS, chainOf, headsFile, type AuditHead } from './seal-audit.ts';

/** What `npm run audit:verify` found. `broken` names the first thing that is wrong. */
export interface AuditVerdict {
  readonly ok: boolean;
  readonly batches: number;
  readonly events: number;
  /** Committed, with a right hash of their own, but not yet in a batch. */
  readonly unsealed: number;
  readonly broken: string | null;
}

class Broken extends Error {}

/**
 * Proves the chain from its first batch: every sealed row still has the content its hash was made from, every batch
 * its root, its place in the chain and its signature, every published head its batch. Stops at the first break.
 */
export async function verifyAudit(
  database: Database,
  publicKey: KeyObject,
  dataDir: string,
): Promise<AuditVerdict> {
  let batches = 0;
  let events = 0;
  try {
    const published = readHeads(dataDir);
    let previous: Buffer = GENESIS;
    for (;;) {
      const number = batches + 1;
      const next = await database.transaction({ kind: 'system', area: null }, (tx) =>
        verifyBatch(tx, number, previous, publicKey, published.get(number)),
      );
      if (next === null) break;
      previous = next.chain;
      events += next.events;
      batches = number;
    }
    const missing = [...published.keys()].find((number) => number > batches);
    if (missing !== undefined)
      throw new Broken(`Batch ${missing} was published outside the database but is not in it`);
    const unsealed = await database.transaction({ kind: 'system', area: null }, (tx) => verifyUnsealed(tx));
    return { ok: true, batches, events, unsealed, broken: null };
  } catch (fault) {
    if (!(fault instanceof Broken)) throw fault;
    return { ok: false, batches, events, unsealed: 0, broken: fault.message };
  }
}

function readHeads(dataDir: string): ReadonlyMap<number, AuditHead> {
  const file = headsFile(dataDir);
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const head = JSON.parse(line) as AuditHead;
      return [head.number, head] as const;
    }),
  );
}

async function verifyBatch(
  tx: Tx,
  number: number,
  previous: Buffer,
  publicKey: KeyObject,
  head: AuditHead | undefined,
): Promise<{ chain: Buffer; events: number } | null> {
  const batch = await tx
    .selectFrom('audit_batch')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst();
  if (batch === undefined) {
    const later = await tx
      .selectFrom('audit_batch')
      .select('number')
      .where('number', '>', number)
      .limit(1)
      .executeTakeFirst();
    if (later !== undefined) throw new Broken(`Batch ${number} is missing: batch ${later.number} is there`);
    return null;
  }
  const rows =
    batch.first_at === null || batch.last_at === null
      ? []
      : await tx
          .selectFrom('audit_event')
          .selectAll()
          .where('at', '>=', batch.first_at)
          .where('at', '<=', batch.last_at)
          .where('id', '=', sql<string>`any(${batch.event_ids}::uuid[])`)
          .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const leaves = batch.event_ids.map((id) => {
    const row = byId.get(id);
    if (row === undefined)
      throw new Broken(`Event ${id} of batch ${number} is missing or its time was changed`);
    const content = auditHash(auditContent(row));
    if (!content.equals(row.content_hash)) throw new Broken(`Event ${id} of batch ${number} was changed`);
    return content;
  });
  if (!merkleRoot(leaves).equals(batch.root))
    throw new Broken(`The events of batch ${number} are not the ones that were sealed`);
  const chain = chainOf({
    number,
    sealedAt: batch.sealed_at,
    count: leaves.length,
    root: batch.root,
    previousChain: batch.previous_chain,
  });
  if (!batch.previous_chain.equals(previous))
    throw new Broken(`Batch ${number} does not follow batch ${number - 1}`);
  if (!chain.equals(batch.chain)) throw new Broken(`Batch ${number} was changed after it was sealed`);
  if (!verify(null, batch.chain, publicKey, batch.signature))
    throw new Broken(`The signature of batch ${number} is not this installation’s`);
  if (head !== undefined && head.chain !== batch.chain.toString('hex'))
    throw new Broken(`Batch ${number} is not the one whose head was published at ${head.sealedAt}`);
  return { chain: batch.chain, events: leaves.length };
}

/** Rows outside every batch must be newer than the last boundary, and must match their own hash. */
async function verifyUnsealed(tx: Tx): Promise<number> {
  const last = await tx
    .selectFrom('audit_batch')
    .select(['below_xid', 'sealed_at', 'cluster'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const from = last?.below_xid ?? '0';
  const { rows: smuggled } = await sql<{ id: string }>`
    select e.id from audit_event e
    where e.xid < ${from}::text::xid8
      and not exists (select 1 from audit_batch b where e.id = any (b.event_ids)) limit 1`.execute(tx);
  if (smuggled[0] !== undefined)
    throw new Broken(`Event ${smuggled[0].id} was added after its time had been sealed`);
  const rows = await tx
    .selectFrom('audit_event')
    .selectAll()
    .where('xid', '>=', sql<string>`${from}::text::xid8`)
    .execute();
  for (const row of rows) {
    if (!auditHash(auditContent(row)).equals(row.content_hash))
      throw new Broken(`Event ${row.id}, not yet sealed, was changed`);
  }
  return rows.length;
}
