import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  hasEnded,
  inWords,
  isOverdue,
  isWithService,
  mayMove,
  move,
  moves,
  standing,
  stateAfter,
  type Move,
  type ReferralFact,
} from './referral.ts';
import { readNote } from './referral-sources.ts';
import { dueDay, workingDaysLate, type ReferralRules } from './working-days.ts';

const rules: ReferralRules = {
  answer: { unit: 'working-days', length: 5 },
  'arrange-appointment': { unit: 'working-days', length: 10 },
  'wait-review': { unit: 'days', length: 28 },
  'our-step': { unit: 'working-days', length: 1 },
  'link-open': { unit: 'days', length: 14 },
  'person-remembered': { unit: 'days', length: 90 },
};
const start = Temporal.Instant.from('2026-11-24T09:00:00Z');

/** One hour between things; an offered appointment is three days on. */
function history(...whats: readonly Move[]): ReferralFact[] {
  return whats.map((what, i) => {
    const at = start.add({ hours: i });
    return what === 'appointment-offered' ? { what, at, startsAt: at.add({ hours: 72 }) } : { what, at };
  });
}

test('whatever happens, in whatever order, an open referral has somebody to act, a next step and a day', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (whats) => {
      const where = standing(history('drafted', ...whats), rules);
      assert.ok(where !== null);
      if (hasEnded(where.state)) {
        assert.equal(where.waitingOn, 'nobody');
        assert.equal(where.due, null);
      } else {
        assert.notEqual(where.waitingOn, 'nobody');
        assert.ok(where.nextStep.length > 0);
        assert.ok(where.due !== null);
      }
    }),
    { numRuns: 500 },
  );
});

test('a referral that has ended stays ended', () => {
  for (const end of ['completed', 'withdrawn', 'lost', 'moved-on'] as const)
    for (const what of moves) assert.equal(mayMove(end, what), false, `${what} after ${end}`);
});

test('from every open state there is a way to an end', () => {
  const reached = new Set<string>(['draft']);
  const open = ['draft'];
  const exits = new Map<string, string[]>();
  for (let state = open.pop(); state !== undefined; state = open.pop())
    for (const what of moves) {
      const after = move(state as 'draft', what);
      if (!after.ok) continue;
      exits.set(state, [...(exits.get(state) ?? []), after.value]);
      if (!reached.has(after.value)) {
        reached.add(after.value);
        open.push(after.value);
      }
    }
  for (const state of reached) {
    if (hasEnded(state as 'draft')) continue;
    assert.ok(
      (exits.get(state) ?? []).some((to) => hasEnded(to as 'draft')),
      state,
    );
  }
  assert.equal(reached.size, 16);
});

test('a move that cannot be made says where the referral stands', () => {
  const outcome = move('sent', 'attended');
  assert.deepEqual(outcome, {
    ok: false,
    refusal: {
      code: 'not-now',
      message: 'This referral is sent, not opened yet, so it cannot be marked as seen now.',
    },
  });
  assert.equal(inWords('received'), 'opened by the service');
});

test('a referral is overdue after five working days without an answer, weekends left out', () => {
  const sent = standing(history('drafted', 'sent'), rules);
  assert.ok(sent !== null);
  // Tuesday 24 November and five working days: the whole of Tuesday 1 December is still in time.
  assert.equal(isOverdue(sent, Temporal.Instant.from('2026-12-01T23:59:00Z')), false);
  assert.equal(isOverdue(sent, Temporal.Instant.from('2026-12-02T00:00:00Z')), true);
  assert.equal(
    workingDaysLate(
      Temporal.Instant.from('2026-12-02T00:00:00Z'),
      Temporal.Instant.from('2026-12-07T12:00:00Z'),
    ),
    4,
  );
});

test('a Friday and one working day is Monday', () => {
  assert.equal(dueDay(Temporal.PlainDate.from('2026-11-27'), rules['our-step']).toString(), '2026-11-30');
});

test('a missed first appointment is for us to follow up, and can be kept the second time', () => {
  const missed = history('drafted', 'sent', 'opened', 'appointment-offered', 'did-not-attend');
  assert.equal(standing(missed, rules)?.waitingOn, 'us');
  const kept = standing([...missed, ...history('appointment-offered', 'attended')], rules);
  assert.equal(kept?.state, 'first-attended');
});

test('chasing is counted until the service does something', () => {
  const chased = standing(history('drafted', 'sent', 'chased', 'chased'), rules);
  assert.equal(chased?.state, 'sent');
  assert.equal(chased?.chased, 2);
  assert.equal(standing(history('drafted', 'sent', 'chased', 'opened'), rules)?.chased, 0);
});

test('the same thing entered twice changes nothing the second time', () => {
  const once = standing(history('drafted', 'sent', 'opened', 'declined'), rules);
  const twice = standing(history('drafted', 'sent', 'opened', 'declined', 'declined'), rules);
  assert.equal(twice?.since.toString(), once?.since.toString());
});

test('opening it late gives the service no more time to answer', () => {
  const sent = standing(history('drafted', 'sent'), rules);
  const late = standing(
    [...history('drafted', 'sent'), { what: 'opened', at: start.add({ hours: 24 * 6 }) }],
    rules,
  );
  assert.equal(late?.due?.toString(), sent?.due?.toString());
});

test('The names of the moves alone tell the same state, and the same one to act, as the whole history', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (whats) => {
      const where = standing(history('drafted', ...whats), rules);
      const state = stateAfter(['drafted', ...whats]);
      assert.equal(state, where?.state);
      assert.equal(isWithService(state), where?.waitingOn === 'service');
    }),
  );
});

test('what a worker wrote at the end is told as what happened and what to ask for', () => {
  assert.deepEqual(readNote('5 of 9 appointments, two buses. Ask for evenings.'), {
    told: '5 of 9 appointments, two buses.',
    askFor: 'evenings.',
  });
  assert.deepEqual(readNote('Moved to Leeds'), { told: 'Moved to Leeds', askFor: null });
  assert.deepEqual(readNote('“First time I slept.” Ask for the same worker'), {
    told: '“First time I slept.”',
    askFor: 'the same worker.',
  });
});
