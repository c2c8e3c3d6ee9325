import assert from 'node:assert/strict';
import test from 'node:test';
import { detentionClock, type ClockReading } from '../index.ts';
import { arrestedHere, arrived, at, fact, simple } from './test-clock-facts.ts';

const superintendent = (time: string, totalHours = 36, indictable = true) =>
  fact(time, { kind: 'superintendent-authority', totalHours, indictable });

const usual = [arrestedHere('07:10'), arrived('08:00'), simple('08:30', 'detention-authorised')];
const reviewed = [...usual, simple('14:00', 'review-done'), simple('22:00', 'review-done')];
const next = (time: string) => `2026-11-25T${time}:00Z`;
const third = (time: string) => `2026-11-26T${time}:00Z`;

function says(clock: ClockReading, pattern: RegExp): boolean {
  return clock.notes.some((note) => pattern.test(note));
}
function minutesOf(duration: Temporal.Duration | null): number | null {
  return duration === null ? null : duration.total('minutes');
}
function same(instant: Temporal.Instant | null, expected: string): void {
  assert.equal(instant?.toString(), at(expected).toString());
}

test('detention starts on arrival at the station, not when it is authorised; the review starts when it is authorised', () => {
  const clock = detentionClock(usual, at('10:00'));
  same(clock.startedAt, '08:00');
  assert.equal(clock.basis, 'PACE s41(2)(d)');
  assert.equal(minutesOf(clock.elapsed), 120);
  assert.equal(minutesOf(clock.limit), 24 * 60);
  same(clock.endsAt, next('08:00'));
  same(clock.nextReviewDue, '14:30');
  assert.equal(clock.state, 'running');
  assert.equal(clock.source, 'Worked out from the custody feed: check the custody record');
});

test('waiting in the van in the yard counts: the yard is the station', () => {
  const inYard = [arrestedHere('07:10'), arrived('07:40'), simple('09:30', 'detention-authorised')];
  same(detentionClock(inYard, at('10:00')).startedAt, '07:40');
});

test('before arrival there is no detention clock', () => {
  const clock = detentionClock([arrestedHere('07:10')], at('07:30'));
  assert.equal(clock.state, 'not-started');
  assert.equal(clock.startedAt, null);
  assert.equal(minutesOf(clock.elapsed), 0);
});

test('24 hours are 24 hours over both nights on which the clocks change', () => {
  for (const [start, end, shown] of [
    ['2026-03-28T20:00:00Z', '2026-03-29T20:00:00Z', '2026-03-29T21:00'],
    ['2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', '2026-10-25T20:00'],
  ] as const) {
    const clock = detentionClock([arrestedHere(start), arrived(start)], at(end));
    assert.equal(minutesOf(clock.elapsed), 24 * 60);
    same(clock.endsAt, end);
    assert.equal(
      clock.endsAt
        ?.toZonedDateTimeISO('Europe/London')
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' }),
      shown,
    );
  }
});

test('arrested in another police area and not questioned there: arrival in the area that wants the person', () => {
  const facts = [
    fact('01:00', { kind: 'arrested', where: 'other-area' }),
    arrived('01:30', 'arresting'),
    arrived('06:00', 'wanting'),
  ];
  const clock = detentionClock(facts, at('10:00'));
  same(clock.startedAt, '06:00');
  assert.equal(clock.basis, 'PACE s41(2)(a)');
});

test('arrested in another police area and kept there: 24 hours after arrest at the latest', () => {
  const facts = [fact('01:00', { kind: 'arrested', where: 'other-area' }), arrived('01:30', 'arresting')];
  assert.equal(detentionClock(facts, at('23:00')).state, 'not-started');
  same(detentionClock(facts, at(next('02:00'))).startedAt, next('01:00'));
  same(detentionClock([...facts, arrived(next('04:00'))], at(next('05:00'))).startedAt, next('01:00'));
});

test('arrested in another police area and questioned there: the first station after arrest', () => {
  const facts = [
    fact('01:00', { kind: 'arrested', where: 'other-area' }),
    arrived('01:30', 'arresting'),
    simple('03:00', 'questioned-in-first-area'),
    arrived('06:00', 'wanting'),
  ];
  const clock = detentionClock(facts, at('10:00'));
  same(clock.startedAt, '01:30');
  assert.equal(clock.basis, 'PACE s41(2)(d)');
});

