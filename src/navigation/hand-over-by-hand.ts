import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ensureEpisode, personPage } from '../people/index.ts';
import { formErrors, parseForm, refusalErrors, textField } from '../platform/forms/form.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { actOnce, refuseAct, type ActScope } from './act-once.ts';
import { createHandover } from './create-handover.ts';
import { isOutside, type HandoverLine } from './handover.ts';
import type { NavigationParts } from './navigation-parts.ts';
import { receiverChoices, receiverItems } from './receivers.ts';

const personSchema = z.object({ personId: z.uuid() });
const make = { config: { permission: 'handover.act' }, schema: { params: personSchema } } as const;

type Shown = Readonly<Record<string, unknown>>;

/** Handing somebody over by hand, from their own pages. */
export function registerHandOverByHand(server: FastifyInstance, parts: NavigationParts): void {
  server.get('/people/:personId/handover', make, (request, reply) => newPage(parts, request, reply, {}));

  server.post('/people/:personId/handovers', make, async (request, reply) => {
    const { personId } = personSchema.parse(request.params);
    const form = parseForm(newFields, request.body, { now: parts.clock.now() });
    if (!form.ok) return newPage(parts, request, reply, formErrors(form), 422);
    const outcome = await actOnce(parts, request, (scope) => handOver(parts, scope, personId, form.values));
    if (outcome.ok) return reply.redirect(`/people/${personId}/handovers/${outcome.value.id}`, 303);
    if (outcome.refusal.field === undefined) return refuseAct(reply, outcome.refusal);
    return newPage(parts, request, reply, refusalErrors(outcome.refusal, form.typed), 422);
  });
}

const newFields = {
  to: textField(z.string('Choose who should receive it')),
  name: textField(z.string().max(200).optional()),
  reason: textField(z.string('Enter why you hand over').max(1000, 'Use 1,000 characters or fewer')),
  lines: textField(z.string().max(4000, 'Use 4,000 characters or fewer').optional()),
  left: textField(z.enum(['no', 'yes', 'not-held'], 'Choose whether they have left')),
  leftHow: textField(z.string().max(200).optional()),
} as const;

async function newPage(
  parts: NavigationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
  status?: number,
): Promise<FastifyReply> {
  const { personId } = personSchema.parse(request.params);
  return personPage(parts, request, reply, {
    personId,
    tab: 'support',
    template: 'new-handover.njk',
    what: 'new handover',
    ...(status === undefined ? {} : { status }),
    load: async ({ tx, viewer, now }) => ({
      ...shown,
      receivers: await receiverItems(tx, viewer, now, true),
    }),
  });
}

interface NewValues {
  readonly to: string;
  readonly name: string | undefined;
  readonly reason: string;
  readonly lines: string | undefined;
  readonly left: 'no' | 'yes' | 'not-held';
  readonly leftHow: string | undefined;
}

/** Hands over by hand: the record's own lines go with it, and what the sender adds in their own name. */
async function handOver(
  parts: NavigationParts,
  { tx, viewer, now, reference }: ActScope,
  personId: string,
  values: NewValues,
): Promise<Outcome<{ id: string }, 'not-found' | 'needs-reason' | 'needs-receiver'>> {
  const opened = await parts.people.open(tx, viewer, personId);
  if (opened === null) return refused('not-found', 'There is no such record.');
  const choice = (await receiverChoices(tx, viewer, now)).find((entry) => entry.value === values.to);
  if (choice === undefined) return refused('needs-receiver', 'Choose who should receive it', 'to');
  const { receiver } = choice;
  if (isOutside(receiver.kind) && values.name === undefined)
    return refused('needs-receiver', 'Enter the name of the prison or the other area’s service', 'name');
  const opening = { firstContactPoint: 'community', identifiedBy: 'service' } as const;
  const episode = await ensureEpisode(tx, viewer, opened.person.id, opening, now);
  const own: HandoverLine[] = (values.lines ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ text: line, source: viewer.name, at: now, urgency: 'note' }));
  const left = values.left === 'yes' ? { at: now, how: values.leftHow ?? 'how is not recorded' } : undefined;
  const made = await createHandover(
    tx,
    viewer,
    {
      personId: opened.person.id,
      episodeId: episode.id,
      to: {
        kind: receiver.kind,
        ...(receiver.siteId === null ? {} : { siteId: receiver.siteId }),
        ...(receiver.teamId === null ? {} : { teamId: receiver.teamId }),
        ...(receiver.workerId === null ? {} : { workerId: receiver.workerId }),
        ...(isOutside(receiver.kind) && values.name !== undefined ? { name: values.name } : {}),
      },
      reason: values.reason,
      addLines: own,
      ...(left === undefined ? {} : { left }),
      // Somebody who was not held has nothing to wait for: the clock counts from now.
      ...(values.left === 'not-held' ? { startsNow: true } : {}),
    },
    now,
    reference,
  );
  return made.ok ? done({ id: made.value.id }) : made;
}
