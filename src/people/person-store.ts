import { databaseContext, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Person } from './person.ts';

// All SQL of the person's own tables that more than one page needs. Rows outside the viewer's area are not there:
// row-level security answers them with nothing.

const columns = [
  'id',
  'area_id',
  'given_name',
  'family_name',
  'preferred_name',
  'described_as',
  'birth_date',
  'birth_date_basis',
  'sex',
  'pronoun',
  'nhs_number',
  'nhs_number_status',
  'nhs_number_traced_at',
  'sealed',
  'merged_into',
  'version',
] as const;

/** The person, following a merge to the record that is kept, or null when there is none this viewer's area holds. */
export async function findPerson(tx: Tx, viewer: Viewer, personId: string): Promise<Person | null> {
  const people = await findPeople(tx, viewer, [personId]);
  return people.get(personId) ?? null;
}

/** Several people at once, keyed by the id that was asked for; merged records answer with the one that is kept. */
export async function findPeople(
  tx: Tx,
  viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const found = new Map<string, Person>();
  if (personIds.length === 0 || databaseContext(viewer).area === null) return found;
  const rows = await tx
    .selectFrom('person')
    .select(columns)
    .where('id', 'in', [...new Set(personIds)])
    .execute();
  const mergedInto = rows.flatMap((row) => (row.merged_into === null ? [] : [row.merged_into]));
  const kept =
    mergedInto.length === 0
      ? []
      : await tx.selectFrom('person').select(columns).where('id', 'in', mergedInto).execute();
  const byId = new Map([...rows, ...kept].map((row) => [row.id, row]));
  for (const id of personIds) {
    const row = byId.get(id);
    const final = row?.merged_into ? (byId.get(row.merged_into) ?? row) : row;
    if (final) {
      found.set(id, {
        id: final.id,
        areaId: final.area_id,
        givenName: final.given_name,
        familyName: final.family_name,
        preferredName: final.preferred_name,
        describedAs: final.described_as,
        birthDate: final.birth_date,
        birthDateBasis: final.birth_date_basis,
        sex: final.sex,
        pronoun: final.pronoun as Person['pronoun'],
        nhsNumber: final.nhs_number,
        nhsNumberStatus: final.nhs_number_status,
        nhsNumberTracedAt: final.nhs_number_traced_at,
        sealed: final.sealed,
        version: final.version,
      });
    }
  }
  return found;
}

/** An alert as the banner and the boards show it. */
export interface Alert {
  readonly id: string;
  readonly personId: string;
  readonly kind: string;
  readonly what: string;
  readonly urgency: 'now' | 'soon' | 'note';
  readonly basis: string;
  readonly saidBy: string;
  readonly recordedAt: Temporal.Instant;
}

/** The alerts nobody has ended, the most urgent first, for several people at once (suite board, court day). */
export async function openAlerts(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Alert[]>> {
  const byPerson = new Map<string, Alert[]>();
  if (personIds.length === 0) return byPerson;
  const rows = await tx
    .selectFrom('alert')
    .select(['id', 'person_id', 'kind', 'what', 'urgency', 'basis', 'said_by', 'recorded_at'])
    .where('person_id', 'in', [...personIds])
    .where('ended_at', 'is', null)
    .execute();
  const order = { now: 0, soon: 1, note: 2 };
  for (const row of rows) {
    const list = byPerson.get(row.person_id) ?? [];
    list.push({
      id: row.id,
      personId: row.person_id,
      kind: row.kind,
      what: row.what,
      urgency: row.urgency as Alert['urgency'],
      basis: row.basis,
      saidBy: row.said_by,
      recordedAt: row.recorded_at,
    });
    byPerson.set(row.person_id, list);
  }
  for (const list of byPerson.values()) {
    list.sort(
      (a, b) => order[a.urgency] - order[b.urgency] || Temporal.Instant.compare(b.recordedAt, a.recordedAt),
    );
  }
  return byPerson;
}

/** A communication need as the banner shows it. */
export interface CommunicationNeed {
  readonly kind: 'support' | 'professional' | 'contact-method' | 'format' | 'interpreter';
  readonly what: string;
  readonly basis: string;
  readonly saidBy: string;
  readonly recordedAt: Temporal.Instant;
}

/** What staff must know to talk with the person (Accessible Information Standard: flag). */
export async function communicationNeeds(
  tx: Tx,
  _viewer: Viewer,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CommunicationNeed[]>> {
  const byPerson = new Map<string, CommunicationNeed[]>();
  if (personIds.length === 0) return byPerson;
  const rows = await tx
    .selectFrom('communication_need')
    .select(['person_id', 'kind', 'what', 'basis', 'said_by', 'recorded_at'])
    .where('person_id', 'in', [...personIds])
    .where('ended_at', 'is', null)
    .orderBy('recorded_at')
    .execute();
  for (const row of rows) {
    const list = byPerson.get(row.person_id) ?? [];
    list.push({
      kind: row.kind as CommunicationNeed['kind'],
      what: row.what,
      basis: row.basis,
      saidBy: row.said_by,
      recordedAt: row.recorded_at,
    });
    byPerson.set(row.person_id, list);
  }
  return byPerson;
}
