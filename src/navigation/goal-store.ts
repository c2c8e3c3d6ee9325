import type { Viewer } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';

// All SQL of support_goal and support_step.

export interface Step {
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly byWhen: Temporal.PlainDate | null;
  readonly doneAt: Temporal.Instant | null;
}

/** Something the person wants, in their own words, and the steps towards it. */
export interface Goal {
  readonly id: string;
  readonly words: string;
  readonly agreedAt: Temporal.Instant;
  readonly by: string;
  readonly endedAt: Temporal.Instant | null;
  readonly endedHow: 'reached' | 'changed' | 'stopped' | null;
  readonly steps: readonly Step[];
}

/** The goals of one person: open ones first, in the order they were agreed. */
export async function goalsOf(tx: Tx, _viewer: Viewer, personId: string): Promise<readonly Goal[]> {
  const goals = await tx
    .selectFrom('support_goal as g')
    .leftJoin('worker', 'worker.id', 'g.recorded_by')
    .select(['g.id', 'g.words', 'g.agreed_at', 'g.ended_at', 'g.ended_how', 'worker.name'])
    .where('g.person_id', '=', personId)
    .orderBy('g.ended_at', (order) => order.desc().nullsFirst())
    .orderBy('g.agreed_at')
    .execute();
  const steps = await tx
    .selectFrom('support_step')
    .select(['id', 'goal_id', 'what', 'who', 'by_when', 'done_at'])
    .where('person_id', '=', personId)
    .orderBy('recorded_at')
    .execute();
  return goals.map((goal) => ({
    id: goal.id,
    words: goal.words,
    agreedAt: goal.agreed_at,
    by: goal.name ?? 'Not recorded',
    endedAt: goal.ended_at,
    endedHow: goal.ended_how as Goal['endedHow'],
    steps: steps
      .filter((step) => step.goal_id === goal.id)
      .map((step) => ({
        id: step.id,
        what: step.what,
        who: step.who,
        byWhen: step.by_when,
        doneAt: step.done_at,
      })),
  }));
}
