export { CHECK_CUSTODY_RECORD } from './clocks/clock.ts';
export type { ClockReading, Pause, TimedFact } from './clocks/clock.ts';
export type { CustodyFact } from './clocks/custody-facts.ts';
export { detentionClock } from './clocks/detention-clock.ts';
export { placeOfSafetyClock } from './clocks/mental-health-act-clock.ts';
export type { PlaceOfSafety, PlaceOfSafetyFact } from './clocks/mental-health-act-clock.ts';
export { preChargeBail, voluntaryAttendanceClock } from './clocks/other-clocks.ts';
export type { BailExtension, PreChargeBail } from './clocks/other-clocks.ts';
export { custodyRelationships } from './custody-relationships.ts';
export { custodyPicture } from './custody-picture.ts';
export { currentStays, staysOf, type CurrentStay } from './current-stays.ts';
export { custodyTabs, registerCustodyRoutes } from './custody-routes.ts';
export type { CustodyParts, FindProgress, OnSamePerson, OnStayEnded, StayEnded } from './custody-parts.ts';
export type { Progress } from './next-action.ts';
export { stayOutcomes, type StayOutcome } from './stay.ts';
export { addPerson, type AddPersonInput } from './add-person.ts';
export { offerContact, type OfferContactInput } from './offer-contact.ts';
export { assignStay, changeStay, placeStay } from './change-stay.ts';
export { endStay, type EndStayInput } from './end-stay.ts';
export { settleIdentity } from './settle-identity.ts';
export {
  CUSTODY_EVENTS_SCOPE,
  registerCustodyEventRoutes,
  type CustodyEventRouteParts,
} from './feed/custody-event-routes.ts';
export { detectCustodyFormat, parseCustodyEvents } from './feed/parse-custody-events.ts';
export { receiveCustodyEvents, type ReceivedCustodyEvents } from './feed/receive-custody-events.ts';
