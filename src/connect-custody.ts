import type { DecideMatch, FindLikelyPeople, PersonProbe } from './custody/index.ts';
import {
  decideMatch,
  findLikelyPeople,
  foldPerson,
  scoreMatch,
  type MatchRecord,
  type ScoredMatch,
} from './matching/index.ts';
import type { IdentifierKind, People } from './people/index.ts';
import type { Clock } from './platform/clock.ts';

// What custody asks of matching, in custody's words. Custody stands beside matching's users and does not know its model.

/** "Do we know them?" for somebody who has just arrived. */
export const likelyPeople: FindLikelyPeople = async (tx, viewer, probe) => {
  const found = await findLikelyPeople(tx, viewer, recordOf(probe), {
    ...(probe.exceptPersonId === null ? {} : { except: probe.exceptPersonId }),
  });
  return found.flatMap(({ personId, score }) =>
    score.likeness === null
      ? []
      : [
          {
            personId,
            band: score.likeness,
            weight: score.weight,
            model: score.model,
            reasons: [score.evidence],
            evidence: score,
          },
        ],
  );
};

/** Keeps what a human decided, and folds the record made for the stay into the one it turned out to be. */
export function matchDecisions(people: People, clock: Clock): DecideMatch {
  return async (tx, viewer, decision) => {
    const now = clock.now();
    await decideMatch(
      tx,
      viewer,
      {
        personId: decision.personId,
        otherKind: 'person',
        otherId: decision.otherPersonId,
        decision: decision.decision,
        score: (decision.likely?.evidence as ScoredMatch | undefined) ?? nothingShown,
        ...(decision.likely === null ? { reason: 'Chosen without a suggestion' } : {}),
      },
      now,
    );
    if (decision.decision === 'same') {
      await foldPerson(
        people,
        tx,
        viewer,
        { keepId: decision.personId, foldId: decision.otherPersonId },
        now,
      );
    }
  };
}

const unknownRecord: MatchRecord = { names: [], birthDates: [], sex: null, postcodes: [], identifiers: [] };
/** The evidence of a decision made without any suggestion: none. */
const nothingShown: ScoredMatch = scoreMatch(unknownRecord, unknownRecord);

const compared: ReadonlySet<string> = new Set(['nhs', 'pnc', 'cro', 'asn']);

function recordOf(probe: PersonProbe): MatchRecord {
  return {
    names: probe.names.map((name) => ({
      given: (name.givenName ?? '').split(/\s+/).filter((part) => part !== ''),
      family: name.familyName ?? '',
      kind: 'as-received',
    })),
    birthDates: probe.birthDates,
    sex: null,
    postcodes: probe.postcodes,
    identifiers: probe.identifiers.flatMap((identifier) =>
      compared.has(identifier.kind)
        ? [{ kind: identifier.kind as IdentifierKind, value: identifier.canonical }]
        : [],
    ),
  };
}
