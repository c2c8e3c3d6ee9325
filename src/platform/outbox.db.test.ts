import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fixedClock } from './clock.ts';
import { openDatabase, type Database, type DatabaseContext } from './database.ts';
import { prepareJobs, startWorker } from './jobs.ts';
import { sendMessage, writeToOutbox, type OutboundMessage } from './outbox.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

const clock = fixedClock('2026-11-24T09:12:00Z');
const areaId = '0197aaaa-0000-7000-8000-000000000001';
const context: DatabaseContext = { kind: 'system', area: areaId };
let files: TestDatabase;
let database: Database;
let worker: { stop(): Promise<void> };
const carried: string[] = [];
let failFirst = 0;

before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl });
  await prepareJobs(files.ownerUrl);
  worker = await startWorker({
    ownerUrl: files.ownerUrl,
    crontab: '',
    log: () => {},
    jobs: {
      'send-message': async (payload) => {
        const { messageId } = payload as { messageId: string };
        await database.transaction(context, (tx) =>
          sendMessage(
            tx,
            messageId,
            async (message) => {
              if (failFirst > 0) {
                failFirst -= 1;
                throw new Error('the partner did not answer');
              }
              carried.push(message.recipient);
            },
            clock.now(),
          ),
        );
      },
    },
  });
});
after(async () => {
  await worker.stop();
  await database.close();
  await files.drop();
});

function message(recipient: string): OutboundMessage {
  return {
    areaId,
    personId: null,
    channel: 'email',
    recipient,
    template: 'notice',
    content: { text: 'There is something for you to read.' },
    causedBy: 'test',
  };
}

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await check()) return;
    await wait(25);
  }
  assert.fail('it did not happen within five seconds');
}

test('a message goes after the transaction that wrote it, and is marked sent once', async () => {
  const id = await database.transaction(context, (tx) =>
    writeToOutbox(tx, message('a@example.org'), clock.now()),
  );
  await until(() => carried.includes('a@example.org'));
  await database.transaction(context, async (tx) => {
    assert.equal(
      await sendMessage(tx, id, async () => assert.fail('sent twice'), clock.now()),
      'already-sent',
    );
  });
});

test('a message of a transaction that failed never goes', async () => {
  await assert.rejects(
    database.transaction(context, async (tx) => {
      await writeToOutbox(tx, message('never@example.org'), clock.now());
      throw new Error('changed our mind');
    }),
  );
  await database.transaction(context, (tx) => writeToOutbox(tx, message('after@example.org'), clock.now()));
  await until(() => carried.includes('after@example.org'));
  assert.equal(carried.includes('never@example.org'), false);
});

test('a message that was cancelled before it went stays', async () => {
  const id = await database.transaction(context, (tx) =>
    writeToOutbox(
      tx,
      { ...message('late@example.org'), notBefore: Temporal.Now.instant().add({ hours: 1 }) },
      clock.now(),
    ),
  );
  await database.transaction(context, (tx) =>
    tx
      .updateTable('outbound_message')
      .set({ cancelled_at: clock.now(), cancelled_why: 'consent withdrawn' })
      .where('id', '=', id)
      .execute(),
  );
  await database.transaction(context, async (tx) => {
    assert.equal(await sendMessage(tx, id, async () => assert.fail('it went'), clock.now()), 'cancelled');
  });
});

test('when the other side does not answer the message is tried again and not lost', async () => {
  failFirst = 1;
  await database.transaction(context, (tx) => writeToOutbox(tx, message('twice@example.org'), clock.now()));
  await until(() => carried.includes('twice@example.org'));
});
