import type { NeedKind } from '../../people/index.ts';
import { derivedId } from '../derived-id.ts';
import type { ListedLocation, ListedSchedule, ServiceListing } from '../service-listing.ts';

/** Town centres, to about 100 metres, for invented addresses. */
const towns = {
  Altrincham: { lat: 53.387, lon: -2.349 },
  Ancoats: { lat: 53.484, lon: -2.227 },
  'Ashton-under-Lyne': { lat: 53.489, lon: -2.094 },
  Atherton: { lat: 53.523, lon: -2.494 },
  Bolton: { lat: 53.58, lon: -2.429 },
  Bury: { lat: 53.593, lon: -2.297 },
  'Cheetham Hill': { lat: 53.507, lon: -2.24 },
  Chadderton: { lat: 53.546, lon: -2.139 },
  Eccles: { lat: 53.483, lon: -2.336 },
  Farnworth: { lat: 53.548, lon: -2.399 },
  Harpurhey: { lat: 53.514, lon: -2.211 },
  Heywood: { lat: 53.593, lon: -2.219 },
  Hulme: { lat: 53.466, lon: -2.251 },
  Hyde: { lat: 53.451, lon: -2.079 },
  Leigh: { lat: 53.497, lon: -2.519 },
  Longsight: { lat: 53.458, lon: -2.202 },
  Manchester: { lat: 53.478, lon: -2.236 },
  Middleton: { lat: 53.549, lon: -2.196 },
  'Moss Side': { lat: 53.456, lon: -2.241 },
  Oldham: { lat: 53.542, lon: -2.114 },
  Pendleton: { lat: 53.492, lon: -2.281 },
  Prestwich: { lat: 53.533, lon: -2.283 },
  Radcliffe: { lat: 53.561, lon: -2.327 },
  Reddish: { lat: 53.438, lon: -2.161 },
  Rochdale: { lat: 53.617, lon: -2.156 },
  Sale: { lat: 53.425, lon: -2.322 },
  Stockport: { lat: 53.41, lon: -2.157 },
  Stretford: { lat: 53.446, lon: -2.308 },
  Swinton: { lat: 53.512, lon: -2.341 },
  Wigan: { lat: 53.545, lon: -2.632 },
  Wythenshawe: { lat: 53.38, lon: -2.262 },
} as const;

/** One invented service, as it is written by hand in this folder. */
export interface DemoService {
  readonly name: string;
  /** Also the domain its web and mail addresses are made from, under .example (RFC 2606). */
  readonly organisation: string;
  readonly says: string;
  readonly needs: readonly NeedKind[];
  readonly areas: readonly string[];
  readonly ages?: readonly [min: number | undefined, max?: number];
  readonly onlyFor?: ServiceListing['onlyFor'];
  readonly eligibility?: string;
  /** Street, town, postcode; nothing for a service by phone or online, or whose place is not told. */
  readonly at?: readonly [street: string, town: keyof typeof towns, postcode: string];
  readonly access?: readonly string[];
  /** "MO-FR 09:00-17:00; SA 10:00-13:00" */
  readonly open: string;
  /** Three last digits of a number from the range kept for drama: 0161 496 0000 to 0999. */
  readonly phone: string;
  readonly wait?: number;
  readonly capacity?: ServiceListing['capacity'];
  readonly status?: ServiceListing['status'];
  readonly verified?: string;
  readonly languages?: readonly string[];
  readonly interpretation?: string;
  readonly fees?: string;
  readonly refer: string;
}

const week = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function daysOf(words: string): readonly string[] {
  return words.split(',').flatMap((part) => {
    const [from = '', to] = part.split('-');
    return to === undefined ? [from] : week.slice(week.indexOf(from), week.indexOf(to) + 1);
  });
}

function schedulesOf(open: string): readonly ListedSchedule[] {
  return open.split(';').map((part): ListedSchedule => {
    const [days = '', hours = ''] = part.trim().split(' ');
    const [opensAt = '', closesAt = ''] = hours.split('-');
    return { frequency: 'WEEKLY', days: daysOf(days), opensAt, closesAt };
  });
}

function placeOf(demo: DemoService): ListedLocation {
  const accessibility = demo.access ?? [];
  if (demo.at === undefined) return { kind: 'virtual', name: 'By phone or online', lines: [], accessibility };
  const [street, town, postcode] = demo.at;
  // moved by up to some 500 metres, always the same way, so that two services are not one dot on a map
  const bits = Number.parseInt(derivedId('place', demo.name).slice(0, 4), 16);
  const moved = (part: number): number => ((part % 100) - 50) / 10_000;
  const lat = Number((towns[town].lat + moved(bits)).toFixed(4));
  const lon = Number((towns[town].lon + moved(bits >> 7)).toFixed(4));
  const county = 'Greater Manchester';
  return {
    kind: 'physical',
    name: demo.organisation,
    lines: [street],
    town,
    county,
    postcode,
    lat,
    lon,
    accessibility,
  };
}

/** A listing from its hand-written row; ids come from names and do not change. */
export function demoListing(demo: DemoService): ServiceListing {
  const domain = `${demo.organisation.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`;
  const [minAge, maxAge] = demo.ages ?? [];
  return {
    externalId: derivedId('demo-service', demo.organisation, demo.name),
    organisation: {
      externalId: derivedId('demo-organisation', demo.organisation),
      name: demo.organisation,
      description: `${demo.organisation} is an invented organisation.`,
      url: `https://${domain}`,
    },
    name: demo.name,
    description: demo.says,
    url: `https://${domain}/${demo.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
    email: `referrals@${domain}`,
    phones: [{ number: `0161 496 0${demo.phone}` }],
    status: demo.status ?? 'active',
    needs: demo.needs,
    terms: [],
    onlyFor: demo.onlyFor ?? [],
    languages: demo.languages ?? ['English'],
    costs: [],
    fees: demo.fees ?? 'Free',
    locations: [placeOf(demo)],
    areas: demo.areas.map((name) => ({ name })),
    schedules: schedulesOf(demo.open),
    howToRefer: demo.refer,
    ...(minAge === undefined ? {} : { minAge }),
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(demo.eligibility === undefined ? {} : { eligibility: demo.eligibility }),
    ...(demo.interpretation === undefined ? {} : { interpretation: demo.interpretation }),
    ...(demo.wait === undefined ? {} : { waitingTimeDays: demo.wait }),
    ...(demo.capacity === undefined ? {} : { capacity: demo.capacity }),
    ...(demo.verified === undefined
      ? {}
      : { assuredDate: Temporal.PlainDate.from(demo.verified), assuredBy: `checked@${domain}` }),
  };
}
