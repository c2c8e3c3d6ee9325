import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Alert, Person } from '../people/index.ts';
import type { BoardCell } from '../platform/views/board.ts';
import { boardEntry, type BoardStay } from './board-entry.ts';
import { boardRow } from './board-row.ts';
import { boardModel, leftSummary, type BoardView } from './suite-board.ts';
import { stayFrom, type StayEvent, type StayEventDetail, type StayEventKind } from './stay.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const view: BoardView = {
  filter: 'everyone',
  privacy: false,
  viewerId: 'me',
  siteName: 'Longsight custody',
  now,
};
const callum: Person = {
  id: 'callum',
  areaId: 'a',
  givenName: 'Callum',
  familyName: 'Brennan',
  preferredName: 'Cal',
  describedAs: null,
  birthDate: Temporal.PlainDate.from('1992-08-17'),
  birthDateBasis: 'told-us',
  sex: 'male',
  pronoun: 'he',
  nhsNumber: null,
  nhsNumberStatus: null,
  nhsNumberTracedAt: null,
  sealed: false,
  version: 1,
};
const alert: Alert = {
  id: 'x',
  personId: 'callum',
  kind: 'custody',
  what: 'Suicidal thoughts, 23:20',
  urgency: 'now',
  basis: 'told-us',
  saidBy: 'Custody record',
  recordedAt: now,
};

function event(kind: StayEventKind, time: string, detail: StayEventDetail = {}): StayEvent {
  const at = Temporal.Instant.from(time.length === 5 ? `2026-11-24T${time}:00Z` : time);
  return { kind, happenedAt: at, enteredAt: now, source: 'Custody record', detail };
}
const story: readonly StayEvent[] = [
  event('arrived', '2026-11-23T22:41:00Z', { legalBasis: 'pace-arrest', place: '3', siteId: 'longsight' }),
  event('detention-authorised', '2026-11-23T22:50:00Z'),
  event('moved-cell', '2026-11-23T23:10:00Z', { place: '7' }),
  event('review-done', '04:40'),
  event('appropriate-adult-needed', '2026-11-23T23:02:00Z', {
    needed: 'no',
    reason: 'Custody officer, 23:02',
  }),
  event('charge-decision-due', '07:00', { at: '2026-11-24T11:15:00Z' }),
  event('charge-decision-due', '09:11', { at: '2026-11-24T10:30:00Z' }),
  event('investigator', '07:00', { name: 'DC Price', contact: '0161 496 0101' }),
];
function stayOf(events: readonly StayEvent[], rest: Partial<BoardStay> = {}): BoardStay {
  return {
    id: 's1',
    person: callum,
    state: stayFrom(events),
    events,
    offers: [],
    alerts: [alert],
    earlierEpisodes: 3,
    possibleMatches: 0,
    identityOpen: false,
    assignedTo: { id: 'me', name: 'Hannah Osei' },
    progress: null,
    mayOpen: true,
    ...rest,
  };
}
const cells = (stay: BoardStay, how = view) => boardRow(boardEntry(stay, now), how).cells;

test('a row says who, how long, until when, and what was changed', () => {
  const [place, name, next, contact, alerts, adult, clock] = cells(stayOf(story));
  assert.deepEqual(place, { kind: 'place', text: '7', note: 'Cell' });
  assert.deepEqual(name, {
    kind: 'name',
    text: 'Callum Brennan',
    href: '/people/callum',
    source: '34, he. 3 earlier episodes',
  });
  assert.equal(next?.kind === 'next' && next.text, 'Offer contact before the charge decision at 10:30');
  assert.equal(next?.kind === 'next' && next.when, '10:15');
  assert.equal(next?.kind === 'next' && next.badge, 'Changed 09:11, was 11:15');
  assert.equal(next?.kind === 'next' && next.source, 'Charge decision 10:30. You.');
  assert.equal(contact?.kind === 'status' && contact.text, 'Not offered yet');
  assert.deepEqual(alerts?.kind === 'list' && alerts.items, ['Suicidal thoughts, 23:20']);
  assert.equal(adult?.kind === 'status' && adult.text, 'Not required');
  assert.deepEqual(clock, {
    kind: 'clock',
    text: '10h 31m',
    share: 44,
    late: false,
    source: ['of 24h, to 22:41', 'Review by 13:40'],
  });
});

