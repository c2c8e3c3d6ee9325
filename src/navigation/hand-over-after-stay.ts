import type { Viewer } from '../access/index.ts';
import { openEpisode } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import type { HandoverLine } from './handover.ts';
import { createHandover, type NewHandover } from './create-handover.ts';

/** A stay that has ended, as custody says it. */
export interface EndedStay {
  readonly personId: string;
  readonly stayId: string;
  readonly how:
    | 'charged-bailed'
    | 'charged-remanded'
    | 'released-bail'
    | 'released-under-investigation'
    | 'no-further-action'
    | 'community-resolution'
    | 'voluntary-left'
    | 'transferred'
    | 'other';
  readonly at: Temporal.Instant;
  readonly courtSiteId?: string | null;
  readonly courtDate?: Temporal.PlainDate | null;
  /** What the other modules know that the next worker needs: needs, taking part, what helps. */
  readonly addLines?: readonly HandoverLine[];
}

const leftHow: Readonly<Record<EndedStay['how'], string>> = {
  'charged-bailed': 'charged and bailed to court',
  'charged-remanded': 'charged and kept for court',
  'released-bail': 'released on bail',
  'released-under-investigation': 'released under investigation',
  'no-further-action': 'no further action',
  'community-resolution': 'community resolution',
  'voluntary-left': 'after a voluntary interview',
  transferred: 'moved to another suite',
  other: 'how is not recorded',
};

/**
 * Who receives somebody when a stay ends: the court when they were charged to it, the navigators when they walk out.
 * A transfer hands over nobody: custody goes on. `wanted` is the caller's answer to whether the service worked with
 * them; without it only a handover that was made ahead gets its clock started. The same end twice makes nothing new.
 * Answers the handovers that stand for this end.
 */
export async function handOverAfterStay(
  tx: Tx,
  viewer: Viewer,
  ended: EndedStay,
  wanted: boolean,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  if (ended.how === 'transferred') return [];
  const episode = await openEpisode(tx, viewer, ended.personId);
  if (episode === null) return [];
  const how = leftHow[ended.how];
  const common = {
    personId: ended.personId,
    episodeId: episode.id,
    cause: `stay ${ended.stayId}`,
    ...(ended.addLines === undefined ? {} : { addLines: ended.addLines }),
  };
  const made: string[] = [];
  const hand = async (input: NewHandover) => {
    const outcome = await createHandover(tx, viewer, input, now);
    if (outcome.ok) made.push(outcome.value.id);
  };
  const charged = ended.how === 'charged-bailed' || ended.how === 'charged-remanded';
  if (charged && wanted)
    await hand({
      ...common,
      to: { kind: 'court', ...(ended.courtSiteId ? { siteId: ended.courtSiteId } : {}) },
      reason: ended.how === 'charged-remanded' ? 'Charged and kept for court' : 'Charged, bailed to court',
      ...(ended.courtDate ? { hearing: ended.courtDate } : {}),
    });
  if (ended.how === 'charged-remanded') return made;
  const ahead = await tx
    .selectFrom('handover')
    .select('id')
    .where('person_id', '=', ended.personId)
    .where('episode_id', '=', episode.id)
    .where('to_kind', '=', 'navigation')
    .where('left_at', 'is', null)
    .where('state', 'in', ['waiting', 'accepted'])
    .executeTakeFirst();
  if (wanted || ahead !== undefined)
    await hand({
      ...common,
      to: { kind: 'navigation' },
      // That they left, when and how stands in `left`, and every card says it first.
      reason: 'Ring the day after, and ask what is needed first',
      left: { at: ended.at, how },
    });
  return made;
}
