import type { Viewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { HandoverKind } from './handover.ts';
import type { HandoverRule } from './handover-clock.ts';

// The clocks and call days in force on a day. An area's own rule goes before the one for every area.

/** The clock for one kind of receiver on the day of `at`. A fault when the settings have none. */
export async function handoverRule(
  tx: Tx,
  viewer: Viewer,
  kind: HandoverKind,
  at: Temporal.Instant,
): Promise<HandoverRule> {
  const rules = await handoverRules(tx, viewer, at);
  const rule = rules.get(kind);
  if (rule === undefined) throw new Error(`No handover rule is in force for ${kind}`);
  return rule;
}

/** Every clock in force on the day of `at`, by kind of receiver. */
export async function handoverRules(
  tx: Tx,
  viewer: Viewer,
  at: Temporal.Instant,
): Promise<ReadonlyMap<HandoverKind, HandoverRule>> {
  const today = londonDate(at);
  const rows = await tx
    .selectFrom('handover_rule')
    .selectAll()
    .where((eb) => eb.or([eb('area_id', 'is', null), eb('area_id', '=', viewer.areaId)]))
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', today)]))
    .orderBy('area_id', (order) => order.asc().nullsFirst())
    .orderBy('valid_from')
    .execute();
  const rules = new Map<HandoverKind, HandoverRule>();
  for (const row of rows) {
    rules.set(row.to_kind as HandoverKind, {
      toKind: row.to_kind as HandoverKind,
      countsFrom: row.counts_from as HandoverRule['countsFrom'],
      minutes: row.minutes,
      chaseAgainMinutes: row.chase_again_minutes,
      status: row.status as HandoverRule['status'],
      source: row.source,
    });
  }
  return rules;
}

/** The days after release on which somebody rings: an area's own days take the place of the general ones. */
export async function callDays(tx: Tx, viewer: Viewer, at: Temporal.Instant): Promise<readonly number[]> {
  const today = londonDate(at);
  const rows = await tx
    .selectFrom('follow_up_rule')
    .select(['area_id', 'day'])
    .where((eb) => eb.or([eb('area_id', 'is', null), eb('area_id', '=', viewer.areaId)]))
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', today)]))
    .orderBy('day')
    .execute();
  const own = rows.filter((row) => row.area_id !== null);
  return (own.length > 0 ? own : rows).map((row) => row.day);
}
