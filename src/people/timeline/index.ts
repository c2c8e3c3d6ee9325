export { drawTimeline, type DrawnTimeline, type TimelineOptions } from './draw-timeline.ts';
export { groupTimeline, type TimelineListGroup, type TimelineListItem } from './timeline-list.ts';
export type { TimelineEntry, TimelineLane, TimelineShape, TimelineTone } from './timeline-entry.ts';
