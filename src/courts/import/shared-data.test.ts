import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { type CourtFileOutcome, countsOf, detectCourtFormat, parseCourtFile, peopleOf } from './index.ts';
import type { CourtMessage } from './index.ts';

// Published samples of the real systems, kept beside the repository and never in it.
const data =
  process.env['THROUGHLINE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');
const absent = existsSync(data) ? false : 'needs ../shared/data';

interface ReadFile {
  readonly path: string;
  readonly outcome: CourtFileOutcome;
}

function readAll(folder: string): ReadFile[] {
  return readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(data, folder, path)).isFile())
    .map((path) => ({ path, outcome: parseCourtFile(readFileSync(join(data, folder, path))) }));
}

function messageOf(path: string): CourtMessage {
  const outcome = parseCourtFile(readFileSync(join(data, path)));
  if (outcome.kind !== 'court-message') throw new Error(`${path}: ${outcome.reason}`);
  return outcome.message;
}

function kindOf(outcome: CourtFileOutcome): string {
  if (outcome.kind === 'court-message') return outcome.message.format;
  return outcome.kind === 'refused' ? `refused: ${outcome.code}` : `not a court message: ${outcome.what}`;
}

// The least each folder must give; more files may come.
const floors: readonly { folder: string; files: number; atLeast: Readonly<Record<string, number>> }[] = [
  {
    folder: 'courts-libra-xml',
    files: 19,
    atLeast: {
      'libra-court-list-xml': 4,
      'refused: no-documents': 1,
      'not a court message: soapui-project': 3,
      'not a court message: xml-schema': 9,
    },
  },
  {
    folder: 'courts-common-platform',
    files: 370,
    atLeast: {
      'common-platform-hearing-json': 70,
      'court-case-service-json': 22,
      'libra-case-json': 6,
      'libra-court-list-json': 1,
      'libra-court-list-xml': 1,
      'refused: envelope-empty': 1,
      'not a court message: json-schema': 100,
      'not a court message: recorded-http-exchange': 13,
    },
  },
];

for (const { folder, files, atLeast } of floors) {
  test(`every file of ${folder} is read or refused with a reason`, { skip: absent }, (t) => {
    const read = readAll(folder);
    assert.ok(read.length >= files, `${read.length} files`);
    const kinds = new Map<string, number>();
    let people = 0;
    for (const { path, outcome } of read) {
      kinds.set(kindOf(outcome), (kinds.get(kindOf(outcome)) ?? 0) + 1);
      if (outcome.kind === 'court-message') people += countsOf(outcome.message).people;
      else assert.match(outcome.reason, /^[A-Z].{15,}\.$/, path);
      if (outcome.kind === 'not-a-court-message') assert.ok(outcome.recognised, `${path} was not understood`);
      const detected = detectCourtFormat(readFileSync(join(data, folder, path)));
      if (outcome.kind !== 'refused') assert.equal(detected.kind, outcome.kind, path);
    }
    for (const [kind, count] of Object.entries(atLeast)) {
      assert.ok((kinds.get(kind) ?? 0) >= count, `${kind}: ${kinds.get(kind) ?? 0} of at least ${count}`);
    }
    const lines = [...kinds]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([kind, count]) => `${count} ${kind}`);
    t.diagnostic(`${read.length} files, ${people} people: ${lines.join('; ')}`);
  });
}

const matcher = 'courts-common-platform/court-case-matcher/messages';

test('the sample list gives its two people with their court, day and offences', { skip: absent }, () => {
  const message = messageOf('courts-libra-xml/crime-portal-gateway/test/resources/soap/sample-request.xml');
  const people = message.hearings.flatMap(peopleOf);
  assert.deepEqual(
    people.map((person) => person.name?.family),
    ['LINCOLN', 'MELLOTRON'],
  );
  assert.equal(message.hearings[0]?.court.code, 'B10JQ');
  assert.equal(message.hearings[0]?.day?.toString(), '2020-10-26');
  assert.equal(people[1]?.birthDate?.toString(), '1990-08-16');
  assert.deepEqual(people[1]?.name?.given, ['Theremin', 'Flux', 'Capacitor']);
  assert.equal(people[1]?.offences[0]?.adjournedTo?.toString(), '2020-08-17');
  assert.equal(people[1]?.offences[0]?.maximumPenalty, 'S:6Months &/or LE pp');
});

