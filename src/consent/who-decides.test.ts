import assert from 'node:assert/strict';
import test from 'node:test';
import { assessCapacity, type CapacityAnswers } from './assess-capacity.ts';
import { whoDecides, type WhoDecides } from './who-decides.ts';

const base: WhoDecides = {
  birthDate: Temporal.PlainDate.from('2011-08-17'),
  name: 'Ty',
  now: Temporal.Instant.from('2026-11-24T09:12:00Z'),
  decision: 'given',
  holder: 'person',
  holderName: null,
  competence: 'not-asked',
  competenceShownBy: null,
  capacity: null,
};
const code = (input: Partial<WhoDecides>) => {
  const outcome = whoDecides({ ...base, ...input });
  return outcome.ok ? outcome.value.competence : outcome.refusal.code;
};

test('an appropriate adult never agrees or refuses for anybody, and is told so', () => {
  for (const decision of ['given', 'refused', 'withdrawn'] as const) {
    const outcome = whoDecides({ ...base, holder: 'appropriate-adult', holderName: 'Jo', decision });
    assert.ok(!outcome.ok && outcome.refusal.code === 'appropriate-adult');
    assert.match(outcome.refusal.message, /cannot agree or refuse for Ty/);
  }
});

test('from 16 somebody is presumed able, and nobody else decides for them', () => {
  const birthDate = Temporal.PlainDate.from('2010-11-24');
  assert.equal(code({ birthDate }), 'presumed');
  assert.equal(
    code({ birthDate, holder: 'parental-responsibility', holderName: 'Dee, mother' }),
    'nobody-else-decides',
  );
});

test('under 16 a yes needs to be understood, with what showed it', () => {
  assert.equal(code({}), 'competence-needed');
  assert.equal(code({ competence: 'no' }), 'not-competent');
  assert.equal(code({ competence: 'not-sure' }), 'not-competent');
  assert.equal(code({ competence: 'yes' }), 'competence-needed');
  assert.equal(
    code({ competence: 'yes', competenceShownBy: 'Said it back in own words' }),
    'gillick-competent',
  );
});

test('a no is always recorded, with no test to pass first', () => {
  assert.equal(code({ decision: 'refused' }), 'not-sure');
  assert.equal(
    code({ decision: 'withdrawn', birthDate: Temporal.PlainDate.from('1992-08-17'), capacity: 'not-able' }),
    'presumed',
  );
});

test('a yes waits while it was decided to wait, or the person was found not able to decide', () => {
  const birthDate = Temporal.PlainDate.from('1992-08-17');
  assert.equal(code({ birthDate, capacity: 'deferred' }), 'capacity-in-doubt');
  assert.equal(code({ birthDate, capacity: 'not-able' }), 'capacity-in-doubt');
  assert.equal(code({ birthDate, capacity: 'able' }), 'presumed');
});

test('somebody with parental responsibility gives a name', () => {
  assert.equal(code({ holder: 'parental-responsibility' }), 'name-needed');
});

const able: CapacityAnswers = {
  understand: 'yes',
  retain: 'yes',
  useOrWeigh: 'yes',
  communicate: 'yes',
  becauseOfImpairment: 'not-asked',
  impairment: null,
  supportTried: 'Plain words',
  canWait: 'not-asked',
  consulted: null,
};
const outcomeOf = (answers: Partial<CapacityAnswers>) => {
  const outcome = assessCapacity({ ...able, ...answers });
  return outcome.ok ? outcome.value : outcome.refusal.code;
};

test('four times yes is able, and the cause is not asked', () => {
  assert.equal(outcomeOf({}), 'able');
});

test('somebody who has had too much to drink waits, when the decision can', () => {
  assert.equal(outcomeOf({ useOrWeigh: 'no', canWait: 'yes' }), 'deferred');
});

test('not able needs a no, a cause, support that was tried, no waiting and somebody asked', () => {
  const no = {
    useOrWeigh: 'no',
    becauseOfImpairment: 'yes',
    impairment: 'Dementia',
    canWait: 'no',
    consulted: 'Daughter',
  } as const;
  assert.equal(outcomeOf(no), 'not-able');
  assert.equal(outcomeOf({ ...no, supportTried: null }), 'support-needed');
  assert.equal(outcomeOf({ ...no, impairment: null }), 'cause-needed');
  assert.equal(outcomeOf({ ...no, becauseOfImpairment: 'unknown' }), 'cause-needed');
  assert.equal(outcomeOf({ ...no, canWait: 'not-asked' }), 'unfinished');
  assert.equal(outcomeOf({ ...no, consulted: null }), 'consult');
});

test('what cannot be put down to an impairment leaves the person able to decide', () => {
  assert.equal(outcomeOf({ communicate: 'no', becauseOfImpairment: 'no' }), 'able');
});

test('a question that was not tried is not a no', () => {
  assert.equal(outcomeOf({ retain: 'not-asked' }), 'unfinished');
  assert.equal(outcomeOf({ understand: 'unknown' }), 'unfinished');
});
