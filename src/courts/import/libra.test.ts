import assert from 'node:assert/strict';
import test from 'node:test';
import { appearanceKey, countsOf, parseCourtFile, peopleOf } from './index.ts';
import type { CourtMessage, IdentifierParsers, PersonAppearance } from './index.ts';
import {
  inventedCase,
  inventedCases,
  inventedDefendant,
  inventedHearing,
  inventedList,
} from './invented-court-list.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));

// The rule itself (standards.md 1.1), so that the import is tried with real answers before the people module exists.
const letters = 'ZABCDEFGHJKLMNPQRTUVWXY';
const identifiers: IdentifierParsers = {
  pnc(text) {
    const found = /^(\d{4})\/?(\d{7})([A-Z])$/.exec(text);
    if (!found) return null;
    const [, year = '', serial = '', letter] = found;
    return {
      canonical: `${year}/${serial}${letter}`,
      valid: letters[Number(BigInt(year.slice(2) + serial) % 23n)] === letter,
    };
  },
  cro: () => null,
};

function messageOf(input: Uint8Array): CourtMessage {
  const outcome = parseCourtFile(input, { identifiers });
  assert.equal(outcome.kind, 'court-message', JSON.stringify(outcome).slice(0, 400));
  if (outcome.kind !== 'court-message') throw new Error('unreachable');
  return outcome.message;
}

function onlyPerson(message: CourtMessage): PersonAppearance {
  const people = message.hearings.flatMap(peopleOf);
  assert.equal(people.length, 1);
  const [person] = people;
  if (!person) throw new Error('unreachable');
  return person;
}

const libraCase = {
  caseId: 77001,
  hearingId: 'hearing-one',
  caseNo: '2600000001',
  name: { title: 'Mr', forename1: 'Tomasz', forename2: 'Jan', surname: 'KOWALCZYK' },
  defendantName: 'Mr Tomasz Jan KOWALCZYK',
  defendantType: 'P',
  defendantSex: 'M',
  defendantDob: '09/02/1984',
  defendantAddress: { line1: '4 Larch Road', line2: 'Inventown', pcode: 'm11ae' },
  pnc: '2002/0073319Z',
  cro: 'NOT A CRO',
  listNo: '1st',
  nationality1: 'Polish',
  offences: [{ seq: 1, title: 'Theft from a shop', summary: 'An invented matter.', act: 'Theft Act 1968' }],
  sessionStartTime: '2026-11-23T10:00:00',
  courtCode: 'B06IS',
  courtRoom: '03',
  seq: 1,
};

test('a daily list in a SOAP envelope gives day, court, room, people and offences', () => {
  const message = messageOf(bytes(inventedList(inventedCases(3))));
  assert.equal(message.format, 'libra-court-list-xml');
  assert.deepEqual(message.envelopes, ['soap']);
  assert.equal(message.messageId, 'invented-message-1');
  const [hearing] = message.hearings;
  assert.equal(hearing?.day?.toString(), '2026-11-23');
  assert.equal(hearing?.court.code, 'B06IS');
  assert.equal(hearing?.court.receivedCode, 'B06IS00');
  assert.equal(hearing?.room, '01');
  assert.equal(hearing?.startTime?.toString(), '10:00:00');
  const person = hearing && peopleOf(hearing)[0];
  assert.equal(person?.name?.parts, 'as-sent');
  assert.equal(person?.name?.title, 'Mx');
  assert.equal(person?.addresses[0]?.noFixedAbode, true);
  assert.equal(person?.offences[0]?.code, 'TH68010');
  assert.equal(person?.offences[0]?.maximumPenalty, 'EW: 6M &/or Ultd Fine');
  assert.equal(person?.offences[0]?.plea?.date?.toString(), '2026-11-20');
});

test('the same list is read when it is carried as escaped text, as CDATA, in base64 or as JSON', () => {
  const list =
    '<job><sessions><session><ou_code>B06AN00</ou_code><doh>23/11/2026</doh><room>02</room><blocks><block><cases>' +
    inventedCase(1) +
    '</cases></block></blocks></session></sessions></job>';
  const around = (data: string): string =>
    `<ExternalDocumentRequest><documents><document><info/>${data}</document></documents></ExternalDocumentRequest>`;
  const escaped = list.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const asJson = JSON.stringify({
    document: {
      data: {
        job: {
          sessions: {
            session: {
              ou_code: 'B06AN00',
              doh: '23/11/2026',
              room: '02',
              blocks: {
                block: { cases: { case: { caseno: 2600000001, def_name: 'Ms Grace BEGUM', def_type: 'P' } } },
              },
            },
          },
        },
      },
    },
  });
  for (const data of [
    `<data>${list}</data>`,
    `<data>${escaped}</data>`,
    `<data><![CDATA[${list}]]></data>`,
    `<data>${Buffer.from(list).toString('base64')}</data>`,
    `<data/><jsonData><![CDATA[${asJson}]]></jsonData>`,
  ]) {
    const message = messageOf(bytes(around(data)));
    assert.equal(onlyPerson(message).caseNumber, '2600000001');
    assert.equal(message.hearings[0]?.court.name, "Tameside Magistrates' Court");
  }
});