test(
  'a request with several documents keeps the three cases of its two courts apart',
  { skip: absent },
  () => {
    const message = messageOf(
      'courts-libra-xml/crime-portal-gateway/test/resources/soap/multi-day-and-court-room-request.xml',
    );
    assert.deepEqual(
      message.hearings.map((hearing) => hearing.court.receivedCode),
      ['B10JQ01', 'B10JQ02', 'B10JQ01'],
    );
    assert.equal(countsOf(message).people, 3);
    assert.ok(message.issues.some((issue) => issue.code === 'list-day-disagrees'));
  },
);

test('an envelope with a brace too many still gives its person', { skip: absent }, () => {
  const message = messageOf(`${matcher}/libra/case-sns-metadata.json`);
  assert.deepEqual(message.envelopes, ['sns']);
  assert.equal(message.hearings[0]?.hearingId, 'hearing-id-one');
  assert.equal(message.hearings.flatMap(peopleOf)[0]?.name?.family, 'MORGAN');
  assert.ok(message.issues.some((issue) => issue.code === 'text-after-the-end'));
});

test('the invalid hearing keeps its person and tells what is wrong', { skip: absent }, () => {
  const message = messageOf(`${matcher}/common-platform/hearing-invalid.json`);
  const [person] = message.hearings.flatMap(peopleOf);
  assert.deepEqual(person?.name?.given, ['Mario', 'Forester']);
  assert.equal(countsOf(message).organisations, 1);
  assert.equal(message.hearings[0]?.day?.toString(), '2021-09-09');
  assert.ok(message.issues.some((issue) => issue.code === 'sitting-day-not-read'));
});

test('youth defendants are marked, with the disagreement of their dates of birth', { skip: absent }, () => {
  const message = messageOf(`${matcher}/common-platform/youthDefendantHearing.json`);
  assert.equal(countsOf(message).youths, 2);
  assert.equal(message.issues.filter((issue) => issue.code === 'youth-marker-disagrees').length, 2);
});

test(
  'the organisation in a hearing and the one in a case are left out of the people',
  { skip: absent },
  () => {
    const hearing = countsOf(
      messageOf(`${matcher}/common-platform/hearing-with-legal-entity-defendant.json`),
    );
    assert.deepEqual([hearing.people, hearing.organisations], [1, 1]);
    const single = countsOf(messageOf(`${matcher}/libra/case-org.json`));
    assert.deepEqual([single.people, single.organisations], [0, 1]);
  },
);

test(
  'shared results of a hearing name what the court did and where the case goes next',
  { skip: absent },
  () => {
    const message = messageOf('courts-common-platform/cpp-context-hearing/hearing.results-shared.json');
    const [person] = message.hearings.flatMap(peopleOf);
    const results = person?.offences.flatMap((offence) => offence.results) ?? [];
    assert.ok(results.some((result) => result.label === 'Remanded on conditional bail'));
    assert.ok(results.some((result) => result.nextHearing?.court.name === 'Coventry Crown Court'));
    assert.deepEqual(message.hearings[0]?.reportingRestrictions, [
      'Automatic anonymity under the Sexual Offences (Amendment) Act 1992',
    ]);
    assert.equal(message.hearings[0]?.court.name, "Lavender Hill Magistrates' Court");
  },
);

test('the published list with a stray comma loses none of its 455 cases', { skip: absent }, () => {
  const message = messageOf('courts-common-platform/court-case-service/main/resources/court-list.json');
  const joined = message.issues.filter((issue) => /^(?:repeated|corrected)-in-file$/.test(issue.code)).length;
  assert.equal(countsOf(message).people + countsOf(message).organisations + joined, 455);
  assert.ok(message.issues.some((issue) => issue.code === 'stray-comma'));
  assert.ok(
    message.hearings.some((hearing) => hearing.sittings.length > 1),
    'the same case in two slots of a day',
  );
});
