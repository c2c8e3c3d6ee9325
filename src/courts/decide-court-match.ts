import { sql } from 'kysely';
import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ensureEpisode, findPerson, type Learned, type People } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { PersonAppearance } from './import/index.ts';
import {
  appearancesUnderSameNumbers,
  listedPerson,
  suggestionsFor,
  type ListedPerson,
  type Suggestion,
} from './match-store.ts';
import { rememberMatches } from './remember-matches.ts';
import { matchingIdentifiers } from './stored-appearance.ts';

export interface DecideParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
}

/** What a worker says of a suggestion. "Not sure yet" settles nothing and is shown, so that nobody looks twice for nothing. */
export interface MatchDecision {
  readonly appearanceId: string;
  readonly personId: string;
  readonly decision: 'same' | 'different' | 'unsure';
  readonly reason: string | null;
  readonly reference: string;
}

type MatchRefusal = 'not-found' | 'somebody-else-confirmed';

/**
 * Records who somebody on a list is. "Same" gives the appearance to the record, adds what the court knows (names,
 * birth date, numbers) beside what we know, and carries to later and other lists under the same numbers. "Different"
 * keeps this record from being suggested again under them, and takes back an earlier confirmation.
 */
export function decideCourtMatch(
  parts: DecideParts,
  viewer: SignedInViewer,
  input: MatchDecision,
): Promise<Outcome<{ siteId: string | null; day: Temporal.PlainDate | null }, MatchRefusal>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const person = await findPerson(tx, viewer, input.personId);
    if (person === null) return notFound();
    await sql`select from person where id = ${person.id} for update`.execute(tx);
    const listed = await listedPerson(tx, viewer, input.appearanceId, { lock: true });
    if (listed === null) return notFound();
    const suggested = (await suggestionsFor(tx, viewer, [listed.id])).get(listed.id) ?? [];
    const suggestion = suggested.find((one) => one.personId === input.personId);
    if (suggestion === undefined && listed.personId !== person.id) return notFound();
    if (listed.personId !== null && listed.personId !== person.id && input.decision === 'same')
      return refused(
        'somebody-else-confirmed',
        'This person was confirmed as somebody else while you were looking. Open the page again.',
      );
    const place = { siteId: listed.siteId, day: listed.day };
    if (input.decision === 'unsure') {
      await tx
        .updateTable('court_appearance')
        .set({ unsure_at: now, unsure_by: viewer.workerId })
        .where('id', '=', listed.id)
        .execute();
    } else {
      const decisionId = await writeDecision(tx, viewer, now, listed, person.id, input, suggestion ?? null);
      if (input.decision === 'same') {
        await confirm(parts, tx, viewer, { listed, personId: person.id, decisionId, now });
      } else await ruleOut(tx, viewer, listed, person.id);
    }
    await recordAudit(tx, now, auditActor(viewer, input.reference), {
      action: 'changed',
      personId: person.id,
      subjectKind: 'court match',
      subjectId: listed.id,
      detail: { decision: input.decision, weight: suggestion?.weight ?? null },
    });
    await touchCourt(tx, listed, person.id);
    return done(place);
  });
}

/**
 * Makes a record for somebody on a list whom we do not know, so that contact can be offered at court. Refused while a
 * suggestion waits for an answer: a second record of somebody we know is worse than a minute's checking.
 */
export function recordListedPerson(
  parts: DecideParts,
  viewer: SignedInViewer,
  input: { readonly appearanceId: string; readonly reference: string },
): Promise<Outcome<{ personId: string }, 'not-found' | 'check-first'>> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const listed = await listedPerson(tx, viewer, input.appearanceId, { lock: true });
    if (listed === null) return notFound();
    // A second press finds the record the first one made.
    if (listed.personId !== null) return done({ personId: listed.personId });
    const waiting = (await suggestionsFor(tx, viewer, [listed.id])).get(listed.id) ?? [];
    if (waiting.length > 0)
      return refused('check-first', 'We may know this person. Check the match first, then offer contact.');
    const learned = learnedFrom(listed);
    const { name, birthDate, sex } = listed.appearance;
    const person = await parts.people.create(tx, viewer, {
      ...learned,
      names: [],
      givenName: name === undefined ? null : name.given.join(' ') || null,
      familyName: name?.family ?? null,
      describedAs: name === undefined ? 'on a court list without a name' : null,
      birthDate: birthDate ?? null,
      birthDateBasis: 'partner-record',
      sex: sex?.mapped === 'female' || sex?.mapped === 'male' ? sex.mapped : null,
    });
    await ensureEpisode(
      tx,
      viewer,
      person.id,
      {
        firstContactPoint: listed.jurisdiction === 'crown' ? 'crown-court' : 'magistrates-court',
        identifiedBy: 'court',
      },
      now,
    );
    const decisionId = await writeDecision(
      tx,
      viewer,
      now,
      listed,
      person.id,
      { decision: 'same', reason: 'Record made from the court list' },
      null,
    );
    await giveTo(tx, listed.id, person.id, decisionId, now);
    await rememberMatches(tx, viewer, await appearancesUnderSameNumbers(tx, viewer, listed.id), now);
    await touchCourt(tx, listed, person.id);
    return done({ personId: person.id });
  });
}

