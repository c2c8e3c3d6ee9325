import pg from 'pg';
import { sql } from 'kysely';
import { recordAudit } from '../src/audit/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { closedLoop } from './load.ts';

/** Transactions a second, and how long one took. */
export interface WriteFigures {
  readonly connections: number;
  readonly audited: { readonly perSecond: number; readonly p99: number };
  readonly notAudited: { readonly perSecond: number; readonly p99: number };
  /** Begin, update one row of a plain table, commit: no row-level security, no context, no program. */
  readonly bare: { readonly perSecond: number; readonly p99: number };
}

interface WriteParts {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly areaId: string;
  readonly seconds: number;
}

/** One update and its audit row in a transaction, beside the same without audit and beside a bare update. */
export async function auditedWrites(parts: WriteParts, connections: number): Promise<WriteFigures> {
  const { areaId, seconds } = parts;
  const database = openDatabase({ appUrl: parts.appUrl, poolSize: connections });
  const context = { kind: 'system', area: areaId } as const;
  const owner = new pg.Client({ connectionString: parts.ownerUrl });
  await owner.connect();
  try {
    const ids = await database.transaction(context, (tx) =>
      tx.selectFrom('person').select('id').where('area_id', '=', areaId).limit(2000).execute(),
    );
    let turn = 0;
    const next = (): string => ids[(turn += 7) % ids.length]?.id ?? '';
    const write = (audited: boolean) => async () => {
      const id = next();
      await database.transaction(context, async (tx) => {
        await tx
          .updateTable('person')
          .set({ version: sql<number>`version + 1` })
          .where('id', '=', id)
          .execute();
        if (audited)
          await recordAudit(tx, systemClock.now(), actor(areaId), {
            action: 'changed',
            personId: id,
            subjectKind: 'bench',
            subjectId: id,
          });
      });
    };
    const run = async (work: () => Promise<void>) => {
      await closedLoop(work, { lanes: connections, seconds: 1 });
      const { perSecond, figures } = await closedLoop(work, { lanes: connections, seconds });
      return { perSecond, p99: figures.p99 };
    };
    const audited = await run(write(true));
    const notAudited = await run(write(false));
    const bare = await bareUpdates(owner, parts.ownerUrl, connections, run);
    return { connections, audited, notAudited, bare };
  } finally {
    await owner.end();
    await database.close();
  }
}

function actor(areaId: string) {
  return { areaId, workerId: null, workerRole: null, sessionId: null, actor: 'bench', reference: null };
}

async function bareUpdates(
  owner: pg.Client,
  ownerUrl: string,
  connections: number,
  run: (work: () => Promise<void>) => Promise<{ perSecond: number; p99: number }>,
): Promise<{ perSecond: number; p99: number }> {
  await owner.query('create table if not exists bench_bare (id int primary key, version int not null)');
  await owner.query(
    'insert into bench_bare select i, 0 from generate_series(0, 1999) i on conflict do nothing',
  );
  const pool = new pg.Pool({ connectionString: ownerUrl, max: connections });
  let turn = 0;
  try {
    return await run(async () => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query({
          name: 'bare-update',
          text: 'update bench_bare set version = version + 1 where id = $1',
          values: [(turn += 7) % 2000],
        });
        await client.query('commit');
      } finally {
        client.release();
      }
    });
  } finally {
    await pool.end();
    await owner.query('drop table bench_bare');
  }
}

/** Milliseconds from the commit of an audit row until a batch holds it, `times` times. The program must be running. */
export async function sealingLag(parts: WriteParts, times: number): Promise<readonly number[]> {
  const database = openDatabase({ appUrl: parts.appUrl, poolSize: 2 });
  const context = { kind: 'system', area: parts.areaId } as const;
  const lags: number[] = [];
  try {
    for (let i = 0; i < times; i += 1) {
      const written = await database.transaction(context, async (tx) => {
        await recordAudit(tx, systemClock.now(), actor(parts.areaId), {
          action: 'ran',
          subjectKind: 'bench',
        });
        return tx
          .selectFrom('audit_event')
          .select('id')
          .where('subject_kind', '=', 'bench')
          .where('action', '=', 'ran')
          .orderBy('at', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow();
      });
      const from = performance.now();
      for (;;) {
        const { rows } = await database.transaction(context, (tx) =>
          sql`select 1 from (select event_ids from audit_batch order by number desc limit 3) b
            where ${written.id}::uuid = any (b.event_ids)`.execute(tx),
        );
        const lag = performance.now() - from;
        if (rows.length > 0 || lag > 20_000) {
          lags.push(Math.round(lag));
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    return lags;
  } finally {
    await database.close();
  }
}
