import { workerIdOf, type Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Basis } from './age-and-source.ts';

/** Something that could hurt the person or somebody else. `kind` is the module's own word; `what` is shown. */
export interface NewAlert {
  readonly kind: string;
  readonly what: string;
  readonly urgency: 'now' | 'soon' | 'note';
  readonly basis: Basis;
  readonly saidBy: string;
  /** When it was said or seen, so that its age is right. */
  readonly at: Temporal.Instant;
}

/** Adds an alert to the banner until somebody ends it. The same words that are still open are not added twice. */
export async function raiseAlert(tx: Tx, viewer: Viewer, personId: string, alert: NewAlert): Promise<void> {
  const open = await tx
    .selectFrom('alert')
    .select('id')
    .where('person_id', '=', personId)
    .where('what', '=', alert.what)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (open !== undefined) return;
  await tx
    .insertInto('alert')
    .values({
      area_id: viewer.areaId,
      person_id: personId,
      kind: alert.kind,
      what: alert.what,
      urgency: alert.urgency,
      basis: alert.basis,
      said_by: alert.saidBy,
      recorded_by: workerIdOf(viewer),
      recorded_at: alert.at,
    })
    .execute();
}

/** Open alerts go with the stay that brought them when it turns out to be somebody else's. */
export async function moveAlerts(tx: Tx, _viewer: Viewer, from: string, to: string): Promise<void> {
  await tx
    .updateTable('alert')
    .set({ person_id: to })
    .where('person_id', '=', from)
    .where('ended_at', 'is', null)
    .execute();
}
