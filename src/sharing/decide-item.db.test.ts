import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import fc from 'fast-check';
import { extents, type ConsentState } from '../consent/index.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { testDatabase, type TestDatabase } from '../platform/test-database.ts';
import {
  decideItem,
  type ConsentForRecipient,
  type ItemDecision,
  type ItemQuestion,
  type LiveLegalReason,
  type ShareRule,
} from './decide-item.ts';
import {
  itemCategories,
  recipientKinds,
  type ItemCategory,
  type Purpose,
  type RecipientKind,
} from './recipient.ts';
import { findRules } from './sharing-store.ts';

// The properties run over the rules as they are in the database, so that a rule added later is proved too.
let files: TestDatabase;
let database: Database;
let rules: readonly ShareRule[];
before(async () => {
  files = await testDatabase();
  database = openDatabase({ appUrl: files.appUrl, poolSize: 1 });
  rules = await database.transaction({ kind: 'nobody', area: null }, (tx) => findRules(tx, null));
});
after(async () => {
  await database.close();
  await files.drop();
});

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const today = Temporal.PlainDate.from('2026-11-24');
const runs = { numRuns: 10_000 };
const purposes: readonly Purpose[] = [
  'care-in-custody',
  'charge-decision',
  'out-of-court-disposal',
  'bail',
  'case-management',
  'sentence',
  'court-information',
  'pre-sentence-report',
  'referral',
  'continuing-care',
];
const states: readonly ConsentState[] = ['given', 'refused', 'withdrawn', 'expired', 'not-asked', 'conflict'];

function question(
  given: Partial<Omit<ItemQuestion, 'item'>> & { category: ItemCategory; kind: RecipientKind },
): ItemQuestion {
  const { category, kind, ...rest } = given;
  return {
    item: { key: category, category, label: category },
    recipient: { kind },
    purpose: 'charge-decision',
    rules,
    consent: consent('not-asked'),
    legalReasons: [],
    now,
    today,
    ...rest,
  };
}
function consent(
  state: ConsentState,
  extent: ConsentForRecipient['extent'] = null,
  partnerRecords = false,
): ConsentForRecipient {
  return {
    state,
    extent: state === 'given' ? extent : null,
    partnerRecords,
    words: state === 'given' ? 'Agreed 08:51' : 'Refused 08:52',
  };
}
function legal(
  categories: readonly ItemCategory[],
  kind: RecipientKind = 'investigator',
  name?: string,
): LiveLegalReason {
  return {
    id: 'l',
    recipient: { kind, ...(name === undefined ? {} : { name }) },
    categories,
    words: 'Without consent: to prevent death or serious harm',
    from: now.subtract({ hours: 1 }),
    to: now.add({ hours: 1 }),
  };
}

const anyConsent = fc
  .record({ state: fc.constantFrom(...states), extent: fc.constantFrom(...extents), partner: fc.boolean() })
  .map(({ state, extent, partner }) => consent(state, extent, state === 'given' && partner));
const anyName = fc.constantFrom(undefined, 'Rivermead', 'Northgate', 'Aoife, sister');
const anyRecipient = fc
  .record({ kind: fc.constantFrom(...recipientKinds), name: anyName })
  .map(({ kind, name }) => ({ kind, ...(name === undefined ? {} : { name }) }));
const anyReason = fc
  .record({
    recipient: anyRecipient,
    categories: fc.uniqueArray(fc.constantFrom(...itemCategories), { minLength: 1, maxLength: 4 }),
    from: fc.integer({ min: -3, max: 3 }),
    hours: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ recipient, categories, from, hours }) => ({
    id: 'l',
    recipient,
    categories,
    words: 'Without consent',
    from: now.add({ hours: from }),
    to: now.add({ hours: from + hours }),
  }));
const anyQuestion = fc
  .record({
    category: fc.constantFrom(...itemCategories),
    recipient: anyRecipient,
    purpose: fc.constantFrom(...purposes),
    consent: anyConsent,
    legalReasons: fc.array(anyReason, { maxLength: 3 }),
  })
  .map(({ category, recipient, ...rest }) => ({
    ...question({ category, kind: recipient.kind, ...rest }),
    recipient,
  }));
const leaves = (decision: ItemDecision) => decision.answer !== 'may-not';

test('nothing leaves without a basis: care in custody, agreement or a recorded legal reason', () => {
  fc.assert(
    fc.property(anyQuestion, (asked) => {
      const decision = decideItem(asked);
      assert.equal(leaves(decision), ['consent', 'care-in-custody', 'legal-reason'].includes(decision.basis));
      if (decision.basis === 'consent') assert.equal(asked.consent.state, 'given');
      if (decision.basis === 'care-in-custody')
        assert.ok(asked.recipient.kind === 'custody-officer' && asked.purpose === 'care-in-custody');
      assert.notEqual(decision.reason, '');
    }),
    runs,
  );
});

