import { needLabel } from '../../people/index.ts';
import type { BulkRows } from './copy-rows.ts';
import type { InventedEpisode } from './invented-care.ts';
import type { InventedPerson, Invention } from './invented-person.ts';
import { DAY, HOUR, dateOf, moment } from './moments.ts';

/** How a referral went on, as the moves that were made after it was sent. */
const courses = [
  ['delivered'],
  ['delivered', 'opened'],
  ['delivered', 'opened', 'accepted'],
  ['delivered', 'opened', 'wait-listed'],
  ['delivered', 'opened', 'declined', 'moved-on'],
  ['delivered', 'opened', 'accepted', 'appointment-offered', 'appointment-agreed'],
  ['delivered', 'opened', 'accepted', 'appointment-offered', 'attended', 'engaged'],
  ['delivered', 'opened', 'accepted', 'appointment-offered', 'attended', 'engaged', 'completed'],
  ['delivered', 'opened', 'accepted', 'appointment-offered', 'did-not-attend', 'lost'],
] as const;

/** What happened after custody: referrals, and for open periods of contact a navigator with calls and appointments. */
export function writeSupport(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  episode: InventedEpisode,
): void {
  if (person.draw.chance(0.35)) writeReferral(rows, invention, person, episode);
  const open = episode.closedAt === null;
  if (open ? person.draw.chance(0.85) : person.draw.chance(0.2))
    writeCaseload(rows, invention, person, episode);
}

function writeReferral(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  episode: InventedEpisode,
): void {
  const { draw } = person;
  const { ground } = invention;
  const need = episode.needs[0];
  const fitting = ground.services.filter(({ needs }) => need !== undefined && needs.includes(need));
  if (need === undefined || fitting.length === 0) return;
  const service = draw.pick(fitting);
  const sentAt = episode.openedAt + draw.between(1, 4) * DAY;
  // An open one is still on its way; a closed one has ended one way or another.
  const course = draw.pick(episode.closedAt === null ? courses.slice(0, 6) : courses.slice(4));
  const id = draw.id(sentAt);
  const common = { area_id: ground.areaId, person_id: person.id };
  const owner = draw.pick(ground.navigators);
  rows.add('referral', {
    id,
    ...common,
    episode_id: episode.id,
    service_id: service.id,
    service_name: service.name,
    needs: [need],
    wants: draw.pick(['Somebody to talk to near home', 'To stop for good', 'A room of my own']),
    letter: JSON.stringify([
      { key: `need:${need}`, category: 'need', needKind: need, label: 'Need', text: needLabel(need) },
    ]),
    cover: `${person.givenName.slice(0, 1)}${person.familyName.slice(0, 1)}, ${needLabel(need)}`,
    owner_id: owner.id,
    owner_name: owner.name,
    team_id: owner.teamId,
    referred_by: episode.worker.id,
    created_at: moment(sentAt - HOUR),
    sent_at: moment(sentAt),
  });
  const appointmentAt = sentAt + draw.between(6, 30) * DAY;
  const appointmentId = draw.id(sentAt);
  const moves = ['drafted', 'sent', ...course] as const;
  for (const [index, what] of moves.entries()) {
    const at = index < 2 ? sentAt - (1 - index) * HOUR : sentAt + (index - 1) * 6 * HOUR;
    if (at > invention.now) break;
    const ours = index < 2 || what === 'moved-on' || what === 'lost';
    rows.add('referral_event', {
      id: draw.id(at),
      ...common,
      referral_id: id,
      service_id: service.id,
      number: index + 1,
      what,
      happened_at: moment(at),
      by_kind: ours ? 'staff' : what === 'delivered' ? 'system' : 'link',
      worker_id: ours ? owner.id : null,
      by_name: ours ? owner.name : what === 'delivered' ? 'System' : service.name,
      reason:
        what === 'declined' ? 'other' : what === 'attended' ? '5' : what === 'did-not-attend' ? '3' : null,
      appointment_id: what === 'appointment-offered' ? appointmentId : null,
    });
    if (what === 'appointment-offered')
      rows.add('referral_appointment', {
        id: appointmentId,
        ...common,
        referral_id: id,
        service_id: service.id,
        starts_at: moment(appointmentAt),
        place: draw.pick(['Ardwick, first floor', 'By telephone', 'The health centre', 'Room 3']),
        offered_at: moment(at),
        offered_by: service.name,
      });
  }
}

