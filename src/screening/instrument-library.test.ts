import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'node:test';
import { loadInstrumentLibrary, shippedInstruments } from './instrument-library.ts';
import { readInstrument } from './instrument.ts';

const sharedData =
  process.env['THROUGHLINE_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const library = loadInstrumentLibrary();

function json(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(shippedInstruments, file), 'utf8'));
}

/** A folder with one copy of PHQ-9, changed as the test wants. */
function siteFolder(change: (questionnaire: Record<string, unknown>) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'instruments-'));
  cpSync(join(shippedInstruments, 'phq-9.meta.json'), join(folder, 'phq-9.meta.json'));
  const questionnaire = json('phq-9.json');
  change(questionnaire);
  writeFileSync(join(folder, 'phq-9.json'), JSON.stringify(questionnaire));
  return folder;
}

test('every file of instruments has its metadata beside it and records its licence', () => {
  const files = readdirSync(shippedInstruments, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.json') && !file.endsWith('.meta.json'),
  );
  assert.ok(files.length >= 11);
  assert.equal(files.length, library.entries.length);
  for (const file of files)
    assert.ok(existsSync(join(shippedInstruments, `${file.slice(0, -'.json'.length)}.meta.json`)), file);
  for (const { instrument } of library.entries) {
    assert.ok(instrument.licence.text.length > 10, instrument.name);
    assert.ok(instrument.licence.source.length > 5, instrument.name);
    assert.ok(instrument.copyright.length > 10, instrument.name);
    assert.ok(instrument.wordingSource.length > 3, instrument.name);
  }
});

