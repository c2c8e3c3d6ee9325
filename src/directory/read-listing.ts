import { dateOf, instantOf, numberOf, objectOf, objectsOf, present, textOf } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';
import { splitTerms } from './needs-from-terms.ts';
import {
  readAges,
  readArea,
  readCost,
  readLocations,
  readOrganisation,
  readPhones,
  readSchedule,
  readTerm,
} from './read-listing-parts.ts';
import { serviceCapacities, serviceGroups } from './service-listing.ts';
import type { ServiceCapacity, ServiceGroup, ServiceListing, ServiceStatus } from './service-listing.ts';
import { waitingDaysFrom } from './waiting-time.ts';

/** Facts the standard has no field for travel as attributes under these taxonomies of ours. */
export const groupsTaxonomy = 'Throughline who it is for';
export const capacityTaxonomy = 'Throughline capacity';

const languageNames = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' });

/** The English name of a language, from its name or its ISO 639 code. */
function languageName(language: JsonObject): string | undefined {
  const name = textOf(language, 'name') ?? textOf(language, 'language');
  if (name !== undefined) return name;
  const code = textOf(language, 'code');
  if (code === undefined) return undefined;
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

function readStatus(record: JsonObject): ServiceStatus {
  const status = textOf(record, 'status');
  if (status === 'temporarily closed') return 'temporarily-closed';
  return status === 'active' || status === 'inactive' || status === 'defunct' ? status : 'unknown';
}

const groupOf = (code: string | undefined): ServiceGroup | undefined =>
  serviceGroups.find((group) => group === code);
const capacityOf = (code: string | undefined): ServiceCapacity | undefined =>
  serviceCapacities.find((capacity) => capacity === code);

/**
 * A version 3 service as our listing. Nothing when it has no id or no name: such a record can be neither updated
 * nor shown. Anything else missing or malformed is left out.
 */
export function readListing(record: JsonObject): ServiceListing | undefined {
  const externalId = textOf(record, 'id');
  const name = textOf(record, 'name');
  if (externalId === undefined || name === undefined) return undefined;
  const allTerms = objectsOf(record, 'attributes').flatMap((one) => readTerm(objectOf(one, 'taxonomy_term')));
  const groups = allTerms.filter((term) => term.taxonomy === groupsTaxonomy);
  const capacities = allTerms.filter((term) => term.taxonomy === capacityTaxonomy);
  const { needs, terms } = splitTerms(
    allTerms.filter((term) => term.taxonomy !== groupsTaxonomy && term.taxonomy !== capacityTaxonomy),
  );
  const wait = textOf(record, 'wait_time');
  const waitDays = wait === undefined ? undefined : waitingDaysFrom(wait);
  return {
    externalId,
    name,
    status: readStatus(record),
    phones: readPhones(record),
    needs,
    terms,
    onlyFor: serviceGroups.filter((group) => groups.some((term) => groupOf(term.code) === group)),
    languages: [
      ...new Set(
        objectsOf(record, 'languages')
          .map(languageName)
          .filter((one) => one !== undefined),
      ),
    ],
    costs: objectsOf(record, 'cost_options').flatMap(readCost),
    locations: readLocations(record),
    areas: objectsOf(record, 'service_areas').flatMap(readArea),
    schedules: objectsOf(record, 'schedules').map(readSchedule),
    ...readAges(numberOf(record, 'minimum_age'), numberOf(record, 'maximum_age')),
    ...present({
      organisation: readOrganisation(objectOf(record, 'organization')),
      description: textOf(record, 'description'),
      url: textOf(record, 'url'),
      email: textOf(record, 'email'),
      eligibility: textOf(record, 'eligibility_description'),
      interpretation: textOf(record, 'interpretation_services'),
      fees: textOf(record, 'fees_description') ?? textOf(record, 'fees'),
      waitingTimeDays: waitDays,
      waitingTimeText: waitDays === undefined ? wait : undefined,
      capacity: capacities.map((term) => capacityOf(term.code)).find((one) => one !== undefined),
      howToRefer: textOf(record, 'application_process'),
      alert: textOf(record, 'alert'),
      assuredDate: dateOf(record, 'assured_date'),
      assuredBy: textOf(record, 'assurer_email'),
      lastModified: instantOf(record, 'last_modified'),
    }),
  };
}

const attendingAccessWords: Readonly<Record<string, string>> = {
  referral: 'A referral is needed',
  appointment: 'By appointment',
  membership: 'For members',
  'drop-in': 'Drop in',
};

/** A version 1 service as the same listing; the same refusals. */
export function readVersionOneListing(record: JsonObject): ServiceListing | undefined {
  const externalId = textOf(record, 'id');
  const name = textOf(record, 'name');
  if (externalId === undefined || name === undefined) return undefined;
  const { needs, terms } = splitTerms(
    objectsOf(record, 'service_taxonomies').flatMap((one) => readTerm(objectOf(one, 'taxonomy'))),
  );
  const eligibilities = objectsOf(record, 'eligibilities');
  const words = eligibilities.map((one) => textOf(one, 'eligibility')).filter((one) => one !== undefined);
  // several eligibilities widen each other: the lowest minimum, the highest maximum, none if one gives none
  const minima = eligibilities.map((one) => numberOf(one, 'minimum_age'));
  const maxima = eligibilities.map((one) => numberOf(one, 'maximum_age'));
  const every = (
    ages: readonly (number | undefined)[],
    pick: (...ages: number[]) => number,
  ): number | undefined => {
    const known = ages.filter((age) => age !== undefined);
    return known.length === 0 || known.length < ages.length ? undefined : pick(...known);
  };
  const access = textOf(record, 'attending_access');
  const sexes = new Set(words.map((word) => word.toLowerCase()));
  return {
    externalId,
    name,
    status: readStatus(record),
    phones: readPhones(record),
    needs,
    terms,
    // a service "for females" only when every eligibility says so
    onlyFor: sexes.size !== 1 ? [] : sexes.has('female') ? ['women'] : sexes.has('male') ? ['men'] : [],
    languages: [
      ...new Set(
        objectsOf(record, 'languages')
          .map(languageName)
          .filter((one) => one !== undefined),
      ),
    ],
    costs: objectsOf(record, 'cost_options').flatMap(readCost),
    locations: readLocations(record),
    areas: objectsOf(record, 'service_areas').flatMap(readArea),
    schedules: objectsOf(record, 'regular_schedules').map(readSchedule),
    ...readAges(every(minima, Math.min), every(maxima, Math.max)),
    ...present({
      organisation: readOrganisation(objectOf(record, 'organization')),
      description: textOf(record, 'description'),
      url: textOf(record, 'url'),
      email: textOf(record, 'email'),
      eligibility: words.length === 0 ? undefined : [...new Set(words)].join(', '),
      fees: textOf(record, 'fees'),
      howToRefer: access === undefined ? undefined : (attendingAccessWords[access] ?? access),
      assuredDate: dateOf(record, 'assured_date'),
    }),
  };
}
