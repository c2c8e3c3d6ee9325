import { assessmentPicture, confirmedNeedWriter } from './assessment/index.ts';
import { connectCourts } from './connect-courts.ts';
import { handOverOnLeaving, moveToSamePerson } from './connect-custody.ts';
import { connectNavigation } from './connect-navigation.ts';
import { connectReferrals } from './connect-referrals.ts';
import { consentPicture, consentTab, type ConsentParts, type OnWithdrawn } from './consent/index.ts';
import { courtRelationships, courtsPicture } from './courts/index.ts';
import { findProgress } from './connect-progress.ts';
import { custodyPicture, custodyRelationships, custodyTabs } from './custody/index.ts';
import { listedServices } from './directory/index.ts';
import { refreshPersonKeys } from './matching/index.ts';
import { navigationPicture, navigationRelationships } from './navigation/index.ts';
import { alertsPicture, createPeople, type People } from './people/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import {
  arrangedFor,
  referralRelationships,
  referralsPicture,
  withdrawReferrals,
} from './referrals/index.ts';
import { recordSources, reportsPicture, reportsTab } from './reports/index.ts';
import {
  loadInstrumentLibrary,
  screeningPicture,
  shippedInstruments,
  type InstrumentLibrary,
} from './screening/index.ts';
import { sharedBySubject, sharingPicture, sharingTab, stopUnsent } from './sharing/index.ts';

// What every module is given. The web server, the commands and the demonstration all stand on these, so that a feed
// and a form do exactly the same.

export interface ModuleParts {
  readonly database: Database;
  readonly clock: Clock;
  /** Without a slash at its end; links in messages begin with it. */
  readonly baseUrl: string;
  /** What single-purpose links are made from; of this installation. */
  readonly linkSecret: string;
}

/** The name on messages and public pages. */
const organisation = 'Greater Manchester liaison and diversion';

export type Modules = ReturnType<typeof joinModules>;

/** Joins the modules' use cases: relationships, the picture of need, and what one module's event causes in another. */
export function joinModules({ database, clock, baseUrl, linkSecret }: ModuleParts) {
  const library = loadInstrumentLibrary({ folders: [shippedInstruments] });
  const courtLinks = connectCourts();
  const people = joinPeople(clock, library, courtLinks);
  const common = { database, clock, people };
  const consent = {
    ...common,
    onWithdrawn: async (...[tx, viewer, narrowed]: Parameters<OnWithdrawn>) => {
      await stopUnsent({ clock }, tx, viewer, narrowed);
      await withdrawReferrals(tx, viewer, narrowed, clock.now());
    },
    alreadyShared: sharedBySubject,
    // The consent page names one of these; more than this is what its search is for.
    services: async (...[tx]: Parameters<ConsentParts['services']>) =>
      (await listedServices(tx, 1, 300)).services.map((service) => ({
        id: service.id,
        name: service.name,
      })),
  };
  return {
    ...common,
    library,
    custody: {
      ...common,
      findProgress,
      onEnded: handOverOnLeaving(clock),
      onCharged: async () => {},
      onSamePerson: moveToSamePerson(clock),
      consentPage: (personId: string) => `/people/${personId}/consent`,
    },
    consent,
    screening: { ...common, library, onNeedConfirmed: confirmedNeedWriter({ clock, people }) },
    assessment: common,
    courts: { ...common, ...courtLinks },
    reports: {
      ...common,
      record: recordSources(async (tx, viewer, personId) =>
        (await arrangedFor(tx, viewer, personId, clock.now())).map((arranged) => ({
          key: arranged.referralId,
          text: arranged.words,
          source: arranged.serviceName,
        })),
      ),
      baseUrl,
      marking: 'Liaison and diversion, Greater Manchester. Official, sensitive.',
      // From Ofcom's numbers for drama: an area sets its own.
      ringUs: { name: 'the liaison and diversion team', phone: '0161 496 0142' },
    },
    referrals: {
      ...common,
      baseUrl,
      linkSecret,
      organisation,
      onWithdrawn: consent.onWithdrawn,
      ...connectReferrals(clock),
    },
    navigation: { ...common, ...connectNavigation() },
  };
}

/** What each module tells the others about a person; tabs and sources in the order of the page. */
function joinPeople(
  clock: Clock,
  library: InstrumentLibrary,
  courtLinks: ReturnType<typeof connectCourts>,
): People {
  return createPeople({
    clock,
    personChanged: refreshPersonKeys,
    relationshipSources: [
      custodyRelationships(clock),
      courtRelationships({ clock }),
      navigationRelationships(),
      referralRelationships(clock),
    ],
    pictureSources: [
      alertsPicture(),
      custodyPicture({ findProgress }),
      courtsPicture(courtLinks),
      screeningPicture({ library }),
      assessmentPicture(),
      reportsPicture(),
      referralsPicture(),
      navigationPicture(),
      sharingPicture(),
      consentPicture(),
    ],
    tabs: [
      { key: 'picture', text: 'Picture of need', href: (id) => `/people/${id}` },
      ...custodyTabs.filter((tab) => tab.key === 'contact'),
      consentTab,
      { key: 'screening', text: 'Screening', href: (id) => `/people/${id}/screening` },
      { key: 'needs', text: 'Needs', href: (id) => `/people/${id}/needs` },
      { key: 'assessment', text: 'Assessment', href: (id) => `/people/${id}/assessment` },
      { key: 'safety-plan', text: 'Safety plan', href: (id) => `/people/${id}/safety-plan` },
      reportsTab,
      { key: 'referrals', text: 'Referrals', href: (id) => `/people/${id}/referrals` },
      { key: 'support', text: 'Support', href: (id) => `/people/${id}/support` },
      ...custodyTabs.filter((tab) => tab.key !== 'contact'),
      sharingTab,
      { key: 'details', text: 'Details', href: (id) => `/people/${id}/details` },
      { key: 'timeline', text: 'Timeline', href: (id) => `/people/${id}/timeline` },
    ],
  });
}
