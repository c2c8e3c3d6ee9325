import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import { keysToFind } from './blocking-keys.ts';
import { findByKeys, matchRecordsOf } from './match-store.ts';
import type { MatchRecord } from './match-record.ts';
import { scoreMatch, type ScoredMatch } from './score-match.ts';

/** A person who may be the one asked about, with the evidence. Never linked without a human. */
export interface LikelyPerson {
  readonly personId: string;
  readonly score: ScoredMatch;
}

export interface LikelyPeopleOptions {
  /** Left out: the record itself. */
  readonly except?: string;
  /** What was decided before about each person and this probe; it always wins. */
  readonly decided?: ReadonlyMap<string, 'same' | 'different'>;
}

// More candidates than this say that the question was too vague to suggest anybody.
const CANDIDATES_AT_MOST = 40;
const SHOWN_AT_MOST = 5;

/** Who this may be, likeliest first, at most five. Does not audit: the caller says what it was for. */
export async function findLikelyPeople(
  tx: Tx,
  viewer: Viewer,
  probe: MatchRecord,
  options: LikelyPeopleOptions = {},
): Promise<readonly LikelyPerson[]> {
  const [found] = await findLikelyPeopleForEach(tx, viewer, [{ record: probe, ...options }]);
  return found ?? [];
}

/** The same for many probes at once: six queries for a whole court list. */
export async function findLikelyPeopleForEach(
  tx: Tx,
  viewer: Viewer,
  probes: readonly ({ readonly record: MatchRecord } & LikelyPeopleOptions)[],
): Promise<readonly (readonly LikelyPerson[])[]> {
  const candidates = await findByKeys(
    tx,
    viewer,
    probes.map((probe) => keysToFind(probe.record).map(({ key }) => key)),
    CANDIDATES_AT_MOST,
  );
  const records = await matchRecordsOf(tx, viewer, [...new Set(candidates.flat())]);
  return probes.map((probe, index) =>
    (candidates[index] ?? [])
      .filter((personId) => personId !== probe.except)
      .flatMap((personId) => {
        const record = records.get(personId);
        if (record === undefined) return [];
        const decided = probe.decided?.get(personId);
        const score = scoreMatch(record, probe.record, decided === undefined ? {} : { decided });
        return score.band === 'none' ? [] : [{ personId, score }];
      })
      .sort((a, b) => b.score.weight - a.score.weight)
      .slice(0, SHOWN_AT_MOST),
  );
}
