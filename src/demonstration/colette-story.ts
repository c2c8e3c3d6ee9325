import { acceptHandover, agreeGoal, handoversOf } from '../navigation/index.ts';
import { about, assess, decide, needs, offer, reach, ring, saidPronoun, screen } from './acts.ts';
import { tellStay, type StoryStay } from './custody-feed.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { answerDecision, read, signAndSend, startToldReport } from './report-acts.ts';
import { told, type Stage } from './stage.ts';

// Colette Brady, from the cell to her first appointment in three weeks: the whole of the main job in one record.

const DAY = 24 * 60;
/** She left custody so many minutes before the demonstration starts. */
const LEFT = 21 * DAY;

const stay: StoryStay = {
  key: 'colette',
  person: {
    given: 'Colette',
    family: 'Brady',
    born: '1990-03-22',
    sex: 'female',
    nhs: '9990009058',
    address: { lines: 'Flat 2, 9 Beech Grove, Ancoats', postcode: 'M4 7FD' },
  },
  suite: 'GM-LS',
  place: '6',
  arrived: 700,
  later: [
    [694, 'detention-authorised'],
    [680, 'appropriate-adult-needed', { needed: 'no', reason: 'Custody officer' }],
    [320, 'review-done'],
    [310, 'investigator', { name: 'DC Aled Price', contact: 'aled.price@police.example' }],
    [0, 'released', { outcome: 'community-resolution' }],
  ],
};

/** Answers her record. */
export async function tellColette(stage: Stage, services: Services): Promise<string> {
  const ended = stage.now.subtract({ minutes: LEFT });
  stage.at(LEFT + 300);
  const id = await tellStay(stage, stay, ended, 'inside');
  await inCustody(stage, id, ended);
  stage.at(LEFT);
  await tellStay(stage, stay, ended, 'leaving');
  await afterwards(stage, id, services);
  return id;
}

async function inCustody(stage: Stage, id: string, ended: Temporal.Instant): Promise<void> {
  const hannah = stage.as('hannah');
  stage.at(LEFT + 280);
  await offer(stage, hannah, id, 'agreed');
  await saidPronoun(stage, hannah, id, 'she');
  await decide(stage, hannah, id, [
    [about.seen, 'given'],
    [about.police, 'recommendation-and-needs'],
    [about.gp, 'given'],
    [about.contact, 'given'],
    [about.evaluation, 'given'],
  ]);
  await reach(
    stage,
    hannah,
    id,
    [
      {
        kind: 'support',
        what: 'Time to answer. Asks for somebody with her',
        basis: 'told-us',
        saidBy: 'Colette',
      },
    ],
    [{ kind: 'phone', value: '07700 900318', ring: 'yes', text: 'yes', leaveMessage: 'no' }],
  );
  stage.at(LEFT + 255);
  await screen(stage, hannah, id, 'AUDIT-C', [3, 3, 2], {});
  await screen(stage, hannah, id, 'PHQ-9', [2, 2, 3, 2, 1, 2, 1, 0, 0], {});
  stage.at(LEFT + 235);
  await needs(stage, hannah, id, [
    {
      kind: 'alcohol',
      basis: 'screened',
      saidBy: 'AUDIT-C 8 of 12',
      detail: 'Wine every evening since her mother died',
      severity: 'moderate',
      services: 'none-known',
      wantsHelp: 'yes',
    },
    {
      kind: 'mental-health',
      basis: 'screened',
      saidBy: 'PHQ-9 13 of 27',
      detail: 'Low since the spring',
      severity: 'moderate',
      services: 'current-engaged',
      wantsHelp: 'yes',
    },
    { kind: 'housing', answer: 'no-need', basis: 'told-us', saidBy: 'Colette' },
    { kind: 'self-harm', answer: 'no-need', basis: 'told-us', saidBy: 'Colette' },
    { kind: 'domestic-abuse', answer: 'no-need', basis: 'told-us', saidBy: 'Colette' },
  ]);
  await assess(
    stage,
    hannah,
    id,
    {
      ownWords: '“I never did anything like that before Mum died. I want to sleep without it.”',
      strengths: 'Works mornings in a bakery. A neighbour who looks in.',
      formulation:
        'Grief, then drinking to sleep, then drinking by day. She has seen it herself and wants it to stop.',
      takingPart: 'Time to answer.',
      recommendationForJustice:
        'Ms Brady would benefit from support with alcohol, which she wants. It can start within three weeks.',
      recommendationForServices: 'Rivermead, with somebody beside her the first time.',
      plan: 'Navigator rings the day after release. Referral to Rivermead. GP told.',
    },
    true,
  );
  stage.at(LEFT + 200);
  const reportId = await startToldReport(stage, hannah, id, {
    recipient: 'investigator',
    purpose: 'out-of-court-disposal',
    recipientName: 'DC Aled Price',
    readerId: stage.as('aled').workerId,
    neededBy: ended.subtract({ minutes: 90 }),
    decisionAt: ended.subtract({ minutes: 60 }),
  });
  await signAndSend(
    stage,
    hannah,
    reportId,
    'Ms Brady would benefit from support with alcohol, which she wants. It can start within three weeks. We recommend that this is weighed before the decision.',
  );
  stage.at(LEFT + 150);
  await read(stage, stage.as('aled'), reportId);
  stage.at(LEFT + 40);
  const decidedAt = ended.subtract({ minutes: 60 });
  await answerDecision(stage, hannah, 'DC Aled Price', reportId, 'out-of-court', decidedAt);
}

