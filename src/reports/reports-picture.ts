import type { MatterLine, NextLine, PictureScope, PictureSource } from '../people/index.ts';
import { clock, when } from '../platform/views/dates.ts';
import { overviewsOf, type ReportOverview } from './report-overview.ts';
import { stateWords } from './report-status.ts';
import { findReports } from './report-store.ts';

type Timeline = Awaited<ReturnType<NonNullable<PictureSource['timeline']>>>;

/** What reports add to the picture of need: what is due, whom to ring, what went and whether it arrived. */
export function reportsPicture(): PictureSource {
  return {
    module: 'reports',
    mattersNow: async (scope) => (await load(scope)).flatMap((overview) => matter(overview, scope.now)),
    next: async (scope) => (await load(scope)).flatMap((overview) => next(overview, scope.now)),
    timeline: async (scope) => (await load(scope)).flatMap((overview) => entries(overview)),
  };
}

async function load({ tx, viewer, personId, now }: PictureScope): Promise<readonly ReportOverview[]> {
  return overviewsOf(tx, viewer, await findReports(tx, viewer, { personId }), now);
}

// Minutes before it is needed at which an unwritten report is soon, and at which it is now.
const SOON_MINUTES = 120;

/** A report that is due, or one that went and nobody has opened. One that was read asks for nothing. */
function matter(overview: ReportOverview, now: Temporal.Instant): readonly MatterLine[] {
  const { report, template, chase } = overview;
  const href = `/reports/${report.id}`;
  const title = `${template.title}, ${report.recipientName}`;
  if (chase !== null)
    return [
      {
        when: chase.due ? 'Now' : clock(chase.at),
        by: chase.at.epochMilliseconds,
        urgency: chase.due ? 'now' : 'plain',
        what: chase.words,
        source: { text: `${title}. ${stateWords({ state: overview.state, at: overview.since }, now).text}` },
        act: { href, text: 'See the report' },
      },
    ];
  const unsent = overview.state === 'draft' || overview.state === 'signed' || overview.state === 'stopped';
  if (!unsent || report.neededBy === null || overview.decision !== null) return [];
  const left = now.until(report.neededBy).total('minutes');
  return [
    {
      when: left < 0 ? 'Late' : when(report.neededBy, now),
      by: report.neededBy.epochMilliseconds,
      urgency: left < 0 ? 'now' : left <= SOON_MINUTES ? 'soon' : 'plain',
      what: `${title}: ${left < 0 ? `was needed by ${when(report.neededBy, now)}` : `needed by ${when(report.neededBy, now)}`}`,
      source: { text: stateWords({ state: overview.state, at: overview.since }, now).text },
      act: {
        href,
        text: overview.state === 'draft' ? 'Finish it' : 'Send it',
      },
    },
  ];
}

/** What is next: the decision a report waits for. */
function next(overview: ReportOverview, now: Temporal.Instant): readonly NextLine[] {
  const { report, template } = overview;
  const at = report.decisionAt;
  if (at === null || overview.decision !== null || Temporal.Instant.compare(at, now) < 0) return [];
  return [
    {
      when: when(at, now),
      by: at.epochMilliseconds,
      what: capital(template.moment),
      detail: `Report to ${report.recipientName}: ${stateWords({ state: overview.state, at: overview.since }, now).text.toLowerCase()}`,
      act: { href: `/reports/${report.id}`, text: 'See the report' },
    },
  ];
}

function entries(overview: ReportOverview): Timeline {
  const { report, template } = overview;
  return overview.versions.map((version) => {
    const newest = version.number === overview.versions[0]?.number;
    const arrived = newest && (overview.state === 'received' || overview.state === 'read');
    return {
      id: `report-${version.id}`,
      lane: report.recipientKind === 'court' ? ('court' as const) : ('custody' as const),
      shape: 'note' as const,
      from: version.signedAt,
      to: null,
      ongoing: false,
      title: template.title,
      detail: newest ? `${report.recipientName}, ${template.moment}` : 'Replaced by a newer version',
      source: version.signedByName,
      href: `/reports/${report.id}`,
      tone: arrived ? ('done' as const) : newest ? ('waiting' as const) : ('old' as const),
    };
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
