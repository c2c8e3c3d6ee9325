import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

/** One of the four answers, or yes and no, as `contact_point` keeps them. */
export type SafeAnswer = 'yes' | 'no' | 'not-asked' | 'declined' | 'unknown';

/** Everything on file about who somebody is and how to reach them, newest first. */
export interface PersonDetails {
  readonly names: readonly {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly source: string;
    readonly recordedAt: Temporal.Instant;
  }[];
  readonly identifiers: readonly {
    readonly kind: string;
    readonly received: string;
    readonly canonical: string;
    readonly valid: boolean;
    readonly source: string;
    readonly recordedAt: Temporal.Instant;
  }[];
  readonly addresses: readonly {
    readonly lines: string;
    readonly postcode: string | null;
    readonly noFixedAbode: boolean;
    readonly source: string;
    readonly recordedAt: Temporal.Instant;
  }[];
  readonly contacts: readonly {
    readonly id: string;
    readonly kind: string;
    readonly value: string;
    readonly safeToRing: SafeAnswer;
    readonly safeToText: SafeAnswer;
    readonly safeToLeaveMessage: SafeAnswer;
    readonly note: string | null;
    readonly recordedAt: Temporal.Instant;
    readonly recordedBy: string | null;
  }[];
  readonly needs: readonly {
    readonly id: string;
    readonly kind: string;
    readonly what: string;
    readonly basis: string;
    readonly saidBy: string;
    readonly recordedAt: Temporal.Instant;
  }[];
  readonly alerts: readonly {
    readonly id: string;
    readonly what: string;
    readonly urgency: string;
    readonly basis: string;
    readonly saidBy: string;
    readonly recordedAt: Temporal.Instant;
  }[];
}

/** What the details page shows, in six queries. */
export async function findDetails(tx: Tx, _viewer: Viewer, personId: string): Promise<PersonDetails> {
  const names = await tx
    .selectFrom('person_name')
    .select(['id', 'kind', 'given_name', 'family_name', 'source', 'recorded_at'])
    .where('person_id', '=', personId)
    .orderBy('recorded_at', 'desc')
    .execute();
  const identifiers = await tx
    .selectFrom('person_identifier')
    .select(['kind', 'received', 'canonical', 'valid', 'source', 'recorded_at'])
    .where('person_id', '=', personId)
    .orderBy('recorded_at', 'desc')
    .execute();
  const addresses = await tx
    .selectFrom('person_address')
    .select(['lines', 'postcode', 'no_fixed_abode', 'source', 'recorded_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .execute();
  const contacts = await tx
    .selectFrom('contact_point')
    .leftJoin('worker', 'worker.id', 'contact_point.recorded_by')
    .selectAll('contact_point')
    .select('worker.name as by_name')
    .where('contact_point.person_id', '=', personId)
    .where('contact_point.ended_at', 'is', null)
    .orderBy('contact_point.recorded_at', 'desc')
    .execute();
  const needs = await tx
    .selectFrom('communication_need')
    .select(['id', 'kind', 'what', 'basis', 'said_by', 'recorded_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .execute();
  const alerts = await tx
    .selectFrom('alert')
    .select(['id', 'what', 'urgency', 'basis', 'said_by', 'recorded_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .execute();
  return {
    names: names.map((row) => ({
      id: row.id,
      kind: row.kind,
      name: [row.given_name, row.family_name].filter((part) => part !== null).join(' '),
      source: row.source,
      recordedAt: row.recorded_at,
    })),
    identifiers: identifiers.map((row) => ({ ...row, recordedAt: row.recorded_at })),
    addresses: addresses.map((row) => ({
      lines: row.lines,
      postcode: row.postcode,
      noFixedAbode: row.no_fixed_abode,
      source: row.source,
      recordedAt: row.recorded_at,
    })),
    contacts: contacts.map((row) => ({
      id: row.id,
      kind: row.kind,
      value: row.value,
      safeToRing: row.safe_to_ring as SafeAnswer,
      safeToText: row.safe_to_text as SafeAnswer,
      safeToLeaveMessage: row.safe_to_leave_message as SafeAnswer,
      note: row.note,
      recordedAt: row.recorded_at,
      recordedBy: row.by_name,
    })),
    needs: needs.map((row) => ({ ...row, saidBy: row.said_by, recordedAt: row.recorded_at })),
    alerts: alerts.map((row) => ({ ...row, saidBy: row.said_by, recordedAt: row.recorded_at })),
  };
}
