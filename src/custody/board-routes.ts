import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { displayName } from '../people/index.ts';
import { parseForm, textField } from '../platform/forms/form.ts';
import { clock as clockText, day } from '../platform/views/dates.ts';
import { counted } from '../platform/views/text.ts';
import { placeStay } from './change-stay.ts';
import type { BoardEntry } from './board-entry.ts';
import type { CustodyParts } from './custody-parts.ts';
import { loadBoard } from './load-board.ts';
import { staysAt, unplacedCount, unplacedStays } from './stay-store.ts';
import { boardFilters, boardModel, leftSummary, underFilter, type BoardFilter } from './suite-board.ts';
import { feedLastHeard, suitesOf, type Suite } from './suite-store.ts';

const PRIVACY_COOKIE = 'throughline_board_privacy';
const LEFT_HOURS = 12;

const siteParamsSchema = z.object({ siteId: z.uuid() });
const filterNames = Object.keys(boardFilters) as [BoardFilter, ...BoardFilter[]];
const boardQuerySchema = z.object({
  show: z.enum(filterNames).catch('everyone').default('everyone'),
  size: z.enum(['wall', 'desk']).catch('desk').default('desk'),
  privacy: z.enum(['on', 'off']).optional().catch(undefined),
});
type BoardQuery = z.output<typeof boardQuerySchema>;

/** The suite board: choose a suite, see everyone in it, place those whose suite we could not tell. */
export function registerBoardRoutes(server: FastifyInstance, parts: CustodyParts): void {
  server.get('/suites', { config: { permission: 'suite-board.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const { suites, unplaced } = await parts.database.transaction(databaseContext(viewer), async (tx) => ({
      suites: await suitesOf(tx, viewer),
      unplaced: await unplacedCount(tx, viewer),
    }));
    const [only] = suites;
    if (suites.length === 1 && only !== undefined) return reply.redirect(`/suites/${only.id}`, 303);
    return reply.page('suites.njk', { suites, unplaced });
  });

  server.get('/suites/unplaced', { config: { permission: 'suite-board.view' } }, (request, reply) =>
    unplacedPage(parts, request, reply),
  );

  server.post('/suites/unplaced', { config: { permission: 'custody.record' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const form = parseForm(
      { stay: textField(z.uuid()), site: textField(z.uuid('Choose a suite')) },
      request.body,
      { now: parts.clock.now() },
    );
    if (!form.ok)
      return reply.refusal({ code: 'no-suite', message: 'Choose a suite, then place the person' }, 422);
    const placed = await placeStay(parts, viewer, request.reference, {
      stayId: form.values.stay,
      siteId: form.values.site,
    });
    if (!placed.ok) return reply.refusal(placed.refusal, 404);
    return reply.redirect(`/suites/${placed.value.siteId}`, 303);
  });

  server.get(
    '/suites/:siteId',
    {
      config: { permission: 'suite-board.view' },
      schema: { params: siteParamsSchema, querystring: boardQuerySchema },
    },
    (request, reply) => boardPage(parts, request, reply),
  );
}

async function boardPage(
  parts: CustodyParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const { siteId } = siteParamsSchema.parse(request.params);
  const query = boardQuerySchema.parse(request.query);
  if (query.privacy !== undefined) {
    // Kept in this browser: a wall screen stays private whoever signs in after the next change of shift.
    const cookie = {
      path: '/suites',
      httpOnly: true,
      sameSite: 'lax' as const,
      secure: request.protocol === 'https',
    };
    if (query.privacy === 'on') reply.setCookie(PRIVACY_COOKIE, 'on', { ...cookie, maxAge: 366 * 24 * 3600 });
    else reply.clearCookie(PRIVACY_COOKIE, cookie);
    return reply.redirect(boardAddress(siteId, { ...query, privacy: undefined }), 303);
  }
  const privacy = request.cookies[PRIVACY_COOKIE] === 'on';
  const now = parts.clock.now();
  const loaded = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const suites = await suitesOf(tx, viewer);
    const suite = suites.find((each) => each.id === siteId);
    if (suite === undefined) return null;
    const stays = await staysAt(tx, viewer, siteId, now.subtract({ hours: LEFT_HOURS }));
    const entries = await loadBoard(parts, tx, viewer, stays, now);
    const heard = await feedLastHeard(tx, viewer);
    const unplaced = await unplacedCount(tx, viewer);
    await recordAudit(tx, now, auditActor(viewer, request.reference), {
      action: 'viewed',
      subjectKind: 'suite board',
      subjectId: siteId,
      detail: { people: entries.length, show: query.show, privacy },
    });
    return { suite, suites, entries, heard, unplaced };
  });
  if (loaded === null) return reply.missing();
  return reply.page('suite-board.njk', boardData(loaded, query, privacy, viewer, now));
}

