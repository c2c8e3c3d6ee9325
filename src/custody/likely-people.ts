import type { Viewer } from '../access/index.ts';
import { decisionsAbout, findLikelyPeople, type LikelyPerson, type MatchRecord } from '../matching/index.ts';
import type { NewPerson } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';

/** What matching is asked about somebody: everything that was said of them. */
export function matchRecordOf(person: NewPerson): MatchRecord {
  const names = [
    { kind: 'current' as const, givenName: person.givenName, familyName: person.familyName },
    ...(person.names ?? []),
  ].filter((name) => name.givenName !== null || name.familyName !== null);
  return {
    names: names.map((name) => ({
      kind: name.kind,
      given: (name.givenName ?? '').split(/\s+/).filter((part) => part !== ''),
      family: name.familyName ?? '',
    })),
    birthDates: person.birthDate ? [person.birthDate] : [],
    sex: person.sex ?? null,
    postcodes: (person.addresses ?? []).flatMap((address) =>
      address.postcode === null ? [] : [address.postcode],
    ),
    identifiers: (person.identifiers ?? []).flatMap(({ kind, canonical, valid }) =>
      valid && (kind === 'nhs' || kind === 'pnc' || kind === 'cro' || kind === 'asn')
        ? [{ kind, value: canonical }]
        : [],
    ),
  };
}

/**
 * Records that may be the person of a stay, likeliest first, at most five; what somebody kept apart before is not
 * suggested again. Never decides.
 */
export async function likelyFor(
  tx: Tx,
  viewer: Viewer,
  person: NewPerson,
  about: { readonly stayId: string | null; readonly except: string | null },
): Promise<readonly LikelyPerson[]> {
  const decided =
    about.stayId === null
      ? undefined
      : (await decisionsAbout(tx, viewer, 'detention', [about.stayId])).get(about.stayId);
  return findLikelyPeople(tx, viewer, matchRecordOf(person), {
    ...(about.except !== null && { except: about.except }),
    ...(decided !== undefined && { decided }),
  });
}
