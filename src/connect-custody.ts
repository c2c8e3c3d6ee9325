import { handoverLines } from './connect-handover.ts';
import { consentFor } from './consent/index.ts';
import type { OnSamePerson, OnStayEnded } from './custody/index.ts';
import { followSamePerson, handOverAfterStay } from './navigation/index.ts';
import { moveRecords } from './people/index.ts';
import type { Clock } from './platform/clock.ts';

// What custody causes elsewhere: leaving makes a handover, and finding out who somebody is moves what is held.

/**
 * Hands over when somebody leaves a suite. Consent decides: whoever refused to be seen or refused contact afterwards
 * is handed to nobody; whoever agreed to either is. Nobody falls between.
 */
export function handOverOnLeaving(clock: Clock): OnStayEnded {
  return async (tx, viewer, ended) => {
    const now = clock.now();
    const seen = await consentFor(tx, viewer, ended.personId, { kind: 'being-seen' }, now);
    const contact = await consentFor(tx, viewer, ended.personId, { kind: 'contact-after-release' }, now);
    const refused = [seen, contact].some((one) => one.state === 'refused' || one.state === 'withdrawn');
    const agreed = seen.state === 'given' || contact.state === 'given';
    const addLines = await handoverLines(tx, viewer, ended.personId, now);
    await handOverAfterStay(tx, viewer, { ...ended, addLines }, agreed && !refused, now);
  };
}

/** Everything held under the record made for a stay moves to the person it turned out to be. */
export function moveToSamePerson(clock: Clock): OnSamePerson {
  return async (tx, viewer, people) => {
    // Navigation first: one caseload entry and one set of calls are left, not two.
    await followSamePerson(tx, viewer, people, clock.now());
    await moveRecords(tx, viewer, people);
  };
}
