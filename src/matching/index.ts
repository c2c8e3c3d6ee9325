export { keysToFind, keysToStore } from './blocking-keys.ts';
export type { BlockingKey, KeyKind } from './blocking-keys.ts';
export { model } from './match-model.ts';
export type { Band, Frequency, MatchModel } from './match-model.ts';
export { prepareRecord } from './match-record.ts';
export type { MatchIdentifier, MatchName, MatchRecord, PreparedRecord } from './match-record.ts';
export { scoreMatch, scorePrepared } from './score-match.ts';
export type { ScoredMatch, ScoreOptions, WaterfallStep } from './score-match.ts';
export { parseSearchQuery } from './search-query.ts';
export type { SearchQuery, SoughtBirth } from './search-query.ts';
export { editDistance, jaroWinkler } from './similarity.ts';
export { decideMatch, type MatchAnswer } from './decide-match.ts';
export {
  findLikelyPeople,
  findLikelyPeopleForEach,
  type LikelyPeopleOptions,
  type LikelyPerson,
} from './find-likely-people.ts';
export { decisionsAbout, matchRecordsOf, refreshPersonKeys, type MatchedKind } from './match-store.ts';
export { registerMatchingRoutes, type MatchingParts } from './matching-routes.ts';
