import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { dayRooms } from './court-day.ts';
import { dayLine, listName, type DayFacts } from './court-line.ts';
import type { DayRow } from './court-day-store.ts';
import type { HearingReport } from './court-parts.ts';
import type { CourtRequest } from './court-requests.ts';
import type { Suggestion } from './match-store.ts';
import { hearingWords, roomName } from './room-name.ts';

const now = Temporal.Instant.from('2026-11-24T09:15:00Z');
const day = Temporal.PlainDate.from('2026-11-24');
const at = (time: string) => Temporal.Instant.from(`2026-11-24T${time}:00Z`);
const links = {
  startReport: (personId: string) => `/people/${personId}/reports/new`,
  openReport: (id: string) => `/reports/${id}`,
  askConsent: (personId: string) => `/people/${personId}/consent`,
};

const row = (change: Partial<DayRow> = {}): DayRow => ({
  appearanceId: 'a1',
  personId: null,
  room: '01',
  session: 'Adult Panel',
  hearingType: 'First Hearings Slot',
  startTime: Temporal.PlainTime.from('10:00'),
  number: 7,
  nameReceived: 'Miss Rhiannon PUGH',
  givenNames: 'Rhiannon',
  familyName: 'PUGH',
  birthDate: Temporal.PlainDate.from('2002-05-03'),
  youth: 'no',
  remandStatus: null,
  interpreterLanguage: null,
  removedAt: null,
  changedAt: at('08:41'),
  firstReceivedAt: at('08:41'),
  lookedAt: at('08:42'),
  matchedAt: null,
  matchedBy: null,
  remembered: false,
  unsureAt: null,
  unsureBy: null,
  evidence: null,
  ...change,
});
const facts = (change: Partial<DayFacts> = {}): DayFacts => ({
  row: row(),
  suggestions: [],
  request: null,
  report: null,
  consent: null,
  held: null,
  handover: null,
  mayOpen: true,
  shortName: 'Rhiannon',
  ...change,
});
const known = { personId: 'p1', matchedAt: at('09:02'), matchedBy: 'Maureen Fielding' };
const suggestion: Suggestion = {
  appearanceId: 'a1',
  personId: 'p1',
  weight: 4,
  likeness: 'likely',
  evidence: 'Name agrees. Sounds like “Rhian Pugh”.',
  waterfall: [],
  model: 'm',
};
const request: CourtRequest = {
  id: 'q1',
  siteId: 's1',
  appearanceId: 'a1',
  personId: 'p1',
  about: null,
  question: 'Is there support?',
  askedBy: 'Legal adviser',
  askedAt: at('09:05'),
  neededBy: at('11:00'),
  reportWanted: true,
  takenBy: null,
  takenByName: null,
  takenAt: null,
  answer: null,
  answeredTo: null,
  answeredByName: null,
  answeredAt: null,
};
const line = (change: Partial<DayFacts> = {}) => dayLine(facts(change), day, now, links);

test('until a match is confirmed the record is not used and the next thing is to check it', () => {
  const shown = line({ suggestions: [suggestion] });
  assert.equal(shown.pips, 2);
  assert.equal(shown.report.text, 'Do not use our record yet');
  assert.deepEqual(shown.next, {
    text: 'Check match',
    href: '/courts/appearances/a1/match',
    about: 'Rhiannon Pugh',
  });
  assert.equal(shown.href, null);
  assert.ok(shown.toCheck && !shown.isKnown);
});

test('somebody nobody knows can be offered contact, once we have looked', () => {
  assert.equal(line().knownText, 'Not known to us');
  assert.equal(line().next.text, 'Offer contact');
  const justArrived = line({ row: row({ lookedAt: null }) });
  assert.equal(justArrived.knownText, 'Not looked yet');
  assert.equal(justArrived.next.href, null);
});

test('a report the court waits for is due now within two hours, and asks for consent before it is begun', () => {
  const asked = line({ row: row(known), request });
  assert.deepEqual([asked.report.shape, asked.report.text], ['now', 'Needed by 11:00']);
  assert.match(asked.report.source, /Nobody answering yet/);
  assert.equal(asked.next.text, 'Ask Rhiannon');
  const agreed = line({ row: row(known), request, consent: { state: 'given', decidedAt: at('08:00') } });
  assert.equal(agreed.next.text, 'Start report');
  const later = line({ row: row(known), request: { ...request, neededBy: at('15:00') } });
  assert.equal(later.report.shape, 'due');
});

