import {
  saveSafetyPlan,
  safetyPlanKeys,
  type SafetyPlanKey,
  type SafetyPlanText,
} from '../assessment/index.ts';
import { settleIdentity } from '../custody/index.ts';
import { acceptHandover, addStep, agreeGoal, handoversOf } from '../navigation/index.ts';
import { about, assess, decide, handOver, needs, offer, reach, ring, screen } from './acts.ts';
import { tellStay } from './custody-feed.ts';
import { earlier } from './custody-story.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { startToldReport } from './report-acts.ts';
import { told, type Stage } from './stage.ts';
import { who, type StoryPeople } from './suite-story.ts';

// Callum Brennan: three earlier stays, help that did not fit, and this morning's charge decision. The first record is
// the one that is kept; each later stay is confirmed by a worker as the same person.

/** What an earlier stay left behind; its record is found again when the next one is confirmed. */
export async function tellEarlierCallum(stage: Stage, services: Services): Promise<string> {
  let kept: string | null = null;
  for (const stay of earlier) {
    const days = stay.daysAgo * 24 * 60;
    const ended = stage.now.subtract({ minutes: days });
    stage.at(days + 30);
    const record = await tellStay(stage, stay, ended, 'inside');
    if (kept !== null) await samePerson(stage, stay.settledBy, record, kept);
    kept ??= record;
    if (stay.key === 'callum-1') await firstStay(stage, kept, services, days);
    if (stay.key === 'callum-2') await secondStay(stage, kept, services, days);
    if (stay.key === 'callum-3') await thirdStay(stage, kept, days);
    stage.at(days);
    await tellStay(stage, stay, ended, 'leaving');
    if (stay.key === 'callum-2') await courtTakesOver(stage, kept, days);
  }
  if (kept === null) throw new Error('Callum has no earlier stay');
  await afterThirdStay(stage, kept, services);
  return kept;
}

/** The court team met him before his hearing, and the record says so. */
async function courtTakesOver(stage: Stage, id: string, days: number): Promise<void> {
  const maureen = stage.as('maureen');
  const now = stage.at(days - 6 * 60);
  const scope = { people: stage.modules.people, viewer: maureen, now, reference: null };
  await stage.run(maureen, async (tx) => {
    for (const { id: handoverId, state } of await handoversOf(tx, maureen, id))
      if (state === 'waiting')
        told(await acceptHandover({ ...scope, tx }, { handoverId }), 'the court team takes Callum on');
  });
}

async function samePerson(stage: Stage, worker: string, record: string, known: string): Promise<void> {
  const settled = await settleIdentity(
    stage.modules.custody,
    stage.as(worker, 'custody-practitioner'),
    'demonstration',
    record,
    { knownPersonId: known, decision: 'same' },
  );
  told(settled, 'Callum is the same person');
}

async function firstStay(stage: Stage, id: string, services: Services, days: number): Promise<void> {
  const hannah = stage.as('hannah');
  await offer(stage, hannah, id, 'agreed');
  await decide(stage, hannah, id, [
    [about.seen, 'given'],
    [about.contact, 'refused'],
  ]);
  await needs(stage, hannah, id, [
    { kind: 'alcohol', basis: 'told-us', saidBy: 'Callum', detail: 'Drinks to sleep', wantsHelp: 'yes' },
  ]);
  const referral = {
    personId: id,
    referralId: await refer(stage, hannah, services, {
      personId: id,
      service: 'Rivermead alcohol service',
      needs: ['alcohol'],
    }),
  };
  const day = (later: number): number => days - later * 24 * 60;
  stage.at(day(4));
  const appointment = stage.now.subtract({ minutes: day(9) });
  await follow(
    stage,
    hannah,
    referral,
    { kind: 'service-said', answer: { kind: 'accept' } },
    {
      kind: 'service-said',
      answer: { kind: 'offer', startsAt: appointment, place: 'Rivermead, Bolton Road' },
    },
  );
  stage.at(day(10));
  await follow(
    stage,
    hannah,
    referral,
    { kind: 'service-said', answer: { kind: 'attendance', code: '5' } },
    { kind: 'still-going' },
  );
  stage.at(day(160));
  await follow(stage, hannah, referral, {
    kind: 'lost',
    note: 'Came to 5 of 9 appointments. 9am across town was two buses. Ask for evenings.',
  });
}

async function secondStay(stage: Stage, id: string, services: Services, days: number): Promise<void> {
  const ayesha = stage.as('ayesha');
  await offer(stage, ayesha, id, 'agreed');
  await decide(stage, ayesha, id, [
    [about.seen, 'given'],
    [about.contact, 'refused'],
  ]);
  await needs(stage, ayesha, id, [
    {
      kind: 'trauma',
      basis: 'told-us',
      saidBy: 'Callum',
      detail: 'Sleeps two to three hours since the army',
      wantsHelp: 'yes',
    },
    { kind: 'armed-forces', basis: 'told-us', saidBy: 'Callum', detail: 'Army, 2010 to 2018' },
  ]);
  const referral = {
    personId: id,
    referralId: await refer(stage, ayesha, services, {
      personId: id,
      service: 'Standing Easy',
      needs: ['trauma', 'armed-forces'],
      wants: 'One to one, not a group',
    }),
  };
  const day = (later: number): number => days - later * 24 * 60;
  stage.at(day(6));
  await follow(
    stage,
    ayesha,
    referral,
    { kind: 'service-said', answer: { kind: 'accept' } },
    {
      kind: 'service-said',
      answer: { kind: 'offer', startsAt: stage.now.subtract({ minutes: day(12) }), place: 'Standing Easy' },
    },
  );
  stage.at(day(13));
  await follow(
    stage,
    ayesha,
    referral,
    { kind: 'service-said', answer: { kind: 'attendance', code: '5' } },
    { kind: 'still-going' },
  );
  stage.at(day(130));
  await follow(stage, ayesha, referral, {
    kind: 'complete',
    note: '11 meetings, one to one. “First time I slept.” Ask for the same worker.',
  });
}

