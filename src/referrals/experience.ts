import { sql } from 'kysely';
import type { Viewer } from '../access/index.ts';
import type { ServiceExperience, TriedOutcome, TriedService } from '../directory/index.ts';
import { londonDate } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { Referral } from './referral-store.ts';

/**
 * How every service took and kept the people we sent in the last year, and what this person tried: for the ranking.
 * One query, whatever the number of services; counts only, no person.
 */
export async function experienceOf(
  tx: Tx,
  viewer: Viewer,
  own: readonly Referral[],
  now: Temporal.Instant,
): Promise<ServiceExperience> {
  const since = now.subtract({ hours: 24 * 365 });
  const { rows } = await sql<{
    service_id: string;
    answered: number;
    accepted: number;
    first_due: number;
    first_attended: number;
  }>`
    select service_id,
      count(distinct referral_id) filter (where what in ('accepted', 'wait-listed', 'appointment-offered', 'declined'))::int as answered,
      count(distinct referral_id) filter (where what in ('accepted', 'wait-listed', 'appointment-offered'))::int as accepted,
      count(distinct referral_id) filter (where what in ('attended', 'did-not-attend'))::int as first_due,
      count(distinct referral_id) filter (where what = 'attended')::int as first_attended
    from referral_event
    where area_id = ${viewer.areaId} and happened_at >= ${since}
    group by service_id`.execute(tx);
  return {
    tracks: new Map(
      rows.map((row) => [
        row.service_id,
        {
          answered: row.answered,
          accepted: row.accepted,
          firstDue: row.first_due,
          firstAttended: row.first_attended,
        },
      ]),
    ),
    tried: own.flatMap((referral) => triedOf(referral) ?? []),
  };
}

/** How this person got on with a service, or nothing when it never came to it. */
function triedOf(referral: Referral): TriedService | null {
  const outcome = outcomeOf(referral);
  return outcome === null
    ? null
    : { externalId: referral.serviceId, outcome, on: londonDate(referral.standing.since) };
}

function outcomeOf({ standing }: Referral): TriedOutcome | null {
  switch (standing.state) {
    case 'first-attended':
    case 'engaged':
      return 'with-them-now';
    case 'sent':
    case 'delivered':
    case 'received':
    case 'accepted':
    case 'waiting':
    case 'asked':
    case 'appointment-offered':
      return 'waiting';
    case 'completed':
      return 'completed';
    case 'lost':
      return standing.firstSeenAt === null ? 'never-attended' : 'stopped-going';
    case 'did-not-attend':
      return 'never-attended';
    case 'declined':
    case 'moved-on':
      return 'declined-by-service';
    case 'withdrawn':
      return standing.reason === 'person-changed-mind' ? 'person-does-not-want-again' : null;
    case 'draft':
      return null;
  }
}
