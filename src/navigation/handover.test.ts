import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  decideHandover,
  hasReceiver,
  isLate,
  isOutside,
  ownerOf,
  type Handover,
  type HandoverAct,
  type HandoverKind,
  type Receiver,
} from './handover.ts';

const start = Temporal.Instant.from('2026-11-24T09:00:00Z');
const at = (minutes: number) => start.add({ minutes });

const receiver: fc.Arbitrary<Receiver> = fc
  .record({
    kind: fc.constantFrom<HandoverKind>('court', 'navigation', 'prison', 'other-area'),
    siteId: fc.option(fc.constantFrom('court-1', 'court-2')),
    teamId: fc.option(fc.constantFrom('team-1', 'team-2')),
    workerId: fc.option(fc.constantFrom('ruth', 'pat')),
    name: fc.option(fc.constantFrom('HMP Northmoor', '')),
  })
  .filter(hasReceiver);

const act: fc.Arbitrary<HandoverAct> = fc.oneof(
  fc.record({
    kind: fc.constant('accept' as const),
    at: fc.integer({ min: 0, max: 900 }).map(at),
    by: fc.constantFrom('ruth', 'pat', 'hannah'),
    name: fc.constantFrom('Ruth Ogden', 'Pat Lomax', 'Hannah Osei'),
    receivedBy: fc.constantFrom('', 'J Adeyemi, reception nurse'),
  }),
  fc.record({
    kind: fc.constant('return' as const),
    at: fc.integer({ min: 0, max: 900 }).map(at),
    by: fc.constantFrom('ruth', 'pat'),
    name: fc.constantFrom('Ruth Ogden', 'Pat Lomax'),
    why: fc.constantFrom('', 'On leave until Monday'),
  }),
  fc.record({
    kind: fc.constant('keep' as const),
    at: fc.integer({ min: 0, max: 900 }).map(at),
    by: fc.constant('hannah'),
    name: fc.constant('Hannah Osei'),
  }),
  fc.record({
    kind: fc.constant('send-on' as const),
    at: fc.integer({ min: 0, max: 900 }).map(at),
    to: receiver,
    acceptBy: fc.option(fc.integer({ min: 0, max: 900 }).map(at)),
  }),
  fc.record({
    kind: fc.constant('start-clock' as const),
    leftAt: fc.integer({ min: 0, max: 900 }).map(at),
    leftHow: fc.constant('released on bail'),
    acceptBy: fc.integer({ min: 0, max: 900 }).map(at),
  }),
);

function waiting(to: Receiver, more: Partial<Handover> = {}): Handover {
  return {
    id: 'h',
    personId: 'p',
    episodeId: 'e',
    fromWorkerId: 'hannah',
    fromTeamId: 'custody-team',
    fromName: 'Hannah Osei',
    to,
    reason: 'Leaves about 09:30 with an appropriate adult',
    what: [],
    madeAt: start,
    acceptBy: at(240),
    leftAt: start,
    leftHow: 'released on bail',
    state: 'waiting',
    settledAt: null,
    settledBy: null,
    settledName: null,
    settledWhy: null,
    chasedAt: null,
    version: 1,
    ...more,
  };
}

const toTeam: Receiver = { kind: 'navigation', siteId: null, teamId: 'team-1', workerId: null, name: null };

test('whatever happens, in any order, a handover has an owner, and what cannot be done is said in words', () => {
  fc.assert(
    fc.property(
      receiver,
      fc.boolean(),
      fc.boolean(),
      fc.array(act, { maxLength: 12 }),
      fc.integer({ min: 0, max: 2000 }),
      (to, byFeed, leftAlready, acts, minutes) => {
        let handover = waiting(to, {
          ...(byFeed ? { fromWorkerId: null, fromTeamId: null, fromName: 'custody feed' } : {}),
          ...(leftAlready ? {} : { leftAt: null, leftHow: null, acceptBy: null }),
        });
        for (const next of acts) {
          const decided = decideHandover(handover, next);
          if (decided.ok) handover = decided.value;
          else assert.match(decided.refusal.message, /\w/);
          const owner = ownerOf(handover, at(minutes));
          assert.ok(
            owner.workerId ?? owner.teamId ?? owner.siteId ?? owner.outside ?? owner.lead,
            `nobody owns a handover that is ${handover.state}`,
          );
          // The same must hold for the lead's list: late, or sent back, is always theirs too.
          if (handover.state === 'returned' || isLate(handover, at(minutes))) assert.ok(owner.lead);
          // Nobody outside has it until somebody wrote down who received it.
          if (handover.state === 'accepted' && isOutside(handover.to.kind))
            assert.notEqual(handover.settledName, '');
        }
      },
    ),
  );
});

test('of two navigators who accept one wins, and the other is told who', () => {
  const first = decideHandover(waiting(toTeam), {
    kind: 'accept',
    at: at(5),
    by: 'ruth',
    name: 'Ruth Ogden',
  });
  assert.ok(first.ok);
  const second = decideHandover(first.value, { kind: 'accept', at: at(6), by: 'pat', name: 'Pat Lomax' });
  assert.ok(!second.ok);
  assert.equal(second.refusal.code, 'already-accepted');
  assert.match(second.refusal.message, /Ruth Ogden/);
});

test('a handover sent back without a reason is not sent back', () => {
  const decided = decideHandover(waiting(toTeam), {
    kind: 'return',
    at: at(5),
    by: 'ruth',
    name: 'Ruth Ogden',
    why: '  ',
  });
  assert.ok(!decided.ok);
  assert.equal(decided.refusal.field, 'why');
});

test('a prison has it only when somebody there is named; until then it is with the sender and the lead', () => {
  const prison: Receiver = {
    kind: 'prison',
    siteId: null,
    teamId: null,
    workerId: null,
    name: 'HMP Northmoor',
  };
  const handover = waiting(prison);
  assert.deepEqual(ownerOf(handover, at(0)), {
    workerId: 'hannah',
    teamId: 'custody-team',
    siteId: null,
    outside: null,
    lead: true,
  });
  const nobody = decideHandover(handover, { kind: 'accept', at: at(5), by: 'hannah', name: 'Hannah Osei' });
  assert.ok(!nobody.ok);
  const named = decideHandover(handover, {
    kind: 'accept',
    at: at(5),
    by: 'hannah',
    name: 'Hannah Osei',
    receivedBy: 'J Adeyemi, reception nurse',
  });
  assert.ok(named.ok);
  assert.equal(ownerOf(named.value, at(6)).outside, 'J Adeyemi, reception nurse');
});

test('a clock that runs is never started again, and a person who has not left is not late', () => {
  const early = waiting(toTeam, { acceptBy: null, leftAt: null, leftHow: null });
  assert.equal(isLate(early, at(10_000)), false);
  const left = decideHandover(early, {
    kind: 'start-clock',
    leftAt: at(90),
    leftHow: 'released on bail',
    acceptBy: at(330),
  });
  assert.ok(left.ok);
  const again = decideHandover(left.value, {
    kind: 'start-clock',
    leftAt: at(200),
    leftHow: 'no further action',
    acceptBy: at(440),
  });
  assert.ok(again.ok);
  assert.equal(again.value.acceptBy?.toString(), at(330).toString());
  assert.equal(isLate(again.value, at(330)), false);
  assert.equal(isLate(again.value, at(331)), true);
});
