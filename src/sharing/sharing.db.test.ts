import assert from 'node:assert/strict';
import { randomUUID, createHash } from 'node:crypto';
import test, { after, before, beforeEach } from 'node:test';
import { databaseContext, type SignedInViewer, type Viewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting, type TestSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import {
  registerConsentRoutes,
  recordCapacity,
  recordDecision,
  type Decided,
  type DecisionInput,
} from '../consent/index.ts';
import { createPeople, type People } from '../people/index.ts';
import { fixedClock } from '../platform/clock.ts';
import { countQueries, type Database } from '../platform/database.ts';
import {
  decide,
  discloseItems,
  disclosuresOf,
  heldBack,
  markReceipt,
  recordLegalReason,
  registerSharingRoutes,
  sharedBySubject,
  stopUnsent,
  type DiscloseInput,
  type LegalReasonInput,
  type ShareItem,
} from './index.ts';

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
beforeEach(async () => {
  clock.set('2026-11-24T09:12:00Z');
  personId = await addPerson('Callum', 'Brennan');
});

const onWithdrawn: Parameters<typeof registerConsentRoutes>[1]['onWithdrawn'] = async (tx, viewer, input) => {
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
const police = { kind: 'share', recipient: 'police' } as const;
const agreesToPolice = () => says({ subject: police, decision: 'given', extent: 'recommendation-and-needs' });

const recommendation: ShareItem = { key: 'r', category: 'recommendation', label: 'Recommendation' };
const alcohol: ShareItem = { key: 'n1', category: 'need', needKind: 'alcohol', label: 'Alcohol' };
const thoughts: ShareItem = { key: 'k1', category: 'risk', label: 'Thoughts of ending his life' };
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

test('what the person agreed to goes to the investigator, and the rest is named as held back', async () => {
  await agreesToPolice();
  const decisions = await as(practitioner, (tx) =>
    decide(tx, practitioner, { ...disclosure(), items: [recommendation, alcohol, thoughts] }),
  );
  assert.deepEqual(
    decisions.map((entry) => entry.answer),
    ['may', 'may', 'may-not'],
  );
  const held = heldBack(decisions, { personId, name: 'Cal', recipientKind: 'investigator' });
  assert.equal(held.words, '1 item is held back');
  assert.deepEqual(held.items[0]?.act, {
    href: `/people/${personId}/share-without-consent?category=risk&recipient=investigator`,
    text: 'Record a legal reason',
  });
});

test('a disclosure writes each item with its basis, and the audit says to whom', async () => {
  await agreesToPolice();
  const input = disclosure();
  const outcome = await as(practitioner, (tx) => discloseItems(tx, practitioner, input));
  assert.ok(outcome.ok);
  const [entry] = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
  assert.equal(entry?.recipient.name, 'DC Aled Price');
  assert.deepEqual(
    entry.items.map((item) => [item.label, item.basis, item.reason]),
    [
      ['Recommendation', 'consent', 'Agreed 09:12'],
      ['Alcohol', 'consent', 'Agreed 09:12'],
    ],
  );
  const audit = await as(area.system, (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['detail', 'subject_id'])
      .where('action', '=', 'disclosed')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(audit.subject_id, input.subjectId);
  assert.ok(!JSON.stringify(audit.detail).includes('Alcohol'), 'no clinical content in the audit');
});

test('one thing that may not go stops the whole sending, and nothing is written', async () => {
  await agreesToPolice();
  const outcome = await as(practitioner, (tx) =>
    discloseItems(tx, practitioner, disclosure({ items: [recommendation, thoughts] })),
  );
  assert.ok(!outcome.ok && outcome.refusal.code === 'not-allowed');
  assert.match(outcome.refusal.message, /Thoughts of ending his life/);
  assert.deepEqual(await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId)), []);
});

test('nothing goes to an investigator when nobody asked', async () => {
  const outcome = await as(practitioner, (tx) => discloseItems(tx, practitioner, disclosure()));
  assert.ok(!outcome.ok);
});

test('agreeing to one service opens nothing for another', async () => {
  await says({
    subject: { kind: 'share', recipient: 'service', name: 'Rivermead alcohol service' },
    decision: 'given',
    extent: 'all-relevant',
  });
  const to = (name: string) =>
    as(practitioner, (tx) =>
      decide(tx, practitioner, {
        ...disclosure(),
        purpose: 'referral',
        recipient: { kind: 'service', name },
      }),
    );
  assert.equal((await to('Rivermead alcohol service'))[0]?.answer, 'may');
  assert.equal((await to('Northgate housing'))[0]?.answer, 'may-not');
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

test('taking it back stops the queued message and closes the link, in the same moment', async () => {
  await agreesToPolice();
  await sendToPolice();
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: police, decision: 'withdrawn', extent: null });
  assert.deepEqual(await waiting(), { messages: [], links: [] });
  const [entry] = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
  assert.equal(entry?.receipts[0]?.kind, 'stopped');
  assert.equal(
    (await as(practitioner, (tx) => sharedBySubject(tx, practitioner, personId, clock.now()))).size,
    0,
  );
});

test('what was read already is not called back, and stands on the consent page as gone', async () => {
  await agreesToPolice();
  const { disclosureId } = await sendToPolice();
  await as(practitioner, (tx) =>
    markReceipt(tx, practitioner, disclosureId, 'read', clock.now(), 'DC Aled Price'),
  );
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: police, decision: 'withdrawn', extent: null });
  const page = await web.get(area.cookies['custody-practitioner'], `/people/${personId}/consent`);
  assert.match(page.body, /Already gone, not called back: Report to DC Aled Price, 09:12/);
});

