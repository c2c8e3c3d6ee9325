import type { SignedInViewer } from '../access/index.ts';
import { listedServices } from '../directory/index.ts';
import { findPerson, type NeedKind } from '../people/index.ts';
import {
  composeLetter,
  draftReferral,
  followUpReferral,
  sendReferral,
  writeDraft,
  type FollowUp,
} from '../referrals/index.ts';
import { decide } from './acts.ts';
import { told, type Stage } from './stage.ts';

// Referrals in the stories: agreed with the person, written, read and sent as its pages do, and what the service says.

/** The demonstration directory's services by name. */
export type Services = ReadonlyMap<string, string>;

export async function findDemoServices(stage: Stage): Promise<Services> {
  return stage.run(stage.feed, async (tx) => {
    const { services } = await listedServices(tx, 1, 300);
    return new Map(services.map((service) => [service.name, service.id]));
  });
}

export interface ToldReferral {
  readonly personId: string;
  readonly service: string;
  readonly needs: readonly NeedKind[];
  readonly wants?: string;
  readonly support?: string;
  /** False while it waits to be sent. */
  readonly send?: boolean;
}

/** The person agrees, the letter is written and read, and it goes. Answers the referral. */
export async function refer(
  stage: Stage,
  who: SignedInViewer,
  services: Services,
  referral: ToldReferral,
): Promise<string> {
  const { personId } = referral;
  const serviceId = services.get(referral.service);
  if (serviceId === undefined) throw new Error(`The demonstration directory has no ${referral.service}`);
  const parts = stage.modules.referrals;
  await decide(stage, who, personId, [
    [{ kind: 'share', recipient: 'service', serviceId, name: referral.service }, 'given'],
  ]);
  const drafted = await draftReferral(parts, who, {
    personId,
    serviceId,
    needs: referral.needs,
    ...stage.request(),
  });
  const { referralId } = told(drafted, `a referral to ${referral.service}`);
  const choices = {
    needs: referral.needs,
    wants: referral.wants ?? null,
    support: referral.support ?? null,
  };
  const written = await writeDraft(parts, who, {
    personId,
    referralId,
    ...choices,
    reference: 'demonstration',
  });
  told(written, `the letter to ${referral.service}`);
  if (referral.send === false) return referralId;
  const mark = await stage.run(who, async (tx) => {
    const person = await findPerson(tx, who, personId);
    if (person === null) throw new Error('The person of a referral is not there');
    const letter = { serviceId, serviceName: referral.service, ...choices, referrer: who.name };
    return (await composeLetter(tx, who, person, letter, stage.modules.clock.now())).mark;
  });
  told(
    await sendReferral(parts, who, { personId, referralId, mark, reference: 'demonstration' }),
    `sending to ${referral.service}`,
  );
  return referralId;
}

/** What followed, told by the service on the phone or done by us. */
export async function follow(
  stage: Stage,
  who: SignedInViewer,
  referral: { readonly personId: string; readonly referralId: string },
  ...steps: readonly FollowUp[]
): Promise<void> {
  for (const step of steps)
    told(
      await followUpReferral(stage.modules.referrals, who, { ...referral, step, reference: 'demonstration' }),
      `what followed a referral (${step.kind})`,
    );
}