const notFound = () => refused('not-found', 'That person is not on a list of your court.');

async function writeDecision(
  tx: Tx,
  viewer: SignedInViewer,
  now: Temporal.Instant,
  listed: ListedPerson,
  personId: string,
  input: { readonly decision: 'same' | 'different' | 'unsure'; readonly reason: string | null },
  suggestion: Suggestion | null,
): Promise<string> {
  const row = await tx
    .insertInto('match_decision')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      other_kind: 'court-listing',
      other_id: listed.id,
      decision: input.decision,
      decided_by: viewer.workerId,
      decided_at: now,
      model: suggestion?.model ?? 'by hand',
      weight: suggestion?.weight ?? 0,
      evidence: JSON.stringify(suggestion?.waterfall ?? []),
      reason: input.reason,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function confirm(
  parts: DecideParts,
  tx: Tx,
  viewer: SignedInViewer,
  given: {
    readonly listed: ListedPerson;
    readonly personId: string;
    readonly decisionId: string;
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  const { listed, personId, decisionId, now } = given;
  await giveTo(tx, listed.id, personId, decisionId, now);
  await parts.people.learn(tx, viewer, personId, learnedFrom(listed));
  await rememberMatches(tx, viewer, await appearancesUnderSameNumbers(tx, viewer, listed.id), now);
}

async function giveTo(
  tx: Tx,
  appearanceId: string,
  personId: string,
  decisionId: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('court_appearance')
    .set({
      person_id: personId,
      matched_decision_id: decisionId,
      matched_at: now,
      unsure_at: null,
      unsure_by: null,
    })
    .where('id', '=', appearanceId)
    .execute();
  await tx
    .updateTable('court_request')
    .set({ person_id: personId })
    .where('appearance_id', '=', appearanceId)
    .where('answered_at', 'is', null)
    .execute();
}

/** Takes the record off this appearance and off those that only remembered the same decision. */
async function ruleOut(
  tx: Tx,
  viewer: SignedInViewer,
  listed: ListedPerson,
  personId: string,
): Promise<void> {
  const others = await appearancesUnderSameNumbers(tx, viewer, listed.id);
  const ids = [listed.id, ...others];
  await sql`
    update court_appearance set person_id = null, matched_decision_id = null, matched_at = null
    where person_id = ${personId} and (id = ${listed.id} or (id = any(${ids}::uuid[]) and matched_decision_id in
      (select id from match_decision where area_id = ${viewer.areaId} and other_kind = 'court-listing'
        and other_id = ${listed.id} and person_id = ${personId})))`.execute(tx);
  await sql`delete from court_match_suggestion where person_id = ${personId} and appearance_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await tx
    .updateTable('court_request')
    .set({ person_id: null })
    .where('appearance_id', '=', listed.id)
    .where('person_id', '=', personId)
    .where('answered_at', 'is', null)
    .execute();
}

/** What the court's list says of somebody, to be added beside what we know and to overwrite nothing. */
function learnedFrom(listed: ListedPerson): Learned {
  const { appearance } = listed;
  return {
    source: `court list, ${listed.courtName}`,
    names: namesOf(appearance),
    birthDates: appearance.birthDate === undefined ? [] : [appearance.birthDate],
    identifiers: matchingIdentifiers(appearance).map((one) => ({ ...one, valid: true })),
    addresses: appearance.addresses.flatMap((address) =>
      address.lines.length === 0
        ? []
        : [
            {
              lines: address.lines.join(', '),
              postcode: address.postcode ?? null,
              noFixedAbode: address.noFixedAbode,
            },
          ],
    ),
  };
}

function namesOf(appearance: PersonAppearance): NonNullable<Learned['names']> {
  const { name } = appearance;
  if (name === undefined) return [];
  return [{ kind: 'as-received', givenName: name.given.join(' ') || null, familyName: name.family ?? null }];
}

async function touchCourt(tx: Tx, listed: ListedPerson, personId: string): Promise<void> {
  await touch(tx, [...(listed.siteId === null ? [] : [`court:${listed.siteId}`]), `person:${personId}`]);
}