test('somebody takes it back while it is being sent: it is refused, or it is stopped, and never goes', async () => {
  for (let round = 0; round < 10; round += 1) {
    clock.set('2026-11-24T09:12:00Z');
    personId = await addPerson('Callum', 'Brennan');
    await agreesToPolice();
    clock.set('2026-11-24T09:20:00Z');
    const [sent] = await Promise.allSettled([
      sendToPolice(),
      says({ subject: police, decision: 'withdrawn', extent: null }),
    ]);
    assert.deepEqual(await waiting(), { messages: [], links: [] });
    const all = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
    assert.equal(all.length, sent.status === 'fulfilled' ? 1 : 0);
    for (const entry of all) assert.equal(entry.receipts[0]?.kind, 'stopped');
  }
});

test('care instructions for the custody officer go on when the person takes back what the police may have', async () => {
  await agreesToPolice();
  const outcome = await as(practitioner, async (tx) => {
    const sent = await discloseItems(
      tx,
      practitioner,
      disclosure({
        recipient: { kind: 'custody-officer' },
        purpose: 'care-in-custody',
        items: [thoughts],
        channel: 'on-screen',
      }),
    );
    assert.ok(sent.ok);
    await tx
      .insertInto('outbound_message')
      .values({
        area_id: area.areaId,
        person_id: personId,
        channel: 'webhook',
        recipient: 'custody record',
        template: 'care-instruction',
        content: {},
        caused_by: `disclosure:${sent.value.disclosureId}`,
      })
      .execute();
    return sent;
  });
  assert.ok(outcome.ok);
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: police, decision: 'withdrawn', extent: null });
  assert.equal((await waiting()).messages.length, 1);
  const [entry] = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
  assert.deepEqual(entry?.receipts, []);
});

test('a report on a reader’s screen that nobody has looked at is stopped', async () => {
  await agreesToPolice();
  await as(practitioner, (tx) => discloseItems(tx, practitioner, disclosure({ channel: 'on-screen' })));
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: police, decision: 'withdrawn', extent: null });
  const [entry] = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
  assert.equal(entry?.receipts[0]?.kind, 'stopped');
});

test('taking back one agreement leaves what goes to others alone', async () => {
  await agreesToPolice();
  await says({ subject: { kind: 'share', recipient: 'court' }, decision: 'given', extent: 'all-relevant' });
  await sendToPolice();
  await says({ subject: { kind: 'share', recipient: 'court' }, decision: 'withdrawn', extent: null });
  const still = await waiting();
  assert.equal(still.messages.length, 1);
  assert.equal(still.links.length, 1);
});

test('agreeing to less than before stops what was to go on the wider agreement', async () => {
  await agreesToPolice();
  await sendToPolice();
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: police, decision: 'given', extent: 'recommendation-only' });
  assert.deepEqual(await waiting(), { messages: [], links: [] });
});

test('a person who no longer wants to be rung or texted gets no message that was waiting', async () => {
  const contact = { kind: 'contact-after-release' } as const;
  await says({ subject: contact, decision: 'given', extent: null, contactHow: 'text' });
  await as(area.system, (tx) =>
    tx
      .insertInto('outbound_message')
      .values({
        area_id: area.areaId,
        person_id: personId,
        channel: 'text',
        recipient: '07700 900123',
        template: 'day-1',
        content: {},
        caused_by: `contact ${randomUUID()}`,
      })
      .execute(),
  );
  clock.set('2026-11-24T09:20:00Z');
  await says({ subject: contact, decision: 'withdrawn', extent: null });
  assert.deepEqual((await waiting()).messages, []);
});

