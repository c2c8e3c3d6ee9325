import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { countsOf, parseCourtFile, peopleOf } from './index.ts';
import type { CourtMessage } from './index.ts';
import {
  inventedCase,
  inventedCases,
  inventedDefendant,
  inventedHearing,
  inventedList,
} from './invented-court-list.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));

function messageOf(input: Uint8Array): CourtMessage {
  const outcome = parseCourtFile(input);
  if (outcome.kind !== 'court-message') throw new Error(`not read: ${outcome.reason}`);
  return outcome.message;
}

const families = (message: CourtMessage): string[] =>
  message.hearings.flatMap(peopleOf).map((person) => person.name?.received ?? '(no name)');

const listBytes = bytes(inventedList(inventedCases(12)));
const hearingBytes = json(inventedHearing([1, 2, 3].map((index) => inventedDefendant(index))));
const snsBytes = json({
  Type: 'Notification',
  MessageId: 'm',
  Message: new TextDecoder().decode(hearingBytes),
});
const seeds = [listBytes, hearingBytes, snsBytes];

test('a file cut anywhere is read as far as it goes or refused, and never stops the import', () => {
  for (const seed of seeds) {
    for (let at = 0; at < seed.length; at += 31) {
      const outcome = parseCourtFile(seed.subarray(0, at));
      if (outcome.kind !== 'court-message') assert.ok(outcome.reason.length > 10);
    }
  }
});

test('bytes changed at random never stop the import, and every refusal has a reason', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(change, { minLength: 1, maxLength: 12 }),
      (seed, changes) => {
        const damaged = Uint8Array.from(seed);
        for (const { at, byte } of changes) damaged[at % damaged.length] = byte;
        const outcome = parseCourtFile(damaged);
        if (outcome.kind === 'court-message') {
          for (const issue of outcome.message.issues)
            assert.ok(issue.message.length > 10 && issue.code !== '');
        } else assert.ok(outcome.reason.length > 10);
      },
    ),
    { numRuns: 400 },
  );
});

test('any bytes at all have an answer', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string().map(bytes), fc.json().map(bytes)),
      (input) => {
        assert.ok(parseCourtFile(input).kind);
      },
    ),
    { numRuns: 400 },
  );
});

test('whatever one field of one defendant holds, the others in the hearing stay', () => {
  const keys = [
    'id',
    'isYouth',
    'pncId',
    'croNumber',
    'offences',
    'personDefendant',
    'masterDefendantId',
    'legalEntityDefendant',
  ];
  const untouched = families(messageOf(hearingBytes)).filter((_, index) => index !== 1);
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const people = [inventedDefendant(1), inventedDefendant(2, { [key]: value }), inventedDefendant(3)];
      const message = messageOf(json(inventedHearing(people)));
      const found = families(message);
      for (const name of untouched) assert.ok(found.includes(name), `${name} was lost`);
      const { people: kept, organisations, quarantined } = countsOf(message);
      assert.equal(kept + organisations + quarantined, 3, 'the changed one is somewhere too');
    }),
    { numRuns: 300 },
  );
});

test('whatever one personal detail holds, the person stays on the list under what else is known', () => {
  const keys = ['firstName', 'lastName', 'dateOfBirth', 'gender', 'address', 'contact', 'title'];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const base = inventedDefendant(2);
      const personDefendant = base['personDefendant'] as { personDetails: object };
      const details = { ...personDefendant.personDetails, [key]: value };
      const message = messageOf(
        json(inventedHearing([{ ...base, personDefendant: { personDetails: details } }])),
      );
      assert.equal(countsOf(message).people, 1);
    }),
    { numRuns: 300 },
  );
});

test('whatever a text field of one Libra case holds, every other case stays', () => {
  const keys = ['c_id', 'h_id', 'caseno', 'def_name', 'def_dob', 'def_type', 'def_sex', 'pcode'];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.string({ unit: 'binary' }), (key, value) => {
      const cases = [inventedCase(0), inventedCase(1, { [key]: value }), inventedCase(2)];
      const message = messageOf(bytes(inventedList(cases)));
      const { people, organisations, quarantined } = countsOf(message);
      assert.equal(people + organisations + quarantined, 3);
      assert.ok(people + organisations >= 2);
    }),
    { numRuns: 200 },
  );
});

test('a bad date of birth is left out with the original kept, and the person stays', () => {
  for (const [received, code] of [
    ['31/06/1980', 'birth-date-not-read'],
    ['not known', 'birth-date-not-read'],
    ['01/01/1900', 'birth-date-placeholder'],
    ['01/01/2031', 'birth-date-in-future'],
    ['01/01/1801', 'birth-date-too-old'],
  ] as const) {
    const message = messageOf(bytes(inventedList([inventedCase(1, { def_dob: received })])));
    const issue = message.issues.find((one) => one.code === code);
    assert.equal(issue?.received, received);
    assert.match(issue?.path ?? '', /case\[0\]\.def_dob$/);
    assert.equal(message.hearings.flatMap(peopleOf)[0]?.birthDate, undefined);
  }
});

