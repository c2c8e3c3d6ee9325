import { checkAcross } from './check-across.ts';
import { checkPage } from './check-page.ts';
import { checkRecord } from './check-record.ts';
import type { MetRecord } from './check-record.ts';
import { detectDirectoryFormat, listItems } from './detect-format.ts';
import type { DirectoryFormat, DirectoryRecordKind } from './detect-format.ts';
import { statusOf } from './directory-reason.ts';
import type { DirectoryReason, DirectoryStatus, ReasonCode } from './directory-reason.ts';
import { isJsonObject, objectOf, objectsOf } from './json-reading.ts';
import type { JsonObject } from './json-reading.ts';
import { readListing, readVersionOneListing } from './read-listing.ts';
import { readOrganisation, readTerm } from './read-listing-parts.ts';
import type { ListedOrganisation, ListedTerm, ServiceListing } from './service-listing.ts';
import { versionThreeRules } from './standard-rules.ts';
import { versionOneRules } from './standard-rules-version-one.ts';

/** What one file gave: how it stands against the standard, why, and everything in it that could be used. */
export interface DirectoryReading {
  readonly format: DirectoryFormat;
  readonly status: DirectoryStatus;
  readonly reasons: readonly DirectoryReason[];
  readonly listings: readonly ServiceListing[];
  readonly organisations: readonly ListedOrganisation[];
  readonly terms: readonly ListedTerm[];
  /** Records that could not be used at all; each has its reason. */
  readonly refused: number;
}

const otherWords: Readonly<Record<Extract<DirectoryFormat, { shape: 'other' }>['kind'], string>> = {
  'standard-document': 'this file describes the standard itself: it holds no services',
  tables: 'this file holds the tables of the standard, not its JSON records: ask for the JSON form',
  'validator-report': 'this file is a report about other feeds: it holds no services',
  'feed-catalogue': 'this file lists where feeds are: it holds no services',
  unknown: 'this is not Open Referral data that we know',
};

const unreadable = (code: ReasonCode, message: string): DirectoryReading => ({
  format: { shape: 'other', kind: 'unknown' },
  status: 'failing',
  reasons: [{ path: '', code, message, severity: 'failing' }],
  listings: [],
  organisations: [],
  terms: [],
  refused: 0,
});

/** The services inside a record, wherever the standard allows them to stand. */
function servicesIn(kind: DirectoryRecordKind, record: JsonObject): readonly JsonObject[] {
  if (kind === 'service') return [record];
  if (kind === 'organization') {
    const { services: _, ...organization } = record;
    return objectsOf(record, 'services').map((service) => ({ organization, ...service }));
  }
  const service = kind === 'service-at-location' ? objectOf(record, 'service') : undefined;
  if (service === undefined) return [];
  const here = objectsOf(service, 'service_at_locations');
  return [{ ...service, service_at_locations: here.length > 0 ? here : [{ location: record['location'] }] }];
}

/** Which of two listings with one id is kept: the later modified, else the first. */
function laterOf(first: ServiceListing, second: ServiceListing): ServiceListing {
  if (second.lastModified === undefined) return first;
  if (first.lastModified === undefined) return second;
  return Temporal.Instant.compare(second.lastModified, first.lastModified) > 0 ? second : first;
}

/**
 * Reads any parsed JSON value as directory data and says how it stands against the standard. Never throws.
 * A failing file still gives the listings that can be used: the caller decides whether to take them. A record is
 * refused only when it has no id or no name. One external id gives one listing, the latest.
 */
export function readDirectory(json: unknown): DirectoryReading {
  const format = detectDirectoryFormat(json);
  if (format.shape === 'other') {
    const code = format.kind === 'tables' ? 'tables-not-read' : 'not-directory-data';
    return { ...unreadable(code, otherWords[format.kind]), format };
  }
  if (format.kind === 'nothing')
    return pageWithoutRecords(format, isJsonObject(json) ? checkPage(json, [], format.version) : []);

  const book = format.version === 1 ? versionOneRules : versionThreeRules;
  const kind = format.kind;
  const items = format.shape === 'list' ? (listItems(json) ?? []) : [json];
  const inList = Array.isArray(json)
    ? ''
    : isJsonObject(json) && Array.isArray(json['contents'])
      ? 'contents'
      : 'content';
  const reasons: DirectoryReason[] = [];
  const met: MetRecord[] = [];
  const top = new Set<string>();
  const listings = new Map<string, ServiceListing>();
  const organisations: ListedOrganisation[] = [];
  const terms: ListedTerm[] = [];
  let refused = 0;

  if (format.shape === 'list' && isJsonObject(json)) reasons.push(...checkPage(json, items, format.version));
  for (const [index, item] of items.entries()) {
    const path = format.shape === 'list' ? `${inList}[${index}]` : '';
    top.add(path);
    const checked = checkRecord(book, kind, item, path);
    reasons.push(...checked.reasons);
    met.push(...checked.met);
    const refuse = (message: string): void => {
      refused += 1;
      reasons.push({ path, code: 'record-refused', message, severity: 'failing' });
    };
    if (!isJsonObject(item)) {
      refuse('not a record: nothing can be read from it');
      continue;
    }
    for (const service of servicesIn(kind, item)) {
      const listing = format.version === 1 ? readVersionOneListing(service) : readListing(service);
      if (listing === undefined) {
        refuse('a service without an id or a name can be neither updated nor shown: it is left out');
        continue;
      }
      const before = listings.get(listing.externalId);
      listings.set(listing.externalId, before === undefined ? listing : laterOf(before, listing));
    }
    const organisation = readOrganisation(kind === 'organization' ? item : undefined);
    if (organisation !== undefined) organisations.push(organisation);
    if (kind === 'taxonomy-term') terms.push(...readTerm(item));
    if (kind === 'taxonomy') terms.push(...objectsOf(item, 'taxonomy_terms').flatMap(readTerm));
  }
  reasons.push(...checkAcross(met, top));
  return {
    format,
    status: statusOf(reasons),
    reasons,
    listings: [...listings.values()],
    organisations,
    terms,
    refused,
  };
}

function pageWithoutRecords(format: DirectoryFormat, reasons: readonly DirectoryReason[]): DirectoryReading {
  return {
    format,
    status: statusOf(reasons),
    reasons,
    listings: [],
    organisations: [],
    terms: [],
    refused: 0,
  };
}

/**
 * Reads a file as it came: bytes must be UTF-8 and JSON. A comma-separated table of the standard is recognised and
 * refused with what to ask for instead. Never throws.
 */
export function readDirectoryFile(bytes: Uint8Array): DirectoryReading {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadable('not-utf-8', 'the file is not UTF-8 text: ask its publisher to save it as UTF-8');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const firstLine = text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n'));
    if (/^[^{[<]*,[^{[<]*$/.test(firstLine))
      return {
        ...unreadable('tables-not-read', otherWords.tables),
        format: { shape: 'other', kind: 'tables' },
      };
    return unreadable('not-json', 'the file is not JSON: nothing can be read from it');
  }
  return readDirectory(json);
}
