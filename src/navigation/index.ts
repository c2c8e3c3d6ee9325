export { createHandover, type CreateHandoverRefusal, type NewHandover } from './create-handover.ts';
export { followSamePerson } from './follow-same-person.ts';
export { handOverAfterStay, type EndedStay } from './hand-over-after-stay.ts';
export {
  acceptHandover,
  keepHandover,
  returnHandover,
  type SettleRefusal,
  type SettleScope,
} from './settle-handover.ts';
export { handoversOf, handoversTo, handoversWaiting, type ListedHandover } from './handover-store.ts';
export type { Handover, HandoverKind, HandoverLine, HandoverState, Owner, Receiver } from './handover.ts';
export { CHASE_JOB, chaseHandoversJob, chaseOverdueHandovers, type ChaseResult } from './chase-handovers.ts';
export {
  attendanceFromReferral,
  mirrorReferralAppointment,
  type OnAttendance,
  type ReferralAppointment,
} from './arrange-appointment.ts';
export type { Attendance } from './appointment-store.ts';
export type { ContactDecision, ContactDecisions } from './record-contact.ts';
export type { CaseloadNews, NavigationParts, OwedAnswer, TeamLine } from './navigation-parts.ts';
export { navigationPicture } from './navigation-picture.ts';
export { navigationRelationships } from './relationships.ts';
export { registerNavigationRoutes } from './navigation-routes.ts';
export { arrangeAppointment, type NewAppointment } from './arrange-appointment.ts';
export { recordContact, type NewContact } from './record-contact.ts';
export { addStep, agreeGoal } from './plan-support.ts';
export { followUpsOf } from './follow-up-store.ts';
