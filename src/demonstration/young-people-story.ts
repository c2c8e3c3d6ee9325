import { about, decide, needs, offer, reach } from './acts.ts';
import type { Stage } from './stage.ts';
import { who, type StoryPeople } from './suite-story.ts';

/** Amara is 16: presumed able to decide, with an appropriate adult on the way. */
export async function tellYoungPeople(stage: Stage, people: StoryPeople): Promise<void> {
  const ayesha = stage.as('ayesha');
  const amara = who(people, 'amara');
  stage.at(50);
  await offer(stage, ayesha, amara, 'agreed');
  await decide(
    stage,
    ayesha,
    amara,
    [
      [about.seen, 'given'],
      [about.youthJustice, 'given'],
      [about.police, 'recommendation-only'],
      [about.contact, 'given'],
      [{ kind: 'share', recipient: 'family', name: 'Auntie Mariama' }, 'recommendation-only'],
    ],
    { present: ['appropriate adult'] },
  );
  await reach(stage, ayesha, amara, [
    {
      kind: 'support',
      what: 'Likes to draw while she talks',
      basis: 'observed',
      saidBy: 'A Rahman, practitioner',
    },
  ]);
  await needs(stage, ayesha, amara, [
    { kind: 'young-person', basis: 'told-us', saidBy: 'Amara', detail: 'In Year 12, lives with her aunt' },
    {
      kind: 'exploitation',
      basis: 'told-us',
      saidBy: 'Amara',
      detail: 'Older friends give her a phone and ask for favours',
      wantsHelp: 'unknown',
    },
    { kind: 'self-harm', answer: 'declined', basis: 'told-us', saidBy: 'Amara' },
  ]);
  await tellEwanLastTime(stage, people);
}

/** Ewan is 15: what he agreed to last night stands because he understood it, and it is written down why. */
async function tellEwanLastTime(stage: Stage, people: StoryPeople): Promise<void> {
  const joel = stage.as('joel', 'custody-practitioner');
  const ewan = who(people, 'ewan');
  stage.at(372);
  await decide(stage, joel, ewan, [[about.youthJustice, 'given']], {
    competence: 'yes',
    competenceShownBy: 'Said in his own words who would read it and that he could change his mind',
  });
  await needs(stage, joel, ewan, [
    {
      kind: 'adhd',
      basis: 'diagnosed',
      saidBy: 'Ewan’s mother, by phone',
      detail: 'Medicine at 08:00, not given here',
    },
  ]);
}
