import { readAsn } from '../people/index.ts';
import {
  appearanceKey,
  contentHash,
  type NeutralHearing,
  type PersonAppearance,
  type SourceSystem,
} from './import/index.ts';
import { storableKey } from './storable.ts';

/** One person at one hearing as a message brought them, with the keys it is filed under. */
export interface IncomingAppearance {
  readonly hearing: NeutralHearing;
  readonly appearance: PersonAppearance;
  /** The importer's key without the ordinal: who shares it is decided against what is stored. */
  readonly baseKey: string;
}

/** The people of a message, each with its key. Organisations are left out. */
export function incomingAppearances(
  source: SourceSystem,
  hearings: readonly NeutralHearing[],
): readonly IncomingAppearance[] {
  return hearings.flatMap((hearing) =>
    hearing.appearances.flatMap((appearance) =>
      appearance.kind === 'person'
        ? [
            {
              hearing,
              appearance,
              baseKey: storableKey(appearanceKey(source, hearing, { ...appearance, ordinal: 1 })),
            },
          ]
        : [],
    ),
  );
}

/**
 * The key of the hearing. In Common Platform a hearing has its own identifier and several people; in Libra a
 * hearing is one case of one person, so it has the key of the appearance.
 */
export function hearingKey(source: SourceSystem, baseKey: string, ordinal: number): string {
  if (source === 'common-platform') return storableKey(baseKey.split('|').slice(0, 2).join('|'));
  return ordinal === 1 ? baseKey : storableKey(`${baseKey}|#${ordinal}`);
}

/** Equal content, equal hash, whatever the ordinal. */
export function appearanceHash(hearing: NeutralHearing, appearance: PersonAppearance): string {
  return contentHash(hearing, { ...appearance, ordinal: 1 });
}

/** The court's own number for somebody, and what a decision about them is remembered by. */
export interface CourtReference {
  readonly kind: 'defendant' | 'master-defendant' | 'case' | 'pnc' | 'cro' | 'crn';
  readonly value: string;
}

/**
 * The numbers that follow one person from list to list. A Libra case is one defendant, at one court; a Common
 * Platform case may have several, so its number says nothing about who it is.
 */
export function referencesOf(source: SourceSystem, item: IncomingAppearance): readonly CourtReference[] {
  const { appearance, hearing } = item;
  const found: CourtReference[] = [];
  const add = (kind: CourtReference['kind'], value: string | undefined): void => {
    const key = value === undefined ? '' : storableKey(value.trim().toLowerCase());
    if (key !== '') found.push({ kind, value: key });
  };
  add('defendant', appearance.defendantId);
  add('master-defendant', appearance.masterDefendantId);
  if (source === 'libra' && appearance.caseNumber !== undefined)
    add('case', `${hearing.court.code ?? hearing.court.name ?? ''}:${appearance.caseNumber}`);
  for (const identifier of appearance.identifiers) {
    if (identifier.type === 'pnc' && identifier.valid === 'yes') add('pnc', identifier.canonical);
    if (identifier.type === 'cro' && identifier.valid === 'yes') add('cro', identifier.canonical);
    if (identifier.type === 'crn') add('crn', identifier.received);
  }
  return [...new Map(found.map((one) => [`${one.kind}:${one.value}`, one] as const)).values()];
}

/** A number a match may rest on: canonical, and past its check where its kind has one. */
export interface MatchingIdentifier {
  readonly kind: 'pnc' | 'cro' | 'crn' | 'asn' | 'defendant';
  readonly received: string;
  readonly canonical: string;
}

/** The numbers of an appearance in the form the person's record keeps them. */
export function matchingIdentifiers(appearance: PersonAppearance): readonly MatchingIdentifier[] {
  const found: MatchingIdentifier[] = [];
  for (const { type, received, canonical, valid } of appearance.identifiers) {
    if ((type === 'pnc' || type === 'cro') && valid === 'yes' && canonical !== undefined)
      found.push({ kind: type, received, canonical });
    if (type === 'crn')
      found.push({ kind: 'crn', received, canonical: received.trim().toUpperCase().replace(/\s+/g, '') });
    if (type === 'asn') {
      const read = readAsn(received);
      if (read.valid && read.canonical !== null)
        found.push({ kind: 'asn', received, canonical: read.canonical });
    }
  }
  for (const id of [appearance.defendantId, appearance.masterDefendantId])
    if (id !== undefined)
      found.push({ kind: 'defendant', received: id, canonical: id.trim().toUpperCase().replace(/\s+/g, '') });
  return found;
}

const dayNames = new Set(['birthDate', 'date', 'convictionDate', 'adjournedTo', 'day', 'custodyTimeLimit']);

/** What was stored as JSON, read back: ISO texts become dates and times again. */
export function readStored(parts: {
  readonly said: unknown;
  readonly identifiers: unknown;
  readonly offences: unknown;
  readonly results: unknown;
}): PersonAppearance {
  const { said, identifiers, offences, results } = parts;
  const whole: unknown = { ...(said as object), identifiers, offences, results };
  return revive('', whole) as PersonAppearance;
}

function revive(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => revive('', item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(key, inner)]));
  if (typeof value !== 'string') return value;
  if (dayNames.has(name)) return Temporal.PlainDate.from(value);
  return name === 'time' ? Temporal.PlainTime.from(value) : value;
}

/** The columns an appearance is split into: numbers, offences and results stand apart from the rest. */
export function splitSaid(appearance: PersonAppearance): {
  readonly said: Readonly<Record<string, unknown>>;
  readonly identifiers: PersonAppearance['identifiers'];
  readonly offences: PersonAppearance['offences'];
  readonly results: PersonAppearance['results'];
} {
  const { identifiers, offences, results, ...said } = appearance;
  return { said, identifiers, offences, results };
}
