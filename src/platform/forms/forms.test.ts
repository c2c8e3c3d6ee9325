import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { z } from 'zod';
import { answerCode, answerField } from './answer-field.ts';
import { checkVersion, describeConflict } from './conflict.ts';
import { diffWords } from './diff.ts';
import { formErrors, listField, parseForm, textField } from './form.ts';
import { keyOf } from './idempotency.ts';
import { mergeTexts } from './merge.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const yesNo = z.enum(['yes', 'no']);

test('every mistake on a form is shown at once, in the order of the questions, with what was typed kept', () => {
  const fields = {
    name: textField(z.string('Enter a name')),
    age: textField(z.coerce.number('Age must be a number').max(120, 'Age must be 120 or less')),
    about: textField(z.string().optional()),
  };
  const outcome = parseForm(fields, { name: ' ', age: '430', about: 'a\r\nb', _csrf: 'x' }, { now });
  assert.ok(!outcome.ok);
  const shown = formErrors(outcome);
  assert.deepEqual(shown.errors.list, [
    { text: 'Enter a name', href: '#name' },
    { text: 'Age must be 120 or less', href: '#age' },
  ]);
  assert.equal(shown.form.errorOf['age'], 'Age must be 120 or less');
  assert.deepEqual(shown.form.typed, { name: ' ', age: '430', about: 'a\r\nb' });
});

test('a right form gives typed values, lists as lists, and checks what must fit together', () => {
  const fields = { needs: listField(z.array(z.string()).min(1, 'Choose one')), note: textField(z.string()) };
  const right = parseForm(fields, { needs: ['housing', 'debt'], note: 'x' }, { now });
  assert.ok(right.ok);
  assert.deepEqual(right.values.needs, ['housing', 'debt']);
  const one = parseForm(fields, { needs: 'housing', note: 'x' }, { now });
  assert.ok(one.ok);
  assert.deepEqual(one.values.needs, ['housing']);
  const checked = parseForm(fields, { needs: 'housing', note: 'x' }, { now }, () => [
    { field: 'note', message: 'Say more' },
  ]);
  assert.ok(!checked.ok);
  assert.equal(checked.errors[0]?.anchor, 'note');
});

test('a question nobody answered is not asked, and never no', () => {
  const read = (typed: Record<string, string>) => answerField(yesNo)(typed, 'fit', { now });
  assert.deepEqual(read({}), { ok: true, value: { kind: 'not-asked' } });
  assert.deepEqual(read({ fit: 'not-asked' }), { ok: true, value: { kind: 'not-asked' } });
  assert.deepEqual(read({ fit: 'declined' }), { ok: true, value: { kind: 'declined' } });
  assert.deepEqual(read({ fit: 'unknown' }), { ok: true, value: { kind: 'unknown' } });
  assert.deepEqual(read({ fit: 'value:no' }), { ok: true, value: { kind: 'value', value: 'no' } });
  assert.equal(read({ fit: 'value:maybe' }).ok, false);
  assert.equal(read({ fit: 'no' }).ok, false);
});

test('an answer that is typed is read from its own box', () => {
  const units = answerField(z.coerce.number('Units must be a number').min(0, 'Units must be 0 or more'));
  const good = units({ units: 'value', 'units-value': '12' }, 'units', { now });
  assert.deepEqual(good, { ok: true, value: { kind: 'value', value: 12 } });
  const bad = units({ units: 'value', 'units-value': 'lots' }, 'units', { now });
  assert.deepEqual(bad, { ok: false, message: 'Units must be a number' });
});

test('an answer that is shown again posts back as the same answer', () => {
  const answers = fc.oneof(
    fc.constantFrom(
      { kind: 'not-asked' } as const,
      { kind: 'declined' } as const,
      { kind: 'unknown' } as const,
    ),
    fc.constantFrom('yes', 'no').map((value) => ({ kind: 'value', value }) as const),
  );
  fc.assert(
    fc.property(answers, (answer) => {
      const read = answerField(yesNo)({ q: answerCode(answer) }, 'q', { now });
      assert.deepEqual(read, { ok: true, value: answer });
    }),
  );
});

test('only a real key makes a second press harmless', () => {
  const key = '0192f0c1-2222-7333-8444-555566667777';
  assert.equal(keyOf({ _key: key.toUpperCase() }), key);
  assert.equal(keyOf({ _key: "1'; drop table person" }), undefined);
  assert.equal(keyOf(undefined), undefined);
});

test('the differences between two texts give both texts back, whatever they are', () => {
  const text = fc.array(fc.constantFrom('radio', 'on', 'off', ' ', ' ', '. ', 'é', '\n'), { maxLength: 40 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [before, after] = [a.join(''), b.join('')];
      const parts = diffWords(before, after);
      const without = (kind: string) =>
        parts
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join('');
      assert.equal(without('added'), before);
      assert.equal(without('removed'), after);
    }),
  );
});

test('a very long text is compared within a second', () => {
  const long = Array.from({ length: 20_000 }, (_, i) => `word${i % 97}`).join(' ');
  const start = performance.now();
  diffWords(long, long.replaceAll('word3 ', 'other '));
  assert.ok(performance.now() - start < 1000);
});

test('two people who changed one text both stay in it, with their names where they disagree', () => {
  const base = 'Ringing his sister Aoife. Having the radio on. Being told the time.';
  const theirs = { who: 'Sanjay', note: '', text: `${base} A nurse he knows.` };
  const mine = {
    who: 'Hannah',
    note: '',
    text: 'Ringing his sister Aoife, but not before 9am. Quiet: it was worse. Being told the time.',
  };
  const conflict = describeConflict(base, theirs, mine);
  assert.ok(conflict.disagree);
  assert.match(conflict.start, /Sanjay: .*Having the radio on\./);
  assert.match(conflict.start, /Hannah: .*Quiet: it was worse\./);
  assert.match(conflict.start, /A nurse he knows\.$/);
  assert.ok(conflict.theirs.parts.some((part) => part.kind === 'added' && part.text.includes('nurse')));
});

test('what only one person added is simply kept, and nobody is said to disagree', () => {
  const merged = mergeTexts(
    'Likes tea. Sleeps badly.',
    { who: 'A', text: 'Likes tea. Sleeps badly. Deaf in one ear.' },
    { who: 'B', text: 'Likes tea with sugar. Sleeps badly.' },
  );
  assert.deepEqual(merged, {
    text: 'Likes tea with sugar. Sleeps badly. Deaf in one ear.',
    disagree: false,
  });
});

test('no word that either person wrote is missing from the text to start from', () => {
  const sentence = fc.constantFrom('One.', 'Two.', 'Three.', 'Four five.', 'Five.', 'Six seven.');
  const text = fc.array(sentence, { maxLength: 8 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(text, text, text, (base, theirs, mine) => {
      const merged = mergeTexts(base, { who: 'A', text: theirs }, { who: 'B', text: mine }).text;
      for (const word of `${theirs} ${mine}`.match(/\w+/g) ?? []) assert.ok(merged.includes(word), word);
    }),
    { numRuns: 500 },
  );
});

test('a save over a newer version is refused in words', () => {
  assert.ok(checkVersion(3, 3).ok);
  const stale = checkVersion(3, 4);
  assert.ok(!stale.ok);
  assert.equal(stale.refusal.code, 'stale');
});
