import type { TestArea } from '../access/test-area.ts';
import { testSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { refreshPersonKeys } from '../matching/index.ts';
import { createPeople, moveRecords, registerPeopleRoutes, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { custodyPicture } from './custody-picture.ts';
import { custodyRelationships } from './custody-relationships.ts';
import { custodyTabs, registerCustodyRoutes } from './custody-routes.ts';
import type { CustodyParts, StayEnded } from './custody-parts.ts';
import { registerCustodyEventRoutes } from './feed/custody-event-routes.ts';
import { readCustodyBody } from './feed/parse-custody-events.ts';
import { receiveCustodyEvents } from './feed/receive-custody-events.ts';
import type { Progress } from './next-action.ts';

// For tests only: the custody module joined with the real people and matching modules on a database of its own.

export const TOKEN = 'token-of-the-custody-feed';

/** Everything a custody test needs. `ended` and `charged` hold what navigation and courts would have been told. */
export interface TestCustody {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly database: Database;
  readonly area: TestArea;
  readonly people: People;
  readonly parts: CustodyParts;
  readonly web: TestServer;
  readonly ended: StayEnded[];
  readonly charged: StayEnded[];
  /** What the other modules have done, by person. */
  readonly progress: Map<string, Progress>;
  feed(body: unknown): ReturnType<typeof receiveCustodyEvents>;
  close(): Promise<void>;
}

export async function testCustody(at = '2026-11-24T09:12:00Z'): Promise<TestCustody> {
  const clock = fixedClock(at);
  const setting = await testSetting();
  const { database, area } = setting;
  const ended: StayEnded[] = [];
  const charged: StayEnded[] = [];
  const progress = new Map<string, Progress>();
  const findProgress: CustodyParts['findProgress'] = async () => progress;
  const people = createPeople({
    clock,
    tabs: custodyTabs,
    pictureSources: [custodyPicture({ findProgress })],
    relationshipSources: [custodyRelationships(clock)],
    personChanged: refreshPersonKeys,
  });
  const parts: CustodyParts = {
    database,
    clock,
    people,
    findProgress,
    onEnded: async (_tx, _viewer, told) => void ended.push(told),
    onCharged: async (_tx, _viewer, told) => void charged.push(told),
    onSamePerson: moveRecords,
    consentPage: (personId) => `/people/${personId}/consent`,
  };
  const web = await testServer({
    database,
    clock,
    register: (server) => {
      registerCustodyRoutes(server, parts);
      registerPeopleRoutes(server, { database, clock, people });
      registerCustodyEventRoutes(server, {
        ...parts,
        verifyApiToken: async (request) =>
          request.headers.authorization === `Bearer ${TOKEN}`
            ? { ...area.system, actor: 'Custody feed' }
            : null,
      });
    },
  });
  return {
    clock,
    database,
    area,
    people,
    parts,
    web,
    ended,
    charged,
    progress,
    feed: (body) =>
      receiveCustodyEvents(
        parts,
        { ...area.system, actor: 'Custody feed' },
        readCustodyBody(body, clock.now()),
      ),
    async close() {
      await web.close();
      await setting.close();
    },
  };
}
