import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { recordCapacity } from '../consent/index.ts';
import { decide, recordLegalReason, type LegalReasonInput } from './index.ts';
import { alcohol, police, sharingTest, thoughts } from './test-sharing.ts';

const at = sharingTest();

test('a recorded legal reason opens what it names, to whom it names, and ends', async () => {
  await at.says({ subject: police, decision: 'refused', extent: null });
  const recorded = await recordLegalReason(
    { database: at.database, clock: at.clock, people: at.people },
    at.practitioner,
    at.legalReason(),
    {
      reference: null,
      key: randomUUID(),
    },
  );
  assert.ok(recorded.ok);
  const answers = async (kind: 'investigator' | 'court') =>
    (
      await at.as(at.practitioner, (tx) =>
        decide(tx, at.practitioner, {
          ...at.disclosure(),
          now: at.clock.now(),
          recipient: { kind },
          items: [thoughts, alcohol],
        }),
      )
    ).map((entry) => entry.answer);
  assert.deepEqual(await answers('investigator'), ['may', 'may-not']);
  assert.deepEqual(await answers('court'), ['may-not', 'may-not']);
  at.clock.set('2026-11-25T09:12:00Z');
  assert.deepEqual(await answers('investigator'), ['may-not', 'may-not']);
});

test('a legal reason that is not thought through is refused in words', async () => {
  const refusal = async (given: Partial<LegalReasonInput>) => {
    const outcome = await recordLegalReason(
      { database: at.database, clock: at.clock, people: at.people },
      at.practitioner,
      at.legalReason(given),
      {
        reference: null,
        key: randomUUID(),
      },
    );
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
  const input = at.legalReason({ reason: 'best-interests', consentSought: 'not-able-to-decide' });
  const record = () =>
    recordLegalReason({ database: at.database, clock: at.clock, people: at.people }, at.practitioner, input, {
      reference: null,
      key: randomUUID(),
    });
  const before = await record();
  assert.ok(!before.ok && before.refusal.code === 'capacity-needed');
  const assessed = await recordCapacity(
    { database: at.database, clock: at.clock, people: at.people },
    at.practitioner,
    {
      personId: at.personId,
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
  const cookie = at.area.cookies['custody-practitioner'];
  const page = await at.web.get(
    cookie,
    `/people/${at.personId}/share-without-consent?recipient=service&category=risk`,
  );
  assert.equal(page.statusCode, 200);
  const saved = await at.web.post(cookie, `/people/${at.personId}/share-without-consent`, reasonForm);
  assert.equal(saved.statusCode, 303);
  const shared = await at.web.get(cookie, `/people/${at.personId}/shared`);
  assert.match(shared.body, /To keep a child safe/);
  assert.match(shared.body, /Not looked at by the privacy officer yet/);
  const list = await at.web.get(at.area.cookies['privacy-officer'], '/sharing-review');
  assert.match(list.body, /Callum Brennan, to Children’s social care/);
  const id = /reason-([0-9a-f-]{36})/.exec(saved.headers.location ?? '')?.[1] ?? '';
  const reviewed = await at.web.post(at.area.cookies['privacy-officer'], `/sharing-review/${id}`, {
    outcome: 'agreed',
  });
  assert.equal(reviewed.statusCode, 303);
  const again = await at.web.get(cookie, `/people/${at.personId}/shared`);
  assert.match(again.body, /Agreed, Worker privacy-officer 09:12/);
});

test('a mistake on the page is shown at its question, with everything that was typed', async () => {
  const saved = await at.web.post(
    at.area.cookies['custody-practitioner'],
    `/people/${at.personId}/share-without-consent`,
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
  const stranger = at.area.cookies.navigator;
  for (const page of ['shared', 'share-without-consent'])
    assert.equal((await at.web.get(stranger, `/people/${at.personId}/${page}`)).statusCode, 404);
  assert.equal(
    (await at.web.post(stranger, `/people/${at.personId}/share-without-consent`, reasonForm)).statusCode,
    404,
  );
  assert.equal((await at.web.get(stranger, '/sharing-review')).statusCode, 403);
  const lead = await at.web.get(at.area.cookies.lead, '/sharing-review');
  assert.doesNotMatch(lead.body, /Brennan/, 'a lead sees no name they could not open');
});

test('a form without its token changes nothing', async () => {
  const answer = await at.web.post(
    at.area.cookies['custody-practitioner'],
    `/people/${at.personId}/share-without-consent`,
    {
      ...reasonForm,
      _csrf: 'wrong',
    },
  );
  assert.equal(answer.statusCode, 403);
});
