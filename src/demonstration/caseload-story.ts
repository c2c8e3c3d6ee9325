import type { SignedInViewer } from '../access/index.ts';
import { acceptHandover, agreeGoal, arrangeAppointment, handoversOf } from '../navigation/index.ts';
import { about, decide, needs, offer, reach, ring, saidPronoun } from './acts.ts';
import { caseloads, type CaseloadPerson } from './caseload-people.ts';
import { tellStay, type StoryStay } from './custody-feed.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { told, type Stage } from './stage.ts';

const DAY = 24 * 60;

/** Everybody the navigators are with, from custody to their calls, appointments and referrals. */
export async function tellCaseloads(stage: Stage, services: Services): Promise<void> {
  for (const one of caseloads) await tellOne(stage, services, one);
}

async function tellOne(stage: Stage, services: Services, one: CaseloadPerson): Promise<void> {
  const hannah = stage.as('hannah');
  const leftAgo = Math.round(one.left * DAY);
  const ended = stage.now.subtract({ minutes: leftAgo });
  const stay: StoryStay = {
    key: one.key,
    person: one.person,
    suite: 'GM-LS',
    place: '6',
    arrived: 540,
    later: [
      [534, 'detention-authorised'],
      [0, one.outcome === 'released-bail' ? 'bailed' : 'released', { outcome: one.outcome }],
    ],
  };
  stage.at(leftAgo + 300);
  const id = await tellStay(stage, stay, ended, 'inside');
  await offer(stage, hannah, id, 'agreed');
  await saidPronoun(stage, hannah, id, one.person.sex === 'female' ? 'she' : 'he');
  await decide(stage, hannah, id, [
    [about.seen, 'given'],
    [about.contact, 'given'],
    [about.gp, 'given'],
    [about.police, 'recommendation-only'],
  ]);
  const talking =
    one.talking === undefined
      ? []
      : [
          {
            kind: one.talking.includes('interpreter') ? ('interpreter' as const) : ('support' as const),
            what: one.talking,
            basis: 'told-us' as const,
            saidBy: one.person.given ?? 'the person',
          },
        ];
  await reach(stage, hannah, id, talking, one.phone === undefined ? [] : [one.phone]);
  await needs(
    stage,
    hannah,
    id,
    one.needs.map(([kind, detail]) => ({
      kind,
      detail,
      basis: 'told-us',
      saidBy: one.person.given ?? 'the person',
      wantsHelp: 'yes',
    })),
  );
  stage.at(leftAgo);
  await tellStay(stage, stay, ended, 'leaving');
  if (one.navigator === null) return;
  const navigator = stage.as(one.navigator);
  await takeOn(stage, navigator, one, id, stage.at(leftAgo - Math.min(50, leftAgo)));
  await tellReferral(stage, navigator, services, one, id);
  await tellCalls(stage, navigator, one, id);
}

async function takeOn(
  stage: Stage,
  navigator: SignedInViewer,
  one: CaseloadPerson,
  id: string,
  at: Temporal.Instant,
): Promise<void> {
  const scope = { people: stage.modules.people, viewer: navigator, now: at, reference: null };
  await stage.run(navigator, async (tx) => {
    const waiting = (await handoversOf(tx, navigator, id)).find((each) => each.state === 'waiting');
    if (waiting === undefined) throw new Error(`Nobody was told that ${one.key} was released`);
    told(await acceptHandover({ ...scope, tx }, { handoverId: waiting.id }), `${one.key} is taken on`);
    told(await agreeGoal({ ...scope, tx }, { personId: id, words: one.goal }), `what ${one.key} wants`);
    const { appointment } = one;
    if (appointment === undefined) return;
    const made = await arrangeAppointment(
      stage.modules.people,
      tx,
      navigator,
      {
        personId: id,
        title: appointment.title,
        place: appointment.place,
        withWhom: null,
        startsAt: stage.day(0, appointment.time),
        accompany: appointment.meet !== undefined,
        meet: appointment.meet ?? null,
      },
      at,
    );
    told(made, `an appointment of ${one.key}`);
  });
}

async function tellCalls(
  stage: Stage,
  navigator: SignedInViewer,
  one: CaseloadPerson,
  id: string,
): Promise<void> {
  for (const [daysAgo, result, note] of one.calls)
    await ring(stage, navigator, id, { at: stage.at(Math.round(daysAgo * DAY)), result, note });
}

async function tellReferral(
  stage: Stage,
  navigator: SignedInViewer,
  services: Services,
  one: CaseloadPerson,
  id: string,
): Promise<void> {
  if (one.referral === undefined) return;
  const { days, service, need, result } = one.referral;
  stage.at(Math.round(days * DAY));
  const referralId = await refer(stage, navigator, services, { personId: id, service, needs: [need] });
  if (result === 'not-opened') return;
  stage.at(Math.round((days * DAY) / 2));
  const answers = {
    accepted: { kind: 'accept' },
    waiting: { kind: 'wait', howLong: 'About six weeks' },
    declined: { kind: 'decline', reason: 'out-of-area', note: null },
  } as const;
  const referral = { personId: id, referralId };
  await follow(stage, navigator, referral, { kind: 'service-said', answer: answers[result] });
}