function writeCaseload(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  episode: InventedEpisode,
): void {
  const { draw } = person;
  const { ground, now } = invention;
  const worker = draw.pick(ground.navigators);
  const common = { area_id: ground.areaId, person_id: person.id };
  const startedAt = Math.min(episode.openedAt + DAY, now - HOUR);
  const open = episode.closedAt === null;
  const until = episode.closedAt ?? now;
  rows.add('caseload_assignment', {
    id: draw.id(startedAt),
    ...common,
    worker_id: worker.id,
    team_id: worker.teamId,
    kind: 'navigator',
    started_at: moment(startedAt),
    why: 'Taken over after custody',
    ended_at: open ? null : moment(until),
    ended_by: open ? null : worker.id,
    ended_why: open ? null : 'The period of contact ended',
  });
  for (const day of [1, 7, 28]) {
    const due = startedAt + day * DAY;
    const done = due < now - DAY && draw.chance(0.9);
    if (!done && !open) continue;
    const followUpId = draw.id(startedAt);
    rows.add('follow_up', {
      id: followUpId,
      ...common,
      episode_id: episode.id,
      kind: 'after-release',
      day,
      due_on: dateOf(due),
      index_at: moment(startedAt),
      about: `Call ${String(day)} ${day === 1 ? 'day' : 'days'} after release`,
      made_by: worker.id,
      made_at: moment(startedAt),
      done_at: done ? moment(due + 10 * HOUR) : null,
      done_by: done ? worker.id : null,
    });
    if (done)
      rows.add('contact_log', {
        id: draw.id(due),
        ...common,
        episode_id: episode.id,
        at: moment(due + 10 * HOUR),
        how: draw.pick(['call', 'call', 'text', 'visit']),
        result: draw.pick(['reached', 'reached', 'no-answer', 'left-message']),
        note: draw.pick([
          'Sounds well. Will come on Thursday',
          'Nobody picked up',
          'Asked about the hostel',
          null,
        ]),
        follow_up_id: followUpId,
        recorded_by: worker.id,
        recorded_at: moment(due + 10 * HOUR + 300_000),
      });
  }
  if (draw.chance(0.5)) {
    const agreedAt = startedAt + HOUR;
    rows.add('support_goal', {
      id: draw.id(agreedAt),
      ...common,
      episode_id: episode.id,
      words: draw.pick([
        'Get my own key',
        'See my boy on Sundays',
        'Sleep through the night',
        'Back to work',
      ]),
      agreed_at: moment(agreedAt),
      recorded_by: worker.id,
      ended_at: open ? null : moment(until),
      ended_how: open ? null : draw.pick(['reached', 'stopped']),
      ended_by: open ? null : worker.id,
    });
  }
  if (draw.chance(0.5)) {
    const startsAt = open ? now + draw.between(-10, 14) * DAY : startedAt + draw.between(3, 40) * DAY;
    const id = draw.id(startedAt);
    rows.add('appointment', {
      id,
      ...common,
      episode_id: episode.id,
      title: draw.pick(['First meeting', 'Housing office', 'GP registration', 'Alcohol service']),
      place: draw.pick(['Ardwick community base', 'Town hall', 'By telephone']),
      starts_at: moment(startsAt),
      accompany: draw.chance(0.4),
      worker_id: worker.id,
      made_by: worker.id,
      made_at: moment(startedAt),
    });
    if (startsAt < now - DAY && draw.chance(0.8))
      rows.add('appointment_outcome', {
        id: draw.id(startsAt),
        ...common,
        appointment_id: id,
        attendance: draw.pick(['5', '5', '5', '7', '3']),
        recorded_by: worker.id,
        recorded_at: moment(startsAt + 2 * HOUR),
      });
  }
}