test('taking back an agreement never lets more go than before', () => {
  fc.assert(
    fc.property(anyQuestion, fc.constantFrom('refused' as const, 'withdrawn' as const), (asked, state) => {
      if (leaves(decideItem({ ...asked, consent: consent(state) }))) assert.ok(leaves(decideItem(asked)));
    }),
    runs,
  );
});

test('a narrower agreement never lets more go than a wider one', () => {
  fc.assert(
    fc.property(anyQuestion, (asked) => {
      const answers = extents.map((extent) =>
        leaves(decideItem({ ...asked, consent: consent('given', extent) })),
      );
      // Widest first: once one stays, every narrower one stays.
      assert.deepEqual(
        answers,
        [...answers].sort((a, b) => Number(b) - Number(a)),
      );
    }),
    runs,
  );
});

test('a legal reason for one recipient opens nothing for another', () => {
  fc.assert(
    fc.property(anyQuestion, anyReason, (asked, reason) => {
      const other =
        reason.recipient.kind !== asked.recipient.kind ||
        (['service', 'family'].includes(asked.recipient.kind) &&
          ('name' in reason.recipient ? reason.recipient.name : undefined) !==
            ('name' in asked.recipient ? asked.recipient.name : undefined));
      if (!other) return;
      const with_ = decideItem({ ...asked, legalReasons: [...asked.legalReasons, reason] });
      assert.deepEqual(with_, decideItem(asked));
    }),
    runs,
  );
});

test('information about other people and the account of the alleged offence never leave by default', () => {
  for (const category of ['third-party', 'account-of-offence'] as const)
    for (const kind of recipientKinds)
      for (const purpose of purposes)
        for (const state of states)
          for (const extent of extents) {
            const decision = decideItem(
              question({ category, kind, purpose, consent: consent(state, extent, true) }),
            );
            assert.equal(decision.answer, 'may-not', `${category} to ${kind} for ${purpose}, ${state}`);
            assert.equal(decision.basis, 'never');
          }
});

test('an answer that was declined never leaves, not even with a legal reason that names it', () => {
  fc.assert(
    fc.property(anyQuestion, (asked) => {
      const item = { ...asked.item, category: 'declined-answer' as const };
      const reason = { ...legal(['declined-answer'], asked.recipient.kind), recipient: asked.recipient };
      assert.equal(decideItem({ ...asked, item, legalReasons: [reason] }).answer, 'may-not');
    }),
    runs,
  );
});

test('what another service told us needs permission for exactly that', () => {
  const asked = { category: 'partner-record', kind: 'investigator' } as const;
  const without = decideItem(question({ ...asked, consent: consent('given', 'all-relevant') }));
  assert.equal(without.answer, 'may-not');
  assert.equal(without.reason, 'A partner’s record. No permission to pass it on.');
  assert.equal(without.remedy, 'ask-person');
  assert.equal(
    decideItem(question({ ...asked, consent: consent('given', 'all-relevant', true) })).answer,
    'may',
  );
  assert.equal(
    decideItem(question({ ...asked, consent: consent('given', 'recommendation-and-needs', true) })).answer,
    'may-not',
  );
});

test('a risk the person does not want told can go with a legal reason, while it lasts', () => {
  const asked = { category: 'risk', kind: 'investigator', consent: consent('refused') } as const;
  const held = decideItem(question(asked));
  assert.deepEqual([held.answer, held.remedy], ['may-not', 'record-legal-reason']);
  assert.equal(decideItem(question({ ...asked, legalReasons: [legal(['risk'])] })).basis, 'legal-reason');
  const ended = { ...legal(['risk']), to: now };
  assert.equal(decideItem(question({ ...asked, legalReasons: [ended] })).answer, 'may-not');
});

test('a referral takes the needs it is about and leaves the others', () => {
  const asked = question({
    category: 'need',
    kind: 'service',
    purpose: 'referral',
    consent: consent('given', 'all-relevant'),
  });
  const about = (needKind: 'alcohol' | 'housing') =>
    decideItem({ ...asked, item: { ...asked.item, needKind }, relatedNeeds: ['alcohol'] }).answer;
  assert.equal(about('alcohol'), 'may');
  assert.equal(about('housing'), 'may-not');
});

