import {
  saveSafetyPlan,
  safetyPlanKeys,
  type SafetyPlanKey,
  type SafetyPlanText,
} from '../assessment/index.ts';
import { settleIdentity } from '../custody/index.ts';
import { acceptHandover, handoversOf } from '../navigation/index.ts';
import { about, decide, needs, offer, reach } from './acts.ts';
import { afterThirdStay } from './callum-after-release.ts';
import { tellStay } from './custody-feed.ts';
import { earlier } from './custody-story.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { told, type Stage } from './stage.ts';

// Callum Brennan's three earlier stays, and help that did not fit. The first record is the one that is kept; each later
// stay is confirmed by a worker as the same person.

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

/** A worker confirms that this record is of the person known already. */
export async function samePerson(stage: Stage, worker: string, record: string, known: string): Promise<void> {
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
