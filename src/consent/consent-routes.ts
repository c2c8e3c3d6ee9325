import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { personPage, shortName, type PersonTab } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { formErrors, parseForm, refusalErrors, textField, typedBody } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { loadConsentPage, type AlreadyShared } from './consent-page.ts';
import { consentStatuses } from './consent-statuses.ts';
import { subjectKey, subjectWords } from './consent-subject.ts';
import { correctDecision } from './correct-decision.ts';
import { readConsentForm, type NamedService } from './read-consent-form.ts';
import { recordCapacity } from './record-capacity.ts';
import { recordDecision, type RecordDecisionParts } from './record-decision.ts';

/** What the consent pages need from the modules above them; app.ts passes it. */
export interface ConsentParts extends RecordDecisionParts {
  /** By consent subject key: what already went (sharing.sharedBySubject). */
  readonly alreadyShared: AlreadyShared;
  /** Services that can be named, from the directory. */
  readonly services: (tx: Tx, viewer: SignedInViewer) => Promise<readonly NamedService[]>;
}

/** The tab of a person's pages. */
export const consentTab: PersonTab = {
  key: 'consent',
  text: 'Consent',
  href: (personId) => `/people/${personId}/consent`,
};

const personParams = z.object({ personId: z.uuid() });
const decisionParams = z.object({ personId: z.uuid(), decisionId: z.uuid() });
const aboutQuery = z.object({ about: z.string().max(200).default('') });
const savedQuery = z.object({ saved: z.coerce.number().int().min(1).max(99).optional() });

const capacityAnswer = textField(z.enum(['yes', 'no', 'unknown', 'not-asked']).default('not-asked'));
const optionalWords = textField(z.string().max(2000, 'Use fewer words').optional());
const capacityFields = {
  about: textField(z.string({ error: 'Choose the decision' }).max(200)),
  whyDoubted: textField(z.string({ error: 'Say what made you doubt it' }).max(2000, 'Use fewer words')),
  understand: capacityAnswer,
  retain: capacityAnswer,
  useOrWeigh: capacityAnswer,
  communicate: capacityAnswer,
  becauseOfImpairment: capacityAnswer,
  impairment: optionalWords,
  supportTried: optionalWords,
  canWait: capacityAnswer,
  consulted: optionalWords,
  lookAgainInHours: textField(z.coerce.number().int().min(1).max(168).default(2)),
};
const mistakeFields = {
  reason: textField(z.string({ error: 'Say what was wrong' }).max(500, 'Use fewer words')),
};

