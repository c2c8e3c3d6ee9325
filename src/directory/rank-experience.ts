import type { RankReason } from './rank-fit.ts';
import { agoInWords } from './rank-practical.ts';
import type { ServiceListing } from './service-listing.ts';
import type { ServiceExperience, TriedOutcome, TriedService } from './service-seeker.ts';

// Lower comes first. Having finished with a service well speaks for it; a bad ending is for talking about, not a bar.
const outcomes: Readonly<
  Record<
    TriedOutcome,
    { readonly key: number; readonly effect: RankReason['effect']; readonly words: string }
  >
> = {
  'with-them-now': { key: 0, effect: 'note', words: 'They are with this service now' },
  waiting: { key: 0, effect: 'note', words: 'They are on its waiting list' },
  completed: { key: 0, effect: 'for', words: 'They completed with this service' },
  'stopped-going': { key: 2, effect: 'note', words: 'They stopped going' },
  'never-attended': { key: 2, effect: 'note', words: 'They were referred and did not attend' },
  'declined-by-service': { key: 3, effect: 'check', words: 'This service declined them' },
  'person-does-not-want-again': {
    key: 4,
    effect: 'check',
    words: 'They said they do not want this service again',
  },
};
const neverTried = 1;

/** Below this many answers a rate says more about chance than about the service. */
const enough = 5;

/** A rate in tenths, drawn to the middle when few (add one each way), so that 1 of 1 is not better than 19 of 20. */
const tenths = (part: number, whole: number): number => Math.round(((part + 1) / (whole + 2)) * 10);

/** What this person and our referrals have met with there. Keys: lower comes first. */
export function trackReasons(
  listing: ServiceListing,
  experience: ServiceExperience,
  today: Temporal.PlainDate,
): {
  readonly own: readonly RankReason[];
  readonly ownKey: number;
  readonly ours: readonly RankReason[];
  readonly oursKey: number;
} {
  const latest = experience.tried
    .filter((one) => one.externalId === listing.externalId)
    .reduce<TriedService | undefined>(
      // of two on one day the less welcome is told
      (best, one) =>
        best === undefined ||
        Temporal.PlainDate.compare(one.on, best.on) > 0 ||
        (Temporal.PlainDate.compare(one.on, best.on) === 0 &&
          outcomes[one.outcome].key > outcomes[best.outcome].key)
          ? one
          : best,
      undefined,
    );
  const own = latest === undefined ? undefined : outcomes[latest.outcome];
  const when = latest === undefined ? undefined : agoInWords(latest.on, today);
  const track = experience.tracks.get(listing.externalId);
  const accepts = track !== undefined && track.answered >= enough;
  const keeps = track !== undefined && track.firstDue >= enough;
  const ours: RankReason[] = [];
  if (accepts) {
    const words = `Accepted ${track.accepted} of ${track.answered} referrals from us`;
    ours.push({ about: 'our-referrals', effect: 'note', words });
  }
  if (keeps) {
    const words = `${track.firstAttended} of ${track.firstDue} came to their first appointment`;
    ours.push({ about: 'our-referrals', effect: 'note', words });
  }
  return {
    own:
      own === undefined || when === undefined
        ? []
        : [{ about: 'tried-before', effect: own.effect, words: `${own.words} (${when})` }],
    ownKey: own?.key ?? neverTried,
    ours,
    // the middle (5 tenths) for each that is not known: unknown is neither praised nor blamed
    oursKey: -(
      (accepts ? tenths(track.accepted, track.answered) : 5) +
      (keeps ? tenths(track.firstAttended, track.firstDue) : 5)
    ),
  };
}
