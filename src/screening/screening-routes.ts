import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import { londonDate } from '../platform/clock.ts';
import { oneText, refusalErrors, typedBody } from '../platform/forms/form.ts';
import type { formErrors, Typed } from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import { done } from '../platform/result.ts';
import { clockSeconds } from '../platform/views/dates.ts';
import { personPage } from '../people/index.ts';
import { askModel, askable } from './ask-model.ts';
import type { Instrument } from './instrument.ts';
import { listModel } from './list-model.ts';
import { postedFields, readPostedPage } from './posted-answers.ts';
import { registerResultRoutes } from './result-routes.ts';
import { saveScreening, screeningToResume } from './save-screening.ts';
import type { SaveScreeningInput } from './save-screening.ts';
import type { ScreeningRouteParts } from './screening-parts.ts';
import { decisionsOn, screeningsOf } from './screening-store.ts';
import { settleAndReuse } from './settle-and-reuse.ts';
import { shownFor } from './shown-for.ts';
import { stepItems } from './step-items.ts';

const personParams = z.object({ personId: z.uuid() });
const askParams = personParams.extend({ instrument: z.string().regex(/^[a-z0-9-]{1,40}$/) });
const draftBody = z.object({
  version: z.int().min(0),
  content: z.record(
    z.string().max(200),
    z.union([z.string().max(60_000), z.array(z.string().max(200)).max(50)]),
  ),
});

const permission = 'screening.record';

