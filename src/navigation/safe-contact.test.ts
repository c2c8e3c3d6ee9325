import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { contactResults, readContact, tryText, type ContactHow } from './contact.ts';
import {
  judgeContact,
  safeContactGaps,
  safeContactWarning,
  type ContactPoint,
  type SafeAnswer,
} from './safe-contact.ts';

const phone = (ring: SafeAnswer, text: SafeAnswer, leaveMessage: SafeAnswer, note: string | null = null) =>
  ({
    id: `${ring}-${text}-${leaveMessage}`,
    kind: 'phone',
    value: '07700 900123',
    ring,
    text,
    leaveMessage,
    note,
  }) satisfies ContactPoint;

test('a phone somebody else may hold is named in words before anyone rings', () => {
  assert.equal(safeContactWarning([phone('no', 'yes', 'no')]), 'Text only. Do not leave a message.');
  assert.equal(
    safeContactWarning([phone('yes', 'yes', 'no', 'He may hold her phone. Say “library”.')]),
    'Do not leave a message. He may hold her phone. Say “library”.',
  );
  assert.equal(safeContactWarning([phone('no', 'no', 'no')]), 'Do not ring or text. Do not leave a message.');
  assert.equal(safeContactWarning([phone('yes', 'yes', 'yes')]), null);
});

test('not asked is not yes and not no: it is said, and nothing is barred by it', () => {
  const point = phone('yes', 'not-asked', 'not-asked');
  assert.equal(safeContactWarning([point]), null);
  assert.equal(safeContactGaps([point]), 'Not asked yet whether it is safe to text or leave a message.');
  const verdict = judgeContact([point], { how: 'text', result: 'sent' });
  assert.equal(verdict.answer, 'take-care');
});

test('a message is not left where it is not safe, and ringing without an answer still may be', () => {
  const point = phone('yes', 'yes', 'no');
  assert.equal(judgeContact([point], { how: 'call', result: 'no-answer' }).answer, 'may');
  const left = judgeContact([point], { how: 'call', result: 'left-message' });
  assert.ok(left.answer === 'may-not');
  assert.equal(left.words, 'It is not safe to leave a message.');
});

test('when nobody says which number was used, the most careful answer counts', () => {
  const points = [phone('yes', 'yes', 'yes'), phone('no', 'yes', 'yes')];
  assert.equal(judgeContact(points, { how: 'call', result: 'reached' }).answer, 'may-not');
  const chosen = { how: 'call', result: 'reached', contactPointId: 'yes-yes-yes' } as const;
  assert.equal(judgeContact(points, chosen).answer, 'may');
});

test('a "no" for a way of contact bars it whatever else is known', () => {
  const answer = fc.constantFrom<SafeAnswer>('yes', 'no', 'not-asked', 'declined', 'unknown');
  fc.assert(
    fc.property(
      answer,
      answer,
      answer,
      fc.array(fc.tuple(answer, answer, answer)),
      (ring, text, leave, rest) => {
        const points = [phone(ring, text, leave), ...rest.map((three) => phone(...three))];
        const barred = (rule: 'ring' | 'text' | 'leaveMessage') =>
          points.some((point) => point[rule] === 'no');
        const verdict = (how: ContactHow, result: 'reached' | 'left-message' | 'sent') =>
          judgeContact(points, { how, result }).answer === 'may-not';
        assert.equal(verdict('call', 'reached'), barred('ring'));
        assert.equal(verdict('text', 'sent'), barred('text'));
        assert.equal(verdict('call', 'left-message'), barred('ring') || barred('leaveMessage'));
      },
    ),
  );
});

test('only what can happen can be recorded', () => {
  assert.deepEqual(readContact('call:no-answer'), { how: 'call', result: 'no-answer' });
  assert.equal(readContact('letter:no-answer'), undefined);
  assert.equal(readContact('__proto__:reached'), undefined);
  for (const [how, results] of Object.entries(contactResults))
    for (const result of results) assert.ok(readContact(`${how}:${result}`));
  assert.equal(tryText(1), 'Second try');
});