test('a case with broken tags is set aside with its reason and the rest of the list goes on', () => {
  const broken = inventedList(inventedCases(10)).replace('<caseno>2600000004</caseno>', '<caseno>2600000004');
  const message = messageOf(bytes(broken));
  assert.equal(countsOf(message).people, 9);
  assert.equal(message.quarantined.length, 1);
  assert.equal(message.quarantined[0]?.code, 'case-damaged');
  assert.match(message.quarantined[0]?.received ?? '', /2600000004/);
});

test('a list that stops early gives every complete case, in its own court and room', () => {
  const whole = inventedList(inventedCases(60));
  const message = messageOf(bytes(whole.slice(0, whole.indexOf('<caseno>2600000050'))));
  assert.equal(message.hearings.length, 50);
  assert.equal(message.hearings[49]?.room, '02');
  assert.equal(message.hearings[49]?.court.code, 'B06IS');
  assert.equal(message.quarantined.length, 1, 'the case cut in half');
});

test('JSON with a comma too many, or cut short, is read and says so', () => {
  const text = new TextDecoder().decode(hearingBytes);
  const doubled = messageOf(bytes(text.replace('},{"id":"d0', '},,{"id":"d0')));
  assert.equal(countsOf(doubled).people, 3);
  assert.ok(doubled.issues.some((issue) => issue.code === 'stray-comma'));
  const cut = messageOf(bytes(text.slice(0, text.lastIndexOf('"dateOfBirth"') + 5)));
  assert.equal(countsOf(cut).people, 3);
  assert.ok(cut.issues.some((issue) => issue.code === 'file-cut-short'));
});

test('missing room, day or court is told, and the people stay', () => {
  const list = inventedList([inventedCase(1)])
    .replace('<room>01</room>', '')
    .replace('<doh>23/11/2026</doh>', '<doh>soon</doh>')
    .replace(/<source_file_name>.*<\/source_file_name>/, '')
    .replace(/<court>.*<\/court>/, '')
    .replace(/<lja>.*<\/lja>/, '');
  const message = messageOf(bytes(list));
  assert.equal(countsOf(message).people, 1);
  assert.deepEqual(message.issues.map((issue) => issue.code).sort(), [
    'court-missing',
    'date-not-read',
    'hearing-day-missing',
    'room-missing',
  ]);
});

test('a defendant nobody could recognise is set aside with the reason', () => {
  const message = messageOf(
    json(inventedHearing([inventedDefendant(1), { id: 'd-9', offences: [] }, 'oops'])),
  );
  assert.equal(countsOf(message).people, 1);
  assert.deepEqual(message.quarantined.map((item) => item.code).sort(), [
    'defendant-damaged',
    'nobody-named',
  ]);
});

test('an external entity or an entity bomb is refused before it is opened', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><CourtList><sessions>&y;</sessions></CourtList>`;
  const reach = `<!DOCTYPE a SYSTEM "file:///etc/passwd"><CourtList><sessions/></CourtList>`;
  for (const text of [bomb, reach]) {
    const outcome = parseCourtFile(bytes(text));
    assert.equal(outcome.kind === 'refused' && outcome.code, 'document-type');
  }
  const escaped = reach.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const inside = `<ExternalDocumentRequest><documents><document><data>${escaped}</data></document></documents></ExternalDocumentRequest>`;
  const outcome = parseCourtFile(bytes(inside));
  assert.equal(outcome.kind, 'refused');
});

test('names that could change the program are only names, and deep nesting is refused', () => {
  const message = messageOf(
    bytes(
      JSON.stringify(inventedHearing([inventedDefendant(1)])).replace(
        '"title":"Ms"',
        '"__proto__":{"polluted":true},"title":"Ms"',
      ),
    ),
  );
  assert.equal(countsOf(message).people, 1);
  assert.equal('polluted' in {}, false);
  const deep = '<CourtList>' + '<a>'.repeat(5_000) + '</a>'.repeat(5_000) + '</CourtList>';
  assert.equal(parseCourtFile(bytes(deep)).kind, 'refused');
  const deepList = '['.repeat(20_000) + ']'.repeat(20_000);
  const deepJson = JSON.stringify(inventedHearing([inventedDefendant(1)])).replace('"Ms"', deepList);
  assert.equal(parseCourtFile(bytes(deepJson)).kind, 'refused');
});

test('a file of openings without ends is answered quickly', () => {
  const started = process.cpuUsage().user;
  for (const piece of ['<case>', '<!--', '<![CDATA[', '&', '<a ', '"\\"']) {
    for (const wrap of ['<CourtList>', '{"hearing":{"id":"']) {
      assert.ok(parseCourtFile(bytes(wrap + piece.repeat(200_000 / piece.length))).kind);
    }
  }
  // Work that grew with the square of these files would take minutes.
  assert.ok(process.cpuUsage().user - started < 30_000_000);
});

test('Windows text and UTF-16 are read, and accents in names survive', () => {
  const text = inventedList([inventedCase(1, { def_name: 'Ms Siân BÉGUM' })]);
  const windows = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  for (const input of [windows, utf16]) assert.deepEqual(families(messageOf(input)), ['Ms Siân BÉGUM']);
  assert.ok(messageOf(windows).issues.some((issue) => issue.code === 'not-utf-8'));
});
