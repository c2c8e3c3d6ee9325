import { seedDemoDirectory } from '../directory/index.ts';
import type { DemonstrationArea } from './area.ts';
import { tellEarlierCallum } from './callum-earlier-stays.ts';
import { tellCallum } from './callum-story.ts';
import { tellCaseloads } from './caseload-story.ts';
import { tellColette } from './colette-story.ts';
import { confirmKnown, tellCourtLists, tellCourtQuestions, tellKnownBefore } from './court-story.ts';
import { findDemoServices, type Services } from './referral-acts.ts';
import { tellSunita, tellThomas } from './reported-story.ts';
import { setStage, type Stage, type StoryModules } from './stage.ts';
import { tellArrivals, tellJordan, tellOffers, tellPronouns } from './suite-story.ts';
import { tellYoungPeople } from './young-people-story.ts';

export type { StoryModules } from './stage.ts';

/** Tells the demonstration's stories so that they end now. Everything goes through the modules' own use cases. */
export async function tellStories(
  modules: StoryModules,
  area: DemonstrationArea,
  now: Temporal.Instant,
): Promise<void> {
  const stage = await setStage(modules, area, now);
  modules.clock.set(now);
  await seedDemoDirectory({ database: modules.database, clock: modules.clock }, stage.feed);
  const services = await findDemoServices(stage);
  await joinRivermead(stage, services);
  await tellColette(stage, services);
  await tellCaseloads(stage, services);
  const callum = await tellEarlierCallum(stage, services);
  await tellKnownBefore(stage);
  const people = await tellArrivals(stage);
  await tellCourtLists(stage);
  await confirmKnown(stage);
  await tellOffers(stage, people);
  await tellCallum(stage, people, services, callum);
  await tellPronouns(stage, people);
  await tellJordan(stage, people);
  await tellYoungPeople(stage, people);
  await tellSunita(stage, people);
  await tellThomas(stage, people);
  await tellCourtQuestions(stage);
  modules.clock.set(now);
}

/** Kim Sadler works for the Rivermead of the directory: an administrator's choice, made once the directory is there. */
async function joinRivermead(stage: Stage, services: Services): Promise<void> {
  const serviceId = services.get('Rivermead alcohol service');
  const kim = stage.area.workers.get('kim');
  if (serviceId === undefined || kim === undefined) throw new Error('Rivermead has no service or no worker');
  await stage.run(stage.system('Demonstration'), (tx) =>
    tx
      .updateTable('worker_role')
      .set({ service_id: serviceId })
      .where('worker_id', '=', kim.id)
      .where('role', '=', 'partner-worker')
      .execute(),
  );
}