test('arrested outside England and Wales: arrival at the investigating station, or 24 hours after entry', () => {
  const abroad = [
    fact('01:00', { kind: 'arrested', where: 'abroad' }),
    simple('05:00', 'entered-england-and-wales'),
  ];
  assert.equal(detentionClock(abroad, at('20:00')).state, 'not-started');
  const there = detentionClock([...abroad, arrived('09:00')], at('20:00'));
  same(there.startedAt, '09:00');
  assert.equal(there.basis, 'PACE s41(2)(b)');
  same(detentionClock(abroad, at(next('09:00'))).startedAt, next('05:00'));
});

test('a voluntary attender arrested in the middle of an interview: the time of arrest', () => {
  const facts = [arrived('09:00'), fact('10:20', { kind: 'arrested', where: 'at-station' })];
  const clock = detentionClock(facts, at('11:20'));
  same(clock.startedAt, '10:20');
  assert.equal(clock.basis, 'PACE s41(2)(c)');
  assert.equal(minutesOf(clock.elapsed), 60);
});

test('answering street bail: arrival at the station', () => {
  const facts = [
    fact('2026-11-10T09:00:00Z', { kind: 'arrested', where: 'here' }),
    simple('11:00', 'answered-street-bail'),
  ];
  const clock = detentionClock(facts, at('12:00'));
  same(clock.startedAt, '11:00');
  assert.equal(clock.basis, 'PACE s41(2)(ca)');
});

test('wanted by a second force: arrival there or 24 hours after leaving, unless questioned about it in the first', () => {
  const leaving = [...usual, simple('18:00', 'left-for-second-force')];
  const clock = detentionClock([...leaving, simple('21:00', 'arrived-at-second-force')], at('22:00'));
  same(clock.startedAt, '21:00');
  assert.equal(clock.basis, 'PACE s41(5)');
  same(detentionClock(leaving, at(next('19:00'))).startedAt, next('18:00'));
  const questioned = [
    ...leaving,
    simple('12:00', 'questioned-in-first-area'),
    simple('21:00', 'arrived-at-second-force'),
  ];
  same(detentionClock(questioned, at('22:00')).startedAt, '08:00');
});

test('a move to another station and a further arrest start nothing again', () => {
  const facts = [
    ...usual,
    simple('11:00', 'moved-station'),
    arrived('11:40'),
    simple('12:00', 'further-arrest'),
  ];
  const clock = detentionClock(facts, at('13:00'));
  same(clock.startedAt, '08:00');
  assert.ok(says(clock, /further offence.*s31/));
  assert.ok(says(clock, /another station/));
});

const toHospital = (reason: 'treatment' | 'evidence', out = '10:00', back: string | null = '13:00') => [
  fact(out, { kind: 'taken-to-hospital', visit: `${reason}-${out}`, reason } as const),
  ...(back === null ? [] : [fact(back, { kind: 'back-from-hospital', visit: `${reason}-${out}` } as const)]),
];

test('hospital for treatment is left out of detention and of review alike, both journeys included', () => {
  const clock = detentionClock([...usual, ...toHospital('treatment')], at('14:00'));
  assert.equal(minutesOf(clock.elapsed), 180);
  same(clock.endsAt, next('11:00'));
  same(clock.nextReviewDue, '17:30');
  assert.equal(clock.pauses.length, 1);
  assert.equal(clock.pauses[0]?.source, 'PACE s41(6)');
});

test('two visits to hospital without names of their own leave out the two visits, and not the time between', () => {
  const visit = 'hospital';
  const clock = detentionClock(
    [
      ...usual,
      fact('09:00', { kind: 'taken-to-hospital', visit, reason: 'treatment' }),
      fact('10:00', { kind: 'back-from-hospital', visit }),
      fact('13:00', { kind: 'taken-to-hospital', visit, reason: 'treatment' }),
      fact('13:30', { kind: 'back-from-hospital', visit }),
    ],
    at('15:00'),
  );
  assert.equal(minutesOf(clock.elapsed), 7 * 60 - 90);
});