test('the holder of the link says that it was read, once, and can say it of nothing else', async () => {
  await agreesToPolice();
  const mine = await sendToPolice();
  const other = await sendToPolice();
  const holder: Viewer = {
    kind: 'link',
    areaId: area.areaId,
    linkId: randomUUID(),
    linkTokenHash: mine.tokenHash.toString('hex'),
    subjectId: mine.subjectId,
    personId,
    recipientName: 'DC Aled Price',
  };
  const mark = (id: string) =>
    as(holder, (tx) => markReceipt(tx, holder, id, 'read', clock.now(), 'DC Aled Price'));
  assert.equal(await mark(mine.disclosureId), true);
  assert.equal(await mark(mine.disclosureId), true);
  assert.equal(await mark(other.disclosureId), false);
  const all = await as(practitioner, (tx) => disclosuresOf(tx, practitioner, personId));
  const receipts = new Map(all.map((entry) => [entry.id, entry.receipts.map((receipt) => receipt.kind)]));
  assert.deepEqual(receipts.get(mine.disclosureId), ['read']);
  assert.deepEqual(receipts.get(other.disclosureId), []);
});

test('a recorded legal reason opens what it names, to whom it names, and ends', async () => {
  await says({ subject: police, decision: 'refused', extent: null });
  const recorded = await recordLegalReason({ database, clock, people }, practitioner, legalReason(), {
    reference: null,
    key: randomUUID(),
  });
  assert.ok(recorded.ok);
  const answers = async (kind: 'investigator' | 'court') =>
    (
      await as(practitioner, (tx) =>
        decide(tx, practitioner, {
          ...disclosure(),
          now: clock.now(),
          recipient: { kind },
          items: [thoughts, alcohol],
        }),
      )
    ).map((entry) => entry.answer);
  assert.deepEqual(await answers('investigator'), ['may', 'may-not']);
  assert.deepEqual(await answers('court'), ['may-not', 'may-not']);
  clock.set('2026-11-25T09:12:00Z');
  assert.deepEqual(await answers('investigator'), ['may-not', 'may-not']);
});

test('a legal reason that is not thought through is refused in words', async () => {
  const refusal = async (given: Partial<LegalReasonInput>) => {
    const outcome = await recordLegalReason({ database, clock, people }, practitioner, legalReason(given), {
      reference: null,
      key: randomUUID(),
    });
    return outcome.ok ? 'recorded' : outcome.refusal.code;
  };
  assert.equal(await refusal({ consentSought: 'not-asked' }), 'why-not-asked');
  assert.equal(await refusal({ personTold: 'no' }), 'why-not-told');
  assert.equal(await refusal({ reason: 'court-order' }), 'law-needed');
  assert.equal(await refusal({ reason: 'best-interests' }), 'capacity-needed');
  assert.equal(await refusal({ recipient: { kind: 'service' } }), 'name-needed');
  assert.equal(await refusal({ categories: ['declined-answer'] }), 'never-sent');
  assert.equal(await refusal({ lastsHours: 200 }), 'too-long');
  assert.equal(await refusal({ personId: randomUUID() }), 'not-found');
});

test('best interests count only after the person was found not able to make that decision', async () => {
  const input = legalReason({ reason: 'best-interests', consentSought: 'not-able-to-decide' });
  const record = () =>
    recordLegalReason({ database, clock, people }, practitioner, input, {
      reference: null,
      key: randomUUID(),
    });
  const before = await record();
  assert.ok(!before.ok && before.refusal.code === 'capacity-needed');
  const assessed = await recordCapacity(
    { database, clock, people },
    practitioner,
    {
      personId,
      subjectKey: 'share-police',
      whyDoubted: 'Could not say back what was asked',
      lookAgainInHours: 2,
      answers: {
        understand: 'no',
        retain: 'no',
        useOrWeigh: 'no',
        communicate: 'yes',
        becauseOfImpairment: 'yes',
        impairment: 'Dementia',
        supportTried: 'Pictures, his daughter there',
        canWait: 'no',
        consulted: 'His daughter',
      },
    },
    { reference: null, key: randomUUID() },
  );
  assert.ok(assessed.ok && assessed.value.outcome === 'not-able');
  assert.ok((await record()).ok);
});

