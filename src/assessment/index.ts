export { registerAssessmentRoutes } from './register-routes.ts';
export type { AssessmentRouteParts } from './assessment-routes.ts';
export { assessmentPicture } from './assessment-picture.ts';
export { currentAssessment } from './assessment-store.ts';
export { needsOf } from './need-store.ts';
export { safetyPlanOf } from './safety-plan-store.ts';
export { confirmedNeedWriter, recordNeeds } from './record-needs.ts';
export type { AssessmentParts, NeedConflict, NeedEntry } from './record-needs.ts';
export { saveAssessment } from './save-assessment.ts';
export type {
  SaveAssessmentInput,
  SaveAssessmentParts,
  SaveAssessmentRefusal,
  SavedAssessment,
} from './save-assessment.ts';
export { saveSafetyPlan, type SaveSafetyPlanInput } from './save-safety-plan.ts';
export type { Need, NeedAnswer, PointOfContact, Services, Severity, WantsHelp } from './need.ts';
export { assessmentKeys } from './assessment.ts';
export type { AssessmentKey, AssessmentText } from './assessment.ts';
export { safetyPlanKeys } from './safety-plan.ts';
export type { SafetyPlanKey, SafetyPlanText } from './safety-plan.ts';
export { recentSignatures } from './recent-signatures.ts';