test('whatever order a stay’s events arrive in, the row on the board is the same', () => {
  const expected = boardRow(boardEntry(stayOf(story), now), view);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...story], { minLength: story.length }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: story.length, maxLength: story.length }),
      (shuffled, delays) => {
        const late = shuffled.map((each, index) => ({
          ...each,
          enteredAt: now.add({ seconds: delays[index] ?? 0 }),
        }));
        assert.deepEqual(boardRow(boardEntry(stayOf(late), now), view), expected);
      },
    ),
  );
});

test('every subset of a stay’s events makes a row, with nothing blank in it', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...story], { minLength: 1 }), (some) => {
      for (const privacy of [false, true])
        for (const cell of cells(stayOf(some), { ...view, privacy }))
          assert.notEqual(textOf(cell).trim(), '', JSON.stringify(cell));
    }),
  );
});

function textOf(cell: BoardCell): string {
  return cell.kind === 'list' ? (cell.items[0] ?? cell.empty) : cell.text;
}

test('in privacy mode names, ages, reasons and alerts are not in the model at all', () => {
  const child = { ...callum, birthDate: Temporal.PlainDate.from('2011-08-17') };
  const model = JSON.stringify(
    boardModel([boardEntry(stayOf(story, { person: child }), now)], { ...view, privacy: true }),
  );
  for (const secret of [
    'Callum',
    'Brennan',
    'Cal"',
    '15',
    'he.',
    'Suicidal',
    'Custody officer',
    'child',
    'Charge decision',
    '11:15',
    'earlier episode',
    'DC Price',
  ])
    assert.ok(!model.includes(secret), secret);
  for (const kept of ['"CB"', '"7"', '1 alert', 'of 24h, to 22:41']) assert.ok(model.includes(kept), kept);
});

test('privacy mode does not say that somebody is held under section 136, or was charged', () => {
  const mental = stayOf([event('arrived', '07:05', { legalBasis: 's136', place: '11' })]);
  const model = JSON.stringify(cells(mental, { ...view, privacy: true }));
  assert.doesNotMatch(model, /136|AMHP|safety|Does not apply/);
  const charged = stayOf([...story, event('charged', '08:00')]);
  assert.doesNotMatch(JSON.stringify(cells(charged, { ...view, privacy: true })), /[Cc]harged/);
});

test('the board puts whoever runs out of time first first, under four headings', () => {
  const soon = stayOf(story, { id: 's-soon' });
  const mental = stayOf([event('arrived', '07:05', { legalBasis: 's136' })], { id: 's-136' });
  const fresh = stayOf([event('arrived', '08:40', { legalBasis: 'pace-arrest' })], { id: 's-new' });
  const model = boardModel(
    [fresh, soon, mental].map((stay) => boardEntry(stay, now)),
    view,
  );
  assert.deepEqual(
    model.bands.map((band) => [band.text, band.note, band.rows.map((row) => row.id)]),
    [
      ['Act now', '2 people. First to run out of time is first', ['stay-s-136', 'stay-s-soon']],
      ['See this shift', '1 person, not seen yet', ['stay-s-new']],
    ],
  );
});

test('who left is summed up with who was not seen, and why', () => {
  const gone = event('released', '08:00', { outcome: 'no-further-action' });
  const no = {
    id: 'o',
    offeredAt: now,
    outcome: 'declined' as const,
    reason: null,
    note: null,
    words: null,
    tryAgainAt: null,
    by: 'Hannah Osei',
    byId: null,
  };
  const entries = [
    stayOf([...story, gone], { id: 'a' }),
    stayOf([...story, gone], { id: 'b', offers: [no] }),
    stayOf([...story, gone], { id: 'c', offers: [{ ...no, outcome: 'accepted' }] }),
  ].map((stay) => boardEntry(stay, now));
  const left = leftSummary(entries);
  assert.equal(
    `${left.lead} ${left.text}`,
    'Left in the last 12 hours: 3 people. 1 seen. 2 not seen: 1 left first, 1 declined.',
  );
});

test('somebody who gave no name is described once', () => {
  const unnamed: Person = {
    ...callum,
    givenName: null,
    familyName: null,
    preferredName: null,
    describedAs: 'man, about 30',
    birthDate: null,
    pronoun: null,
  };
  const row = boardRow(boardEntry(stayOf(story, { person: unnamed }), now), view);
  const name = row.cells.find((cell) => cell.kind === 'name');
  assert.equal(name?.kind === 'name' && name.source?.toString().split('.')[0], 'man, about 30');
});