test('a return from hospital that is told again later takes back no time that already counted', () => {
  const twice = [
    ...usual,
    fact('09:00', { kind: 'taken-to-hospital', visit: 'a', reason: 'treatment' }),
    fact('10:00', { kind: 'back-from-hospital', visit: 'a' }),
    fact('12:00', { kind: 'back-from-hospital', visit: 'a' }),
  ];
  assert.equal(minutesOf(detentionClock(twice, at('13:00')).elapsed), 4 * 60);
});

test('a hospital visit for evidence leaves nothing out', () => {
  const clock = detentionClock([...usual, ...toHospital('evidence')], at('14:00'));
  assert.equal(minutesOf(clock.elapsed), 360);
  same(clock.endsAt, next('08:00'));
  same(clock.nextReviewDue, '14:30');
  assert.deepEqual(clock.pauses, []);
  assert.ok(says(clock, /for evidence/));
});

test('time being questioned at hospital counts', () => {
  const questioned = fact('11:00', { kind: 'questioned-at-hospital', until: at('11:45') });
  const clock = detentionClock([...usual, ...toHospital('treatment'), questioned], at('14:00'));
  assert.equal(minutesOf(clock.elapsed), 180 + 45);
  same(clock.endsAt, next('10:15'));
  assert.equal(clock.pauses.length, 2);
});

test('while still at hospital the clock stands, and its end moves on with the time', () => {
  const facts = [...usual, ...toHospital('treatment', '10:00', null)];
  const clock = detentionClock(facts, at('12:00'));
  assert.equal(clock.state, 'paused');
  assert.equal(clock.pauses[0]?.to, null);
  assert.equal(minutesOf(clock.elapsed), 120);
  same(clock.endsAt, next('10:00'));
  same(detentionClock(facts, at('15:00')).endsAt, next('13:00'));
});

test('a late review moves nothing: the next is due 9 hours after it was due', () => {
  const late = detentionClock([...usual, simple('16:00', 'review-done')], at('17:00'));
  same(late.nextReviewDue, '23:30');
  assert.ok(says(late, /does not move/));
  const early = detentionClock([...usual, simple('12:00', 'review-done')], at('17:00'));
  same(early.nextReviewDue, '21:00');
  const onTime = detentionClock([...usual, simple('14:30', 'review-done')], at('17:00'));
  same(onTime.nextReviewDue, '23:30');
});

test('a postponed review is said with its reason and moves nothing', () => {
  const postponed = fact('14:20', { kind: 'review-postponed', reason: 'being questioned' });
  const clock = detentionClock([...usual, postponed], at('15:00'));
  same(clock.nextReviewDue, '14:30');
  assert.ok(says(clock, /postponed: being questioned/));
});

test('a superintendent may go to 36 hours after the second review and up to 24 hours', () => {
  const clock = detentionClock([...reviewed, superintendent(next('07:00'))], at(next('09:00')));
  assert.equal(minutesOf(clock.limit), 36 * 60);
  same(clock.endsAt, next('20:00'));
});

test('at 24 hours and 1 minute it is too late for a superintendent, and the page says so', () => {
  const onTheHour = detentionClock([...reviewed, superintendent(next('08:00'))], at(next('09:00')));
  assert.equal(minutesOf(onTheHour.limit), 36 * 60);
  const clock = detentionClock([...reviewed, superintendent(next('08:01'))], at(next('09:00')));
  assert.equal(minutesOf(clock.limit), 24 * 60);
  assert.ok(says(clock, /24 h 01 min.*up to 24 hours.*check the custody record/));
});

test('before the second review a superintendent may not, and not without an indictable offence', () => {
  const oneReview = [...usual, simple('14:00', 'review-done'), superintendent('20:00')];
  const clock = detentionClock(oneReview, at(next('01:00')));
  assert.equal(minutesOf(clock.limit), 24 * 60);
  assert.ok(says(clock, /after the second review/));
  const summary = detentionClock([...reviewed, superintendent(next('07:00'), 36, false)], at(next('07:30')));
  assert.equal(minutesOf(summary.limit), 24 * 60);
});

