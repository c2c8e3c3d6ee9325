import { databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordDecisionIn, type ConsentSubject, type DecisionInput } from '../consent/index.ts';
import { londonDate } from '../platform/clock.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { ReferralParts } from './parts.ts';
import { referralById, referralRules } from './referral-store.ts';

/** What is agreed to: telling this one service. */
export function serviceSubject(referral: {
  readonly serviceId: string;
  readonly serviceName: string;
}): ConsentSubject {
  return { kind: 'share', recipient: 'service', serviceId: referral.serviceId, name: referral.serviceName };
}

/**
 * Records, on the letter's own page, what the person said about telling this service. For somebody of 16 or over who
 * speaks for themselves; for a child the consent page asks who decides. Agreement covers what such a letter holds:
 * the needs and the recommendation, not everything relevant.
 */
export async function recordServiceConsent(
  parts: ReferralParts,
  viewer: SignedInViewer,
  input: {
    readonly personId: string;
    readonly referralId: string;
    readonly decision: 'given' | 'refused';
    readonly how: DecisionInput['how'];
    readonly language: string;
    readonly reference: string;
  },
): Promise<Outcome<void, string>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, input.personId);
    if (opened === null) return refused('not-found', 'There is no such record.');
    const rules = await referralRules(tx, londonDate(parts.clock.now()));
    const referral = await referralById(tx, viewer, input.referralId, rules);
    if (referral === null || referral.personId !== opened.person.id)
      return refused('not-found', 'There is no such referral.');
    const recorded = await recordDecisionIn(
      tx,
      parts,
      viewer,
      {
        personId: opened.person.id,
        decided: [
          {
            subject: serviceSubject(referral),
            decision: input.decision,
            extent: input.decision === 'given' ? 'recommendation-and-needs' : null,
          },
        ],
        holder: 'person',
        holderName: null,
        competence: 'not-asked',
        competenceShownBy: null,
        how: input.how,
        present: input.how === 'interpreter' ? ['interpreter'] : [],
        language: input.language,
        format: 'ordinary',
        partnerRecords: false,
      },
      input.reference,
    );
    return recorded.ok ? done(undefined) : recorded;
  });
}
