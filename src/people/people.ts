import { recordAudit, type AuditEntry } from '../audit/index.ts';
import {
  auditActor,
  findRelationships,
  liveBreakGlass,
  workerIdOf,
  type Relationship,
  type RelationshipSource,
  type Viewer,
} from '../access/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { PictureSource } from './picture.ts';
import type { Person } from './person.ts';
import { findPeople, findPerson } from './person-store.ts';

/** A tab of the person's pages, registered by the module that owns the page behind it. */
export interface PersonTab {
  readonly key: string;
  readonly text: string;
  href(personId: string): string;
}

/** What must happen when names, birth dates, identifiers or addresses change: matching rebuilds its keys. */
export type PersonChanged = (tx: Tx, viewer: Viewer, personId: string) => Promise<void>;

export interface PeopleOptions {
  readonly clock: Clock;
  readonly relationshipSources: readonly RelationshipSource[];
  readonly pictureSources: readonly PictureSource[];
  readonly tabs: readonly PersonTab[];
  readonly personChanged: PersonChanged;
}

/** The people module as the others use it; made once in app.ts. */
export interface People {
  readonly tabs: readonly PersonTab[];
  readonly pictureSources: readonly PictureSource[];
  /**
   * The person, when this viewer has a relationship with them or an open break-glass. Anything else is null and
   * answered as not found, so that a record's existence does not leak.
   */
  open(tx: Tx, viewer: Viewer, personId: string): Promise<OpenedPerson | null>;
  /** Of these people, the ones the viewer may open and why: lists use the same rule as the page. */
  mayOpen(tx: Tx, viewer: Viewer, personIds: readonly string[]): Promise<ReadonlyMap<string, Relationship>>;
  /** The same rule for people the caller has just read with findPeople, which are not read again. */
  mayOpenThese(
    tx: Tx,
    viewer: Viewer,
    people: ReadonlyMap<string, Person>,
  ): Promise<ReadonlyMap<string, Relationship>>;
  /** Makes a record. Refuses nothing: a person without a name is described instead. */
  create(tx: Tx, viewer: Viewer, input: NewPerson): Promise<Person>;
  /** Adds what a feed or a worker has learned (names, birth dates, numbers, addresses); nothing is overwritten. */
  learn(tx: Tx, viewer: Viewer, personId: string, learned: Learned): Promise<void>;
  /**
   * Says anew who somebody is: what the record calls them, their birth date and sex. For a record whose identity
   * nobody has confirmed (a feed completes or corrects it) and for a correction by a worker. Every earlier name and
   * date stays in the history. The caller decides whether this source may.
   */
  correctIdentity(tx: Tx, viewer: Viewer, personId: string, input: NewPerson): Promise<void>;
}

/** A record that was opened, and why this viewer may see it. */
export interface OpenedPerson {
  readonly person: Person;
  readonly relationship: Relationship;
}

/** A number as received and as canonicalised by identifiers.ts. */
export interface LearnedIdentifier {
  readonly kind: 'nhs' | 'pnc' | 'cro' | 'crn' | 'asn' | 'custody-number' | 'defendant' | 'prison';
  readonly received: string;
  readonly canonical: string;
  readonly valid: boolean;
}

/** What was learned about a person, and from whom ("custody feed", "told us", "court list B06IS"). */
export interface Learned {
  readonly source: string;
  readonly names?: readonly {
    readonly kind: 'current' | 'alias' | 'former' | 'as-received';
    readonly givenName: string | null;
    readonly familyName: string | null;
  }[];
  readonly birthDates?: readonly Temporal.PlainDate[];
  readonly identifiers?: readonly LearnedIdentifier[];
  readonly addresses?: readonly {
    readonly lines: string;
    readonly postcode: string | null;
    readonly noFixedAbode: boolean;
  }[];
}

