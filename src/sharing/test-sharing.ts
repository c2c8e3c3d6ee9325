import assert from 'node:assert/strict';
import { randomUUID, createHash } from 'node:crypto';
import { after, before, beforeEach } from 'node:test';
import { databaseContext, type SignedInViewer, type Viewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { registerConsentRoutes, recordDecision, type Decided, type DecisionInput } from '../consent/index.ts';
import { createPeople, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import {
  discloseItems,
  registerSharingRoutes,
  sharedBySubject,
  stopUnsent,
  type DiscloseInput,
  type LegalReasonInput,
  type ShareItem,
} from './index.ts';

// For tests only: sharing and consent on a real database, a person in custody, and somebody who looks after them.

export const police = { kind: 'share', recipient: 'police' } as const;
export const recommendation: ShareItem = { key: 'r', category: 'recommendation', label: 'Recommendation' };
export const alcohol: ShareItem = { key: 'n1', category: 'need', needKind: 'alcohol', label: 'Alcohol' };
export const thoughts: ShareItem = { key: 'k1', category: 'risk', label: 'Thoughts of ending his life' };

/** Builds it all for one test file; before each test the clock stands at 09:12 and there is a new person. */
export function sharingTest() {
  const clock = fixedClock('2026-11-24T09:12:00Z');
  let setting: TestSetting;
  let database: Database;
  let area: TestArea;
  let people: People;
  let web: TestServer;
  let practitioner: SignedInViewer;
  let personId: string;

  before(async () => {
    setting = await testSetting();
    ({ database, area } = setting);
    practitioner = area.viewers['custody-practitioner'];
    people = createPeople({
      clock,
      tabs: [],
      pictureSources: [],
      personChanged: async () => {},
      relationshipSources: [
        {
          name: 'custody',
          find: async (_tx, viewer, ids) =>
            new Map(
              viewer.workerId === practitioner.workerId
                ? ids.map((id) => [id, 'detained in your suite'] as const)
                : [],
            ),
        },
      ],
    });
    web = await testServer({
      database,
      clock,
      register: (server) => {
        registerSharingRoutes(server, { database, clock, people });
        registerConsentRoutes(server, {
          database,
          clock,
          people,
          onWithdrawn,
          alreadyShared: sharedBySubject,
          services: async () => [],
        });
      },
    });
  });
  after(async () => {
    await web.close();
    await setting.close();
  });
  beforeEach(() => startAgain());

  /** A new person, at 09:12. */
  async function startAgain(): Promise<void> {
    clock.set('2026-11-24T09:12:00Z');
    personId = await addPerson('Callum', 'Brennan');
  }

  const onWithdrawn: Parameters<typeof registerConsentRoutes>[1]['onWithdrawn'] = async (
    tx,
    viewer,
    input,
  ) => {
    await stopUnsent({ clock }, tx, viewer, input);
  };
  async function addPerson(givenName: string, familyName: string): Promise<string> {
    const person = await database.transaction(databaseContext(area.system), (tx) =>
      people.create(tx, area.system, {
        source: 'custody feed',
        givenName,
        familyName,
        birthDate: Temporal.PlainDate.from('1992-08-17'),
      }),
    );
    return person.id;
  }
  const as = <T>(viewer: Viewer, work: Parameters<typeof database.transaction<T>>[1]) =>
    database.transaction(databaseContext(viewer), work);

  async function says(...decided: readonly Decided[]) {
    const input: DecisionInput = {
      personId,
      decided,
      holder: 'person',
      holderName: null,
      competence: 'not-asked',
      competenceShownBy: null,
      how: 'spoken',
      present: [],
      language: 'English',
      format: 'ordinary',
      partnerRecords: false,
    };
    const outcome = await recordDecision({ database, clock, people, onWithdrawn }, practitioner, input, {
      reference: null,
      key: randomUUID(),
    });
    assert.ok(outcome.ok, JSON.stringify(outcome));
  }
  const agreesToPolice = () =>
    says({ subject: police, decision: 'given', extent: 'recommendation-and-needs' });

  function disclosure(given: Partial<DiscloseInput> = {}): DiscloseInput {
    return {
      personId,
      episodeId: null,
      recipient: { kind: 'investigator', name: 'DC Aled Price' },
      purpose: 'charge-decision',
      what: 'report',
      subjectId: randomUUID(),
      items: [recommendation, alcohol],
      channel: 'link',
      now: clock.now(),
      ...given,
    };
  }
  const legalReason = (given: Partial<LegalReasonInput> = {}): LegalReasonInput => ({
    personId,
    recipient: { kind: 'investigator', name: 'DC Aled Price' },
    reason: 'serious-harm',
    whatHappened: 'Said twice that he will end his life tonight',
    whoIsAtRisk: 'Himself',
    consentSought: 'asked-and-refused',
    whyNotAsked: null,
    leastThatWouldDo: 'That there is a risk, and not why',
    categories: ['risk'],
    law: null,
    advisedBy: 'R Lowe, clinical lead',
    personTold: 'yes',
    whyNotTold: null,
    lastsHours: 24,
    ...given,
  });

  async function sendToPolice(): Promise<{ disclosureId: string; subjectId: string; tokenHash: Buffer }> {
    const input = disclosure();
    const tokenHash = createHash('sha256').update(randomUUID()).digest();
    const disclosureId = await as(practitioner, async (tx) => {
      const outcome = await discloseItems(tx, practitioner, input);
      assert.ok(outcome.ok);
      await tx
        .insertInto('single_purpose_link')
        .values({
          area_id: area.areaId,
          token_hash: tokenHash,
          purpose: 'read-report',
          subject_id: input.subjectId,
          person_id: personId,
          recipient_name: 'DC Aled Price',
          created_at: clock.now(),
          expires_at: clock.now().add({ hours: 48 }),
        })
        .execute();
      await tx
        .insertInto('outbound_message')
        .values({
          area_id: area.areaId,
          person_id: personId,
          channel: 'email',
          recipient: 'aled.price@example.org',
          template: 'report-link',
          content: {},
          caused_by: `disclosure:${outcome.value.disclosureId}`,
        })
        .execute();
      return outcome.value.disclosureId;
    });
    return { disclosureId, subjectId: input.subjectId, tokenHash };
  }
  const waiting = () =>
    as(area.system, async (tx) => ({
      messages: await tx
        .selectFrom('outbound_message')
        .selectAll()
        .where('person_id', '=', personId)
        .where('cancelled_at', 'is', null)
        .execute(),
      links: await tx
        .selectFrom('single_purpose_link')
        .selectAll()
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .execute(),
    }));

  return {
    clock,
    get database() {
      return database;
    },
    get area() {
      return area;
    },
    get people() {
      return people;
    },
    get web() {
      return web;
    },
    get practitioner() {
      return practitioner;
    },
    get personId() {
      return personId;
    },
    startAgain,
    as,
    says,
    agreesToPolice,
    disclosure,
    legalReason,
    sendToPolice,
    waiting,
  };
}
