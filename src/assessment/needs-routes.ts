import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import type { Database } from '../platform/database.ts';
import { discardDraft, readDraft } from '../platform/forms/drafts.ts';
import { formErrors, oneText, typedBody } from '../platform/forms/form.ts';
import type { Typed } from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import { done } from '../platform/result.ts';
import { clockSeconds } from '../platform/views/dates.ts';
import { personPage, shortName } from '../people/index.ts';
import { usualPointOfContact } from './need.ts';
import { needHistory } from './need-store.ts';
import { readNeedsForm } from './needs-form.ts';
import { needsModel } from './needs-model.ts';
import { recordNeeds } from './record-needs.ts';
import type { AssessmentParts, NeedConflict } from './record-needs.ts';

export interface NeedsRouteParts extends AssessmentParts {
  readonly database: Database;
}

const params = z.object({ personId: z.uuid() });
const permission = 'assessment.record';
const NEEDS_DRAFT = 'needs';

/** `/people/:personId/needs`: every kind of the vocabulary in one list; several answers in one save. */
export function registerNeedsRoutes(server: FastifyInstance, parts: NeedsRouteParts): void {
  async function page(
    request: FastifyRequest,
    reply: FastifyReply,
    again: {
      readonly typed: Typed;
      readonly errors?: ReturnType<typeof formErrors>;
      readonly conflicts?: readonly NeedConflict[];
    } | null,
  ): Promise<FastifyReply> {
    const { personId } = params.parse(request.params);
    return personPage(parts, request, reply, {
      personId,
      tab: 'needs',
      template: 'needs.njk',
      what: 'needs',
      status: again === null ? 200 : again.conflicts === undefined ? 422 : 409,
      load: async ({ tx, viewer, person, now }) => {
        const place = { ownerId: viewer.workerId, form: NEEDS_DRAFT, subject: person.id };
        const draft = await readDraft(tx, place);
        const history = await needHistory(tx, viewer, person.id);
        const model = needsModel({
          history,
          conflicts: again?.conflicts ?? [],
          typed: again?.typed ?? draft?.content,
          errorOf: again?.errors?.form.errorOf ?? {},
          saidBy: viewer.name,
          pointOfContact: usualPointOfContact(viewer.role),
          shortName: shortName(person),
          now,
        });
        return {
          ...model,
          draft: true,
          draftVersion: draft?.version ?? 0,
          savedAt: draft === undefined ? undefined : clockSeconds(draft.savedAt),
          unsaved: draft !== undefined && again === null,
          ...again?.errors,
        };
      },
    });
  }

  server.get('/people/:personId/needs', { config: { permission }, schema: { params } }, (request, reply) =>
    page(request, reply, null),
  );

  server.post(
    '/people/:personId/needs',
    { config: { permission }, schema: { params } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = params.parse(request.params);
      const typed = typedBody(request.body);
      const read = readNeedsForm(typed, viewer.name);
      if (!read.ok)
        return page(request, reply, { typed, errors: formErrors({ errors: read.errors, typed }) });
      let conflicts: readonly NeedConflict[] = [];
      const form = { body: request.body, route: 'needs' };
      const outcome = await keyedAct(parts.database, databaseContext(viewer), form, async (tx) => {
        const reference = request.reference;
        const recorded = await recordNeeds(parts, tx, viewer, { personId, entries: read.entries, reference });
        if (!recorded.ok) return recorded;
        ({ conflicts } = recorded.value);
        // What met another answer stays in the draft until it is settled.
        if (conflicts.length === 0)
          await discardDraft(tx, { ownerId: viewer.workerId, form: NEEDS_DRAFT, subject: personId });
        return done({ written: recorded.value.written.length });
      });
      if (!outcome.ok)
        return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
      if (conflicts.length > 0) return page(request, reply, { typed: keepMine(typed, conflicts), conflicts });
      const next = oneText(typed, 'still');
      return reply.redirect(`/people/${personId}/needs${next === '' ? '' : `#answer-${next}`}`, 303);
    },
  );
}

/** On the page with both answers only the disputed kinds keep what was typed; the rest is saved and shows the record. */
function keepMine(typed: Typed, conflicts: readonly NeedConflict[]): Typed {
  const kinds = conflicts.map(({ entry }) => entry.kind as string);
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([name]) =>
        !/^(answer|basis|saidBy|detail|severity|services|wantsHelp|version)-/.test(name) ||
        kinds.some((kind) => name.endsWith(`-${kind}`) && !name.startsWith('version-')),
    ),
  );
}
