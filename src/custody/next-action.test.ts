import assert from 'node:assert/strict';
import test from 'node:test';
import { contactFrom, type ContactOffer } from './contact.ts';
import { adultWords } from './appropriate-adult.ts';
import { nextAction, type NextFacts, type Progress } from './next-action.ts';
import { stayClock, timeAndDay } from './stay-clock.ts';
import { stayFrom, type StayEvent, type StayEventDetail, type StayEventKind } from './stay.ts';

const now = Temporal.Instant.from('2026-11-24T09:12:00Z');
const at = (time: string) => Temporal.Instant.from(`2026-11-24T${time}:00Z`);

function event(kind: StayEventKind, time: string, detail: StayEventDetail = {}): StayEvent {
  return { kind, happenedAt: at(time), enteredAt: at(time), source: 'Custody record', detail };
}
function offer(time: string, rest: Partial<ContactOffer>): ContactOffer {
  return {
    id: time,
    offeredAt: at(time),
    outcome: 'declined',
    reason: null,
    note: null,
    words: null,
    tryAgainAt: null,
    by: 'Hannah Osei',
    byId: null,
    ...rest,
  };
}
function facts(
  events: readonly StayEvent[],
  offers: readonly ContactOffer[] = [],
  rest: Partial<Pick<NextFacts, 'child' | 'progress'>> = {},
): NextFacts {
  const stay = stayFrom(events);
  return {
    stay,
    clock: stayClock(stay, events, 'not-known', now),
    contact: contactFrom(offers),
    progress: null,
    child: false,
    pronouns: { subject: 'he', object: 'him' },
    now,
    ...rest,
  };
}
/** Time, verb and band as one sentence. */
function say(given: NextFacts): string {
  const next = nextAction(given);
  return `${next.by === null ? '' : `${timeAndDay(next.by, now)} `}${next.text} [${next.band}]`;
}
const arrested = (time: string) => event('arrived', time, { legalBasis: 'pace-arrest' });

test('somebody new gets a first offer within two hours of arriving', () => {
  assert.equal(say(facts([arrested('08:40')])), '10:40 Make first offer [shift]');
});

test('a first offer that is hours late becomes something to act on now', () => {
  assert.equal(say(facts([arrested('04:30')])), '06:30 Make first offer [now]');
});

test('somebody who came voluntarily is offered contact before he leaves', () => {
  const events = [
    event('arrived', '09:00', { stayKind: 'voluntary-attendance' }),
    event('interview', '09:05', { at: '2026-11-24T09:05:00Z', endsAt: '2026-11-24T09:40:00Z' }),
  ];
  const next = nextAction(facts(events));
  assert.equal(say(facts(events)), '09:40 Offer contact before he leaves [now]');
  assert.equal(next.note, 'Interview ends about 09:40');
  assert.equal(next.verb, 'Offer contact');
});

test('a child found asleep is seen before the interview', () => {
  const events = [arrested('02:20'), event('interview', '08:00', { at: '2026-11-24T10:00:00Z' })];
  const asleep = offer('07:30', { outcome: 'not-seen', reason: 'asleep', tryAgainAt: at('09:30') });
  const given = facts(events, [asleep], { child: true });
  assert.equal(say(given), '09:45 See him before interview at 10:00 [now]');
});

test('somebody asleep is tried again at the time that was said', () => {
  const asleep = offer('07:30', { outcome: 'not-seen', reason: 'asleep', tryAgainAt: at('11:00') });
  assert.equal(say(facts([arrested('06:00')], [asleep])), '11:00 Try again [shift]');
});

test('somebody without an interpreter is offered contact with one', () => {
  const none = offer('08:00', { outcome: 'not-seen', reason: 'no-interpreter', tryAgainAt: at('09:30') });
  assert.equal(say(facts([arrested('06:00')], [none])), '09:30 Offer with an interpreter [shift]');
});

test('somebody who said no once, and asked us to come back, is offered again', () => {
  const no = offer('07:40', { words: 'Too tired, ask me later', tryAgainAt: at('11:00') });
  assert.equal(say(facts([arrested('06:00')], [no])), '11:00 Offer again [shift]');
});

test('somebody who said no twice is not pressed, and the next offer still stands', () => {
  const no = [offer('05:50', {}), offer('08:30', { tryAgainAt: at('12:30') })];
  assert.equal(say(facts([arrested('05:30')], no)), '12:30 Offer again [nothing]');
});

test('somebody who said no and does not want to be asked again has nothing due', () => {
  assert.equal(say(facts([arrested('05:30')], [offer('08:55', {})])), 'Nothing due [nothing]');
});

test('somebody who said no is not pressed because a charge decision comes', () => {
  const events = [arrested('05:30'), event('charge-decision-due', '08:00', { at: '2026-11-24T10:30:00Z' })];
  assert.equal(say(facts(events, [offer('08:55', {})])), 'Nothing due [nothing]');
});

test('our report is due before the charge decision it is meant for', () => {
  const report: Progress = {
    seen: false,
    shape: 'wait',
    text: 'Screening, 4 of 9',
    source: '',
    due: {
      by: at('11:00'),
      text: 'Finish report to investigator',
      verb: 'Finish report',
      note: null,
      waitsFor: null,
      href: '/x',
    },
  };
  const events = [arrested('06:00'), event('charge-decision-due', '08:00', { at: '2026-11-24T10:30:00Z' })];
  const given = facts(events, [], { progress: report });
  assert.equal(say(given), '10:15 Finish report to investigator [now]');
  assert.equal(nextAction(given).note, 'Charge decision 10:30');
});

test('somebody we have seen waits for someone else', () => {
  const handover: Progress = {
    seen: true,
    shape: 'done',
    text: 'Assessed, report to court',
    source: '',
    due: {
      by: at('11:00'),
      text: 'Court team to accept handover',
      verb: 'Handover',
      note: null,
      waitsFor: 'Court team',
      href: '/x',
    },
  };
  assert.equal(
    say(facts([arrested('06:00')], [], { progress: handover })),
    '11:00 Court team to accept handover [waiting]',
  );
});

test('a police cell as a place of safety always needs somebody now', () => {
  const events = [event('arrived', '07:05', { legalBasis: 's136' })];
  assert.equal(say(facts(events)), '09:35 Ring the AMHP for arrival time [now]');
});

test('a child whose appropriate adult is more than two hours late is something to act on', () => {
  const events = [arrested('06:00'), event('appropriate-adult-asked', '06:30')];
  const given = facts(events, [offer('08:00', {})], { child: true });
  assert.equal(nextAction(given).text, 'Chase the appropriate adult');
  assert.equal(nextAction(given).band, 'now');
  assert.deepEqual(adultWords(given.stay, true, now), {
    shape: 'now',
    text: 'Late, 2h 42m',
    source: 'Required, child. Asked 06:30',
    waiting: true,
  });
});

test('whether an adult needs somebody with them is not asked until somebody asked', () => {
  const { stay } = facts([arrested('08:40')]);
  assert.equal(adultWords(stay, false, now).text, 'Not asked yet');
  assert.equal(adultWords(stay, true, now).text, 'Not asked for yet');
});
