import { acceptHandover, addStep, agreeGoal, handoversOf } from '../navigation/index.ts';
import { needs, ring } from './acts.ts';
import { follow, refer, type Services } from './referral-acts.ts';
import { told, type Stage } from './stage.ts';

// Callum Brennan between his third stay and this morning.

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
export async function afterThirdStay(stage: Stage, id: string, services: Services): Promise<void> {
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
