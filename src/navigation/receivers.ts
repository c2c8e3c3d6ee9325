import type { SignedInViewer } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { isOutside, type Receiver } from './handover.ts';

/** Somebody a person can be handed over to, as a form lists them. */
export interface ReceiverChoice {
  readonly value: string;
  readonly text: string;
  readonly receiver: Receiver;
}

const nobody = { siteId: null, teamId: null, workerId: null, name: null };

/** Navigators and their teams, courts that are open today, and outside. In the order people look for them. */
export async function receiverChoices(
  tx: Tx,
  viewer: SignedInViewer,
  now: Temporal.Instant,
): Promise<readonly ReceiverChoice[]> {
  const today = londonDate(now);
  const teams = await tx
    .selectFrom('team')
    .select(['id', 'name'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', '=', 'navigation')
    .orderBy('name')
    .execute();
  const workers = await tx
    .selectFrom('worker_role as r')
    .innerJoin('worker', 'worker.id', 'r.worker_id')
    .select(['r.worker_id', 'r.team_id', 'worker.name'])
    .where('r.area_id', '=', viewer.areaId)
    .where('r.role', '=', 'navigator')
    .where('worker.active', '=', true)
    .where('r.valid_from', '<=', today)
    .where((eb) => eb.or([eb('r.valid_to', 'is', null), eb('r.valid_to', '>', today)]))
    .orderBy('worker.name')
    .execute();
  const courts = await tx
    .selectFrom('site')
    .select(['id', 'name'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', 'in', ['magistrates-court', 'crown-court', 'youth-court'])
    .where('opened_on', '<=', today)
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '>', today)]))
    .orderBy('name')
    .execute();
  return [
    ...teams.map((team) => ({
      value: `team:${team.id}`,
      text: team.name,
      receiver: { ...nobody, kind: 'navigation' as const, teamId: team.id },
    })),
    ...workers.map((worker) => ({
      value: `worker:${worker.worker_id}`,
      text: `${worker.name}, navigator`,
      // The team as well: when one person is off, their colleagues still see it.
      receiver: {
        ...nobody,
        kind: 'navigation' as const,
        workerId: worker.worker_id,
        teamId: worker.team_id,
      },
    })),
    ...courts.map((court) => ({
      value: `court:${court.id}`,
      text: court.name,
      receiver: { ...nobody, kind: 'court' as const, siteId: court.id },
    })),
    { value: 'prison', text: 'A prison’s healthcare', receiver: { ...nobody, kind: 'prison' as const } },
    {
      value: 'other-area',
      text: 'Another area’s service',
      receiver: { ...nobody, kind: 'other-area' as const },
    },
  ];
}

/** The choices as a select takes them, with those outside only where a name can be typed for them. */
export async function receiverItems(tx: Tx, viewer: SignedInViewer, now: Temporal.Instant, outside: boolean) {
  const choices = await receiverChoices(tx, viewer, now);
  return [
    { value: '', text: 'Choose' },
    ...choices
      .filter((choice) => outside || !isOutside(choice.receiver.kind))
      .map(({ value, text }) => ({ value, text })),
  ];
}
