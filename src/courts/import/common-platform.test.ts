import assert from 'node:assert/strict';
import test from 'node:test';
import { appearanceKey, contentHash, parseCourtFile, peopleOf } from './index.ts';
import type { CourtMessage, PersonAppearance } from './index.ts';
import { inventedDefendant, inventedHearing } from './invented-court-list.ts';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function messageOf(input: Uint8Array): CourtMessage {
  const outcome = parseCourtFile(input);
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

test('an SNS envelope is opened, and says when and what kind of event it was', () => {
  const message = messageOf(
    json({
      Type: 'Notification',
      MessageId: 'outer',
      Message: JSON.stringify(inventedHearing([inventedDefendant(1)])),
      Timestamp: '2026-06-14T18:00:00.000Z',
      MessageAttributes: {
        messageType: { Type: 'String', Value: 'COMMON_PLATFORM_HEARING' },
        hearingEventType: { Type: 'String', Value: 'ConfirmedOrUpdated' },
        id: { Type: 'String', Value: 'inner' },
      },
    }),
  );
  assert.deepEqual(message.envelopes, ['sns']);
  assert.equal(message.messageId, 'inner');
  assert.equal(message.eventType, 'ConfirmedOrUpdated');
  assert.equal(message.sentAt?.toString(), '2026-06-14T18:00:00Z');
});

test('a Common Platform hearing is shown in London time, with every day it sits', () => {
  const message = messageOf(
    json(
      inventedHearing([inventedDefendant(1)], {
        hearingDays: [
          { sittingDay: '2026-12-02T10:30:00.000Z', listingSequence: 2 },
          { sittingDay: '2026-06-15T09:00:00.000Z', listingSequence: 1, listedDurationMinutes: 20 },
        ],
      }),
    ),
  );
  const [hearing] = message.hearings;
  assert.equal(hearing?.day?.toString(), '2026-06-15');
  assert.deepEqual(
    hearing?.sittings.map((sitting) => `${sitting.day.toString()} ${sitting.startTime?.toString() ?? ''}`),
    ['2026-06-15 10:00:00', '2026-12-02 10:30:00'],
  );
  assert.equal(hearing?.court.code, 'B06IS');
  assert.equal(hearing?.room, 'Courtroom 03');
  assert.equal(onlyPerson(message).urn, '06AA1234526');
});

test('shared results reach the offence and the person, with the next hearing, and deleted lines are marked', () => {
  const hearing = inventedHearing([inventedDefendant(1, { pncId: '2002/0073319Z' })]);
  const line = (id: string, change: object): object => ({
    resultLineId: id,
    level: 'OFFENCE',
    orderedDate: '2026-06-15',
    isDeleted: false,
    prompts: [],
    ...change,
  });
  const message = messageOf(
    json({
      ...hearing,
      sharedTime: '2026-06-15T11:00:00Z',
      hearingDay: '2026-06-15',
      targets: [
        {
          defendantId: 'D0000000-0000-4000-8000-000000000001',
          offenceId: 'F0000000-0000-4000-8000-000000000001',
          resultLines: [
            line('one', {
              resultLabel: "Next hearing in magistrates' court",
              shortCode: 'NHMC',
              prompts: [
                { label: 'Date of hearing', promptRef: 'HDATE', value: '03/07/2026' },
                { label: 'Time of hearing', promptRef: 'HTIME', value: '14:00' },
                { label: 'Courthouse name', promptRef: 'HCHOUSE', value: "Tameside Magistrates' Court" },
              ],
            }),
            line('two', { resultLabel: 'Typed by mistake', isDeleted: true }),
            line('three', { resultLabel: 'Total period', level: 'DEFENDANT', offenceId: 'elsewhere' }),
          ],
        },
      ],
    }),
  );
  assert.equal(message.variant, 'results-shared-v3');
  assert.equal(message.sentAt?.toString(), '2026-06-15T11:00:00Z');
  const person = onlyPerson(message);
  const [first, second] = person.offences[0]?.results ?? [];
  assert.equal(first?.code, 'NHMC');
  assert.equal(first?.nextHearing?.day?.toString(), '2026-07-03');
  assert.equal(first?.nextHearing?.time?.toString(), '14:00:00');
  assert.equal(first?.nextHearing?.court.name, "Tameside Magistrates' Court");
  assert.equal(second?.withdrawn, true);
  assert.deepEqual(
    person.results.map((result) => result.label),
    ['Total period'],
  );
});

test('bail status, custody time limit and reporting restrictions come across', () => {
  const base = inventedDefendant(2);
  const personDefendant = {
    ...(base['personDefendant'] as object),
    bailStatus: { code: 'C', description: 'Custody', custodyTimeLimit: { timeLimit: '2026-08-10' } },
    arrestSummonsNumber: '2600AA0100000000001X',
  };
  const offences = [
    {
      id: 'x',
      offenceTitle: 'Invented',
      reportingRestrictions: [{ label: 'Section 49 applies' }],
      verdict: { verdictDate: '2026-06-15', verdictType: { description: 'Guilty' } },
    },
  ];
  const message = messageOf(
    json(
      inventedHearing([{ ...base, personDefendant, offences }], {
        reportingRestrictionReason: 'Invented reason',
      }),
    ),
  );
  const person = onlyPerson(message);
  assert.equal(person.remand?.status, 'custody');
  assert.equal(person.remand?.custodyTimeLimit?.toString(), '2026-08-10');
  assert.deepEqual(person.reportingRestrictions, ['Section 49 applies']);
  assert.deepEqual(message.hearings[0]?.reportingRestrictions, ['Invented reason']);
  assert.equal(person.offences[0]?.verdict?.value, 'Guilty');
});

test('someone before the court only through an application is listed too', () => {
  const message = messageOf(
    json(
      inventedHearing([], {
        prosecutionCases: [],
        courtApplications: [
          {
            id: 'application-1',
            applicationReference: 'APP-1',
            subject: {
              id: 'party',
              masterDefendant: {
                masterDefendantId: 'master-1',
                personDefendant: {
                  personDetails: { firstName: 'Delroy', lastName: 'Fairclough', gender: 'MALE' },
                },
              },
            },
          },
        ],
      }),
    ),
  );
  const person = onlyPerson(message);
  assert.equal(person.role, 'application-subject');
  assert.equal(person.masterDefendantId, 'master-1');
});

test('youths are marked by the court, by their date of birth and by age; the unknown stays unknown', () => {
  const youth = (change: Record<string, unknown>, dateOfBirth?: string): PersonAppearance['youth'] => {
    const base = inventedDefendant(3, change);
    const details = { firstName: 'Yusuf', lastName: 'Begum', dateOfBirth };
    return onlyPerson(
      messageOf(json(inventedHearing([{ ...base, personDefendant: { personDetails: details } }]))),
    ).youth;
  };
  assert.deepEqual(youth({ isYouth: 'true' }), { is: 'yes', basis: 'court-marker' });
  assert.deepEqual(youth({ isYouth: false }, '2010-01-01'), { is: 'yes', basis: 'birth-date' });
  assert.deepEqual(
    youth({ isYouth: false }, '2008-06-15'),
    { is: 'no', basis: 'birth-date' },
    '18 on the day',
  );
  assert.deepEqual(
    youth({ isYouth: false }, '2008-06-16'),
    { is: 'yes', basis: 'birth-date' },
    '18 the day after',
  );
  assert.deepEqual(youth({ isYouth: undefined }), { is: 'unknown', basis: 'none' });
});

test('a corrected message keeps its key and changes its content hash; a moved hearing is the same hearing', () => {
  const first = messageOf(json(inventedHearing([inventedDefendant(1)]))).hearings[0];
  const moved = messageOf(
    json(inventedHearing([inventedDefendant(1)], { hearingDays: [{ sittingDay: '2026-07-01T09:00:00Z' }] })),
  ).hearings[0];
  assert.ok(first?.appearances[0] && moved?.appearances[0]);
  assert.equal(
    appearanceKey('common-platform', first, first.appearances[0]),
    appearanceKey('common-platform', moved, moved.appearances[0]),
  );
  assert.notEqual(contentHash(first, first.appearances[0]), contentHash(moved, moved.appearances[0]));
  const again = messageOf(json(inventedHearing([inventedDefendant(1)]))).hearings[0];
  assert.ok(again?.appearances[0]);
  assert.equal(contentHash(first, first.appearances[0]), contentHash(again, again.appearances[0]));
});