/** The pages of screening: the list, one instrument in conversation order, one result. */
export function registerScreeningRoutes(server: FastifyInstance, parts: ScreeningRouteParts): void {
  const instrumentNamed = (name: string): Instrument | undefined =>
    askable(parts.library.entries, londonDate(parts.clock.now())).find((one) => one.name === name);

  server.get(
    '/people/:personId/screening',
    { config: { permission }, schema: { params: personParams } },
    (request, reply) => {
      const { personId } = personParams.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'screening',
        template: 'screening-list.njk',
        what: 'screening',
        load: async ({ tx, viewer, person, now }) => {
          const screenings = await screeningsOf(tx, viewer, person.id);
          const decisions = await decisionsOn(
            tx,
            screenings.map(({ id }) => id),
          );
          const instruments = askable(parts.library.entries, londonDate(now));
          return listModel({ personId: person.id, instruments, screenings, decisions, now });
        },
      });
    },
  );

  async function askPage(
    request: FastifyRequest,
    reply: FastifyReply,
    instrument: Instrument,
    again: { readonly typed: Typed; readonly errors: ReturnType<typeof formErrors> } | null,
  ): Promise<FastifyReply> {
    const { personId } = personParams.parse(request.params);
    const query = z.object({ correct: z.uuid().optional() }).safeParse(request.query);
    const asked = again === null ? query.data?.correct : oneText(again.typed, 'correct');
    const correct = asked === '' ? undefined : asked;
    return personPage(parts, request, reply, {
      personId,
      tab: 'screening',
      template: 'screening-ask.njk',
      what: 'screening questions',
      status: again === null ? 200 : 422,
      load: async (scope) => {
        const { tx, viewer, person, now } = scope;
        const all = await screeningsOf(tx, viewer, person.id);
        const screening =
          correct === undefined
            ? (screeningToResume(all, instrument, now) ?? null)
            : (all.find(({ id, status }) => id === correct && status === 'finished') ?? null);
        if (correct !== undefined && screening?.instrument.url !== instrument.url) return null;
        const action = `/people/${person.id}/screening/${instrument.name}`;
        const shown = await shownFor(parts, scope, instrument, screening, all);
        return {
          ...askModel({
            instrument,
            screening,
            screenings: all,
            viewerName: viewer.name,
            viewerRole: viewer.role,
            now,
          }),
          instrument,
          action,
          listHref: `/people/${person.id}/screening`,
          draft: correct === undefined,
          correction: correct !== undefined,
          pageId: randomUUID(),
          screeningId: screening?.id ?? '',
          version: screening?.version ?? 0,
          savedAt: screening === null ? undefined : clockSeconds(screening.savedAt),
          shown,
          disputed: shown['disputed'],
          safetyNow: shown['safetyNow'],
          stepItems: stepItems(parts.library, all, instrument, person.id, now),
          ...again?.errors,
        };
      },
    });
  }

  server.get(
    '/people/:personId/screening/:instrument',
    { config: { permission }, schema: { params: askParams } },
    (request, reply) => {
      const instrument = instrumentNamed(askParams.parse(request.params).instrument);
      return instrument === undefined ? reply.missing() : askPage(request, reply, instrument, null);
    },
  );

  /** What a page sends, as the use case takes it. */
  function inputOf(
    request: FastifyRequest,
    instrument: Instrument,
    typed: Typed,
  ): SaveScreeningInput | { readonly errors: ReturnType<typeof formErrors> } {
    const read = readPostedPage(instrument, typed);
    if (!read.ok) return { errors: refusalErrors(read.refusal, typed) };
    const uuid = (name: string): string | null => z.uuid().safeParse(oneText(typed, name)).data ?? null;
    const correct = uuid('correct');
    return {
      personId: personParams.parse(request.params).personId,
      instrument,
      page: read.value,
      pageId: uuid('page'),
      fields: postedFields(instrument, typed),
      opened: { screeningId: uuid('opened'), version: Number(oneText(typed, 'version')) || 0 },
      finish: oneText(typed, 'finish') === 'yes',
      ...(correct === null ? {} : { correction: { screeningId: correct, reason: oneText(typed, 'reason') } }),
      reference: request.reference,
    };
  }

  server.put(
    '/people/:personId/screening/:instrument',
    { config: { permission }, schema: { params: askParams, body: draftBody } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const instrument = instrumentNamed(askParams.parse(request.params).instrument);
      if (instrument === undefined) return reply.missing();
      const typed = typedBody(draftBody.parse(request.body).content);
      const input = inputOf(request, instrument, typed);
      if ('errors' in input) return reply.code(422).send({ code: 'not-an-answer' });
      const answer = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        const saved = await saveScreening(parts, tx, viewer, { ...input, finish: false });
        if (!saved.ok) return { refusal: saved.refusal };
        const opened = await parts.people.open(tx, viewer, input.personId);
        if (opened === null) return { refusal: { code: 'not-found' as const, message: '' } };
        const { screening } = saved.value;
        const all = await screeningsOf(tx, viewer, opened.person.id);
        const scope = { tx, viewer, person: opened.person, now: parts.clock.now() };
        return { screening, shown: await shownFor(parts, scope, instrument, screening, all) };
      });
      if (answer.refusal !== undefined) {
        if (answer.refusal.code === 'nothing-answered')
          return { version: 0, savedAt: clockSeconds(parts.clock.now()) };
        return reply.code(404).send({ code: answer.refusal.code });
      }
      const { screening, shown } = answer;
      return {
        safetyNow: shown['safetyNow'],
        version: screening.version,
        savedAt: clockSeconds(screening.savedAt),
        panel: parts.views.render('screening-shown.njk', {
          shown: {
            ...shown,
            settleHref: `/people/${screening.personId}/screening/${instrument.name}#settle`,
          },
        }),
      };
    },
  );

  server.post(
    '/people/:personId/screening/:instrument',
    { config: { permission }, schema: { params: askParams } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const instrument = instrumentNamed(askParams.parse(request.params).instrument);
      if (instrument === undefined) return reply.missing();
      const typed = typedBody(request.body);
      const input = inputOf(request, instrument, typed);
      if ('errors' in input) return askPage(request, reply, instrument, { typed, errors: input.errors });
      const form = { body: request.body, route: 'screening' };
      const outcome = await keyedAct(parts.database, databaseContext(viewer), form, async (tx) => {
        const ready = await settleAndReuse(parts, tx, viewer, input, {
          settle: oneText(typed, 'settle'),
          reuse: oneText(typed, 'reuse'),
        });
        const saved = await saveScreening(parts, tx, viewer, ready);
        return saved.ok ? done({ screening: saved.value.screening.id }) : saved;
      });
      const { personId } = personParams.parse(request.params);
      const base = `/people/${personId}`;
      if (!outcome.ok) {
        if (outcome.refusal.code === 'not-found') return reply.missing();
        if (outcome.refusal.code === 'key-used') return reply.refusal(outcome.refusal);
        if (outcome.refusal.code === 'nothing-answered' && oneText(typed, 'stop') === 'yes')
          return reply.redirect(`${base}/screening`, 303);
        return askPage(request, reply, instrument, { typed, errors: refusalErrors(outcome.refusal, typed) });
      }
      if (input.finish) return reply.redirect(`${base}/screenings/${outcome.value.screening}`, 303);
      if (oneText(typed, 'stop') === 'yes') return reply.redirect(`${base}/screening`, 303);
      return reply.redirect(`${base}/screening/${instrument.name}`, 303);
    },
  );

  registerResultRoutes(server, parts);
}
