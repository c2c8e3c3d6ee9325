import type { SignedInViewer } from '../access/index.ts';
import { currentStays } from '../custody/index.ts';
import { findPeople, shortName } from '../people/index.ts';
import { LONDON } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dayLine, type DayLine } from './court-line.ts';
import { dayRows, type DayRow } from './court-day-store.ts';
import type { CourtParts, HandoverToCourt, PossiblyToday } from './court-parts.ts';
import { requestsOfCourt, type CourtRequest } from './court-requests.ts';
import { suggestionsFor } from './match-store.ts';

/** Everything the court day shows, loaded by a fixed number of queries whatever the length of the list. */
export interface LoadedDay {
  readonly items: readonly { readonly row: DayRow; readonly line: DayLine }[];
  readonly requests: readonly CourtRequest[];
  readonly handovers: readonly HandoverToCourt[];
  readonly possibly: readonly PossiblyToday[];
  readonly notAsked: number;
  readonly refused: number;
}

/** Loads one court's day for a viewer who works there (the caller has checked). */
export async function loadCourtDay(
  parts: CourtParts,
  tx: Tx,
  viewer: SignedInViewer,
  siteId: string,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<LoadedDay> {
  const rows = await dayRows(tx, viewer, siteId, day);
  const appearanceIds = rows.map((row) => row.appearanceId);
  const suggestions = await suggestionsFor(
    tx,
    viewer,
    rows.filter((row) => row.personId === null).map((row) => row.appearanceId),
  );
  const start = day.toZonedDateTime({ timeZone: LONDON }).toInstant();
  const end = day.add({ days: 1 }).toZonedDateTime({ timeZone: LONDON }).toInstant();
  const requests = await requestsOfCourt(tx, viewer, siteId, start, end);
  const personIds = [...new Set(rows.flatMap((row) => (row.personId === null ? [] : [row.personId])))];
  const people = await findPeople(tx, viewer, personIds);
  const openable = await parts.people.mayOpenThese(tx, viewer, people);
  const reports = await parts.reportsForHearing(tx, viewer, appearanceIds, now);
  const consents = await parts.consentToCourt(tx, viewer, personIds, now, people);
  const stays = await currentStays(tx, viewer, personIds, now);
  const handovers = await parts.handoversTo(tx, viewer, siteId);
  const possibly = await parts.possiblyToday(tx, viewer, siteId, day);
  const open = requests.filter((request) => request.answeredAt === null);
  const items = rows.map((row) => {
    const person = row.personId === null ? undefined : people.get(row.personId);
    const about = row.personId ?? '';
    const line = dayLine(
      {
        row,
        suggestions: suggestions.get(row.appearanceId) ?? [],
        request: open.find((request) => request.appearanceId === row.appearanceId) ?? null,
        report: reports.get(row.appearanceId) ?? null,
        consent: consents.get(about) ?? null,
        held: stays.get(about) ?? null,
        handover: handovers.find((handover) => handover.personId === row.personId) ?? null,
        mayOpen: openable.has(about),
        shortName: person === undefined ? 'this person' : shortName(person),
      },
      day,
      now,
      parts.links,
    );
    return { row, line };
  });
  const asked = new Map(
    items.flatMap(({ row, line }) =>
      line.toAsk && row.personId !== null
        ? [[row.personId, consents.get(row.personId)?.state ?? 'not-asked'] as const]
        : [],
    ),
  );
  const refused = [...asked.values()].filter((state) => state === 'refused' || state === 'withdrawn').length;
  const listed = new Set(personIds);
  return {
    items,
    requests,
    handovers,
    possibly: possibly.filter((one) => !listed.has(one.personId)),
    notAsked: asked.size - refused,
    refused,
  };
}
