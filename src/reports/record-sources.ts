import { currentAssessment, needsOf, safetyPlanOf } from '../assessment/index.ts';
import { latestScores } from '../screening/index.ts';
import type { RecordSources } from './report-parts.ts';

/**
 * The record a report is written from: assessment, screening, and what is arranged, which lives in modules above this
 * one and is passed in. Only a signed assessment speaks: what a colleague is still writing goes to nobody.
 */
export function recordSources(arrangedFor: RecordSources['arrangedFor']): RecordSources {
  return {
    needsOf,
    arrangedFor,
    currentAssessment: async (tx, viewer, personId) => {
      const assessment = await currentAssessment(tx, viewer, personId);
      if (assessment === null || assessment.status === 'signed') return assessment;
      return { ...assessment, signedAt: null, recommendationForJustice: null, takingPart: null };
    },
    hasSafetyPlan: async (tx, viewer, personId) => (await safetyPlanOf(tx, viewer, personId)) !== null,
    scoredScreenings: async (tx, viewer, personId) => [...(await latestScores(tx, viewer, personId)).keys()],
  };
}
