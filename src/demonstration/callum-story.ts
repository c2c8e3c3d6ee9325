import { about, assess, decide, handOver, needs, offer, reach, screen } from './acts.ts';
import { samePerson } from './callum-earlier-stays.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { startToldReport } from './report-acts.ts';
import type { Stage } from './stage.ts';
import { who, type StoryPeople } from './suite-story.ts';

// Callum Brennan this morning: known from three earlier stays, and waiting for a charge decision.

/** This morning, up to the report that DC Price needs before he decides. */
export async function tellCallum(
  stage: Stage,
  people: StoryPeople,
  services: Services,
  known: string,
): Promise<void> {
  const hannah = stage.as('hannah');
  stage.at(30);
  await samePerson(stage, 'hannah', who(people, 'callum'), known);
  const id = known;
  stage.at(26);
  await offer(stage, hannah, id, 'agreed');
  stage.at(22);
  await decide(
    stage,
    hannah,
    id,
    [
      [about.seen, 'given'],
      [about.police, 'recommendation-and-needs'],
      [about.gp, 'given'],
      [about.gpRecord, 'given'],
      [{ kind: 'share', recipient: 'family', name: 'Aoife, sister' }, 'recommendation-only'],
      [{ kind: 'share', recipient: 'family', name: 'Former partner' }, 'refused'],
      [about.contact, 'text-only'],
      [about.evaluation, 'refused'],
    ],
    { format: 'read-aloud' },
  );
  await reach(
    stage,
    hannah,
    id,
    [],
    [
      {
        kind: 'phone',
        value: '07700 900127',
        ring: 'no',
        text: 'yes',
        leaveMessage: 'no',
        note: 'It is not charged: ask when he leaves.',
      },
      { kind: 'through-somebody', value: 'Aoife, his sister', note: 'Ring her first' },
    ],
  );
  stage.at(18);
  await screen(stage, hannah, id, 'AUDIT-C', [4, 4, 3], { conditions: ['withdrawing', 'read-aloud'] });
  stage.at(15);
  await needs(stage, hannah, id, [
    {
      kind: 'alcohol',
      basis: 'screened',
      saidBy: 'AUDIT-C 11 of 12',
      detail: 'Drinks most days, withdrawal now',
      severity: 'severe',
      services: 'previous',
      wantsHelp: 'yes',
    },
    {
      kind: 'self-harm',
      basis: 'told-us',
      saidBy: 'S Mistry, nurse',
      saidAt: stage.now.subtract({ minutes: 592 }),
      detail: 'Thoughts of ending his life if charged, no plan told',
      services: 'none-known',
      wantsHelp: 'yes',
    },
    {
      kind: 'housing',
      basis: 'told-us',
      saidBy: 'Callum',
      detail: 'Sofa surfing since August',
      services: 'waiting',
      wantsHelp: 'yes',
      again: true,
    },
    {
      kind: 'family-caring',
      basis: 'told-us',
      saidBy: 'Callum',
      detail: 'His daughters, 6 and 9, every other week. Collected from school today by Aoife: not confirmed',
      services: 'none-known',
      wantsHelp: 'yes',
    },
    { kind: 'drugs', answer: 'declined', basis: 'told-us', saidBy: 'Callum' },
    { kind: 'exploitation', answer: 'no-need', basis: 'told-us', saidBy: 'Callum' },
    { kind: 'safeguarding-adult', answer: 'no-need', basis: 'told-us', saidBy: 'Callum' },
  ]);
  stage.at(13);
  await screen(stage, hannah, id, 'PHQ-9', [2, 2, 3, 2], {
    conditions: ['withdrawing', 'read-aloud'],
    finish: false,
  });
  stage.at(11);
  await assess(
    stage,
    hannah,
    id,
    {
      ownWords: '“I want to be able to have the girls at mine and not wake up needing a drink.”',
      strengths:
        'His daughters, his sister Aoife. Eleven meetings with Standing Easy, which helped him sleep.',
      takingPart:
        'Deaf in left ear: sit on his right. Read documents aloud, one point at a time. A break every 30 minutes.',
      recommendationForJustice:
        'Mr Brennan would benefit from alcohol treatment, which he wants and which can start this week. We recommend that this is weighed before the decision.',
      recommendationForServices: 'Evening appointments near Levenshulme. One to one.',
    },
    false,
  );
  await tellRivermead(stage, id, services);
  stage.at(6);
  await startToldReport(stage, hannah, id, {
    recipient: 'investigator',
    purpose: 'charge-decision',
    recipientName: 'DC Aled Price',
    recipientEmail: 'aled.price@police.example',
    recipientPhone: '0161 496 0187',
    readerId: stage.as('aled').workerId,
    neededBy: stage.now.add({ minutes: 63 }),
    decisionAt: stage.now.add({ minutes: 78 }),
  });
  await handOver(
    stage,
    hannah,
    {
      personId: id,
      to: { kind: 'navigation', workerId: stage.as('ruth').workerId },
      reason: 'May be released after the charge decision. Needs his medicine and a charged phone.',
    },
    stage.at(4),
  );
}

/** Rivermead has an evening place this week. */
async function tellRivermead(stage: Stage, id: string, services: Services): Promise<void> {
  const hannah = stage.as('hannah');
  stage.at(10);
  const referral = {
    personId: id,
    referralId: await refer(stage, hannah, services, {
      personId: id,
      service: 'Rivermead alcohol service',
      needs: ['alcohol'],
      wants: 'Evenings, and somebody who knows about the army',
      support: 'A navigator goes with him the first time',
    }),
  };
  stage.at(7);
  const weekday = stage.day(0, '12:00').toZonedDateTimeISO('Europe/London').dayOfWeek;
  const untilThursday = ((4 - weekday + 7) % 7) + (weekday === 4 ? 7 : 0);
  await follow(
    stage,
    hannah,
    referral,
    { kind: 'service-said', answer: { kind: 'accept' } },
    {
      kind: 'service-said',
      answer: { kind: 'offer', startsAt: stage.day(untilThursday, '17:30'), place: 'Rivermead, Levenshulme' },
    },
    { kind: 'agree-appointment' },
  );
}