test('a superintendent may go in steps, and never past 36 hours', () => {
  const first = [...reviewed, superintendent(next('07:00'), 30)];
  same(detentionClock(first, at(next('09:00'))).endsAt, next('14:00'));
  same(
    detentionClock([...first, superintendent(next('13:00'), 36)], at(next('13:30'))).endsAt,
    next('20:00'),
  );
  same(
    detentionClock([...first, superintendent(next('14:30'), 36)], at(next('15:00'))).endsAt,
    next('14:00'),
  );
  same(
    detentionClock([...reviewed, superintendent(next('07:00'), 48)], at(next('09:00'))).endsAt,
    next('20:00'),
  );
});

test('a warrant runs from its issue, each extension from its own, and none past 96 hours', () => {
  const base = [...reviewed, superintendent(next('07:00'))];
  const warrant = fact(next('19:00'), { kind: 'warrant-issued', forHours: 36 });
  const issued = detentionClock([...base, warrant], at(next('22:00')));
  same(issued.endsAt, '2026-11-27T07:00:00Z');
  const extended = fact('2026-11-27T06:00:00Z', { kind: 'warrant-extended', forHours: 36 });
  const last = detentionClock([...base, warrant, extended], at('2026-11-27T08:00:00Z'));
  same(last.endsAt, '2026-11-28T08:00:00Z'); // 96 hours, not 36 from the extension
  assert.equal(minutesOf(last.limit), 96 * 60);
  assert.ok(says(last, /96 hours/));
});

test('when a warrant has run out the page says the limit has passed and to check, in no stronger words', () => {
  const facts = [
    ...reviewed,
    superintendent(next('07:00')),
    fact(next('19:00'), { kind: 'warrant-issued', forHours: 12 }),
  ];
  const clock = detentionClock(facts, at(third('08:00')));
  same(clock.endsAt, third('07:00'));
  assert.ok(says(clock, /has passed\. Times are approximate/));
  assert.ok(clock.notes.every((note) => !/unlawful/i.test(note)));
});

test('bail stops the clock and answering it starts it again where it stood', () => {
  const facts = [...usual, simple('12:00', 'bailed')];
  const away = detentionClock(facts, at('2026-12-01T09:00:00Z'));
  assert.equal(away.state, 'paused');
  assert.equal(minutesOf(away.elapsed), 240);
  assert.equal(away.nextReviewDue, null);
  const back = detentionClock(
    [...facts, simple('2026-12-01T10:00:00Z', 'answered-bail')],
    at('2026-12-01T11:00:00Z'),
  );
  assert.equal(minutesOf(back.elapsed), 300);
  same(back.endsAt, '2026-12-02T06:00:00Z');
});

test('after an arrest for failing to answer bail the first 3 hours are left out', () => {
  const facts = [
    ...usual,
    simple('12:00', 'bailed'),
    simple('2026-12-01T10:00:00Z', 'arrived-after-bail-arrest'),
  ];
  const waiting = detentionClock(facts, at('2026-12-01T11:00:00Z'));
  assert.equal(waiting.state, 'paused');
  assert.equal(minutesOf(waiting.elapsed), 240);
  same(waiting.endsAt, '2026-12-02T09:00:00Z');
  const counting = detentionClock(facts, at('2026-12-01T14:00:00Z'));
  assert.equal(counting.state, 'running');
  assert.equal(minutesOf(counting.elapsed), 300);
  same(counting.endsAt, '2026-12-02T09:00:00Z');
  assert.ok(counting.pauses.some(({ source }) => source === 'PACE s47(6A)'));
});

test('before 28 October 2022 nothing was left out after an arrest on bail', () => {
  const old = [
    arrestedHere('2022-05-01T07:00:00Z'),
    arrived('2022-05-01T08:00:00Z'),
    simple('2022-05-01T12:00:00Z', 'bailed'),
    simple('2022-05-09T10:00:00Z', 'arrived-after-bail-arrest'),
  ];
  assert.equal(minutesOf(detentionClock(old, at('2022-05-09T11:00:00Z')).elapsed), 300);
});

test('charge ends the limit before charge; reviews go on; release ends both', () => {
  const charged = detentionClock([...usual, simple('13:00', 'charged')], at('20:00'));
  assert.equal(charged.state, 'stopped');
  assert.equal(minutesOf(charged.elapsed), 300);
  assert.equal(charged.endsAt, null);
  same(charged.nextReviewDue, '14:30');
  const released = detentionClock([...usual, simple('13:00', 'released')], at('20:00'));
  assert.equal(released.nextReviewDue, null);
});
