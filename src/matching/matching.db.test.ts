import assert from 'node:assert/strict';
import test from 'node:test';
import { keysToFind, keysToStore, parseSearchQuery } from './index.ts';
import type { MatchRecord } from './index.ts';
import { withClient } from '../platform/postgres/index.ts';
import { testDatabase } from '../platform/test-database.ts';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

const north = '01900000-0000-7000-8000-000000000001';
const south = '01900000-0000-7000-8000-000000000002';

async function as(client: Client, area: string, kind: string): Promise<void> {
  await client.query(`select set_config('app.area', $1, true), set_config('app.viewer_kind', $2, true)`, [
    area,
    kind,
  ]);
}

/** Runs work as this viewer in a transaction of its own. */
async function inside<T>(client: Client, area: string, kind: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await as(client, area, kind);
    const value = await work();
    await client.query('commit');
    return value;
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  }
}

function record(given: string, family: string, born: string): MatchRecord {
  return {
    names: [{ given: [given], family, kind: 'current' }],
    birthDates: [Temporal.PlainDate.from(born)],
    sex: null,
    postcodes: ['M14 5TQ'],
    identifiers: [],
  };
}

async function addPerson(client: Client, area: string, told: MatchRecord): Promise<string> {
  const [name] = told.names;
  const { rows } = await client.query<{ id: string }>(
    'insert into person (area_id, given_name, family_name) values ($1, $2, $3) returning id',
    [area, name?.given[0], name?.family],
  );
  const id = rows[0]?.id ?? '';
  await client.query('select replace_person_keys($1, $2, $3)', [id, area, JSON.stringify(keysToStore(told))]);
  return id;
}

test('people are found by keys and by name within the area, and by nobody who does not work there', async (t) => {
  const { ownerUrl, appUrl, drop } = await testDatabase();
  t.after(drop);
  await withClient(ownerUrl, (owner) =>
    owner.query(`insert into area (id, name) values ('${north}', 'North'), ('${south}', 'South')`),
  );
  await withClient(appUrl, async (app) => {
    const callum = record('Callum', 'Brennan', '1992-08-17');
    const [callumId, otherId] = await inside(app, north, 'staff', async () => [
      await addPerson(app, north, callum),
      await addPerson(app, north, record('Adaeze', 'Nwosu', '1987-04-09')),
    ]);
    const southId = await inside(app, south, 'staff', () => addPerson(app, south, callum));
    const misheard = keysToFind(record('Cal', 'Brenan', '1992-07-17')).map(({ key }) => key);
    const find = (area: string, keys: readonly string[]) =>
      app.query<{ person_id: string; hits: number }>('select * from find_people_by_keys($1, $2, 20)', [
        area,
        keys,
      ]);
    const search = (area: string, text: string) =>
      app.query<{ person_id: string; similarity: number }>(
        'select * from search_people_by_name($1, $2, 20)',
        [area, text],
      );

    await t.test('by keys, although name and date were misheard, and with how many keys agree', async () => {
      const { rows } = await inside(app, north, 'staff', () => find(north, misheard));
      assert.equal(rows[0]?.person_id, callumId);
      assert.ok((rows[0]?.hits ?? 0) >= 2);
      assert.ok(rows.every(({ person_id }) => person_id !== southId));
    });

    await t.test('by a name spelt nearly so, best first', async () => {
      for (const typed of ['brenan', 'calum brennan', 'Brennan, Callum']) {
        const { nameText } = parseSearchQuery(typed, Temporal.PlainDate.from('2026-11-24'));
        const { rows } = await inside(app, north, 'staff', () => search(north, nameText));
        assert.deepEqual(
          rows.map(({ person_id }) => person_id),
          [callumId],
          typed,
        );
      }
      // Too short, and words of the key itself, which nobody is called.
      for (const typed of ['x', 'text', 'name-text']) {
        const { rows } = await inside(app, north, 'staff', () => search(north, typed));
        assert.equal(rows.length, 0, typed);
      }
    });

    await t.test('not from another area, not by a partner, not without a context', async () => {
      await assert.rejects(
        inside(app, south, 'staff', () => find(north, misheard)),
        /in their own area/,
      );
      await assert.rejects(
        inside(app, north, 'partner', () => find(north, misheard)),
        /by staff/,
      );
      await assert.rejects(find(north, misheard), /in their own area/);
      await assert.rejects(
        inside(app, north, 'commissioner', () => search(north, 'brennan')),
        /by staff/,
      );
    });

    await t.test('the key table itself is closed to the program', async () => {
      await assert.rejects(
        inside(app, north, 'staff', () => app.query('select from person_key')),
        /permission denied/,
      );
      await assert.rejects(
        inside(app, north, 'staff', () => app.query('select must_search_own_area($1)', [north])),
        /permission denied/,
      );
    });

    await t.test('new keys take the place of the old, and only for a person of the area', async () => {
      const replace = (id: string, area: string, keys: unknown) =>
        app.query('select replace_person_keys($1, $2, $3)', [id, area, JSON.stringify(keys)]);
      await inside(app, north, 'staff', () => replace(otherId, north, keysToStore(callum)));
      const after = await inside(app, north, 'staff', () => find(north, misheard));
      assert.deepEqual(new Set(after.rows.map(({ person_id }) => person_id)), new Set([callumId, otherId]));
      await inside(app, north, 'staff', () => replace(otherId, north, []));
      assert.equal((await inside(app, north, 'staff', () => find(north, misheard))).rows.length, 1);
      await assert.rejects(
        inside(app, north, 'staff', () => replace(southId, north, [])),
        /no such person/,
      );
    });

    await t.test(
      'a decision is kept with its model and evidence, and cannot be changed afterwards',
      async () => {
        const worker = await withClient(ownerUrl, async (owner) => {
          const { rows } = await owner.query<{ id: string }>(
            `insert into worker (area_id, issuer, subject, name) values ('${north}', 'test', 'one', 'Maureen Fielding') returning id`,
          );
          return rows[0]?.id;
        });
        await inside(app, north, 'staff', () =>
          app.query(
            `insert into match_decision (area_id, person_id, other_kind, other_id, decision, decided_by, model, weight, evidence)
           values ($1, $2, 'person', $3, 'different', $4, 'throughline-1 2026-11', 12.5, '[]')`,
            [north, callumId, otherId, worker],
          ),
        );
        const seen = (area: string) =>
          inside(app, area, 'staff', () => app.query('select decision from match_decision'));
        assert.equal((await seen(north)).rows.length, 1);
        assert.equal((await seen(south)).rows.length, 0);
        await assert.rejects(
          inside(app, north, 'staff', () => app.query(`update match_decision set decision = 'same'`)),
          /permission denied/,
        );
      },
    );
  });
});
