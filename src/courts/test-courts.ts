import type { sql } from 'kysely';
import { databaseContext, type RelationshipSource } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting } from '../access/test-setting.ts';
import { refreshPersonKeys } from '../matching/index.ts';
import { createPeople, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { LookParts } from './look-for-people.ts';

// For tests only: an area with a court, people whose keys are kept as app.ts keeps them, and the real search.

export interface TestCourts extends LookParts {
  readonly database: Database;
  readonly owner: Database;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly area: TestArea;
  readonly people: People;
  readonly ownerUrl: string;
  /** Adds somebody we know. */
  know(
    givenName: string,
    familyName: string,
    birthDate: string,
    more?: { readonly postcode?: string; readonly pnc?: string },
  ): Promise<string>;
  /** Reads rows as the system of the area. */
  rows<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Tuesday 24 November 2026, 09:12 in London. */
export async function testCourts(
  relationships: (clock: ReturnType<typeof fixedClock>) => readonly RelationshipSource[] = () => [],
): Promise<TestCourts> {
  const clock = fixedClock('2026-11-24T09:12:00Z');
  const setting = await testSetting();
  const { database, owner, area } = setting;
  const people = createPeople({
    clock,
    tabs: [],
    pictureSources: [],
    relationshipSources: relationships(clock),
    personChanged: refreshPersonKeys,
  });
  return {
    database,
    owner,
    clock,
    area,
    people,
    ownerUrl: setting.ownerUrl,
    know: (givenName, familyName, birthDate, more = {}) =>
      database.transaction(databaseContext(area.system), async (tx) => {
        const person = await people.create(tx, area.system, {
          source: 'test',
          givenName,
          familyName,
          birthDate: Temporal.PlainDate.from(birthDate),
          ...(more.postcode === undefined
            ? {}
            : { addresses: [{ lines: '1 Mill Brow', postcode: more.postcode, noFixedAbode: false }] }),
          ...(more.pnc === undefined
            ? {}
            : {
                identifiers: [{ kind: 'pnc' as const, received: more.pnc, canonical: more.pnc, valid: true }],
              }),
        });
        return person.id;
      }),
    rows: (query) =>
      database.transaction(databaseContext(area.system), async (tx) => (await query.execute(tx)).rows),
    close: async () => {
      await setting.close();
    },
  };
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
