import { needLabel } from '../people/index.ts';
import { dateLong } from '../platform/views/dates.ts';
import type { ServiceSummary } from './directory-store.ts';
import type { FoundService } from './find-services.ts';
import type { RankReason } from './rank-fit.ts';
import { freshnessOf } from './rank-practical.ts';
import type { ListedSchedule } from './service-listing.ts';

/** A reason as a page shows it: the shape first says whether it speaks for, asks, or excludes. */
export interface ReasonLine {
  readonly shape: 'done' | 'due' | 'stop' | 'none';
  readonly text: string;
}

const shapes: Readonly<Record<RankReason['effect'], ReasonLine['shape']>> = {
  for: 'done',
  check: 'due',
  excludes: 'stop',
  note: 'none',
};

/** One row of a list of services: name, the reasons in words, how old the listing is. */
export interface ServiceRow {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly fit: FoundService['fit'];
  readonly fitWords: string;
  readonly reasons: readonly ReasonLine[];
  readonly wait: string;
  readonly verified: string;
  readonly stale: boolean;
  readonly phone: string | null;
}

const fitWords: Readonly<Record<FoundService['fit'], string>> = {
  fits: 'Fits',
  'may-fit': 'May fit, ask first',
  'does-not-fit': 'Not for this search',
};

// Said in columns of their own.
const ownColumn: ReadonlySet<RankReason['about']> = new Set(['verified', 'waiting']);

/** A found service as a row. */
export function serviceRow(found: FoundService, today: Temporal.PlainDate): ServiceRow {
  const { service } = found;
  const fresh = freshnessOf(service.listing, today);
  return {
    id: service.id,
    name: service.name,
    organisation: service.organisation ?? 'Organisation not named',
    fit: found.fit,
    fitWords: fitWords[found.fit],
    reasons: found.reasons
      .filter((reason) => !ownColumn.has(reason.about))
      .map((reason) => ({ shape: shapes[reason.effect], text: reason.words })),
    wait: waitWords(service),
    verified: fresh.reason.words,
    stale: fresh.key > 0,
    phone: service.phone,
  };
}

/** "About 14 days", the source's own words, or that it does not say. */
function waitWords(service: ServiceSummary): string {
  const { waitingTimeDays, waitingTimeText, capacity } = service.listing;
  if (capacity === 'full') return 'Not taking people at the moment';
  if (waitingTimeDays === 0) return 'No wait';
  if (waitingTimeDays !== undefined) return `About ${waitingTimeDays} day${waitingTimeDays === 1 ? '' : 's'}`;
  return waitingTimeText ?? (capacity === 'places-now' ? 'Has places now' : 'Does not say');
}

const dayNames: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

function scheduleWords(schedule: ListedSchedule): string {
  const days = schedule.days.map((day) => dayNames[day] ?? day).join(', ');
  const hours =
    schedule.opensAt === undefined ? '' : `${schedule.opensAt} to ${schedule.closesAt ?? 'close not given'}`;
  return [days, hours, schedule.description ?? ''].filter((part) => part !== '').join(' ');
}

function agesWords({ minAge, maxAge }: ServiceSummary['listing']): string {
  if (minAge === undefined && maxAge === undefined) return 'Does not say';
  if (minAge === undefined) return `Up to ${maxAge}`;
  return maxAge === undefined ? `${minAge} and over` : `${minAge} to ${maxAge}`;
}

const groupWords: Readonly<Record<string, string>> = {
  women: 'Women only',
  men: 'Men only',
  'armed-forces-community': 'Armed forces community only',
};

/** Everything the directory knows of a service, as labelled facts; what it does not say is said to be unsaid. */
export function serviceFacts(
  service: ServiceSummary,
  today: Temporal.PlainDate,
): readonly {
  readonly key: string;
  readonly text: string;
  readonly old?: string;
  readonly source?: string;
}[] {
  const { listing } = service;
  const fresh = freshnessOf(listing, today);
  const say = (text: string | undefined): string =>
    text === undefined || text === '' ? 'Does not say' : text;
  const verified =
    service.verifiedOn === null
      ? 'Never, as far as we know'
      : `${dateLong(service.verifiedOn)}${service.verifiedBy === null ? '' : ` by ${service.verifiedBy}`}`;
  return [
    { key: 'Helps with', text: say(service.needs.map(needLabel).join(', ')) },
    {
      key: 'Takes',
      text: [...listing.onlyFor.map((group) => groupWords[group] ?? group), say(listing.eligibility)].join(
        '. ',
      ),
    },
    { key: 'Ages', text: agesWords(listing) },
    { key: 'Area', text: say(listing.areas.map((area) => area.name).join(', ')) },
    { key: 'Wait', text: waitWords(service) },
    { key: 'How to refer', text: say(listing.howToRefer) },
    { key: 'Open', text: say(listing.schedules.map(scheduleWords).join('; ')) },
    {
      key: 'Where',
      text: say(
        listing.locations
          .map(locationWords)
          .filter((text) => text !== '')
          .join('; '),
      ),
    },
    { key: 'Phone', text: say(listing.phones.map((phone) => phone.number).join(', ')) },
    { key: 'Email', text: say(service.email ?? undefined) },
    {
      key: 'Languages',
      text: say([...listing.languages, listing.interpretation ?? ''].filter(Boolean).join(', ')),
    },
    { key: 'Getting in', text: say(listing.locations.flatMap((one) => one.accessibility).join(', ')) },
    { key: 'Cost', text: say(listing.fees) },
    {
      key: 'Last verified',
      text: verified,
      ...(fresh.key > 0 ? { old: fresh.reason.words } : { source: fresh.reason.words }),
    },
    { key: 'Listed by', text: service.feed },
  ];
}

function locationWords(location: ServiceSummary['listing']['locations'][number]): string {
  if (location.kind === 'virtual') return location.name ?? 'By phone or online';
  return [...location.lines, location.town, location.postcode]
    .filter((part) => part !== undefined)
    .join(', ');
}