test('a rule counts from its first day to the day before it ends, and the rule for the purpose comes first', () => {
  const rule = rules.find((entry) => entry.recipientKind === 'gp' && entry.category === 'need');
  assert.ok(rule);
  const asked = question({ category: 'need', kind: 'gp', consent: consent('given', 'all-relevant') });
  const dated = (from: string, to: string | null) =>
    decideItem({
      ...asked,
      rules: [
        {
          ...rule,
          effectiveFrom: Temporal.PlainDate.from(from),
          effectiveTo: to === null ? null : Temporal.PlainDate.from(to),
        },
      ],
    }).answer;
  assert.equal(dated('2026-11-24', null), 'may');
  assert.equal(dated('2026-11-25', null), 'may-not');
  assert.equal(dated('2020-01-01', '2026-11-24'), 'may-not');
  const never: ShareRule = {
    ...rule,
    purpose: 'charge-decision',
    basis: 'never',
    needsExtent: null,
    reason: 'Not for this',
  };
  assert.equal(decideItem({ ...asked, rules: [rule, never] }).reason, 'Not for this');
});

// One line for each kind of information, one column for each who might have it, read as a nurse would:
// A always for care in custody, a only a part of it; R, N, E when the person agreed at least to the recommendation, to
// needs, or to everything relevant; r, n, e only a part of it; P only with permission for a partner's record; - never.
const columns: readonly RecipientKind[] = [
  'custody-officer',
  'investigator',
  'prosecutor',
  'court',
  'probation',
  'youth-justice',
  'defence',
  'prison',
  'gp',
  'service',
  'family',
];
const matrix: Readonly<Record<ItemCategory, string>> = {
  //                     custody invest cps court prob youth sol prison gp service family
  identity: '             A      R      R   R     R    R     R   R      R  R       R',
  recommendation: '       R      R      R   R     R    R     R   R      R  R       R',
  need: '                 N      N      N   N     N    N     N   N      N  N       E',
  'taking-part': '        A      N      N   N     N    N     N   N      N  N       N',
  arranged: '             N      N      N   N     N    N     N   N      N  N       N',
  sources: '              N      N      N   N     N    N     N   N      N  N       -',
  risk: '                 A      E      E   E     E    E     E   E      E  E       E',
  'care-instruction': '   A      E      E   E     E    E     E   E      E  E       -',
  medication: '           a      E      E   E     E    E     E   N      N  E       E',
  'safety-plan': '        E      -      -   -     E    E     -   E      E  E       E',
  score: '                -      -      -   -     -    -     -   E      E  E       -',
  'clinical-note': '      -      -      -   -     -    -     -   e      e  -       -',
  'account-of-offence': ' -      -      -   -     -    -     -   -      -  -       -',
  'third-party': '        -      -      -   -     -    -     -   -      -  -       -',
  'partner-record': '     P      P      P   P     P    P     P   P      P  P       -',
  'declined-answer': '    -      -      -   -     -    -     -   -      -  -       -',
  'contact-details': '    -      -      -   -     E    E     E   E      E  R       -',
};

function letter(category: ItemCategory, kind: RecipientKind): string {
  const purpose: Purpose =
    kind === 'custody-officer' ? 'care-in-custody' : kind === 'service' ? 'referral' : 'charge-decision';
  const ask = (with_: ConsentForRecipient) =>
    decideItem(question({ category, kind, purpose, consent: with_ }));
  for (const state of states.filter((entry) => entry !== 'given')) {
    const without = ask(consent(state));
    if (leaves(without)) return without.answer === 'may' ? 'A' : 'a';
  }
  for (const [extent, mark] of [
    ['recommendation-only', 'R'],
    ['recommendation-and-needs', 'N'],
    ['all-relevant', 'E'],
  ] as const) {
    const decision = ask(consent('given', extent));
    if (leaves(decision)) return decision.answer === 'may' ? mark : mark.toLowerCase();
  }
  return leaves(ask(consent('given', 'all-relevant', true))) ? 'P' : '-';
}

for (const category of itemCategories)
  test(`the matrix says who may have: ${category}`, () => {
    const expected = matrix[category].trim().split(/\s+/);
    assert.deepEqual(
      Object.fromEntries(columns.map((kind) => [kind, letter(category, kind)])),
      Object.fromEntries(columns.map((kind, index) => [kind, expected[index]])),
    );
  });

test('every kind of information has a rule for every recipient: nothing is left to chance', () => {
  const missing = recipientKinds.flatMap((kind) =>
    itemCategories
      .filter((category) => !rules.some((rule) => rule.recipientKind === kind && rule.category === category))
      .map((category) => `${category} to ${kind}`),
  );
  assert.deepEqual(missing, []);
});

test('care in custody opens nothing once the purpose is another', () => {
  for (const category of ['risk', 'care-instruction', 'medication', 'taking-part', 'identity'] as const)
    assert.equal(
      decideItem(question({ category, kind: 'custody-officer', purpose: 'bail' })).answer,
      'may-not',
    );
});
