import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import type { Viewer } from '../access/index.ts';
import { countQueries } from '../platform/database.ts';
import { decide, discloseItems, disclosuresOf, heldBack, markReceipt, recordLegalReason } from './index.ts';
import { alcohol, recommendation, sharingTest, thoughts } from './test-sharing.ts';

const at = sharingTest();

test('what the person agreed to goes to the investigator, and the rest is named as held back', async () => {
  await at.agreesToPolice();
  const decisions = await at.as(at.practitioner, (tx) =>
    decide(tx, at.practitioner, { ...at.disclosure(), items: [recommendation, alcohol, thoughts] }),
  );
  assert.deepEqual(
    decisions.map((entry) => entry.answer),
    ['may', 'may', 'may-not'],
  );
  const held = heldBack(decisions, { personId: at.personId, name: 'Cal', recipientKind: 'investigator' });
  assert.equal(held.words, '1 item is held back');
  assert.deepEqual(held.items[0]?.act, {
    href: `/people/${at.personId}/share-without-consent?category=risk&recipient=investigator`,
    text: 'Record a legal reason',
  });
});

test('a disclosure writes each item with its basis, and the audit says to whom', async () => {
  await at.agreesToPolice();
  const input = at.disclosure();
  const outcome = await at.as(at.practitioner, (tx) => discloseItems(tx, at.practitioner, input));
  assert.ok(outcome.ok);
  const [entry] = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
  assert.equal(entry?.recipient.name, 'DC Aled Price');
  assert.deepEqual(
    entry.items.map((item) => [item.label, item.basis, item.reason]),
    [
      ['Recommendation', 'consent', 'Agreed 09:12'],
      ['Alcohol', 'consent', 'Agreed 09:12'],
    ],
  );
  const audit = await at.as(at.area.system, (tx) =>
    tx
      .selectFrom('audit_event')
      .select(['detail', 'subject_id'])
      .where('action', '=', 'disclosed')
      .where('person_id', '=', at.personId)
      .executeTakeFirstOrThrow(),
  );
  assert.equal(audit.subject_id, input.subjectId);
  assert.ok(!JSON.stringify(audit.detail).includes('Alcohol'), 'no clinical content in the audit');
});

test('one thing that may not go stops the whole sending, and nothing is written', async () => {
  await at.agreesToPolice();
  const outcome = await at.as(at.practitioner, (tx) =>
    discloseItems(tx, at.practitioner, at.disclosure({ items: [recommendation, thoughts] })),
  );
  assert.ok(!outcome.ok && outcome.refusal.code === 'not-allowed');
  assert.match(outcome.refusal.message, /Thoughts of ending his life/);
  assert.deepEqual(await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId)), []);
});

test('nothing goes to an investigator when nobody asked', async () => {
  const outcome = await at.as(at.practitioner, (tx) => discloseItems(tx, at.practitioner, at.disclosure()));
  assert.ok(!outcome.ok);
});

test('agreeing to one service opens nothing for another', async () => {
  await at.says({
    subject: { kind: 'share', recipient: 'service', name: 'Rivermead alcohol service' },
    decision: 'given',
    extent: 'all-relevant',
  });
  const to = (name: string) =>
    at.as(at.practitioner, (tx) =>
      decide(tx, at.practitioner, {
        ...at.disclosure(),
        purpose: 'referral',
        recipient: { kind: 'service', name },
      }),
    );
  assert.equal((await to('Rivermead alcohol service'))[0]?.answer, 'may');
  assert.equal((await to('Northgate housing'))[0]?.answer, 'may-not');
});

test('the holder of the link says that it was read, once, and can say it of nothing else', async () => {
  await at.agreesToPolice();
  const mine = await at.sendToPolice();
  const other = await at.sendToPolice();
  const holder: Viewer = {
    kind: 'link',
    areaId: at.area.areaId,
    linkId: randomUUID(),
    linkTokenHash: mine.tokenHash.toString('hex'),
    subjectId: mine.subjectId,
    personId: at.personId,
    recipientName: 'DC Aled Price',
  };
  const mark = (id: string) =>
    at.as(holder, (tx) => markReceipt(tx, holder, id, 'read', at.clock.now(), 'DC Aled Price'));
  assert.equal(await mark(mine.disclosureId), true);
  assert.equal(await mark(mine.disclosureId), true);
  assert.equal(await mark(other.disclosureId), false);
  const all = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
  const receipts = new Map(all.map((entry) => [entry.id, entry.receipts.map((receipt) => receipt.kind)]));
  assert.deepEqual(receipts.get(mine.disclosureId), ['read']);
  assert.deepEqual(receipts.get(other.disclosureId), []);
});

test('what may go to whom is shown as a table made from the rules', async () => {
  const page = await at.web.get(at.area.cookies['privacy-officer'], '/sharing-rules');
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /What was said about the alleged offence/);
  assert.match(page.body, /Always, for care in custody/);
});

test('the list of what was shared and the review list cost the same for 5 as for 50', async () => {
  await at.agreesToPolice();
  const add = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      await at.as(at.practitioner, (tx) => discloseItems(tx, at.practitioner, at.disclosure()));
      await recordLegalReason(
        { database: at.database, clock: at.clock, people: at.people },
        at.practitioner,
        at.legalReason(),
        {
          reference: null,
          key: randomUUID(),
        },
      );
    }
  };
  const cost = async (cookie: string, url: string) =>
    (await countQueries(() => at.web.get(cookie, url))).queries.length;
  const urls = [
    [at.area.cookies['custody-practitioner'], `/people/${at.personId}/shared`],
    [at.area.cookies['custody-practitioner'], `/people/${at.personId}/consent`],
    [at.area.cookies['privacy-officer'], '/sharing-review'],
  ] as const;
  const costs = async () => Promise.all(urls.map(([cookie, url]) => cost(cookie, url)));
  await add(5);
  const five = await costs();
  await add(45);
  assert.deepEqual(await costs(), five);
});
