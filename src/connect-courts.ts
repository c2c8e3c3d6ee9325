import { consentForEach } from './consent/index.ts';
import { findLikelyPeople, type CourtParts } from './courts/index.ts';
import { currentStays } from './custody/index.ts';

// What the court day asks of custody, consent, reports and navigation, each for a whole list at once.

/** The parts of the court module that come from its neighbours. */
export function connectCourts(): Omit<CourtParts, 'database' | 'clock' | 'people'> {
  return {
    findLikelyPeople,
    reportsForHearing: async () => new Map(),
    consentToCourt: (tx, viewer, personIds, now) =>
      consentForEach(tx, viewer, personIds, { kind: 'share', recipient: 'court' }, now),
    currentStays: async (tx, viewer, personIds, now) => currentStays(tx, viewer, personIds, now),
    handoversTo: async () => [],
    possiblyToday: async () => [],
    links: {
      startReport: (personId, appearanceId) => `/people/${personId}/reports/new?appearance=${appearanceId}`,
      openReport: (reportId) => `/reports/${reportId}`,
      askConsent: (personId) => `/people/${personId}/consent`,
      offerContact: (personId) => `/people/${personId}/contact`,
    },
  };
}
