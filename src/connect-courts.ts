import type { SignedInViewer, Viewer } from './access/index.ts';
import { consentForEach } from './consent/index.ts';
import type { CourtParts } from './courts/index.ts';
import { handoversTo } from './navigation/index.ts';
import { reportsForHearing } from './reports/index.ts';
import { displayName, findPeople } from './people/index.ts';

// What the court day asks of custody, consent, reports and navigation, each for a whole list at once.

/** The parts of the court module that come from its neighbours. */
export function connectCourts(): Omit<CourtParts, 'database' | 'clock' | 'people'> {
  return {
    reportsForHearing: async (tx, viewer, appearanceIds, now) => {
      const found = await reportsForHearing(tx, viewer, appearanceIds, now);
      return new Map(
        [...found].flatMap(([appearanceId, report]) =>
          report.status === 'stopped'
            ? []
            : [
                [
                  appearanceId,
                  {
                    id: report.id,
                    status: report.status === 'delivered' ? ('sent' as const) : report.status,
                    at: report.at ?? now,
                    neededBy: report.neededBy,
                  },
                ] as const,
              ],
        ),
      );
    },
    consentToCourt: (tx, viewer, personIds, now, known) =>
      consentForEach(tx, viewer, personIds, { kind: 'share', recipient: 'court' }, now, known),
    handoversTo: async (tx, viewer, siteId) => {
      if (!isStaff(viewer)) return [];
      const waiting = (await handoversTo(tx, viewer)).filter((handover) => handover.to.siteId === siteId);
      const people = await findPeople(
        tx,
        viewer,
        waiting.map((handover) => handover.personId),
      );
      return waiting.flatMap((handover) => {
        const person = people.get(handover.personId);
        if (person === undefined) return [];
        return [
          {
            id: handover.id,
            personId: handover.personId,
            personName: displayName(person),
            from: handover.fromName,
            sentAt: handover.madeAt,
            acceptBy: handover.acceptBy ?? handover.madeAt,
            matters: handover.what.map((line) => line.text).join('. '),
            href: `/people/${handover.personId}/handovers/${handover.id}`,
          },
        ];
      });
    },
    possiblyToday: async () => [],
    links: {
      startReport: (personId, appearanceId) => `/people/${personId}/reports/new?hearing=${appearanceId}`,
      openReport: (reportId) => `/reports/${reportId}`,
      askConsent: (personId) => `/people/${personId}/consent`,
      offerContact: (personId) => `/people/${personId}/contact`,
    },
  };
}

function isStaff(viewer: Viewer): viewer is SignedInViewer {
  return viewer.kind === 'staff';
}
