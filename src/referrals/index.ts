export type { AppointmentNews, ReferralParts } from './parts.ts';
export { draftReferral, writeDraft } from './draft-referral.ts';
export { followUpReferral, withdrawReferrals, type FollowUp } from './follow-up-referral.ts';
export { registerReferralRoutes } from './referral-routes.ts';
export { sendReferral } from './send-referral.ts';
export {
  arrangedFor,
  owedAnswers,
  referralRelationships,
  referralsOf,
  referralsPicture,
  type Arranged,
  type OwedAnswer,
} from './referral-sources.ts';
export type { Referral } from './referral-store.ts';
export { composeLetter } from './compose-letter.ts';
