import { auditActor, databaseContext, type SystemViewer, type Viewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Job } from '../platform/jobs.ts';
import { touch } from '../platform/live/touch.ts';
import { writeToOutbox } from '../platform/outbox.ts';
import { isLate, type Handover } from './handover.ts';
import { lockHandover, openHandovers, saveHandover, type ListedHandover } from './handover-store.ts';
import { handoverTopics } from './live-topics.ts';
import { handoverRules } from './rule-store.ts';

/** What one round of chasing did. */
export interface ChaseResult {
  /** Handovers that were late and had not been chased for their rule's time. */
  readonly chased: number;
  /** Of those, how many no mailbox could be written to about: the lead's page shows them all the same. */
  readonly withoutMailbox: number;
}

/**
 * Chases what nobody has accepted in time: a line in the handover's history and a message that names nobody to the
 * receiving team's mailbox and the leads'. May run as often as one likes: a handover is chased once, and again only
 * after its rule's time.
 */
export async function chaseOverdueHandovers(
  tx: Tx,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<ChaseResult> {
  const late = (await openHandovers(tx, viewer)).filter((handover) => isLate(handover, now));
  if (late.length === 0) return { chased: 0, withoutMailbox: 0 };
  const rules = await handoverRules(tx, viewer, now);
  const teams = await teamMailboxes(tx, viewer);
  let chased = 0;
  let withoutMailbox = 0;
  for (const listed of late) {
    // Locked and read again: two workers may chase at the same minute, and a navigator may accept meanwhile.
    const handover = await lockHandover(tx, viewer, listed.id);
    const rule = rules.get(listed.to.kind);
    if (handover === null || rule === undefined || !isLate(handover, now)) continue;
    if (handover.chasedAt !== null) {
      const again = handover.chasedAt.add({ minutes: rule.chaseAgainMinutes });
      if (Temporal.Instant.compare(now, again) < 0) continue;
    }
    const told = recipientsOf(handover, teams);
    for (const mailbox of told) await writeToOutbox(tx, neutralNotice(viewer.areaId, listed, mailbox), now);
    await saveHandover(
      tx,
      viewer,
      { ...handover, chasedAt: now, version: handover.version + 1 },
      {
        kind: 'chased',
        at: now,
        byName: 'Throughline',
        why:
          told.length === 0
            ? 'No mailbox is recorded for the team. Ring them.'
            : `Written to ${told.length === 1 ? 'the team' : 'the team and the lead'}`,
      },
    );
    await recordAudit(tx, now, auditActor(viewer), {
      action: 'ran',
      personId: handover.personId,
      subjectKind: 'handover',
      subjectId: handover.id,
      detail: { what: 'chased', mailboxes: told.length },
    });
    await touch(tx, [
      ...handoverTopics(handover),
      ...teams.filter((team) => team.kind === 'lead').map((team) => `team:${team.id}`),
    ]);
    chased += 1;
    if (told.length === 0) withoutMailbox += 1;
  }
  return { chased, withoutMailbox };
}

interface TeamMailbox {
  readonly id: string;
  readonly kind: string;
  readonly mailbox: string | null;
}

async function teamMailboxes(tx: Tx, viewer: Viewer): Promise<readonly TeamMailbox[]> {
  return tx
    .selectFrom('team')
    .select(['id', 'kind', 'mailbox'])
    .where('area_id', '=', viewer.areaId)
    .where('kind', 'in', ['navigation', 'court-ld', 'lead'])
    .orderBy('name')
    .execute();
}

function recipientsOf(handover: Handover, teams: readonly TeamMailbox[]): readonly string[] {
  const kind = handover.to.kind === 'court' ? 'court-ld' : 'navigation';
  const receiving = teams.filter((team) =>
    handover.to.teamId === null ? team.kind === kind : team.id === handover.to.teamId,
  );
  const leads = teams.filter((team) => team.kind === 'lead');
  const found = [...receiving, ...leads].flatMap((team) => (team.mailbox === null ? [] : [team.mailbox]));
  return [...new Set(found)];
}

/** Names nobody and says nothing of what the service does for the person: mailboxes are read on many screens. */
function neutralNotice(areaId: string, handover: ListedHandover, recipient: string) {
  return {
    areaId,
    personId: null,
    channel: 'email' as const,
    recipient,
    template: 'handover-late',
    content: {
      subject: 'A handover is waiting and its time has passed',
      link: `/people/${handover.personId}/handovers/${handover.id}`,
    },
    causedBy: `handover ${handover.id}`,
  };
}

/** The job's name in app.ts's crontab: "*\/5 * * * * chase-handovers" (every five minutes). */
export const CHASE_JOB = 'chase-handovers';

/** The job: every area in turn, each in a transaction of its own. */
export function chaseHandoversJob(parts: { readonly database: Database; readonly clock: Clock }): Job {
  return async () => {
    const areas = await parts.database.transaction({ kind: 'system', area: null }, (tx) =>
      tx.selectFrom('area').select('id').orderBy('id').execute(),
    );
    for (const area of areas) {
      const viewer: SystemViewer = { kind: 'system', areaId: area.id, actor: 'Throughline' };
      await parts.database.transaction(databaseContext(viewer), (tx) =>
        chaseOverdueHandovers(tx, viewer, parts.clock.now()),
      );
    }
  };
}
