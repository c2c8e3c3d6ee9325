import type { NeedKind } from '../../people/index.ts';
import type { BulkRows } from './copy-rows.ts';
import type { Worker } from './ground.ts';
import type { InventedPerson, Invention } from './invented-person.ts';
import { writeScreening } from './invented-screening.ts';
import { DAY, HOUR, moment } from './moments.ts';

/** One period of contact. */
export interface InventedEpisode {
  readonly id: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly worker: Worker;
  readonly needs: readonly NeedKind[];
}

/** Each with its share of people who have it, roughly as services report it. */
const needShares: readonly (readonly [NeedKind, number, readonly string[]])[] = [
  [
    'mental-health',
    0.6,
    [
      'Low most days since the summer',
      'Hears voices when tired',
      'Panic in closed rooms',
      'Stopped tablets in spring',
    ],
  ],
  ['alcohol', 0.35, ['Drinks every day, wants to stop', 'Drinks at weekends', 'Shakes in the morning']],
  ['drugs', 0.35, ['Uses cannabis daily', 'Uses spice when it is offered', 'On a methadone script']],
  ['housing', 0.3, ['Sofa surfing since May', 'Hostel place ends soon', 'Cannot go back to the flat']],
  [
    'trauma',
    0.22,
    ['Something happened as a child. Does not want to say more', 'Bad dreams since the assault'],
  ],
  ['self-harm', 0.18, ['Cuts when alone', 'Thoughts at night, no plan']],
  ['physical-health', 0.25, ['Bad knee, no tablets', 'Asthma', 'Sees no dentist']],
  ['learning-disability', 0.08, ['Went to a special school', 'Needs letters read out']],
  ['adhd', 0.1, ['Diagnosed at school', 'On a waiting list']],
  ['autism', 0.05, ['Loud rooms are hard', 'Diagnosed last year']],
];
const exits = [
  'Plan completed',
  'Moved to another service',
  'Did not want more',
  'Contact lost',
  'Prison',
] as const;

/** A whole period of contact: consent, screening, needs, assessment. Closed unless `open`. */
export function writeEpisode(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  openedAt: number,
  open: boolean,
  /** 1 for the first: what was found again is the next version of the same need. */
  number: number,
): InventedEpisode {
  const { draw } = person;
  const area_id = invention.ground.areaId;
  const worker = draw.pick(invention.ground.custody);
  const closedAt = open ? null : Math.min(openedAt + draw.between(2, 200) * DAY, invention.now - HOUR);
  const id = draw.id(openedAt);
  rows.add('episode', {
    id,
    area_id,
    person_id: person.id,
    opened_at: moment(openedAt),
    opened_by: worker.id,
    first_contact_point: draw.pick([
      'custody',
      'custody',
      'custody',
      'voluntary-attendance',
      'magistrates-court',
    ]),
    identified_by: draw.pick(['custody-officer', 'service', 'healthcare', 'self']),
    closed_at: closedAt === null ? null : moment(closedAt),
    closed_by: closedAt === null ? null : worker.id,
    exit_reason: closedAt === null ? null : draw.pick(exits),
  });
  writeConsents(rows, invention, person, worker, openedAt);
  for (const name of ['PHQ9', 'GAD7', 'AUDITC'])
    if (draw.chance(0.35))
      writeScreening(rows, invention, person, { episodeId: id, worker, name, at: openedAt + HOUR });
  return {
    id,
    openedAt,
    closedAt,
    worker,
    needs: writeNeeds(rows, invention, person, worker, { id, number, at: openedAt + HOUR }),
  };
}