test('a report is green only when it was received or read', () => {
  const statuses: readonly HearingReport['status'][] = [
    'stopped',
    'draft',
    'signed',
    'sent',
    'delivered',
    'received',
    'read',
  ];
  const green = statuses.filter(
    (status) =>
      line({ row: row(known), report: { id: 'r', status, at: at('08:58'), neededBy: null } }).report.shape ===
      'done',
  );
  assert.deepEqual(green, ['received', 'read']);
});

test('somebody who refused a report may be asked once more, in their own time', () => {
  const shown = line({ row: row(known), consent: { state: 'refused', decidedAt: at('09:02') } });
  assert.deepEqual([shown.report.shape, shown.report.text], ['stop', 'Declined 09:02']);
  assert.equal(shown.next.text, 'Offer again');
  assert.ok(shown.toAsk);
});

test('the name of somebody under 18 appears in no word of their line, whatever is known', () => {
  const name = 'Zephyrine Quill';
  fc.assert(
    fc.property(
      fc.constantFrom<'same' | 'likely' | 'possible'>('same', 'likely', 'possible'),
      fc.boolean(),
      fc.constantFrom(
        `Another name they have used agrees: “${name}”.`,
        `Sounds like “${name}”. Date of birth agrees.`,
        `Name spelt nearly the same: “${name}”. Address differs.`,
      ),
      (likeness, isKnown, evidence) => {
        const shown = line({
          row: row({
            youth: 'yes',
            nameReceived: name,
            givenNames: 'Zephyrine',
            familyName: 'Quill',
            evidence,
            ...(isKnown ? known : {}),
          }),
          suggestions: isKnown ? [] : [{ ...suggestion, likeness, evidence }],
          shortName: 'Zephyrine',
        });
        assert.equal(shown.name, 'Name held, under 18');
        assert.doesNotMatch(JSON.stringify(shown), /Zephyrine|Quill/);
      },
    ),
  );
});

test('somebody taken off the list stays on the page, with nothing to do', () => {
  const shown = line({ row: row({ ...known, removedAt: at('09:04') }), request });
  assert.equal(shown.report.text, 'No longer listed');
  assert.match(shown.about, /Taken off the list 09:04/);
  assert.equal(shown.next.text, 'Nothing due');
  assert.ok(!shown.reportNeeded && !shown.toAsk && !shown.inCells);
});

test('a long courtroom says how many it leaves out and never leaves out somebody who matters', () => {
  const items = Array.from({ length: 30 }, (_, index) => {
    const one = row({ appearanceId: `a${index}`, ...(index === 25 ? known : {}) });
    return { row: one, line: dayLine(facts({ row: one }), day, now, links) };
  });
  const [room] = dayRooms(items, { show: 'all', whole: null, address: (id) => `?room=${id}` });
  assert.equal(room?.lines.length, 8);
  assert.equal(room?.hidden, 22);
  assert.ok(room?.lines.some((shown) => shown.id === 'a25'));
  assert.equal(room?.note, '10:00. 30 people, 1 we know');
  assert.equal(room?.title, 'Courtroom 1, first hearings');
  const [whole] = dayRooms(items, { show: 'all', whole: 'courtroom-1', address: () => '' });
  assert.equal(whole?.lines.length, 30);
});

test('names and rooms are written as people write them', () => {
  const name = (nameReceived: string) => listName({ givenNames: null, familyName: null, nameReceived });
  assert.equal(name('Mr Lee O’HANLON'), 'Mr Lee O’Hanlon');
  assert.equal(name('SIÂN BRIGHT-JONES'), 'Siân Bright-Jones');
  assert.equal(name('Ms Ruth McKie'), 'Ms Ruth McKie');
  assert.equal(roomName('01'), 'Courtroom 1');
  assert.equal(roomName('Courtroom 03'), 'Courtroom 3');
  assert.equal(roomName('Youth annexe'), 'Youth annexe');
  assert.equal(roomName(null), 'Courtroom not given');
  assert.equal(hearingWords('First Hearings Slot'), 'First hearings');
  assert.equal(hearingWords('PSR Slot'), 'PSR');
});
