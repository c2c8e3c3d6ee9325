export { demonstrationArea, isEmpty, makeArea, type DemonstrationArea } from './area.ts';
export { tellStories, type StoryModules } from './tell-stories.ts';