test('an instrument without a recorded licence is refused, and stops the start', () => {
  const metadata = json('phq-9.meta.json');
  delete metadata['licence'];
  const read = readInstrument(json('phq-9.json'), metadata);
  assert.ok(!read.ok);
  assert.equal(read.refusal.code, 'no-licence');
  const bare = readInstrument(json('phq-9.json'), { ...metadata, licence: { verdict: 'ship' } });
  assert.ok(!bare.ok);
  assert.equal(bare.refusal.code, 'no-licence');
  const folder = siteFolder(() => undefined);
  try {
    rmSync(join(folder, 'phq-9.meta.json'));
    assert.throws(() => loadInstrumentLibrary({ folders: [folder] }), /no recorded licence/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the public-domain instruments come with full wording, and skeletons with none', () => {
  const shipped = library.entries.filter(({ instrument }) => instrument.licence.verdict === 'ship');
  assert.deepEqual(
    shipped.map(({ instrument }) => instrument.name),
    ['audit-c', 'ciwa-ar', 'cows', 'gad-2', 'gad-7', 'k10', 'k6', 'news2', 'pc-ptsd-5', 'phq-2', 'phq-9'],
  );
  for (const { instrument } of library.entries.filter(
    (entry) => entry.instrument.licence.verdict === 'skeleton',
  ))
    for (const item of instrument.items) assert.match(item.text, /^Question \d+$/, instrument.name);
});

test('no instrument that may never be embedded is here, and none that scores suicide risk', () => {
  const never = /outcomes?.?star|\bchat\b|\bace\b|adverse childhood|c-?ssrs|columbia|suicide risk/i;
  for (const { instrument } of library.entries)
    assert.doesNotMatch(`${instrument.name} ${instrument.title}`, never);
});

test('wording for non-commercial use is off until a site switches its pack on', () => {
  for (const { instrument, pack, on } of library.entries) {
    assert.equal(instrument.licence.verdict === 'ship-nc', pack !== undefined, instrument.name);
    if (pack === undefined) continue;
    assert.equal(on, false);
    assert.ok(pack.notice.length > 100);
    const refusal = library.find(instrument.name);
    assert.ok(!refusal.ok);
    assert.equal(refusal.refusal.code, 'pack-off');
    assert.equal(loadInstrumentLibrary({ packs: [pack.name] }).find(instrument.name).ok, true);
  }
  assert.throws(() => loadInstrumentLibrary({ packs: ['no-such-pack'] }), /no instrument pack/);
});

test('GAD-7 and PHQ-9 say "Not at all", never "not at all sure"', () => {
  for (const name of ['phq-2', 'phq-9', 'gad-2', 'gad-7']) {
    const found = library.find(name);
    assert.ok(found.ok);
    for (const item of found.value.items)
      assert.deepEqual(
        item.options.map((option) => option.label),
        ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'],
      );
  }
});

test('AUDIT-C asks in UK units, with 6 or more if female and 8 or more if male', () => {
  const found = library.find('AUDIT-C');
  assert.ok(found.ok);
  assert.match(found.value.items[1]?.text ?? '', /units/);
  assert.match(found.value.items[2]?.text ?? '', /6 or more units if female, or 8 or more if male/);
});

test('an instrument is found by any spelling of its name, by address, and by address and version', () => {
  for (const name of [
    'phq-9',
    'PHQ9',
    'Phq 9',
    'https://throughline.example/fhir/Questionnaire/phq-9',
    'https://throughline.example/fhir/Questionnaire/phq-9|1.0.0',
    'PHQ-9|1.0.0',
  ]) {
    const found = library.find(name);
    assert.ok(found.ok, name);
    assert.equal(found.value.name, 'phq-9');
  }
  for (const name of ['phq-99', '', '|1.0.0', 'phq-9|9.9.9', '__proto__'])
    assert.equal(library.find(name).ok, false);
});

test('a site can add a newer version with its own dates, and the day decides which one is asked', () => {
  const folder = siteFolder((questionnaire) => {
    questionnaire['version'] = '1.10.0';
    questionnaire['effectivePeriod'] = { start: '2027-01-01', end: '2027-12-31' };
  });
  try {
    const both = loadInstrumentLibrary({ folders: [shippedInstruments, folder] });
    const versionOn = (day: string): string | undefined => {
      const found = both.find('phq-9', Temporal.PlainDate.from(day));
      return found.ok ? found.value.version : undefined;
    };
    assert.equal(versionOn('2026-12-31'), '1.0.0');
    assert.equal(versionOn('2027-01-01'), '1.10.0');
    assert.equal(versionOn('2028-01-01'), '1.0.0');
    assert.equal(versionOn('2017-10-31'), undefined);
    assert.throws(
      () => loadInstrumentLibrary({ folders: [shippedInstruments, shippedInstruments] }),
      /held twice/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a questionnaire with a feature that cannot be asked faithfully is refused by name', () => {
  const metadata = json('phq-9.meta.json');
  const changed = (item: Record<string, unknown>): unknown => {
    const questionnaire = json('phq-9.json');
    return {
      ...questionnaire,
      item: [...(Array.isArray(questionnaire['item']) ? questionnaire['item'] : []), item],
    };
  };
  for (const [item, message] of [
    [{ linkId: 'x', type: 'attachment', text: 'Scan' }, /x has the type attachment/],
    [{ linkId: 'x', type: 'choice', text: 'Which', answerValueSet: 'http://x' }, /value set/],
    [{ linkId: 'x', type: 'string', text: 'Names', repeats: true }, /repeats/],
    [{ linkId: '1', type: 'string', text: 'Again' }, /share one linkId/],
    [
      {
        linkId: 'x',
        type: 'string',
        text: 'Why',
        enableWhen: [{ question: 'y', operator: '=', answerString: 'a' }],
      },
      /names item y/,
    ],
  ] as const) {
    const read = readInstrument(changed(item), metadata);
    assert.ok(!read.ok);
    assert.match(read.refusal.message, message);
  }
});

test('bands that leave a gap or overlap, and a range the items cannot reach, are refused', () => {
  const metadata = json('gad-2.meta.json');
  const questionnaire = json('gad-2.json');
  const text = JSON.stringify(metadata);
  for (const [from, to] of [
    ['"min":3', '"min":4'],
    ['"min":3', '"min":2'],
    ['"max":6,"direction"', '"max":7,"direction"'],
  ] as const) {
    assert.ok(text.includes(from), from);
    const read = readInstrument(questionnaire, JSON.parse(text.replace(from, to)));
    assert.ok(!read.ok, to);
    assert.equal(read.refusal.code, 'inconsistent');
  }
});

test('each national score code and range is the one the national data set lists', (t) => {
  const file = join(sharedData, 'mhsds', 'assessment_tools_snomed_ranges.csv');
  if (!existsSync(file)) return t.skip('needs ../shared/data');
  const lines = readFileSync(file, 'utf8').split('\n');
  const coded = library.entries.flatMap(({ instrument }) =>
    instrument.scorings.flatMap((scoring) => (scoring.mhsds === undefined ? [] : [{ instrument, scoring }])),
  );
  assert.ok(coded.length >= 3);
  for (const { instrument, scoring } of coded) {
    const line = lines.find((one) => one.split(',').includes(scoring.mhsds?.snomedCode ?? ''));
    assert.ok(line, instrument.name);
    const fields = line.split(',');
    const at = fields.indexOf(scoring.mhsds?.snomedCode ?? '');
    assert.deepEqual(
      [Number(fields[at + 2]), Number(fields[at + 3])],
      [scoring.min, scoring.max],
      basename(line),
    );
  }
});
