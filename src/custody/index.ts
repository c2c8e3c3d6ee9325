export { CHECK_CUSTODY_RECORD } from './clocks/clock.ts';
export type { ClockReading, Pause, TimedFact } from './clocks/clock.ts';
export type { CustodyFact } from './clocks/custody-facts.ts';
export { detentionClock } from './clocks/detention-clock.ts';
export { placeOfSafetyClock } from './clocks/mental-health-act-clock.ts';
export type { PlaceOfSafety, PlaceOfSafetyFact } from './clocks/mental-health-act-clock.ts';
export { preChargeBail, voluntaryAttendanceClock } from './clocks/other-clocks.ts';
export type { BailExtension, PreChargeBail } from './clocks/other-clocks.ts';
