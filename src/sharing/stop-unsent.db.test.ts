import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { discloseItems, disclosuresOf, markReceipt, sharedBySubject } from './index.ts';
import { police, sharingTest, thoughts } from './test-sharing.ts';

const at = sharingTest();

test('taking it back stops the queued message and closes the link, in the same moment', async () => {
  await at.agreesToPolice();
  await at.sendToPolice();
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: police, decision: 'withdrawn', extent: null });
  assert.deepEqual(await at.waiting(), { messages: [], links: [] });
  const [entry] = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
  assert.equal(entry?.receipts[0]?.kind, 'stopped');
  assert.equal(
    (await at.as(at.practitioner, (tx) => sharedBySubject(tx, at.practitioner, at.personId, at.clock.now())))
      .size,
    0,
  );
});

test('what was read already is not called back, and stands on the consent page as gone', async () => {
  await at.agreesToPolice();
  const { disclosureId } = await at.sendToPolice();
  await at.as(at.practitioner, (tx) =>
    markReceipt(tx, at.practitioner, disclosureId, 'read', at.clock.now(), 'DC Aled Price'),
  );
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: police, decision: 'withdrawn', extent: null });
  const page = await at.web.get(at.area.cookies['custody-practitioner'], `/people/${at.personId}/consent`);
  assert.match(page.body, /Already gone, not called back: Report to DC Aled Price, 09:12/);
});

test('somebody takes it back while it is being sent: it is refused, or it is stopped, and never goes', async () => {
  for (let round = 0; round < 10; round += 1) {
    await at.startAgain();
    await at.agreesToPolice();
    at.clock.set('2026-11-24T09:20:00Z');
    const [sent] = await Promise.allSettled([
      at.sendToPolice(),
      at.says({ subject: police, decision: 'withdrawn', extent: null }),
    ]);
    assert.deepEqual(await at.waiting(), { messages: [], links: [] });
    const all = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
    assert.equal(all.length, sent.status === 'fulfilled' ? 1 : 0);
    for (const entry of all) assert.equal(entry.receipts[0]?.kind, 'stopped');
  }
});

test('care instructions for the custody officer go on when the person takes back what the police may have', async () => {
  await at.agreesToPolice();
  const outcome = await at.as(at.practitioner, async (tx) => {
    const sent = await discloseItems(
      tx,
      at.practitioner,
      at.disclosure({
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
        area_id: at.area.areaId,
        person_id: at.personId,
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
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: police, decision: 'withdrawn', extent: null });
  assert.equal((await at.waiting()).messages.length, 1);
  const [entry] = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
  assert.deepEqual(entry?.receipts, []);
});

test('a report on a reader’s screen that nobody has looked at is stopped', async () => {
  await at.agreesToPolice();
  await at.as(at.practitioner, (tx) =>
    discloseItems(tx, at.practitioner, at.disclosure({ channel: 'on-screen' })),
  );
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: police, decision: 'withdrawn', extent: null });
  const [entry] = await at.as(at.practitioner, (tx) => disclosuresOf(tx, at.practitioner, at.personId));
  assert.equal(entry?.receipts[0]?.kind, 'stopped');
});

test('taking back one agreement leaves what goes to others alone', async () => {
  await at.agreesToPolice();
  await at.says({
    subject: { kind: 'share', recipient: 'court' },
    decision: 'given',
    extent: 'all-relevant',
  });
  await at.sendToPolice();
  await at.says({ subject: { kind: 'share', recipient: 'court' }, decision: 'withdrawn', extent: null });
  const still = await at.waiting();
  assert.equal(still.messages.length, 1);
  assert.equal(still.links.length, 1);
});

test('agreeing to less than before stops what was to go on the wider agreement', async () => {
  await at.agreesToPolice();
  await at.sendToPolice();
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: police, decision: 'given', extent: 'recommendation-only' });
  assert.deepEqual(await at.waiting(), { messages: [], links: [] });
});

test('a person who no longer wants to be rung or texted gets no message that was waiting', async () => {
  const contact = { kind: 'contact-after-release' } as const;
  await at.says({ subject: contact, decision: 'given', extent: null, contactHow: 'text' });
  await at.as(at.area.system, (tx) =>
    tx
      .insertInto('outbound_message')
      .values({
        area_id: at.area.areaId,
        person_id: at.personId,
        channel: 'text',
        recipient: '07700 900123',
        template: 'day-1',
        content: {},
        caused_by: `contact ${randomUUID()}`,
      })
      .execute(),
  );
  at.clock.set('2026-11-24T09:20:00Z');
  await at.says({ subject: contact, decision: 'withdrawn', extent: null });
  assert.deepEqual((await at.waiting()).messages, []);
});
