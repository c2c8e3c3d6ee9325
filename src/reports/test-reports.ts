import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { databaseContext, type SignedInViewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { assessmentKeys, recordNeeds, saveAssessment, type AssessmentText } from '../assessment/index.ts';
import { recordDecision, type ConsentExtent } from '../consent/index.ts';
import { createPeople, registerPeopleRoutes, type NeedKind, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { prepareJobs } from '../platform/jobs.ts';
import { stopUnsent } from '../sharing/index.ts';
import {
  recordSources,
  registerReportsRoutes,
  reportsPicture,
  reportsTab,
  type ReportsParts,
} from './index.ts';

// For tests only: an area with reports, its record filled through the modules' own use cases.

export interface ReportsArea {
  readonly database: Database;
  readonly area: TestArea;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly people: People;
  readonly parts: ReportsParts;
  readonly web: TestServer;
  readonly author: SignedInViewer;
  readonly cookie: string;
  /** Somebody with alcohol, self-harm and declined drugs on record, and a signed recommendation. */
  person(givenName: string, familyName: string): Promise<string>;
  /** What the person decided about the police; null withdraws it. */
  agrees(personId: string, extent: ConsentExtent | null): Promise<void>;
  close(): Promise<void>;
}

export const RECOMMENDATION = 'Callum would benefit from treatment that can start this week.';
export const FORMULATION = 'Described a frightening night in words that stay with us.';

export async function reportsArea(): Promise<ReportsArea> {
  const setting = await testSetting();
  await prepareJobs(setting.ownerUrl);
  const { database, area } = setting;
  const clock = fixedClock('2026-11-24T09:12:00Z');
  const people = createPeople({
    clock,
    tabs: [{ key: 'picture', text: 'Picture of need', href: (id) => `/people/${id}` }, reportsTab],
    pictureSources: [reportsPicture()],
    personChanged: async () => {},
    relationshipSources: [
      {
        name: 'custody',
        find: async (_tx, viewer, ids) =>
          new Map(
            viewer.role === 'custody-practitioner'
              ? ids.map((id) => [id, 'detained in your suite'] as const)
              : [],
          ),
      },
    ],
  });
  const { viewer: author, cookie } = await area.worker('Hannah Osei', 'custody-practitioner');
  const parts: ReportsParts = {
    database,
    clock,
    people,
    baseUrl: 'http://127.0.0.1:3000',
    marking: 'Liaison and diversion, Northmoor. Official, sensitive.',
    ringUs: { name: 'the liaison and diversion team', phone: '0161 496 0100' },
    record: recordSources(async () => [
      {
        key: 'appointment:1',
        text: 'Rivermead alcohol service, Thursday 26 November, 17:30.',
        source: 'referrals, accepted 09:07',
      },
    ]),
  };
  const web = await testServer({
    database,
    clock,
    register: (server) => {
      registerPeopleRoutes(server, { database, clock, people });
      registerReportsRoutes(server, parts);
    },
  });
  return {
    database,
    area,
    clock,
    people,
    parts,
    web,
    author,
    cookie,
    person: (givenName, familyName) =>
      fillRecord({ database, clock, people, area, author }, givenName, familyName),
    agrees: async (personId, extent) => {
      const outcome = await recordDecision(
        {
          database,
          clock,
          people,
          onWithdrawn: async (tx, viewer, input) => {
            await stopUnsent({ clock }, tx, viewer, input);
          },
        },
        author,
        {
          personId,
          decided: [
            {
              subject: { kind: 'share', recipient: 'police' },
              decision: extent === null ? 'withdrawn' : 'given',
              extent,
            },
          ],
          holder: 'person',
          holderName: null,
          competence: 'not-asked',
          competenceShownBy: null,
          how: 'spoken',
          present: [],
          language: 'English',
          format: 'ordinary',
          partnerRecords: false,
        },
        { reference: null, key: randomUUID() },
      );
      assert.ok(outcome.ok, JSON.stringify(outcome));
    },
    close: async () => {
      await web.close();
      await setting.close();
    },
  };
}

async function fillRecord(
  at: {
    readonly database: Database;
    readonly clock: ReturnType<typeof fixedClock>;
    readonly people: People;
    readonly area: TestArea;
    readonly author: SignedInViewer;
  },
  givenName: string,
  familyName: string,
): Promise<string> {
  const { database, clock, people, area, author } = at;
  const person = await database.transaction(databaseContext(area.system), (tx) =>
    people.create(tx, area.system, {
      source: 'custody feed',
      givenName,
      familyName,
      preferredName: 'Cal',
      birthDate: Temporal.PlainDate.from('1992-08-17'),
    }),
  );
  await database.transaction(databaseContext(author), async (tx) => {
    const need = (kind: NeedKind, answer: 'found' | 'declined') => ({
      kind,
      answer,
      basis: 'told-us' as const,
      saidBy: 'Hannah Osei',
      pointOfContact: 'custody' as const,
    });
    const recorded = await recordNeeds({ clock, people }, tx, author, {
      personId: person.id,
      entries: [
        need('alcohol', 'found'),
        need('housing', 'found'),
        need('self-harm', 'found'),
        need('drugs', 'declined'),
      ],
    });
    assert.ok(recorded.ok, JSON.stringify(recorded));
    const empty = Object.fromEntries(assessmentKeys.map((key) => [key, ''])) as AssessmentText;
    const signed = await saveAssessment({ clock, people }, tx, author, {
      personId: person.id,
      text: {
        ...empty,
        formulation: FORMULATION,
        plan: 'See him before he leaves.',
        recommendationForJustice: RECOMMENDATION,
        takingPart: 'Deaf in left ear: sit on his right. A break every 30 minutes.',
      },
      openedRevision: 0,
      sign: true,
    });
    assert.ok(signed.ok, JSON.stringify(signed));
  });
  return person.id;
}