/** The least a record needs: a name, or a description of somebody who gives none. */
export interface NewPerson extends Learned {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly preferredName?: string | null;
  readonly describedAs?: string | null;
  readonly birthDate?: Temporal.PlainDate | null;
  readonly birthDateBasis?: 'told-us' | 'estimated' | 'partner-record';
  readonly sex?: 'female' | 'male' | 'other' | null;
  readonly pronoun?: 'she' | 'he' | 'they' | null;
}

/** Joins the people module with what the other modules registered. */
export function createPeople(options: PeopleOptions): People {
  const relate = (tx: Tx, viewer: Viewer, ids: readonly string[]) =>
    findRelationships(options.relationshipSources, tx, viewer, ids);

  async function mayOpenThese(tx: Tx, viewer: Viewer, people: ReadonlyMap<string, Person>) {
    const ids = [...people.keys()];
    const related = new Map(await relate(tx, viewer, ids));
    if (viewer.kind !== 'staff') return related;
    // A sealed record needs a reason every time, whatever the relationship (domain.md 6.5).
    for (const [id, person] of people) if (person.sealed) related.delete(id);
    const unrelated = ids.filter((id) => !related.has(id));
    for (const id of await liveBreakGlass(tx, viewer, unrelated, options.clock.now())) {
      related.set(id, { source: 'break-glass', because: 'needed now, for the reason you gave' });
    }
    return related;
  }

  return {
    tabs: options.tabs,
    pictureSources: options.pictureSources,
    mayOpen: async (tx, viewer, personIds) =>
      mayOpenThese(tx, viewer, await findPeople(tx, viewer, personIds)),
    mayOpenThese,
    async open(tx, viewer, personId) {
      const person = await findPerson(tx, viewer, personId);
      if (person === null) return null;
      const related = await mayOpenThese(tx, viewer, new Map([[person.id, person]]));
      const relationship = related.get(person.id);
      return relationship === undefined ? null : { person, relationship };
    },
    async create(tx, viewer, input) {
      const row = await tx
        .insertInto('person')
        .values({
          area_id: viewer.areaId,
          given_name: input.givenName,
          family_name: input.familyName,
          preferred_name: input.preferredName ?? null,
          described_as: input.describedAs ?? null,
          birth_date: input.birthDate ?? null,
          birth_date_basis: input.birthDateBasis ?? 'told-us',
          sex: input.sex ?? null,
          pronoun: input.pronoun ?? null,
          created_by: workerIdOf(viewer),
          created_at: options.clock.now(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writeLearned(tx, viewer, row.id, options.clock.now(), withCurrent(input));
      await options.personChanged(tx, viewer, row.id);
      const entry: AuditEntry = {
        action: 'created',
        personId: row.id,
        subjectKind: 'person',
        subjectId: row.id,
        detail: { source: input.source },
      };
      await recordAudit(tx, options.clock.now(), auditActor(viewer), entry);
      const person = await findPerson(tx, viewer, row.id);
      if (person === null)
        throw new Error('A person just created is not visible to the viewer who created it');
      return person;
    },
    async correctIdentity(tx, viewer, personId, input) {
      await tx
        .updateTable('person')
        .set((eb) => ({
          given_name: input.givenName,
          family_name: input.familyName,
          described_as: input.describedAs ?? null,
          birth_date: input.birthDate ?? null,
          birth_date_basis: input.birthDateBasis ?? 'told-us',
          // What was not said this time stays as it was: nobody is asked twice (product promise 1).
          ...(input.preferredName === undefined ? {} : { preferred_name: input.preferredName }),
          ...(input.sex === undefined ? {} : { sex: input.sex }),
          ...(input.pronoun === undefined ? {} : { pronoun: input.pronoun }),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', personId)
        .execute();
      await writeLearned(tx, viewer, personId, options.clock.now(), withCurrent(input));
      await options.personChanged(tx, viewer, personId);
      await recordAudit(tx, options.clock.now(), auditActor(viewer), {
        action: 'changed',
        personId,
        subjectKind: 'person',
        subjectId: personId,
        detail: { identityFrom: input.source },
      });
    },
    async learn(tx, viewer, personId, learned) {
      await writeLearned(tx, viewer, personId, options.clock.now(), learned);
      await options.personChanged(tx, viewer, personId);
      await recordAudit(tx, options.clock.now(), auditActor(viewer), {
        action: 'changed',
        personId,
        subjectKind: 'person',
        subjectId: personId,
        detail: { learnedFrom: learned.source },
      });
    },
  };
}

/** The name and birth date the record is known by stand among the names and dates ever given. */
function withCurrent(input: NewPerson): Learned {
  return {
    ...input,
    names: [
      ...(input.names ?? []),
      ...(input.givenName === null && input.familyName === null
        ? []
        : [{ kind: 'current' as const, givenName: input.givenName, familyName: input.familyName }]),
    ],
    birthDates: [...(input.birthDates ?? []), ...(input.birthDate ? [input.birthDate] : [])],
  };
}

async function writeLearned(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
  learned: Learned,
): Promise<void> {
  const base = { area_id: viewer.areaId, person_id: personId, source: learned.source, recorded_at: now };
  const known = await tx
    .selectFrom('person_name')
    .select(['given_name', 'family_name', 'kind'])
    .where('person_id', '=', personId)
    .execute();
  const names = (learned.names ?? []).filter(
    (name) =>
      (name.givenName !== null || name.familyName !== null) &&
      !known.some(
        (row) =>
          row.given_name === name.givenName && row.family_name === name.familyName && row.kind === name.kind,
      ),
  );
  if (names.length > 0) {
    await tx
      .insertInto('person_name')
      .values(
        names.map((name) => ({
          ...base,
          kind: name.kind,
          given_name: name.givenName,
          family_name: name.familyName,
          recorded_by: workerIdOf(viewer),
        })),
      )
      .execute();
  }
  const dates = await tx
    .selectFrom('person_birth_date')
    .select('birth_date')
    .where('person_id', '=', personId)
    .execute();
  const newDates = (learned.birthDates ?? []).filter(
    (date) => !dates.some((row) => row.birth_date.equals(date)),
  );
  if (newDates.length > 0) {
    await tx
      .insertInto('person_birth_date')
      .values(newDates.map((date) => ({ ...base, birth_date: date })))
      .execute();
  }
  const nhs = learned.identifiers?.find((identifier) => identifier.kind === 'nhs' && identifier.valid);
  if (nhs !== undefined) {
    // Said, not traced: a number somebody gave is shown, and says so, until the demographics service confirms it.
    await tx
      .updateTable('person')
      .set({ nhs_number: nhs.canonical, nhs_number_status: 'not-traced' })
      .where('id', '=', personId)
      .where('nhs_number', 'is', null)
      .execute();
  }
  if (learned.identifiers !== undefined && learned.identifiers.length > 0) {
    await tx
      .insertInto('person_identifier')
      .values(learned.identifiers.map((identifier) => ({ ...base, ...identifier })))
      .onConflict((conflict) => conflict.columns(['person_id', 'kind', 'canonical']).doNothing())
      .execute();
  }
  if (learned.addresses !== undefined && learned.addresses.length > 0) {
    const have = await tx
      .selectFrom('person_address')
      .select('lines')
      .where('person_id', '=', personId)
      .execute();
    const fresh = learned.addresses.filter((address) => !have.some((row) => row.lines === address.lines));
    if (fresh.length > 0) {
      await tx
        .insertInto('person_address')
        .values(
          fresh.map((address) => ({
            ...base,
            lines: address.lines,
            postcode: address.postcode,
            no_fixed_abode: address.noFixedAbode,
            recorded_by: workerIdOf(viewer),
          })),
        )
        .execute();
    }
  }
}