function writeConsents(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  worker: Worker,
  at: number,
): void {
  const { draw } = person;
  const decide = (key: string, kind: string, recipient: string | null, likely: number): void => {
    const given = draw.chance(likely);
    rows.add('consent_decision', {
      id: draw.id(at),
      area_id: invention.ground.areaId,
      person_id: person.id,
      subject_key: key,
      subject_kind: kind,
      recipient,
      decision: given ? 'given' : 'refused',
      extent:
        given && recipient !== null
          ? draw.pick(['all-relevant', 'recommendation-and-needs', 'recommendation-only'])
          : null,
      contact_how:
        given && kind === 'contact-after-release' ? draw.pick(['ring-or-text', 'text', 'ring']) : null,
      holder: 'person',
      competence: (at - person.bornAt) / DAY < 16 * 365.25 ? 'gillick-competent' : 'presumed',
      competence_shown_by:
        (at - person.bornAt) / DAY < 16 * 365.25 ? 'Said back in their own words what was asked' : null,
      how: 'spoken',
      language: 'English',
      format: draw.pick(['ordinary', 'ordinary', 'ordinary', 'easy-read', 'read-aloud']),
      decided_at: moment(at),
      recorded_at: moment(at + 300_000),
      recorded_by: worker.id,
    });
  };
  decide('being-seen', 'being-seen', null, 0.97);
  if (draw.chance(0.7)) decide('share-police', 'share', 'police', 0.7);
  if (draw.chance(0.6)) decide('share-court', 'share', 'court', 0.75);
  if (draw.chance(0.4)) decide('share-gp', 'share', 'gp', 0.85);
  if (draw.chance(0.5)) decide('contact-after-release', 'contact-after-release', null, 0.8);
}

function writeNeeds(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  worker: Worker,
  episode: { readonly id: string; readonly number: number; readonly at: number },
): readonly NeedKind[] {
  const { draw } = person;
  const { at } = episode;
  const area_id = invention.ground.areaId;
  const found: NeedKind[] = [];
  for (const [kind, share, details] of needShares) {
    if (!draw.chance(0.7)) continue;
    const has = draw.chance(share);
    if (has) found.push(kind);
    rows.add('need_record', {
      id: draw.id(at),
      area_id,
      person_id: person.id,
      episode_id: episode.id,
      kind,
      version: episode.number,
      answer: has ? 'found' : draw.pick(['no-need', 'no-need', 'declined', 'unknown']),
      basis: draw.pick(['told-us', 'told-us', 'observed', 'screened']),
      said_by: 'The person',
      point_of_contact: 'custody',
      detail: has ? draw.pick(details) : null,
      severity: has ? draw.pick(['mild', 'moderate', 'severe']) : null,
      services: has
        ? draw.pick(['none-known', 'previous', 'current-engaged', 'waiting', 'unknown'])
        : 'not-asked',
      wants_help: has ? draw.pick(['yes', 'yes', 'no', 'not-asked']) : 'not-asked',
      recorded_by: worker.id,
      recorded_by_name: worker.name,
      recorded_at: moment(at),
    });
  }
  if (draw.chance(0.4)) writeAssessment(rows, invention, person, worker, episode.id, at + HOUR);
  return found;
}

function writeAssessment(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  worker: Worker,
  episodeId: string,
  at: number,
): void {
  const { draw } = person;
  const id = draw.id(at);
  const common = { area_id: invention.ground.areaId, person_id: person.id };
  rows.add('assessment', {
    id,
    ...common,
    episode_id: episodeId,
    started_at: moment(at),
    started_by: worker.id,
  });
  rows.add('assessment_version', {
    id: draw.id(at),
    ...common,
    assessment_id: id,
    version: 1,
    revision: 1,
    status: 'signed',
    content: JSON.stringify({
      ownWords: draw.pick([
        'It has been a bad year. I want it to be quieter.',
        'I lost my job and then the flat.',
        'I am all right when I am busy.',
      ]),
      strengths: draw.pick([
        'A sister who rings every day',
        'Keeps a dog',
        'Worked for ten years',
        'Goes to the gym',
      ]),
      formulation: draw.pick([
        'Losses came close together and drinking became the way to sleep.',
        'Long untreated low mood with worry about money.',
        'Trouble with noise and change, taken for defiance.',
      ]),
      recommendationForJustice: draw.pick([
        'Would follow a plan with regular appointments.',
        'Needs short sentences and breaks in interview.',
        'Support in the community is in place.',
      ]),
      recommendationForServices: draw.pick([
        'A first meeting this week, near home.',
        'Ring first, letters are not opened.',
      ]),
      plan: 'A navigator rings tomorrow and goes along to the first appointment.',
    }),
    opened_revision: 0,
    saved_by: worker.id,
    saved_by_name: worker.name,
    saved_by_role: 'custody-practitioner',
    saved_by_registration: worker.registration,
    saved_at: moment(at),
  });
}
