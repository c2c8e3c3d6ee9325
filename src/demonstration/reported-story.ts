import { about, assess, decide, handOver, needs, offer, reach, screen } from './acts.ts';
import { onTheList } from './court-story.ts';
import { read, signAndSend, startToldReport } from './report-acts.ts';
import type { Stage } from './stage.ts';
import { who, type StoryPeople } from './suite-story.ts';

/** Sunita was seen last night; the investigator has read the report and has not said what was decided. */
export async function tellSunita(stage: Stage, people: StoryPeople): Promise<void> {
  const hannah = stage.as('hannah');
  const id = who(people, 'sunita');
  stage.at(150);
  await offer(stage, hannah, id, 'agreed');
  await decide(stage, hannah, id, [
    [about.seen, 'given'],
    [about.police, 'recommendation-and-needs'],
    [about.gp, 'given'],
    [about.contact, 'text-only'],
  ]);
  stage.at(130);
  await screen(stage, hannah, id, 'PHQ-9', [2, 2, 3, 2, 1, 2, 2, 1, 0], {});
  await screen(stage, hannah, id, 'GAD-7', [3, 3, 2, 2, 1, 1, 3], {});
  await needs(stage, hannah, id, [
    {
      kind: 'domestic-abuse',
      basis: 'told-us',
      saidBy: 'Sunita',
      detail: 'Afraid to go home. Do not ring home',
      wantsHelp: 'yes',
    },
    {
      kind: 'mental-health',
      basis: 'screened',
      saidBy: 'PHQ-9 15 of 27, GAD-7 15 of 21',
      detail: 'Does not sleep, afraid most of the day',
      wantsHelp: 'yes',
    },
    { kind: 'alcohol', answer: 'no-need', basis: 'told-us', saidBy: 'Sunita' },
    { kind: 'family-caring', basis: 'told-us', saidBy: 'Sunita', detail: 'One son, 11, with her sister' },
  ]);
  stage.at(95);
  await assess(
    stage,
    hannah,
    id,
    {
      ownWords: '“I did not plan anything. I wanted him to stop.”',
      formulation: 'Fear at home over years, little sleep, nobody told until now.',
      fromOthers: 'Her husband. He does not know which suite she is in.',
      recommendationForJustice:
        'Ms Patel needs a safe place to go to and time to arrange it before she leaves.',
      plan: 'Harebell is asked for a room today. Her sister is told with her agreement.',
    },
    true,
  );
  const reportId = await startToldReport(stage, hannah, id, {
    recipient: 'investigator',
    purpose: 'charge-decision',
    recipientName: 'DC Aled Price',
    readerId: stage.as('aled').workerId,
    neededBy: stage.now.add({ minutes: 30 }),
    decisionAt: stage.now.add({ minutes: 100 }),
  });
  await signAndSend(
    stage,
    hannah,
    reportId,
    'Ms Patel needs a safe place to go to, and time to arrange it before she leaves. We recommend that this is weighed before the decision.',
  );
  stage.at(32);
  await read(stage, stage.as('aled'), reportId);
}

/** Thomas was charged this morning and is taken to court today: the court has his report and his handover. */
export async function tellThomas(stage: Stage, people: StoryPeople): Promise<void> {
  const hannah = stage.as('hannah');
  const id = who(people, 'thomas');
  stage.at(240);
  await offer(stage, hannah, id, 'agreed');
  await decide(
    stage,
    hannah,
    id,
    [
      [about.seen, 'given'],
      [about.police, 'recommendation-and-needs'],
      [about.court, 'recommendation-and-needs'],
      [about.probation, 'given'],
      [about.gp, 'given'],
      [about.contact, 'given'],
    ],
    { format: 'easy-read', present: ['appropriate adult'] },
  );
  await reach(stage, hannah, id, [
    { kind: 'support', what: 'Plain words, one question, breaks', basis: 'told-us', saidBy: 'Thomas' },
    {
      kind: 'format',
      what: 'Easy read, with pictures',
      basis: 'partner-record',
      saidBy: 'Plain Words advocacy',
    },
  ]);
  stage.at(180);
  await screen(stage, hannah, id, 'GAD-7', [1, 2, 1, 1, 0, 1, 2], { conditions: ['appropriate-adult'] });
  await needs(stage, hannah, id, [
    {
      kind: 'learning-disability',
      basis: 'diagnosed',
      saidBy: 'Community learning disability team',
      detail: 'Agrees when he does not follow. Ask him to say it back',
      services: 'current-engaged',
      wantsHelp: 'yes',
    },
    {
      kind: 'drugs',
      basis: 'told-us',
      saidBy: 'Thomas',
      detail: 'Methadone every day, given here this morning',
      services: 'current-engaged',
      wantsHelp: 'yes',
    },
    {
      kind: 'exploitation',
      basis: 'observed',
      saidBy: 'H Osei, practitioner',
      detail: 'Others use his flat',
    },
  ]);
  stage.at(120);
  await assess(
    stage,
    hannah,
    id,
    {
      ownWords: '“They said hold it for us.”',
      strengths: 'Goes to the allotment every day. Trusts his key worker.',
      formulation: 'Learning disability, others who use his flat, and nobody who notices in time.',
      takingPart: 'Plain words, short questions, a break every 20 minutes, somebody he knows beside him.',
      recommendationForJustice:
        'Mr Ashworth follows a hearing only with plain words, breaks and support. An intermediary should be considered.',
      plan: 'Report to the court. Court team meets him in the cells. Key worker told.',
    },
    true,
  );
  stage.at(48);
  const reportId = await startToldReport(stage, hannah, id, {
    recipient: 'court',
    purpose: 'bail',
    recipientName: 'Manchester Magistrates’ Court',
    readerId: stage.as('aled').workerId,
    hearingId: (await onTheList(stage, 'Thomas', 'Ashworth')).appearanceId,
    neededBy: stage.now.add({ minutes: 120 }),
  });
  await signAndSend(
    stage,
    hannah,
    reportId,
    'Mr Ashworth can take part in the hearing with plain words, breaks and support. Support in the community continues if he is bailed.',
  );
  await handOver(
    stage,
    hannah,
    {
      personId: id,
      to: { kind: 'court', siteId: stage.siteId('Manchester Magistrates’ Court') },
      reason: 'Charged and kept for court today. Plain words, breaks. See before the hearing.',
      hearing: stage.now.add({ minutes: 150 }),
    },
    stage.at(40),
  );
}
