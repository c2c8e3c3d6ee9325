import { auditActor, type Relationship, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { displayName, findPeople, type People, type Person } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { findByKeys, findByName, namesOfPeople } from './match-store.ts';
import { parseSearchQuery, type SearchQuery } from './search-query.ts';
import { jaroWinkler } from './similarity.ts';
import { normaliseName } from './name-keys.ts';

/** Somebody found by the search box. */
export interface FoundPerson {
  readonly person: Person;
  readonly name: string;
  /** Other names that were ever used, for "also known as". */
  readonly alsoKnownAs: readonly string[];
  /** Why the viewer may open the record; null when they need a reason first. */
  readonly relationship: Relationship | null;
}

export interface SearchResult {
  readonly query: SearchQuery;
  readonly found: readonly FoundPerson[];
  /** True when more were found than are shown: add a birth date or a number. */
  readonly more: boolean;
}

const SHOWN_AT_MOST = 20;

/**
 * Searches as a worker types: names in any order and spelling, birth dates, numbers. The search itself is audited
 * with what was typed. Finding somebody is not opening their record.
 */
export async function searchPeople(
  people: People,
  tx: Tx,
  viewer: SignedInViewer,
  typed: string,
  now: Temporal.Instant,
  reference: string,
): Promise<SearchResult> {
  const query = parseSearchQuery(typed, londonDate(now));
  const [byKeys] = await findByKeys(tx, viewer, [query.keys.map(({ key }) => key)], SHOWN_AT_MOST * 3);
  const byName = await findByName(tx, viewer, query.nameText, SHOWN_AT_MOST * 3);
  const ids = [...new Set([...(byKeys ?? []), ...byName])];
  const byId = await findPeople(tx, viewer, ids);
  // A record that was folded into another is found as the one that is kept, once.
  const kept = new Map<string, Person>();
  for (const person of byId.values()) kept.set(person.id, person);
  // A record folded away lends no names: those of the one that is kept count.
  const names = await namesOfPeople(tx, [...kept.keys()]);
  const ranked = [...kept.values()]
    .map((person) => ({
      person,
      rank: rankOf(query, person, (byKeys ?? []).indexOf(person.id), names.get(person.id) ?? []),
    }))
    .sort((a, b) => b.rank - a.rank || displayName(a.person).localeCompare(displayName(b.person)));
  const shown = ranked.slice(0, SHOWN_AT_MOST);
  const related = await people.mayOpenThese(
    tx,
    viewer,
    new Map(shown.map(({ person }) => [person.id, person])),
  );
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'searched',
    subjectKind: 'people',
    detail: { typed, found: ranked.length },
  });
  return {
    query,
    more: ranked.length > SHOWN_AT_MOST,
    found: shown.map(({ person }) => ({
      person,
      name: displayName(person),
      alsoKnownAs: otherNames(person, names.get(person.id) ?? []),
      relationship: related.get(person.id) ?? null,
    })),
  };
}

type Names = readonly { readonly given: readonly string[]; readonly family: string }[];

/** Numbers and dates first, then how near the name is. */
function rankOf(query: SearchQuery, person: Person, keyPlace: number, names: Names): number {
  const near = Math.max(
    0,
    ...names.map((name) =>
      jaroWinkler(normaliseName([...name.given, name.family].join(' ')), query.nameText),
    ),
    ...names.map((name) =>
      jaroWinkler(normaliseName([name.family, ...name.given].join(' ')), query.nameText),
    ),
  );
  const born =
    query.birth?.known === 'date' && person.birthDate !== null && query.birth.date.equals(person.birthDate)
      ? 1
      : 0;
  const byNumber = query.identifiers.length > 0 && keyPlace >= 0 ? 3 : 0;
  return byNumber + born + near + (keyPlace >= 0 ? 0.5 : 0);
}

function otherNames(person: Person, names: Names): readonly string[] {
  const current = displayName(person);
  return [
    ...new Set(names.map((name) => [...name.given, name.family].filter((part) => part !== '').join(' '))),
  ].filter((name) => name !== '' && name !== current);
}
