import assert from 'node:assert/strict';
import test from 'node:test';
import {
  appearanceKey,
  couldBeSamePerson,
  courtFormatDetector,
  mergeAppearance,
  parseCourtFile,
  peopleOf,
  recogniseWith,
} from './index.ts';
import type { FormatDetector, NeutralHearing, PersonAppearance } from './index.ts';
import { inventedDefendant, inventedHearing } from './invented-court-list.ts';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function firstOf(input: Uint8Array): { hearing: NeutralHearing; person: PersonAppearance } {
  const outcome = parseCourtFile(input);
  const hearing = outcome.kind === 'court-message' ? outcome.message.hearings[0] : undefined;
  const person = hearing && peopleOf(hearing)[0];
  if (!hearing || !person) throw new Error('nobody read');
  return { hearing, person };
}

test('a later message that leaves out police numbers and offences does not take them away', () => {
  const first = firstOf(json(inventedHearing([inventedDefendant(1, { pncId: '2002/0073319Z' })])));
  const { offences: _none, ...bare } = inventedDefendant(1);
  const second = firstOf(json(inventedHearing([bare])));
  const keyOf = (one: typeof first): string => appearanceKey('common-platform', one.hearing, one.person);
  assert.equal(keyOf(first), keyOf(second));
  const merged = mergeAppearance(first.person, second.person);
  assert.equal(merged.kind, 'person');
  assert.deepEqual(merged.kind === 'person' && merged.identifiers.map((id) => id.received), [
    '2002/0073319Z',
  ]);
  assert.equal(merged.offences.length, 1);
});

test('a later message that says something new wins, and results add up', () => {
  const offence = { id: 'off-1', offenceTitle: 'Invented' };
  const withResult = (id: string, plea?: string): Record<string, unknown> =>
    inventedDefendant(1, {
      offences: [
        {
          ...offence,
          plea: plea && { pleaValue: plea },
          judicialResults: [{ judicialResultId: id, label: id }],
        },
      ],
    });
  const first = firstOf(json(inventedHearing([withResult('adjourned', 'NOT_GUILTY')])));
  const second = firstOf(json(inventedHearing([withResult('sentenced', 'GUILTY')])));
  const merged = mergeAppearance(first.person, second.person);
  assert.equal(merged.offences[0]?.plea?.value, 'GUILTY');
  assert.deepEqual(
    merged.offences[0]?.results.map((result) => result.label),
    ['adjourned', 'sentenced'],
  );
});

test('two people whose identifiers are missing keep different keys', () => {
  const anonymous = (firstName: string): Record<string, unknown> => {
    const { id: _id, masterDefendantId: _master, ...rest } = inventedDefendant(1);
    return {
      ...rest,
      personDefendant: { personDetails: { firstName, lastName: 'Whitworth', dateOfBirth: '1991-04-12' } },
    };
  };
  const outcome = parseCourtFile(json(inventedHearing([anonymous('Grace'), anonymous('Edith')])));
  const hearing = outcome.kind === 'court-message' ? outcome.message.hearings[0] : undefined;
  assert.ok(hearing);
  const keys = hearing.appearances.map((appearance) => appearanceKey('common-platform', hearing, appearance));
  assert.equal(new Set(keys).size, 2);
});

test('the court detector claims court messages and leaves other files to the next', () => {
  const directory: FormatDetector<{ kind: string }> = {
    name: 'directory',
    recognise: (content) => (content.kind === 'json' ? { kind: 'service' } : undefined),
  };
  const detectors = [courtFormatDetector, directory];
  assert.equal(recogniseWith(detectors, json(inventedHearing([inventedDefendant(1)])))?.detector, 'courts');
  assert.equal(recogniseWith(detectors, json({ id: 's', name: 'Invented drop-in' }))?.detector, 'directory');
  assert.equal(recogniseWith(detectors, new Uint8Array([1, 2, 3])), undefined);
});

test('a reused reference is told from a correction by name, date of birth and police number', () => {
  const read = (change: object, details: object = {}): PersonAppearance => {
    const base = inventedDefendant(1);
    const personDetails = {
      firstName: 'Grace',
      lastName: 'Whitworth',
      dateOfBirth: '1991-04-12',
      ...details,
    };
    return firstOf(json(inventedHearing([{ ...base, ...change, personDefendant: { personDetails } }])))
      .person;
  };
  const grace = read({ pncId: '2002/0073319Z' });
  assert.ok(couldBeSamePerson(grace, read({}, { firstName: 'Gracie' })), 'spelling corrected');
  assert.ok(
    couldBeSamePerson(grace, read({}, { lastName: 'Ferreira' })),
    'new family name, same date of birth',
  );
  const other = { firstName: 'Delroy', lastName: 'Sandhu', dateOfBirth: '1970-05-05' };
  assert.ok(!couldBeSamePerson(grace, read({}, other)), 'someone else under the same number');
  assert.ok(couldBeSamePerson(grace, read({ pncId: '2002/0073319Z' }, other)), 'same police number');
});