const plan: Readonly<Record<SafetyPlanKey, string>> = {
  warningSigns: 'Told I may not see my daughters. Sobering up. Alone at night.',
  whatHelps: 'Ringing Aoife. The radio on. Being told what time it is.',
  people: 'Aoife, my sister.',
  professionals: 'Samaritans, 116 123. Dr Chowdhury, Fallow Lane Surgery.',
  keepingSafe: 'Aoife keeps the tablets at hers.',
  othersDo: 'Tell me what happens next. Do not put me in a cell at the far end.',
};

async function thirdStay(stage: Stage, id: string, days: number): Promise<void> {
  const hannah = stage.as('hannah');
  stage.at(days + 60);
  await offer(stage, hannah, id, 'agreed');
  await decide(stage, hannah, id, [
    [about.seen, 'given'],
    [about.contact, 'given'],
  ]);
  await needs(stage, hannah, id, [
    {
      kind: 'self-harm',
      basis: 'observed',
      saidBy: 'H Osei, practitioner',
      detail: 'Cut his left arm in the cell',
      wantsHelp: 'yes',
    },
    {
      kind: 'armed-forces',
      basis: 'partner-record',
      saidBy: 'Standing Easy',
      detail: 'Army, 2010 to 2018',
      services: 'previous',
      wantsHelp: 'unknown',
    },
    {
      kind: 'physical-health',
      basis: 'told-us',
      saidBy: 'Callum',
      detail: 'Deaf in left ear. Penicillin gives him a rash',
      services: 'current-engaged',
      wantsHelp: 'no',
    },
  ]);
  await reach(stage, hannah, id, [
    {
      kind: 'support',
      what: 'Read aloud, one thing at a time',
      basis: 'told-us',
      saidBy: 'Callum',
    },
    { kind: 'support', what: 'Sit on his right, deaf in left ear', basis: 'told-us', saidBy: 'Callum' },
  ]);
  const text = Object.fromEntries(safetyPlanKeys.map((key) => [key, plan[key]])) as SafetyPlanText;
  const saved = await stage.run(hannah, (tx) =>
    saveSafetyPlan(stage.modules.assessment, tx, hannah, {
      personId: id,
      text,
      openedVersion: 0,
      writtenWith: 'with-person',
      copyGiven: 'yes',
    }),
  );
  told(saved, 'Callum’s safety plan');
}

const firstCalls = [
  [204, 'Slept at Aoife’s'],
  [197, 'Saw the girls on Sunday'],
  [176, 'Notice on the flat. Wants help with the council'],
] as const;
const lateCalls = [
  [73, 'reached', 'Still on sofas. Will ring when he hears from the council'],
  [41, 'no-answer', null],
  [14, 'no-answer', 'The number may have changed'],
] as const;

/** Ruth had him until his number changed; the council has not answered since. */
async function afterThirdStay(stage: Stage, id: string, services: Services): Promise<void> {
  const ruth = stage.as('ruth');
  const day = (days: number): Temporal.Instant => stage.at(days * 24 * 60 - 600);
  const scope = (now: Temporal.Instant) => ({
    people: stage.modules.people,
    viewer: ruth,
    now,
    reference: null,
  });
  const accepted = day(205);
  await stage.run(ruth, async (tx) => {
    const [waiting] = (await handoversOf(tx, ruth, id)).filter((one) => one.state === 'waiting');
    if (waiting === undefined) throw new Error('Nobody was told that Callum was released');
    told(
      await acceptHandover({ ...scope(accepted), tx }, { handoverId: waiting.id }),
      'Ruth takes Callum on',
    );
  });
  for (const [days, note] of firstCalls)
    await ring(stage, ruth, id, { at: day(days), result: 'reached', note });
  const goal = day(173);
  await stage.run(ruth, async (tx) => {
    const agreed = told(
      await agreeGoal(
        { ...scope(goal), tx },
        { personId: id, words: 'A place where the girls can stay over' },
      ),
      'what Callum wants',
    );
    told(
      await addStep(
        { ...scope(goal), tx },
        {
          personId: id,
          goalId: agreed.id,
          what: 'Fill in the housing form together',
          who: 'Ruth',
          byWhen: null,
        },
      ),
      'a step',
    );
  });
  day(82);
  await needs(stage, ruth, id, [
    {
      kind: 'housing',
      basis: 'told-us',
      saidBy: 'Callum',
      detail: 'Tenancy ended, sleeping on friends’ sofas',
      services: 'waiting',
      wantsHelp: 'yes',
    },
  ]);
  const housing = {
    personId: id,
    referralId: await refer(stage, ruth, services, {
      personId: id,
      service: 'Housing options, council',
      needs: ['housing'],
      wants: 'Somewhere his daughters can stay',
    }),
  };
  for (const [days, result, note] of lateCalls) await ring(stage, ruth, id, { at: day(days), result, note });
  day(14);
  await follow(stage, ruth, housing, { kind: 'chase' });
}

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
