import { consentForEach } from './consent/index.ts';
import type { NavigationParts } from './navigation/index.ts';
import { owedAnswers } from './referrals/index.ts';

// What Today asks of consent and referrals.

/** The parts of the navigation module that come from its neighbours. */
export function connectNavigation(): Pick<NavigationParts, 'contactDecisions' | 'owedAnswers'> {
  return {
    contactDecisions: (tx, viewer, personIds, now, known) =>
      consentForEach(tx, viewer, personIds, { kind: 'contact-after-release' }, now, known),
    owedAnswers: async (tx, viewer, _personIds, now) =>
      (await owedAnswers(tx, viewer, viewer.workerId, now)).map((answer) => ({
        personId: answer.personId,
        service: answer.serviceName,
        waited: answer.due,
        source: answer.lastChased ?? 'Not chased yet',
        chase: { href: answer.href, text: 'Chase' },
        other: null,
      })),
  };
}
