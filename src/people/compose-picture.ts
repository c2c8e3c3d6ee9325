import type {
  ConsentLine,
  KeyLine,
  MatterLine,
  NeedsPanel,
  NextLine,
  PictureScope,
  PictureSource,
  RiskPanel,
  TriedLine,
} from './picture.ts';
import type { TimelineEntry } from './timeline/timeline-entry.ts';

/** Everything the picture of need shows, joined from the modules' sources. */
export interface Picture {
  readonly matters: readonly MatterLine[];
  /** Lines that did not fit: the page says how many and where they are. */
  readonly mattersLeftOut: number;
  readonly needs: NeedsPanel;
  readonly risks: RiskPanel;
  readonly consent: readonly ConsentLine[];
  readonly tried: readonly TriedLine[];
  readonly next: readonly NextLine[];
  readonly worksWith: readonly KeyLine[];
  readonly timeline: readonly TimelineEntry[];
}

// Never more than five lines: the sixth is read by nobody (design reference, tl-lines).
const MATTERS_AT_MOST = 5;
const NEXT_AT_MOST = 6;
const TRIED_AT_MOST = 6;

/** Urgent first, then whatever runs out of time first (design reference, principle 1). */
export function orderMatters(lines: readonly MatterLine[]): readonly MatterLine[] {
  const rank = { now: 0, soon: 1, plain: 2 };
  return [...lines].sort(
    (a, b) =>
      Number(rank[b.urgency] === 0) - Number(rank[a.urgency] === 0) ||
      a.by - b.by ||
      rank[a.urgency] - rank[b.urgency],
  );
}

/** Several modules may ask for one thing (an alert, an answer in a screening, an old safety plan): it is said once. */
export function joinTopics(lines: readonly MatterLine[]): readonly MatterLine[] {
  const same = (a: MatterLine, b: MatterLine) =>
    a.topic !== undefined && a.topic === b.topic && a.urgency === 'now';
  return lines.flatMap((line, index) => {
    if (lines.slice(0, index).some((earlier) => same(earlier, line))) return [];
    const more = lines.slice(index + 1).filter((later) => same(line, later));
    const [second] = more;
    if (second === undefined) return [line];
    const text = [line.source.text, ...more.map(({ what }) => what)].join(' · ');
    const act = second.act ?? line.act;
    return [{ ...line, source: { ...line.source, text }, ...(act !== undefined && { act }) }];
  });
}

/** Asks every registered source in one transaction and joins what they answer. The number of queries does not depend on the record. */
export async function composePicture(
  sources: readonly PictureSource[],
  scope: PictureScope,
): Promise<Picture> {
  const matters: MatterLine[] = [];
  const consent: ConsentLine[] = [];
  const tried: TriedLine[] = [];
  const next: NextLine[] = [];
  const worksWith: KeyLine[] = [];
  const timeline: TimelineEntry[] = [];
  let needs: NeedsPanel = { found: [], notAsked: [], declined: [], noNeed: [] };
  let risks: RiskPanel = { note: null, lines: [], act: null };
  for (const source of sources) {
    matters.push(...((await source.mattersNow?.(scope)) ?? []));
    consent.push(...((await source.consent?.(scope)) ?? []));
    tried.push(...((await source.tried?.(scope)) ?? []));
    next.push(...((await source.next?.(scope)) ?? []));
    worksWith.push(...((await source.worksWith?.(scope)) ?? []));
    timeline.push(...((await source.timeline?.(scope)) ?? []));
    needs = (await source.needs?.(scope)) ?? needs;
    risks = (await source.risks?.(scope)) ?? risks;
  }
  const ordered = joinTopics(orderMatters(matters));
  const leftOut = ordered.slice(MATTERS_AT_MOST);
  return {
    matters: ordered.slice(0, MATTERS_AT_MOST),
    mattersLeftOut: leftOut.length,
    needs,
    risks,
    consent,
    tried: [...tried].sort((a, b) => b.at - a.at).slice(0, TRIED_AT_MOST),
    next: nextLines(next, leftOut),
    worksWith,
    timeline,
  };
}

/** What is next, soonest first. What found no room above stands here whatever else is cut. */
function nextLines(next: readonly NextLine[], leftOut: readonly MatterLine[]): readonly NextLine[] {
  const moved = leftOut.map(({ when, by, what, source, act }): NextLine => ({
    when,
    by,
    what,
    detail: source.text,
    ...(act !== undefined && { act }),
  }));
  const own = onceEach(next)
    .sort((a, b) => a.by - b.by)
    .slice(0, Math.max(0, NEXT_AT_MOST - moved.length));
  return onceEach([...moved, ...own]).sort((a, b) => a.by - b.by);
}

/** Two modules may know of one appointment (the referral and the diary): the same thing at the same time is one line. */
function onceEach(lines: readonly NextLine[]): NextLine[] {
  return lines.filter(
    (line, index) => lines.findIndex((other) => other.what === line.what && other.by === line.by) === index,
  );
}
