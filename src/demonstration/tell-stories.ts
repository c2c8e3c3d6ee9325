import type { SystemViewer } from '../access/index.ts';
import type { CustodyParts } from '../custody/index.ts';
import { seedDemoDirectory } from '../directory/index.ts';
import type { fixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { DemonstrationArea } from './area.ts';
import { tellCustody, tellEarlierCustody } from './custody-story.ts';

/** The modules' use cases on a clock that the stories move: each thing happens at its own time. */
export interface StoryModules {
  readonly database: Database;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly custody: CustodyParts;
}

/** Tells the demonstration's stories so that they end now. Everything goes through the modules' own use cases. */
export async function tellStories(
  modules: StoryModules,
  area: DemonstrationArea,
  now: Temporal.Instant,
): Promise<void> {
  const feed: SystemViewer = { kind: 'system', areaId: area.areaId, actor: 'Custody feed' };
  modules.clock.set(now);
  await seedDemoDirectory({ database: modules.database, clock: modules.clock }, feed);
  await tellEarlierCustody(modules.custody, feed, now);
  await tellCustody(modules.custody, feed, now);
}
