import { randomBytes, randomUUID } from 'node:crypto';
import {
  databaseContext,
  roles,
  type Role,
  type SignedInViewer,
  type SystemViewer,
} from '../access/index.ts';
import type { AssessmentParts } from '../assessment/index.ts';
import type { RecordDecisionParts } from '../consent/index.ts';
import type { CourtParts } from '../courts/index.ts';
import type { CustodyParts } from '../custody/index.ts';
import type { NavigationParts } from '../navigation/index.ts';
import type { People } from '../people/index.ts';
import { LONDON, type fixedClock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Outcome } from '../platform/result.ts';
import type { ReferralParts } from '../referrals/index.ts';
import type { ReportsParts } from '../reports/index.ts';
import type { DecideScreeningParts } from '../screening/index.ts';
import type { DemonstrationArea } from './area.ts';

/** The modules' use cases on a clock that the stories move: each thing happens at its own time. */
export interface StoryModules {
  readonly database: Database;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly people: People;
  readonly custody: CustodyParts;
  readonly consent: RecordDecisionParts;
  readonly screening: DecideScreeningParts;
  readonly assessment: AssessmentParts;
  readonly courts: CourtParts;
  readonly reports: ReportsParts;
  readonly referrals: ReferralParts;
  readonly navigation: NavigationParts;
}

/** Where the stories are told: the modules, the moment of first start, and whoever acts. */
export interface Stage {
  readonly modules: StoryModules;
  readonly area: DemonstrationArea;
  readonly now: Temporal.Instant;
  readonly feed: SystemViewer;
  readonly system: (actor: string) => SystemViewer;
  /** Moves the clock to so many minutes ago (below nothing is not possible) and answers the moment. */
  readonly at: (minutesAgo: number) => Temporal.Instant;
  /** A moment on a day so many days from the demonstration's, at a time people keep. */
  readonly day: (days: number, time: string) => Temporal.Instant;
  readonly as: (worker: string, role?: Role) => SignedInViewer;
  readonly siteId: (name: string) => string;
  /** One transaction as somebody. */
  readonly run: <T>(viewer: SignedInViewer | SystemViewer, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** A key for a form that is sent once. */
  readonly request: () => { readonly key: string; readonly reference: string };
}

/** Sets the stage: everybody who works here, each with a session of their own that has ended. */
export async function setStage(
  modules: StoryModules,
  area: DemonstrationArea,
  now: Temporal.Instant,
): Promise<Stage> {
  const system = (actor: string): SystemViewer => ({ kind: 'system', areaId: area.areaId, actor });
  const viewers = await modules.database.transaction(databaseContext(system('Demonstration')), (tx) =>
    signedIn(tx, area, now),
  );
  const today = now.toZonedDateTimeISO(LONDON).toPlainDate();
  return {
    modules,
    area,
    now,
    feed: system('Custody feed'),
    system,
    at: (minutesAgo) => {
      const moment = now.subtract({ minutes: Math.max(0, minutesAgo) });
      modules.clock.set(moment);
      return moment;
    },
    day: (days, time) =>
      today
        .add({ days })
        .toZonedDateTime({ timeZone: LONDON, plainTime: Temporal.PlainTime.from(time) })
        .toInstant(),
    as: (worker, role) => {
      const viewer = viewers.find(
        (one) => one.workerId === area.workers.get(worker)?.id && (role === undefined || one.role === role),
      );
      if (viewer === undefined)
        throw new Error(`Nobody called ${worker} works here as ${role ?? 'anything'}`);
      return viewer;
    },
    siteId: (name) => {
      const id = area.sites.get(name);
      if (id === undefined) throw new Error(`The demonstration has no ${name}`);
      return id;
    },
    run: (viewer, work) => modules.database.transaction(databaseContext(viewer), work),
    request: () => ({ key: randomUUID(), reference: 'demonstration' }),
  };
}

async function signedIn(
  tx: Tx,
  area: DemonstrationArea,
  now: Temporal.Instant,
): Promise<readonly SignedInViewer[]> {
  const held = await tx
    .selectFrom('worker_role')
    .innerJoin('worker', 'worker.id', 'worker_role.worker_id')
    .leftJoin('team', 'team.id', 'worker_role.team_id')
    .leftJoin('site', 'site.id', 'worker_role.site_id')
    .select([
      'worker_role.id as workerRoleId',
      'worker_role.role',
      'worker_role.service_id as serviceId',
      'worker.id as workerId',
      'worker.name',
      'worker.registration',
      'team.id as teamId',
      'team.name as teamName',
      'site.id as siteId',
      'site.name as siteName',
    ])
    .where('worker_role.area_id', '=', area.areaId)
    .orderBy('worker_role.id')
    .execute();
  const sessions = await tx
    .insertInto('session')
    .values(
      held.map((row) => ({
        token_hash: randomBytes(32),
        worker_id: row.workerId,
        worker_role_id: row.workerRoleId,
        created_at: now,
        last_seen_at: now,
        ended_at: now,
        end_reason: 'signed-out',
      })),
    )
    .returning(['id', 'worker_role_id'])
    .execute();
  return held.flatMap((row): SignedInViewer[] => {
    const session = sessions.find((one) => one.worker_role_id === row.workerRoleId);
    const role = row.role as Role;
    return session === undefined
      ? []
      : [{ ...row, role, areaId: area.areaId, kind: roles[role].kind, sessionId: session.id }];
  });
}

/** What a use case answered; a refusal stops the demonstration and names the story. */
export function told<T, Code extends string>(outcome: Outcome<T, Code>, story: string): T {
  if (!outcome.ok)
    throw new Error(`The story “${story}” was refused: ${outcome.refusal.code}. ${outcome.refusal.message}`);
  return outcome.value;
}
