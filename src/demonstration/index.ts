export { isEmpty, makeArea, type DemonstrationArea } from './area.ts';
export { tellStories, type StoryModules } from './tell-stories.ts';
export { emptyDemonstration } from './bulk/empty-area.ts';
export { seedPeople, type SeedOptions, type SeedResult } from './bulk/seed-people.ts';
