import {
  oncePerPicture,
  type MatterLine,
  type NextLine,
  type PictureScope,
  type PictureSource,
} from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { day as dayText, when } from '../platform/views/dates.ts';
import { timeOf } from './court-day-page.ts';
import { hasGone } from './court-line.ts';
import type { CourtParts } from './court-parts.ts';
import { openRequestsAbout } from './court-requests.ts';
import { hearingsOf, startOf, type PersonHearing } from './persons-hearings.ts';
import { roomName } from './room-name.ts';

/**
 * What courts adds to the picture of need: listed today, what the court is waiting for, next hearings, and a diamond
 * for each hearing on the timeline. Confirmed matches only.
 */
export function courtsPicture(parts: Pick<CourtParts, 'reportsForHearing' | 'links'>): PictureSource {
  return {
    module: 'courts',
    async where(scope) {
      const { now } = scope;
      const today = (await everyHearing(scope)).find(
        (hearing) => hearing.day.equals(londonDate(now)) && !hearing.noLongerListed,
      );
      return today === undefined
        ? null
        : {
            place: `Listed today, ${today.courtName}, ${placeOf(today)}`,
            clock: null,
            source: `Court list, received ${when(today.receivedAt, now)}`,
            point: 'court',
          };
    },
    mattersNow: (scope) => mattersNow(parts, scope),
    next: (scope) => nextLines(scope),
    async timeline(scope) {
      const { now } = scope;
      const hearings = await everyHearing(scope);
      return hearings.map((hearing) => ({
        id: `hearing-${hearing.hearingId}-${hearing.day.toString()}`,
        lane: 'court' as const,
        shape: 'hearing' as const,
        from: startOf(hearing),
        to: null,
        ongoing: false,
        title: hearing.noLongerListed ? 'No longer listed' : hearing.courtName,
        detail: `${hearing.why}. ${placeOf(hearing)}`,
        source: `Court list, ${when(hearing.receivedAt, now)}`,
        tone: hearing.noLongerListed
          ? ('old' as const)
          : Temporal.Instant.compare(startOf(hearing), now) > 0
            ? ('waiting' as const)
            : ('plain' as const),
      }));
    },
  };
}

const everyHearing = oncePerPicture(({ tx, viewer, personId }) => hearingsOf(tx, viewer, [personId], null));

function placeOf(hearing: PersonHearing): string {
  const room = roomName(hearing.room);
  return `${room.charAt(0).toLowerCase()}${room.slice(1)}, ${timeOf(hearing.time)}`;
}

async function mattersNow(
  parts: Pick<CourtParts, 'reportsForHearing' | 'links'>,
  { tx, viewer, personId, now }: PictureScope,
): Promise<readonly MatterLine[]> {
  const requests = await openRequestsAbout(tx, viewer, personId);
  const ids = requests.flatMap((request) => (request.appearanceId === null ? [] : [request.appearanceId]));
  const reports = await parts.reportsForHearing(tx, viewer, ids, now);
  return requests.flatMap((request): MatterLine[] => {
    const report = request.appearanceId === null ? undefined : reports.get(request.appearanceId);
    if (report !== undefined && hasGone(report)) return [];
    const late = Temporal.Instant.compare(request.neededBy, now.add({ hours: 2 })) <= 0;
    return [
      {
        when: when(request.neededBy, now),
        by: request.neededBy.epochMilliseconds,
        urgency: late ? 'now' : 'soon',
        what: request.reportWanted
          ? 'The court is waiting for a report'
          : `The court asked: “${request.question}”`,
        source: {
          text: `${request.askedBy}, ${when(request.askedAt, now)}. ${request.takenByName === null ? 'Nobody answering yet' : `${request.takenByName} is answering`}`,
        },
        act:
          report === undefined && request.reportWanted && request.appearanceId !== null
            ? { href: parts.links.startReport(personId, request.appearanceId), text: 'Start report' }
            : report === undefined
              ? { href: `/courts/requests/${request.id}/answer`, text: 'Answer' }
              : { href: parts.links.openReport(report.id), text: 'Open draft' },
      },
    ];
  });
}

async function nextLines(scope: PictureScope): Promise<readonly NextLine[]> {
  const { now } = scope;
  const today = londonDate(now);
  return (await everyHearing(scope))
    .filter((hearing) => !hearing.noLongerListed && Temporal.PlainDate.compare(hearing.day, today) >= 0)
    .map((hearing) => ({
      when: hearing.day.equals(today) ? timeOf(hearing.time) : dayText(hearing.day),
      by: startOf(hearing).epochMilliseconds,
      what: `${hearing.courtName}, ${placeOf(hearing)}`,
      detail: `${hearing.why}. Court list, received ${when(hearing.receivedAt, now)}`,
    }));
}
