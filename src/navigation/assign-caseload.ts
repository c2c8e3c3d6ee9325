import { auditActor, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { People } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { assignTo } from './caseload-store.ts';
import { supportTopics } from './live-topics.ts';

/** Somebody who can have a caseload, with how many people they have. */
export interface NavigatorLoad {
  readonly workerId: string;
  readonly name: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly people: number;
  /** The calls of today and before that nobody has finished. */
  readonly callsDue: number;
}

/** The navigators of the area with their load, most people first: balance across the team. */
export async function navigatorLoads(
  tx: Tx,
  viewer: SignedInViewer,
  today: Temporal.PlainDate,
): Promise<readonly NavigatorLoad[]> {
  const rows = await tx
    .selectFrom('worker_role as r')
    .innerJoin('worker', 'worker.id', 'r.worker_id')
    .leftJoin('team', 'team.id', 'r.team_id')
    .select((eb) => [
      'r.worker_id',
      'worker.name',
      'r.team_id',
      'team.name as team_name',
      eb
        .selectFrom('caseload_assignment as c')
        .select((of) => of.fn.countAll<number>().as('people'))
        .whereRef('c.worker_id', '=', 'r.worker_id')
        .where('c.kind', '=', 'navigator')
        .where('c.ended_at', 'is', null)
        .as('people'),
      eb
        .selectFrom('caseload_assignment as c')
        .innerJoin('follow_up as f', 'f.person_id', 'c.person_id')
        .select((of) => of.fn.countAll<number>().as('calls'))
        .whereRef('c.worker_id', '=', 'r.worker_id')
        .where('c.kind', '=', 'navigator')
        .where('c.ended_at', 'is', null)
        .where('f.done_at', 'is', null)
        .where('f.closed_at', 'is', null)
        .where('f.due_on', '<=', today)
        .as('calls'),
    ])
    .where('r.area_id', '=', viewer.areaId)
    .where('r.role', '=', 'navigator')
    .where('r.valid_from', '<=', today)
    .where((eb) => eb.or([eb('r.valid_to', 'is', null), eb('r.valid_to', '>', today)]))
    .where('worker.active', '=', true)
    .orderBy('people', 'desc')
    .orderBy('worker.name')
    .execute();
  return rows.map((row) => ({
    workerId: row.worker_id,
    name: row.name,
    teamId: row.team_id,
    teamName: row.team_name,
    people: row.people ?? 0,
    callsDue: row.calls ?? 0,
  }));
}

/** A lead puts a person on a navigator's caseload; who had them before is told by their own list. */
export async function assignCaseload(
  people: People,
  tx: Tx,
  viewer: SignedInViewer,
  input: { readonly personId: string; readonly workerId: string; readonly why: string },
  now: Temporal.Instant,
  reference: string | null = null,
): Promise<Outcome<{ readonly workerName: string }, 'not-found' | 'not-a-navigator'>> {
  await tx.selectFrom('person').select('id').where('id', '=', input.personId).forUpdate().execute();
  const opened = await people.open(tx, viewer, input.personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate();
  const to = (await navigatorLoads(tx, viewer, today)).find((load) => load.workerId === input.workerId);
  if (to === undefined) return refused('not-a-navigator', 'Choose a navigator who works here', 'workerId');
  const { before } = await assignTo(
    tx,
    viewer,
    {
      personId: opened.person.id,
      workerId: to.workerId,
      teamId: to.teamId,
      kind: 'navigator',
      why: input.why,
    },
    now,
  );
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'changed',
    personId: opened.person.id,
    subjectKind: 'caseload',
    subjectId: to.workerId,
    detail: { what: 'assigned' },
  });
  await touch(tx, supportTopics(opened.person.id, viewer.workerId, to.workerId, before));
  return done({ workerName: to.name });
}
