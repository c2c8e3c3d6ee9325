import { after, before } from 'node:test';
import { databaseContext, type SignedInViewer, type Viewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { createPeople, ensureEpisode, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { prepareJobs } from '../platform/jobs.ts';
import {
  createHandover,
  navigationPicture,
  navigationRelationships,
  registerNavigationRoutes,
  type ContactDecision,
  type NewHandover,
  type OnAttendance,
} from './index.ts';

// For tests only: a ready-made area with this module's pages on a real database.

const suite = new Set<string>();

/** What a test of this module stands on. Filled before the first test. */
export interface NavigationTest {
  readonly clock: ReturnType<typeof fixedClock>;
  database: Database;
  owner: Database;
  area: TestArea;
  people: People;
  web: TestServer;
  /** What people decided about contact after release; empty means nobody was asked. */
  readonly decisions: Map<string, ContactDecision>;
  /** Attendance that went back to a referral. */
  readonly attended: Parameters<OnAttendance>[2][];
  as<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A person in the suite of the area's custody practitioner, with an open episode. */
  person(given: string, family: string): Promise<{ id: string; episodeId: string }>;
  /** A handover by the custody practitioner, who has the person in their suite. */
  handOver(
    person: { id: string; episodeId: string },
    more?: Partial<NewHandover>,
    from?: Viewer,
  ): Promise<string>;
}

/** Builds it all for one test file; the clock stands at 09:20 on 24 November 2026. */
export function navigationTest(): NavigationTest {
  const context = {
    clock: fixedClock('2026-11-24T09:20:00Z'),
    decisions: new Map<string, ContactDecision>(),
    attended: [] as Parameters<OnAttendance>[2][],
  } as NavigationTest;

  let setting: TestSetting;
  before(async () => {
    setting = await testSetting();
    await prepareJobs(setting.ownerUrl);
    context.database = setting.database;
    context.owner = setting.owner;
    context.area = setting.area;
    context.people = createPeople({
      clock: context.clock,
      tabs: [],
      pictureSources: [navigationPicture()],
      personChanged: async () => {},
      relationshipSources: [
        {
          name: 'custody',
          find: async (_tx, viewer: SignedInViewer, ids) =>
            new Map(
              viewer.role === 'custody-practitioner'
                ? ids.filter((id) => suite.has(id)).map((id) => [id, 'detained in your suite'])
                : [],
            ),
        },
        navigationRelationships(),
      ],
    });
    context.web = await testServer({
      database: context.database,
      clock: context.clock,
      register: (server) =>
        registerNavigationRoutes(server, {
          database: context.database,
          clock: context.clock,
          people: context.people,
          contactDecisions: async () => context.decisions,
          onAttendance: async (_tx, _viewer, attended) => {
            context.attended.push(attended);
          },
        }),
    });
  });
  after(async () => {
    await context.web.close();
    await setting.close();
  });

  context.as = (viewer, work) => context.database.transaction(databaseContext(viewer), work);
  context.person = async (given, family) =>
    context.as(context.area.system, async (tx) => {
      const person = await context.people.create(tx, context.area.system, {
        source: 'custody feed',
        givenName: given,
        familyName: family,
      });
      suite.add(person.id);
      const episode = await ensureEpisode(
        tx,
        context.area.system,
        person.id,
        { firstContactPoint: 'custody', identifiedBy: 'custody-feed' },
        context.clock.now(),
      );
      return { id: person.id, episodeId: episode.id };
    });
  context.handOver = async (person, more = {}, from) => {
    const viewer = from ?? context.area.viewers['custody-practitioner'];
    const made = await context.as(viewer, (tx) =>
      createHandover(
        tx,
        viewer,
        {
          personId: person.id,
          episodeId: person.episodeId,
          to: { kind: 'navigation' },
          reason: 'Leaves with an appropriate adult',
          left: { at: context.clock.now(), how: 'released on bail' },
          ...more,
        },
        context.clock.now(),
      ),
    );
    if (!made.ok) throw new Error(made.refusal.message);
    return made.value.id;
  };
  return context;
}
