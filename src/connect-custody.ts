import { consentFor } from './consent/index.ts';
import type { OnStayEnded } from './custody/index.ts';
import { createHandover } from './navigation/index.ts';
import { ensureEpisode } from './people/index.ts';
import type { Clock } from './platform/clock.ts';

// What a release or a charge in custody causes: a handover with a receiver and a clock. Nobody falls between.

/** How somebody left, as the next worker reads it. */
const leftHow: Readonly<Record<string, string>> = {
  'charged-bailed': 'charged, bailed to court',
  'charged-remanded': 'charged, kept for court',
  'released-bail': 'released on bail',
  'released-under-investigation': 'released under investigation',
  'no-further-action': 'released, no further action',
  'community-resolution': 'released, community resolution',
  'voluntary-left': 'left after a voluntary interview',
  transferred: 'moved to another place',
  other: 'left custody',
};

/**
 * Makes the handovers that leaving custody asks for: to the court when charged, to the navigators when released.
 * Consent decides: whoever refused to be seen, or refused contact afterwards, is handed to nobody. The same cause again
 * finds the handover there is, so that a repeated or corrected event makes no second one.
 */
export function handOverOnLeaving(clock: Clock): OnStayEnded {
  return async (tx, viewer, ended) => {
    const now = clock.now();
    const seen = await consentFor(tx, viewer, ended.personId, { kind: 'being-seen' }, now);
    if (seen.state === 'refused' || seen.state === 'withdrawn') return;
    const episode = await ensureEpisode(
      tx,
      viewer,
      ended.personId,
      { firstContactPoint: 'custody', identifiedBy: 'custody-feed' },
      now,
    );
    const how = leftHow[ended.how] ?? 'left custody';
    const charged = ended.how === 'charged-bailed' || ended.how === 'charged-remanded';
    if (charged && ended.courtSiteId !== null) {
      await createHandover(
        tx,
        viewer,
        {
          personId: ended.personId,
          episodeId: episode.id,
          to: { kind: 'court', siteId: ended.courtSiteId },
          reason: `In custody, ${how}. See before the hearing.`,
          cause: `stay ${ended.stayId} to court`,
          ...(ended.courtDate === null ? {} : { hearing: ended.courtDate }),
        },
        now,
      );
    }
    if (ended.how === 'charged-remanded' || ended.how === 'transferred') return;
    const contact = await consentFor(tx, viewer, ended.personId, { kind: 'contact-after-release' }, now);
    const wanted = contact.state === 'given' || (contact.state === 'not-asked' && seen.state === 'given');
    if (!wanted) return;
    await createHandover(
      tx,
      viewer,
      {
        personId: ended.personId,
        episodeId: episode.id,
        to: { kind: 'navigation' },
        reason: `${how.charAt(0).toUpperCase()}${how.slice(1)}. Contact after leaving custody.`,
        cause: `stay ${ended.stayId} to navigation`,
        left: { at: ended.at, how },
      },
      now,
    );
  };
}