const reasonForm = {
  recipientKind: 'service',
  recipientName: 'Children’s social care',
  whatHappened: 'He said the children were left alone last week',
  whoIsAtRisk: 'Two children aged 4 and 6',
  reason: 'safeguarding-child',
  consentSought: 'asked-and-refused',
  categories: ['risk', 'third-party'],
  leastThatWouldDo: 'Their names, where they are, what he said',
  lastsHours: '24',
  advisedBy: 'A Khan, safeguarding lead',
  personTold: 'yes',
};

test('safeguarding without consent is recorded on its page, and the privacy officer sees it and answers', async () => {
  const cookie = area.cookies['custody-practitioner'];
  const page = await web.get(
    cookie,
    `/people/${personId}/share-without-consent?recipient=service&category=risk`,
  );
  assert.equal(page.statusCode, 200);
  const saved = await web.post(cookie, `/people/${personId}/share-without-consent`, reasonForm);
  assert.equal(saved.statusCode, 303);
  const shared = await web.get(cookie, `/people/${personId}/shared`);
  assert.match(shared.body, /To keep a child safe/);
  assert.match(shared.body, /Not looked at by the privacy officer yet/);
  const list = await web.get(area.cookies['privacy-officer'], '/sharing-review');
  assert.match(list.body, /Callum Brennan, to Children’s social care/);
  const id = /reason-([0-9a-f-]{36})/.exec(saved.headers.location ?? '')?.[1] ?? '';
  const reviewed = await web.post(area.cookies['privacy-officer'], `/sharing-review/${id}`, {
    outcome: 'agreed',
  });
  assert.equal(reviewed.statusCode, 303);
  const again = await web.get(cookie, `/people/${personId}/shared`);
  assert.match(again.body, /Agreed, Worker privacy-officer 09:12/);
});

test('a mistake on the page is shown at its question, with everything that was typed', async () => {
  const saved = await web.post(
    area.cookies['custody-practitioner'],
    `/people/${personId}/share-without-consent`,
    {
      ...reasonForm,
      reason: 'court-order',
    },
  );
  assert.equal(saved.statusCode, 422);
  assert.match(saved.body, /Name the order or the law/);
  assert.match(saved.body, /left alone last week/);
});

test('somebody with no relationship to the person finds no page, and no role reviews but those it is given to', async () => {
  const stranger = area.cookies.navigator;
  for (const page of ['shared', 'share-without-consent'])
    assert.equal((await web.get(stranger, `/people/${personId}/${page}`)).statusCode, 404);
  assert.equal(
    (await web.post(stranger, `/people/${personId}/share-without-consent`, reasonForm)).statusCode,
    404,
  );
  assert.equal((await web.get(stranger, '/sharing-review')).statusCode, 403);
  const lead = await web.get(area.cookies.lead, '/sharing-review');
  assert.doesNotMatch(lead.body, /Brennan/, 'a lead sees no name they could not open');
});

test('a form without its token changes nothing', async () => {
  const answer = await web.post(
    area.cookies['custody-practitioner'],
    `/people/${personId}/share-without-consent`,
    {
      ...reasonForm,
      _csrf: 'wrong',
    },
  );
  assert.equal(answer.statusCode, 403);
});

test('what may go to whom is shown as a table made from the rules', async () => {
  const page = await web.get(area.cookies['privacy-officer'], '/sharing-rules');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /What was said about the alleged offence/);
  assert.match(page.body, /Always, for care in custody/);
});

test('the list of what was shared and the review list cost the same for 5 as for 50', async () => {
  await agreesToPolice();
  const add = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      await as(practitioner, (tx) => discloseItems(tx, practitioner, disclosure()));
      await recordLegalReason({ database, clock, people }, practitioner, legalReason(), {
        reference: null,
        key: randomUUID(),
      });
    }
  };
  const cost = async (cookie: string, url: string) =>
    (await countQueries(() => web.get(cookie, url))).queries.length;
  const urls = [
    [area.cookies['custody-practitioner'], `/people/${personId}/shared`],
    [area.cookies['custody-practitioner'], `/people/${personId}/consent`],
    [area.cookies['privacy-officer'], '/sharing-review'],
  ] as const;
  const costs = async () => Promise.all(urls.map(([cookie, url]) => cost(cookie, url)));
  await add(5);
  const five = await costs();
  await add(45);
  assert.deepEqual(await costs(), five);
});