function boardData(
  loaded: {
    readonly suite: Suite;
    readonly suites: readonly Suite[];
    readonly entries: readonly BoardEntry[];
    readonly heard: Temporal.Instant | null;
    readonly unplaced: number;
  },
  query: BoardQuery,
  privacy: boolean,
  viewer: SignedInViewer,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { suite, entries } = loaded;
  // Under privacy a list of the under-18s would itself say who is a child.
  const filters = filterNames.filter((name) => !(privacy && name === 'under-18'));
  const filter = filters.includes(query.show) ? query.show : 'everyone';
  const model = boardModel(entries, {
    filter,
    privacy,
    viewerId: viewer.workerId,
    siteName: suite.name,
    now,
  });
  const left = leftSummary(entries);
  const [first] = left.releasedFirst;
  return {
    title: `${suite.shortName} suite board`,
    shortName: suite.shortName,
    board: model,
    today: `${day(now)}, ${clockText(now)}`,
    now,
    filters: filters.map((name) => ({
      href: boardAddress(suite.id, { ...query, show: name }),
      text: boardFilters[name],
      count: entries.filter((entry) => underFilter(entry, name, viewer.workerId)).length,
      current: name === filter,
    })),
    empty: emptyWords(filter),
    feed:
      loaded.heard === null
        ? 'Nothing heard from the custody feed yet.'
        : `Custody feed ${clockText(loaded.heard)}.`,
    privacy,
    wall: query.size === 'wall',
    bodyClass: query.size === 'wall' ? 'tl-wall' : '',
    privacyHref: boardAddress(suite.id, { ...query, privacy: privacy ? 'off' : 'on' }),
    sizeHref: boardAddress(suite.id, { ...query, size: query.size === 'wall' ? 'desk' : 'wall' }),
    addHref: `/suites/${suite.id}/add`,
    otherSuites: loaded.suites.length > 1,
    unplaced:
      loaded.unplaced === 0
        ? null
        : counted(
            loaded.unplaced,
            'person is in a suite we could not tell',
            'people are in suites we could not tell',
          ),
    left,
    followUp:
      first === undefined
        ? null
        : left.releasedFirst.length === 1 && first.stay.mayOpen
          ? { href: `/people/${first.stay.person.id}/contact`, text: 'Follow up the person who left first' }
          : {
              href: boardAddress(suite.id, { ...query, show: 'left' }),
              text: `Follow up the ${left.releasedFirst.length} people who left first`,
            },
    liveTopics: [`suite:${suite.id}`, 'suite:unplaced'],
    printedBy: viewer.name,
  };
}

function boardAddress(siteId: string, query: Partial<BoardQuery>): string {
  const search = new URLSearchParams();
  if (query.show !== undefined && query.show !== 'everyone') search.set('show', query.show);
  if (query.size === 'wall') search.set('size', 'wall');
  if (query.privacy !== undefined) search.set('privacy', query.privacy);
  return `/suites/${siteId}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

function emptyWords(filter: BoardFilter): string {
  switch (filter) {
    case 'everyone':
      return 'Nobody is detained here or attending voluntarily, as far as we have been told.';
    case 'now':
      return 'Nothing needs action now.';
    case 'not-seen':
      return 'Everybody here has been seen.';
    case 'mine':
      return 'Nobody is assigned to you.';
    case 'under-18':
      return 'Nobody here is known to be under 18. Where the age is not known, ask.';
    case 'voluntary':
      return 'Nobody is attending voluntarily.';
    case 'left':
      return 'Nobody left in the last 12 hours.';
  }
}

async function unplacedPage(
  parts: CustodyParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const now = parts.clock.now();
  const loaded = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const suites = await suitesOf(tx, viewer);
    const stays = await unplacedStays(tx, viewer);
    const entries = await loadBoard(parts, tx, viewer, stays, now);
    await recordAudit(tx, now, auditActor(viewer, request.reference), {
      action: 'viewed',
      subjectKind: 'people to place',
      detail: { people: entries.length },
    });
    return { suites, stays, entries };
  });
  const privacy = request.cookies[PRIVACY_COOKIE] === 'on';
  const people = loaded.entries.map((entry) => {
    const stay = loaded.stays.find((each) => each.id === entry.stay.id);
    return {
      stayId: entry.stay.id,
      name: privacy ? `Custody number ${stay?.custodyNumber ?? 'not given'}` : displayName(entry.stay.person),
      href: entry.stay.mayOpen ? `/people/${entry.stay.person.id}` : null,
      said: stay?.siteCode ?? null,
      number: stay?.custodyNumber ?? null,
      since: clockText(stay?.arrivedAt ?? stay?.firstEventAt ?? now),
    };
  });
  return reply.page('unplaced.njk', {
    title: 'People to place',
    people,
    suites: loaded.suites.map((suite) => ({ value: suite.id, text: suite.name })),
    single: loaded.suites.length === 1 ? loaded.suites[0] : null,
  });
}
