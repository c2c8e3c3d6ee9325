import { assignStay } from '../custody/index.ts';
import { about, decide, handOver, needs, offer, reach, saidPronoun, screen } from './acts.ts';
import { tellStay } from './custody-feed.ts';
import { elsewhere, left, longsight } from './custody-story.ts';
import { told, type Stage } from './stage.ts';

/** Whose record a stay belongs to, by the story's key. */
export type StoryPeople = ReadonlyMap<string, string>;

/** Everybody who came to the suites in the last day, as the feed has told it by now. */
export async function tellArrivals(stage: Stage): Promise<StoryPeople> {
  const people = new Map<string, string>();
  for (const stay of [...longsight, ...elsewhere, ...left]) {
    stage.at(0);
    people.set(stay.key, await tellStay(stage, stay, stage.now));
  }
  return people;
}

export function who(people: StoryPeople, key: string): string {
  const id = people.get(key);
  if (id === undefined) throw new Error(`The demonstration knows nobody as ${key}`);
  return id;
}

const pronoun = {
  callum: 'he',
  graham: 'he',
  ewan: 'he',
  margaret: 'she',
  leanne: 'she',
  dylan: 'he',
  sunita: 'she',
  thomas: 'he',
  jordan: 'they',
  amara: 'she',
} as const;

/** What the people in the suite have told us to call them, once somebody has spoken with them. */
export async function tellPronouns(stage: Stage, people: StoryPeople): Promise<void> {
  for (const [key, said] of Object.entries(pronoun))
    await saidPronoun(stage, stage.as(key === 'amara' ? 'ayesha' : 'hannah'), who(people, key), said);
}

/** Offers of contact this morning at Longsight, and what came of each. */
export async function tellOffers(stage: Stage, people: StoryPeople): Promise<void> {
  const hannah = stage.as('hannah');
  const joel = stage.as('joel', 'custody-practitioner');
  const id = (key: string): string => who(people, key);
  const soon = (minutes: number): Temporal.Instant => stage.now.add({ minutes });

  stage.at(422);
  await offer(stage, joel, id('piotr'), {
    notSeen: 'no-interpreter',
    note: 'Polish. Telephone interpreter is booked',
    again: soon(18),
  });
  stage.at(202);
  await offer(stage, hannah, id('unnamed'), { declined: null, again: stage.now.subtract({ minutes: 42 }) });
  stage.at(182);
  await offer(stage, hannah, id('leanne'), {
    notSeen: 'intoxicated',
    note: 'The nurse asked us to wait',
    again: soon(78),
  });
  stage.at(102);
  await offer(stage, joel, id('ewan'), { notSeen: 'asleep', note: null, again: soon(18) });
  stage.at(92);
  await offer(stage, hannah, id('dylan'), { declined: 'Too tired, ask me later', again: soon(108) });
  await offer(stage, hannah, id('graham'), 'agreed');
  await decide(stage, hannah, id('graham'), [[about.seen, 'given']]);
  await needs(stage, hannah, id('graham'), [
    {
      kind: 'mental-health',
      basis: 'observed',
      saidBy: 'H Osei, practitioner',
      detail: 'Frightened, hears people who are not there',
      wantsHelp: 'yes',
    },
  ]);
  stage.at(52);
  await offer(stage, hannah, id('margaret'), 'agreed');
  stage.at(42);
  await offer(stage, hannah, id('unnamed'), { declined: null, again: soon(198) });
  stage.at(17);
  await offer(stage, joel, id('farah'), { declined: 'I already have a support worker', again: null });
  stage.at(16);
  told(
    await assignStay(stage.modules.custody, joel, 'demonstration', id('seun'), joel.workerId),
    'who sees Seun before he leaves',
  );
  await reach(stage, joel, id('piotr'), [
    {
      kind: 'interpreter',
      what: 'Polish interpreter',
      basis: 'partner-record',
      saidBy: 'custody record',
    },
  ]);
}

/** Jordan came voluntarily, with an appropriate adult, and leaves soon. */
export async function tellJordan(stage: Stage, people: StoryPeople): Promise<void> {
  const hannah = stage.as('hannah');
  const jordan = who(people, 'jordan');
  stage.at(55);
  await offer(stage, hannah, jordan, 'agreed');
  await decide(
    stage,
    hannah,
    jordan,
    [
      [about.seen, 'given'],
      [about.contact, 'given'],
      [about.police, 'recommendation-only'],
      [about.gp, 'given'],
      [about.evaluation, 'given'],
    ],
    { present: ['appropriate adult'], format: 'easy-read' },
  );
  await reach(
    stage,
    hannah,
    jordan,
    [
      {
        kind: 'support',
        what: 'Say what happens next before it happens. One question at a time',
        basis: 'told-us',
        saidBy: 'Jordan',
      },
    ],
    [
      {
        kind: 'phone',
        value: '07700 900461',
        ring: 'no',
        text: 'yes',
        leaveMessage: 'no',
        note: 'Text first',
      },
    ],
  );
  stage.at(32);
  await screen(stage, hannah, jordan, 'GAD-7', [2, 2, 3, 2, 1, 1, 1], { conditions: ['appropriate-adult'] });
  stage.at(27);
  await needs(stage, hannah, jordan, [
    { kind: 'autism', basis: 'diagnosed', saidBy: 'Jordan', detail: 'Diagnosed at 14', wantsHelp: 'no' },
    {
      kind: 'mental-health',
      basis: 'screened',
      saidBy: 'GAD-7 12 of 21',
      detail: 'Anxious most days since starting work',
      wantsHelp: 'yes',
    },
    {
      kind: 'employment-education-training',
      basis: 'told-us',
      saidBy: 'Jordan',
      detail: 'Off sick for three weeks, worried about the job',
      wantsHelp: 'yes',
    },
    { kind: 'alcohol', answer: 'no-need', basis: 'told-us', saidBy: 'Jordan' },
  ]);
  const made = stage.at(10);
  await handOver(
    stage,
    hannah,
    {
      personId: jordan,
      to: { kind: 'navigation', workerId: stage.as('ruth').workerId },
      reason:
        'Leaves Longsight soon with an appropriate adult. Autism: say what happens next before it happens.',
      startsNow: true,
    },
    made,
  );
}