/** The consent page, its decisions, capacity and corrections. */
export function registerConsentRoutes(server: FastifyInstance, parts: ConsentParts): void {
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    extra: Readonly<Record<string, unknown>>,
    status = 200,
  ) =>
    personPage(parts, request, reply, {
      personId,
      tab: 'consent',
      template: 'consent.njk',
      what: 'consent',
      status,
      load: async (scope) => ({
        ...(await loadConsentPage(parts, scope)),
        services: await parts.services(scope.tx, scope.viewer),
        ...extra,
      }),
    });

  server.get(
    '/people/:personId/consent',
    { config: { permission: 'person.view' }, schema: { params: personParams, querystring: savedQuery } },
    (request, reply) => {
      const { saved } = savedQuery.parse(request.query);
      return show(request, reply, personParams.parse(request.params).personId, { saved });
    },
  );

  server.post(
    '/people/:personId/consent/decisions',
    { config: { permission: 'consent.record' }, schema: { params: personParams } },
    async (request, reply) => {
      const { personId } = personParams.parse(request.params);
      const viewer = viewerOf(request);
      const now = parts.clock.now();
      const known = await parts.database.transaction(databaseContext(viewer), async (tx) => {
        if ((await parts.people.open(tx, viewer, personId)) === null) return null;
        const statuses = await consentStatuses(tx, viewer, personId, now);
        return {
          subjects: statuses.map((status) => status.subject),
          services: await parts.services(tx, viewer),
        };
      });
      const key = keyOf(request.body);
      if (known === null || key === undefined) return reply.missing();
      const read = readConsentForm(request.body, personId, known.subjects, known.services, now);
      if (!read.ok) return show(request, reply, personId, formErrors(read), 422);
      const outcome = await recordDecision(parts, viewer, read.input, { reference: request.reference, key });
      if (outcome.ok)
        return reply.redirect(`/people/${personId}/consent?saved=${outcome.value.recorded}`, 303);
      if (outcome.refusal.code === 'not-found') return reply.missing();
      if (outcome.refusal.code === 'key-used') return reply.refusal(outcome.refusal);
      return show(request, reply, personId, refusalErrors(outcome.refusal, read.typed), 422);
    },
  );

  const showCapacity = (
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    about: string,
    extra: Readonly<Record<string, unknown>>,
    status = 200,
  ) =>
    personPage(parts, request, reply, {
      personId,
      tab: 'consent',
      template: 'capacity.njk',
      what: 'capacity assessment',
      status,
      load: async ({ tx, viewer, person, now }) => {
        const statuses = await consentStatuses(tx, viewer, person.id, now);
        const abouts = statuses.map(({ subject }) => ({
          value: subjectKey(subject),
          text: subjectWords(subject),
        }));
        return {
          about,
          abouts: [{ value: '', text: 'Choose' }, ...abouts],
          askName: shortName(person),
          ...extra,
        };
      },
    });

  server.get(
    '/people/:personId/consent/capacity',
    { config: { permission: 'consent.record' }, schema: { params: personParams, querystring: aboutQuery } },
    (request, reply) =>
      showCapacity(
        request,
        reply,
        personParams.parse(request.params).personId,
        aboutQuery.parse(request.query).about,
        {},
      ),
  );

  server.post(
    '/people/:personId/consent/capacity',
    { config: { permission: 'consent.record' }, schema: { params: personParams } },
    async (request, reply) => {
      const { personId } = personParams.parse(request.params);
      const form = parseForm(capacityFields, request.body, { now: parts.clock.now() });
      const about = String(typedBody(request.body)['about'] ?? '');
      if (!form.ok) return showCapacity(request, reply, personId, about, formErrors(form), 422);
      const { values } = form;
      const key = keyOf(request.body);
      if (key === undefined) return reply.missing();
      const outcome = await recordCapacity(
        parts,
        viewerOf(request),
        {
          personId,
          subjectKey: values.about,
          whyDoubted: values.whyDoubted,
          lookAgainInHours: values.lookAgainInHours,
          answers: {
            ...values,
            impairment: values.impairment ?? null,
            supportTried: values.supportTried ?? null,
            consulted: values.consulted ?? null,
          },
        },
        { reference: request.reference, key },
      );
      if (outcome.ok) return reply.redirect(`/people/${personId}/consent#row-${values.about}`, 303);
      if (outcome.refusal.code === 'not-found') return reply.missing();
      if (outcome.refusal.code === 'key-used') return reply.refusal(outcome.refusal);
      return showCapacity(request, reply, personId, about, refusalErrors(outcome.refusal, form.typed), 422);
    },
  );

  const showMistake = (
    request: FastifyRequest,
    reply: FastifyReply,
    ids: { readonly personId: string; readonly decisionId: string },
    extra: Readonly<Record<string, unknown>>,
    status = 200,
  ) =>
    personPage(parts, request, reply, {
      personId: ids.personId,
      tab: 'consent',
      template: 'consent-mistake.njk',
      what: 'consent',
      status,
      load: async (scope) => {
        const page = await loadConsentPage(parts, scope);
        const history = page['history'] as readonly {
          readonly id: string;
          readonly mistake: string | null;
        }[];
        const entry = history.find((row) => row.id === ids.decisionId && row.mistake !== null);
        return entry === undefined ? null : { entry, ...extra };
      },
    });

  server.get(
    '/people/:personId/consent/decisions/:decisionId/mistake',
    { config: { permission: 'consent.record' }, schema: { params: decisionParams } },
    (request, reply) => showMistake(request, reply, decisionParams.parse(request.params), {}),
  );

  server.post(
    '/people/:personId/consent/decisions/:decisionId/mistake',
    { config: { permission: 'consent.record' }, schema: { params: decisionParams } },
    async (request, reply) => {
      const ids = decisionParams.parse(request.params);
      const form = parseForm(mistakeFields, request.body, { now: parts.clock.now() });
      if (!form.ok) return showMistake(request, reply, ids, formErrors(form), 422);
      const outcome = await correctDecision(
        parts,
        viewerOf(request),
        { ...ids, reason: form.values.reason },
        request.reference,
      );
      if (outcome.ok) return reply.redirect(`/people/${ids.personId}/consent#history`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );
}