test('a Libra case in JSON keeps police numbers as sent, canonical only when the check letter holds', () => {
  const message = messageOf(json(libraCase));
  assert.equal(message.format, 'libra-case-json');
  const person = onlyPerson(message);
  assert.deepEqual(person.name?.given, ['Tomasz', 'Jan']);
  assert.equal(person.birthDate?.toString(), '1984-02-09');
  assert.equal(person.addresses[0]?.postcode, 'M1 1AE');
  assert.deepEqual(person.identifiers, [
    { type: 'pnc', received: '2002/0073319Z', canonical: '2002/0073319Z', valid: 'yes' },
    { type: 'cro', received: 'NOT A CRO', canonical: undefined, valid: 'no' },
  ]);
  const issue = message.issues.find((one) => one.code === 'cro-not-valid');
  assert.equal(issue?.severity, 'field-quarantined');
  assert.equal(issue?.received, 'NOT A CRO');
  assert.ok(!issue?.message.includes('NOT A CRO'), 'what people read holds no personal data');
});

test('the XML and the JSON of one Libra case share a key, so the second corrects the first', () => {
  const [xml] = messageOf(bytes(inventedList([inventedCase(1, { caseno: '2600000001' })]))).hearings;
  const [fromJson] = messageOf(json({ ...libraCase, hearingId: undefined })).hearings;
  assert.ok(xml?.appearances[0] && fromJson?.appearances[0]);
  assert.equal(
    appearanceKey('libra', xml, xml.appearances[0]),
    appearanceKey('libra', fromJson, fromJson.appearances[0]),
  );
});

test('a case from court-case-service is read, flat or with several defendants', () => {
  const flat = messageOf(
    json({
      courtCode: 'B06IS',
      caseId: 'c-1',
      crn: 'X000001',
      sessionStartTime: '2026-11-23T09:00:00',
      courtRoom: '1',
      defendantType: 'PERSON',
      defendantName: 'Mrs Edith McKIE',
      defendantDob: '1958-12-14',
      defendantSex: 'F',
      offences: [{ offenceTitle: 'Invented', sequenceNumber: 1 }],
    }),
  );
  assert.equal(flat.format, 'court-case-service-json');
  assert.equal(onlyPerson(flat).name?.parts, 'guessed');
  const extended = messageOf(
    json({
      caseId: 'c-2',
      source: 'COMMON_PLATFORM',
      hearingId: 'h-2',
      urn: 'URN1',
      hearingDays: [
        { courtCode: 'B06AN', courtRoom: '2', sessionStartTime: '2026-11-23T09:00:00', listNo: 4 },
      ],
      defendants: [
        {
          defendantId: 'd-1',
          name: { forename1: 'Mei', surname: 'Nguyen' },
          type: 'PERSON',
          phoneNumber: { mobile: '07700 900456' },
        },
        { defendantId: 'd-2', type: 'ORGANISATION', defendantName: 'Invented Ltd' },
      ],
    }),
  );
  assert.equal(extended.sourceSystem, 'common-platform');
  assert.deepEqual(onlyPerson(extended).phones, [{ use: 'mobile', received: '07700 900456' }]);
  assert.equal(countsOf(extended).organisations, 1);
});

test('organisations are counted and left out of the people', () => {
  const message = messageOf(bytes(inventedList(inventedCases(80))));
  assert.deepEqual(countsOf(message), {
    hearings: 80,
    people: 78,
    youths: 2,
    organisations: 2,
    quarantined: 0,
  });
  const body = {
    id: 'org',
    legalEntityDefendant: { organisation: { name: 'Invented Trading Ltd' } },
    offences: [],
  };
  const hearing = messageOf(json(inventedHearing([inventedDefendant(1), body])));
  assert.equal(countsOf(hearing).organisations, 1);
  assert.equal(countsOf(hearing).people, 1);
});

test('a repeat in one file counts once, a correction is joined, and a reused number keeps both people', () => {
  const one = inventedCase(5);
  const corrected = inventedCase(5, { pcode: 'M2 3AB' });
  const someoneElse = inventedCase(8, { caseno: '2600000005' });
  const codes = (cases: string[]): [number, string[]] => {
    const message = messageOf(bytes(inventedList(cases)));
    return [countsOf(message).people, message.issues.map((issue) => issue.code)];
  };
  assert.deepEqual(codes([one, one]), [1, ['repeated-in-file']]);
  assert.deepEqual(codes([one, corrected]), [1, ['corrected-in-file']]);
  assert.deepEqual(codes([one, someoneElse]), [2, ['number-reused-in-file']]);
});