async function afterwards(stage: Stage, id: string, services: Services): Promise<void> {
  const ruth = stage.as('ruth');
  const scope = { people: stage.modules.people, viewer: ruth, reference: null };
  const accepted = stage.at(LEFT - 75);
  await stage.run(ruth, async (tx) => {
    const waiting = (await handoversOf(tx, ruth, id)).find((one) => one.state === 'waiting');
    if (waiting === undefined) throw new Error('Nobody was told that Colette was released');
    told(
      await acceptHandover({ ...scope, tx, now: accepted }, { handoverId: waiting.id }),
      'Ruth takes Colette on',
    );
    told(
      await agreeGoal(
        { ...scope, tx, now: accepted },
        { personId: id, words: 'Sleep through, and open the bakery without a headache' },
      ),
      'what Colette wants',
    );
  });
  await ring(stage, ruth, id, {
    at: stage.at(20 * DAY),
    result: 'reached',
    note: 'Home safe. Wants to go ahead with Rivermead, not alone',
  });
  stage.at(20 * DAY - 30);
  const referral = {
    personId: id,
    referralId: await refer(stage, ruth, services, {
      personId: id,
      service: 'Rivermead alcohol service',
      needs: ['alcohol'],
      wants: 'Afternoons, after work',
      support: 'Ruth goes with her the first time',
    }),
  };
  stage.at(17 * DAY);
  const first = stage.day(-4, '14:30');
  await follow(
    stage,
    ruth,
    referral,
    { kind: 'service-said', answer: { kind: 'accept' } },
    { kind: 'service-said', answer: { kind: 'offer', startsAt: first, place: 'Rivermead, Ancoats' } },
    { kind: 'agree-appointment' },
  );
  await ring(stage, ruth, id, {
    at: stage.at(14 * DAY),
    result: 'reached',
    note: 'Nervous about the first time. Meeting at the tram stop at 14:10',
  });
  stage.modules.clock.set(first.add({ minutes: 75 }));
  await follow(stage, ruth, referral, {
    kind: 'service-said',
    answer: { kind: 'attendance', code: '5' },
  });
  await ring(stage, ruth, id, {
    at: stage.at(2 * DAY),
    result: 'reached',
    note: '“They were kind.” Going again next week',
  });
}
