export { demonstrationArea, isEmpty, makeArea, type DemonstrationArea } from './area.ts';
