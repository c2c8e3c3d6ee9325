import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { displayName, findPeople, personPage } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { oneText, typedBody, refusalErrors } from '../platform/forms/form.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { actOnce, backTo, refuseAct } from './act-once.ts';
import { whenText } from './display-words.ts';
import { isLate, isOutside, type Handover } from './handover.ts';
import {
  findHandover,
  handoverEvents,
  handoversFrom,
  handoversOf,
  handoversTaken,
  handoversTo,
  HANDOVERS_AT_MOST,
  isReceiver,
} from './handover-store.ts';
import type { NavigationParts } from './navigation-parts.ts';
import { eventLine, handoverRow, standing, standingSource } from './present-handover.ts';
import { receiverChoices, receiverItems } from './receivers.ts';
import {
  acceptHandover,
  keepHandover,
  returnHandover,
  sendHandoverOn,
  type SettleRefusal,
  type SettleScope,
} from './settle-handover.ts';

const handoverSchema = z.object({ personId: z.uuid(), handoverId: z.uuid() });
const view = { config: { permission: 'handover.view' }, schema: { params: handoverSchema } } as const;
const act = { config: { permission: 'handover.act' }, schema: { params: handoverSchema } } as const;

/** Handing over, answering, and the list of what is waiting on either side. */
export function registerHandoverRoutes(server: FastifyInstance, parts: NavigationParts): void {
  server.get('/handovers', { config: { permission: 'handover.view' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const data = await parts.database.transaction(databaseContext(viewer), (tx) =>
      loadLists(parts, tx, viewer, now, request.reference),
    );
    return reply.page('handovers.njk', { ...data, now });
  });

  server.get('/people/:personId/handovers/:handoverId', view, (request, reply) =>
    handoverPage(parts, request, reply, {}),
  );

  const settle =
    (
      use: (
        scope: SettleScope,
        handoverId: string,
        body: unknown,
      ) => Promise<Outcome<Handover, SettleRefusal>>,
      then: (personId: string) => string,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { personId, handoverId } = handoverSchema.parse(request.params);
      const outcome = await actOnce(parts, request, async (scope) => {
        const settled = await use({ ...scope, people: parts.people }, handoverId, request.body);
        return settled.ok ? done({ id: settled.value.id }) : settled;
      });
      if (outcome.ok) return reply.redirect(backTo(request.body, then(personId)), 303);
      if (outcome.refusal.field === undefined) return refuseAct(reply, outcome.refusal);
      return handoverPage(
        parts,
        request,
        reply,
        refusalErrors(outcome.refusal, typedBody(request.body)),
        422,
      );
    };
  const text = (body: unknown, name: string) => oneText(typedBody(body), name);
  const support = (personId: string) => `/people/${personId}/support`;
  const list = () => '/handovers';

  server.post(
    '/people/:personId/handovers/:handoverId/accept',
    act,
    settle(
      (scope, handoverId, body) =>
        acceptHandover(scope, { handoverId, receivedBy: text(body, 'receivedBy') }),
      support,
    ),
  );
  server.post(
    '/people/:personId/handovers/:handoverId/return',
    act,
    settle((scope, handoverId, body) => returnHandover(scope, { handoverId, why: text(body, 'why') }), list),
  );
  server.post(
    '/people/:personId/handovers/:handoverId/keep',
    act,
    settle((scope, handoverId) => keepHandover(scope, { handoverId }), support),
  );
  server.post(
    '/people/:personId/handovers/:handoverId/send-on',
    act,
    settle(async (scope, handoverId, body) => {
      const chosen = text(body, 'to');
      const to = (await receiverChoices(scope.tx, scope.viewer, scope.now)).find(
        (choice) => choice.value === chosen && !isOutside(choice.receiver.kind),
      );
      if (to === undefined) return refused('needs-receiver', 'Choose who should receive it', 'to');
      return sendHandoverOn(scope, { handoverId, to: to.receiver });
    }, list),
  );
}

async function loadLists(
  parts: NavigationParts,
  tx: Tx,
  viewer: SignedInViewer,
  now: Temporal.Instant,
  reference: string,
): Promise<Readonly<Record<string, unknown>>> {
  const since = now.subtract({ hours: 7 * 24 });
  const incoming = await handoversTo(tx, viewer);
  const outgoing = await handoversFrom(tx, viewer, since);
  const taken = await handoversTaken(tx, viewer, since);
  const all = [...incoming, ...outgoing, ...taken];
  const ids = [...new Set(all.map((handover) => handover.personId))];
  const people = await findPeople(tx, viewer, ids);
  const open = await parts.people.mayOpenThese(tx, viewer, people);
  await recordAudit(tx, now, auditActor(viewer, reference), {
    action: 'viewed',
    subjectKind: 'handovers',
    detail: { people: ids.length },
  });
  const nameOf = (personId: string) => {
    const person = people.get(personId);
    return person !== undefined && open.has(personId) ? displayName(person) : null;
  };
  const row = (direction: 'in' | 'out') => (handover: (typeof all)[number]) =>
    handoverRow(handover, nameOf(handover.personId), now, direction);
  return {
    late: incoming.some((handover) => isLate(handover, now)),
    inRows: incoming.map(row('in')),
    outRows: outgoing.map(row('out')),
    takenRows: taken.map(row('in')),
    more: [incoming, outgoing, taken].some((part) => part.length === HANDOVERS_AT_MOST)
      ? HANDOVERS_AT_MOST
      : null,
    liveTopics: [
      `worker:${viewer.workerId}`,
      ...(viewer.teamId === null ? [] : [`team:${viewer.teamId}`]),
      ...(viewer.siteId !== null && viewer.role === 'court-practitioner' ? [`court:${viewer.siteId}`] : []),
    ],
  };
}

type Shown = Readonly<Record<string, unknown>>;

async function handoverPage(
  parts: NavigationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
  status?: number,
): Promise<FastifyReply> {
  const { personId, handoverId } = handoverSchema.parse(request.params);
  return personPage(parts, request, reply, {
    personId,
    tab: 'support',
    template: 'handover.njk',
    what: 'handover',
    ...(status === undefined ? {} : { status }),
    load: async ({ tx, viewer, person, now }) => {
      const handover = await findHandover(tx, viewer, handoverId);
      if (handover === null || handover.personId !== person.id) return null;
      const listed = (await handoversOf(tx, viewer, person.id)).find((entry) => entry.id === handover.id);
      const events = await handoverEvents(tx, viewer, handover.id);
      const outside = isOutside(handover.to.kind);
      const lead = viewer.role === 'lead';
      const sender =
        handover.fromWorkerId === viewer.workerId ||
        (handover.fromTeamId !== null && handover.fromTeamId === viewer.teamId);
      const stands = standing(handover, now);
      const mayAnswer = handover.state === 'waiting' && (isReceiver(handover, viewer) || lead || outside);
      const maySendOn = (handover.state === 'waiting' || handover.state === 'returned') && (sender || lead);
      return {
        ...shown,
        here: `/people/${person.id}/handovers/${handover.id}`,
        toText: listed?.toText ?? '',
        fromName: handover.fromName,
        madeAt: whenText(handover.madeAt, now),
        reason: handover.reason,
        left:
          handover.leftAt === null
            ? null
            : `Left ${whenText(handover.leftAt, now)}${handover.leftHow === null ? '' : `, ${handover.leftHow}`}.`,
        released: handover.leftAt !== null && handover.to.kind === 'navigation',
        stands,
        standsSource: standingSource(handover, now),
        what: handover.what.map((line) => ({
          text: line.text,
          shape: line.urgency === 'now' ? 'now' : line.urgency === 'soon' ? 'due' : null,
          source: line.at === null ? line.source : `${line.source} · ${whenText(line.at, now)}`,
        })),
        history: events.map((event) => eventLine(event, now)),
        outside,
        mayAnswer,
        maySendOn,
        receivers: maySendOn ? await receiverItems(tx, viewer, now, false) : [],
      };
    },
  });
}
