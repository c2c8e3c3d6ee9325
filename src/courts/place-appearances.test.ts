import assert from 'node:assert/strict';
import test from 'node:test';
import { parseCourtFile, type CourtMessage } from './import/index.ts';
import { inventedCase, inventedList } from './import/invented-court-list.ts';
import { placeAppearances, type FiledAppearance, type Placement } from './place-appearances.ts';
import { decisionCarries } from './remember-matches.ts';
import { incomingAppearances, readStored, splitSaid } from './stored-appearance.ts';
import { storableDay, storableJson, storableKey } from './storable.ts';

function messageOf(...cases: readonly string[]): CourtMessage {
  const outcome = parseCourtFile(new TextEncoder().encode(inventedList(cases)));
  if (outcome.kind !== 'court-message') throw new Error(outcome.reason);
  return outcome.message;
}
const incoming = (...cases: readonly string[]) => incomingAppearances('libra', messageOf(...cases).hearings);

/** As the store gives it back: written as JSON and read again. */
const filedAs = (placed: Placement, change: Partial<FiledAppearance> = {}): FiledAppearance => ({
  id: `${placed.baseKey}#${placed.ordinal}`,
  hearingId: 'h',
  baseKey: placed.baseKey,
  ordinal: placed.ordinal,
  version: 1,
  contentHash: placed.contentHash,
  removed: false,
  sentAt: null,
  appearance: readStored(JSON.parse(storableJson(splitSaid(placed.appearance)))),
  ...change,
});
const kinds = (placed: readonly Placement[]) => placed.map((one) => one.kind);

test('what comes back from the store is what was put in, so a repeat is seen as one', () => {
  const first = placeAppearances([], incoming(inventedCase(1), inventedCase(2)), undefined);
  assert.deepEqual(kinds(first), ['new', 'new']);
  const again = placeAppearances(
    first.map((placed) => filedAs(placed)),
    incoming(inventedCase(1), inventedCase(2)),
    undefined,
  );
  assert.deepEqual(kinds(again), ['unchanged', 'unchanged']);
});

test('a correction that leaves the offences out keeps them', () => {
  const first = placeAppearances([], incoming(inventedCase(1)), undefined);
  const thinner = inventedCase(1, { pcode: 'M1 1AE' }).replace(/<offences>.*<\/offences>/s, '');
  const [after] = placeAppearances(
    first.map((placed) => filedAs(placed)),
    incoming(thinner),
    undefined,
  );
  assert.equal(after?.kind, 'changed');
  assert.equal(after?.appearance.offences.length, 1);
  assert.equal(after?.appearance.addresses[0]?.postcode, 'M1 1AE');
});

test('a message sent before the one on file does not put the old facts back', () => {
  const [first] = placeAppearances([], incoming(inventedCase(1, { pcode: 'M1 1AE' })), undefined);
  assert.ok(first);
  const filed = filedAs(first, { sentAt: Temporal.Instant.from('2026-11-23T10:00:00Z') });
  const [late] = placeAppearances(
    [filed],
    incoming(inventedCase(1, { pcode: 'OL1 1AA' })),
    Temporal.Instant.from('2026-11-23T09:00:00Z'),
  );
  assert.equal(late?.appearance.addresses[0]?.postcode, 'M1 1AE');
  assert.notEqual(late?.kind, 'changed');
});

test('another person under the same number is kept beside the first, and each is found again', () => {
  const first = inventedCase(1);
  const other = inventedCase(4, { caseno: '2600000001' });
  const placed = placeAppearances([], incoming(first), undefined);
  const both = placeAppearances(
    placed.map((one) => filedAs(one)),
    incoming(first, other),
    undefined,
  );
  assert.deepEqual(
    both.map((one) => [one.kind, one.ordinal]),
    [
      ['unchanged', 1],
      ['new', 2],
    ],
  );
  const filed = [filedAs(placed[0] ?? (both[0] as Placement)), filedAs(both[1] as Placement)];
  assert.deepEqual(kinds(placeAppearances(filed, incoming(other), undefined)), ['unchanged']);
});

test('a decision carries to another list only when nothing contradicts it', () => {
  const born = Temporal.PlainDate.from('1990-01-15');
  const one = { nameReceived: 'Mr Mohammed IQBAL', familyName: 'IQBAL', birthDate: born };
  assert.ok(decisionCarries(one, { ...one, nameReceived: 'Mohammed A Iqbal', familyName: 'Iqbal' }));
  assert.ok(decisionCarries(one, { ...one, birthDate: null }));
  assert.ok(!decisionCarries(one, { ...one, birthDate: Temporal.PlainDate.from('1990-01-16') }));
  assert.ok(!decisionCarries(one, { nameReceived: 'Ms Ada Nwosu', familyName: 'Nwosu', birthDate: born }));
  assert.ok(!decisionCarries(one, { nameReceived: null, familyName: null, birthDate: born }));
});

test('what PostgreSQL cannot hold is put right before it is written', () => {
  assert.equal(JSON.parse(storableJson({ a: 'x\0y\uD800' })).a, 'x\uFFFDy\uFFFD');
  assert.equal(storableDay(Temporal.PlainDate.from({ year: 0, month: 1, day: 1 })), null);
  assert.ok(storableKey('k'.repeat(5000)).length < 300);
  assert.notEqual(storableKey(`${'k'.repeat(5000)}1`), storableKey(`${'k'.repeat(5000)}2`));
});
