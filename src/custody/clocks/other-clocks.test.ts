import assert from 'node:assert/strict';
import test from 'node:test';
import type { PlaceOfSafety, PlaceOfSafetyFact } from '../index.ts';
import { placeOfSafetyClock, preChargeBail, voluntaryAttendanceClock } from '../index.ts';
import { ruleOn } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const fact = <Bare extends object>(time: string, bare: Bare) => ({
  ...bare,
  happenedAt: at(time),
  enteredAt: at(time),
});
const arrivedAt = (time: string, place: PlaceOfSafety): PlaceOfSafetyFact =>
  fact(time, { kind: 'arrived-at-place', place } as const);
const extension = (
  time: string,
  more: {
    because?: 'condition' | 'staffing';
    byResponsibleDoctor?: boolean;
    superintendentApproved?: boolean;
  } = {},
): PlaceOfSafetyFact =>
  fact(time, {
    kind: 'extended',
    forHours: 12,
    because: 'condition',
    byResponsibleDoctor: true,
    superintendentApproved: false,
    ...more,
  } as const);
const now = at('2026-11-24T20:00:00Z');
const says = (notes: readonly string[], pattern: RegExp) => notes.some((note) => pattern.test(note));

test('section 136 runs 24 hours from arrival at the emergency department, and a move does not restart it', () => {
  const facts = [
    arrivedAt('2026-11-24T10:00:00Z', 'emergency-department'),
    arrivedAt('2026-11-24T16:00:00Z', 'health-based'),
  ];
  const clock = placeOfSafetyClock(facts, now, 40);
  assert.equal(clock.startedAt?.toString(), '2026-11-24T10:00:00Z');
  assert.equal(clock.endsAt?.toString(), '2026-11-25T10:00:00Z');
  assert.equal(clock.elapsed.total('hours'), 10);
  assert.equal(clock.nextReviewDue, null);
  assert.ok(says(clock.notes, /do not start again/));
});

test('it is extended once, by up to 12 hours, because of the condition and not for lack of staff', () => {
  const start = arrivedAt('2026-11-24T10:00:00Z', 'health-based');
  const hours = (...more: PlaceOfSafetyFact[]) =>
    placeOfSafetyClock([start, ...more], now, 40).limit?.total('hours');
  assert.equal(hours(extension('2026-11-24T18:00:00Z')), 36);
  assert.equal(hours(extension('2026-11-24T18:00:00Z'), extension('2026-11-24T19:00:00Z')), 36);
  assert.equal(hours(extension('2026-11-24T18:00:00Z', { because: 'staffing' })), 24);
  assert.equal(hours(extension('2026-11-24T18:00:00Z', { byResponsibleDoctor: false })), 24);
  const late = placeOfSafetyClock([start, extension('2026-11-25T10:01:00Z')], at('2026-11-25T11:00:00Z'), 40);
  assert.equal(late.limit?.total('hours'), 24);
});

test('at a police station a superintendent approves the extension as well', () => {
  const start = arrivedAt('2026-11-24T10:00:00Z', 'police-station');
  const without = placeOfSafetyClock([start, extension('2026-11-24T18:00:00Z')], now, 40);
  assert.equal(without.limit?.total('hours'), 24);
  const approved = extension('2026-11-24T18:00:00Z', { superintendentApproved: true });
  assert.equal(placeOfSafetyClock([start, approved], now, 40).limit?.total('hours'), 36);
  assert.ok(says(without.notes, /every 30 minutes/));
});

test('under 18 a police station is never a place of safety, and an unknown age is said', () => {
  const facts = [arrivedAt('2026-11-24T10:00:00Z', 'police-station')];
  assert.ok(says(placeOfSafetyClock(facts, now, 15).notes, /Under 18/));
  assert.ok(says(placeOfSafetyClock(facts, now, 'not-known').notes, /Age not known/));
  assert.ok(!says(placeOfSafetyClock(facts, now, 30).notes, /18/));
});

test('kept where the person already was, the 24 hours run from the decision; section 135 from entry', () => {
  const kept = placeOfSafetyClock(
    [fact('2026-11-24T09:15:00Z', { kind: 'decided-to-keep-there', place: 'home' } as const)],
    now,
    40,
  );
  assert.equal(kept.startedAt?.toString(), '2026-11-24T09:15:00Z');
  const entered = placeOfSafetyClock(
    [fact('2026-11-24T09:00:00Z', { kind: 'entered-premises' } as const)],
    now,
    40,
  );
  assert.equal(entered.basis, 'Mental Health Act 1983 s135(3ZA)');
  assert.equal(placeOfSafetyClock([], now, 40).state, 'not-started');
});

test('voluntary attendance has no clock, but the time here is shown', () => {
  const clock = voluntaryAttendanceClock(at('2026-11-24T18:30:00Z'), null, now);
  assert.equal(clock.state, 'no-clock');
  assert.equal(clock.limit, null);
  assert.equal(clock.endsAt, null);
  assert.equal(clock.elapsed.total('minutes'), 90);
  assert.ok(says(clock.notes, /free to leave/));
});

test('pre-charge bail starts the day after arrest and lasts 3, 6, 9 or 12 months', () => {
  const arrested = Temporal.PlainDate.from('2026-11-24');
  const bail = preChargeBail(arrested, 'none');
  assert.equal(bail.startsOn.toString(), '2026-11-25');
  assert.equal(bail.lastDay.toString(), '2027-02-24');
  assert.equal(preChargeBail(arrested, 'inspector').lastDay.toString(), '2027-05-24');
  assert.equal(preChargeBail(arrested, 'superintendent').lastDay.toString(), '2027-08-24');
  assert.equal(preChargeBail(arrested, 'assistant-chief-constable').lastDay.toString(), '2027-11-24');
  assert.equal(preChargeBail(Temporal.PlainDate.from('2026-11-29'), 'none').lastDay.toString(), '2027-02-27');
});

test('a rule is used only on the days it held', () => {
  const on = (day: string) => ruleOn('bail-arrest-left-out', Temporal.PlainDate.from(day))?.hours ?? null;
  assert.equal(on('2022-10-27'), null);
  assert.equal(on('2022-10-28'), 3);
});
