import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { consentStatuses, subjectWords } from '../consent/index.ts';
import { personPage, shortName, type People, type PersonTab } from '../people/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { formErrors, listField, parseForm, refusalErrors, textField } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { disclosuresOf } from './disclosures.ts';
import { legalReasonHints, legalReasonKinds, legalReasonWords, LONGEST_HOURS } from './legal-reason.ts';
import {
  categoryLabels,
  itemCategories,
  recipientKinds,
  recipientLabels,
  type Recipient,
} from './recipient.ts';
import { recordLegalReason } from './record-legal-reason.ts';
import { findLegalReasons, reviewLegalReason } from './review-legal-reason.ts';
import { ruleMatrix } from './rule-matrix.ts';
import { disclosureRow } from './shared-page.ts';
import { findRules } from './sharing-store.ts';

/** What the sharing pages need; app.ts passes it. */
export interface SharingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
}

/** The tab of a person's pages. */
export const sharingTab: PersonTab = {
  key: 'shared',
  text: 'Shared',
  href: (personId) => `/people/${personId}/shared`,
};

const personParams = z.object({ personId: z.uuid() });
const idParams = z.object({ id: z.uuid() });
const prefillQuery = z.object({
  recipient: z.enum(recipientKinds).optional().catch(undefined),
  category: z.enum(itemCategories).optional().catch(undefined),
});

const words = (message: string) => textField(z.string({ error: message }).max(4000, 'Use fewer words'));
const optionalWords = textField(z.string().max(4000, 'Use fewer words').optional());
const reasonFields = {
  recipientKind: textField(z.enum(recipientKinds, { error: 'Choose who needs to know' })),
  recipientName: textField(z.string().max(200, 'Use a shorter name').optional()),
  whatHappened: words('Say what happened, or what is asked'),
  whoIsAtRisk: words('Say who is at risk, and of what'),
  reason: textField(z.enum(legalReasonKinds, { error: 'Choose the reason' })),
  law: optionalWords,
  consentSought: textField(
    z.enum(['asked-and-refused', 'not-asked', 'not-able-to-decide'], {
      error: 'Say whether the person was asked',
    }),
  ),
  whyNotAsked: optionalWords,
  categories: listField(z.array(z.enum(itemCategories)).min(1, 'Choose what has to go')),
  leastThatWouldDo: words('Say what is the least that would do'),
  lastsHours: textField(
    z.coerce
      .number({ error: 'Enter a number of hours' })
      .int('Enter whole hours')
      .min(1, 'A reason lasts at least 1 hour')
      .max(LONGEST_HOURS, 'A reason lasts at most 7 days, which is 168 hours'),
  ),
  advisedBy: words('Say who you asked. If nobody, say so and why'),
  personTold: textField(z.enum(['yes', 'not-yet', 'no'], { error: 'Say whether the person was told' })),
  whyNotTold: optionalWords,
};
const reviewFields = {
  outcome: textField(z.enum(['agreed', 'more-information', 'not-agreed'], { error: 'Choose an answer' })),
  note: optionalWords,
};

/** What has been shared, sharing without consent, its review, and the rules as a table. */
export function registerSharingRoutes(server: FastifyInstance, parts: SharingParts): void {
  server.get(
    '/people/:personId/shared',
    { config: { permission: 'person.view' }, schema: { params: personParams } },
    (request, reply) =>
      personPage(parts, request, reply, {
        personId: personParams.parse(request.params).personId,
        tab: 'shared',
        template: 'shared.njk',
        what: 'what has been shared',
        load: async ({ tx, viewer, person, now }) => ({
          disclosures: (await disclosuresOf(tx, viewer, person.id)).map((entry) => disclosureRow(entry, now)),
          reasons: await findLegalReasons(tx, viewer, person.id, now, async () => () => true),
        }),
      }),
  );

  const showReason = (
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    extra: Readonly<Record<string, unknown>>,
    status = 200,
  ) =>
    personPage(parts, request, reply, {
      personId,
      tab: 'shared',
      template: 'share-without-consent.njk',
      what: 'sharing without consent',
      status,
      load: async ({ tx, viewer, person, now }) => ({
        askName: shortName(person),
        stands: (await consentStatuses(tx, viewer, person.id, now))
          .filter((entry) => entry.subject.kind === 'share' && entry.state !== 'not-asked')
          .map((entry) => `${subjectWords(entry.subject)}: ${entry.words}.`),
        recipients: recipientKinds.map((kind) => ({ value: kind, text: recipientLabels[kind] })),
        reasons: legalReasonKinds.map((kind) => ({
          value: kind,
          text: legalReasonWords[kind],
          hint: legalReasonHints[kind],
        })),
        categories: itemCategories
          .filter((category) => category !== 'declined-answer')
          .map((category) => ({ value: category, text: categoryLabels[category] })),
        ...extra,
      }),
    });

  server.get(
    '/people/:personId/share-without-consent',
    {
      config: { permission: 'sharing.disclose' },
      schema: { params: personParams, querystring: prefillQuery },
    },
    (request, reply) => {
      const prefill = prefillQuery.parse(request.query);
      return showReason(request, reply, personParams.parse(request.params).personId, { prefill });
    },
  );

  server.post(
    '/people/:personId/share-without-consent',
    { config: { permission: 'sharing.disclose' }, schema: { params: personParams } },
    async (request, reply) => {
      const { personId } = personParams.parse(request.params);
      const form = parseForm(reasonFields, request.body, { now: parts.clock.now() });
      const key = keyOf(request.body);
      if (!form.ok) return showReason(request, reply, personId, formErrors(form), 422);
      if (key === undefined) return reply.missing();
      const { recipientKind, recipientName, ...values } = form.values;
      const recipient: Recipient = {
        kind: recipientKind,
        ...(recipientName === undefined ? {} : { name: recipientName }),
      };
      const outcome = await recordLegalReason(
        parts,
        viewerOf(request),
        {
          ...values,
          personId,
          recipient,
          whyNotAsked: values.whyNotAsked ?? null,
          law: values.law ?? null,
          whyNotTold: values.whyNotTold ?? null,
        },
        { reference: request.reference, key },
      );
      if (outcome.ok) return reply.redirect(`/people/${personId}/shared#reason-${outcome.value.id}`, 303);
      if (outcome.refusal.code === 'not-found') return reply.missing();
      if (outcome.refusal.code === 'key-used') return reply.refusal(outcome.refusal);
      return showReason(request, reply, personId, refusalErrors(outcome.refusal, form.typed), 422);
    },
  );

  server.get('/sharing-review', { config: { permission: 'sharing.review' } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const now = parts.clock.now();
    const reasons = await parts.database.transaction(databaseContext(viewer), async (tx) => {
      const rows = await findLegalReasons(tx, viewer, null, now, async (ids) => {
        // The privacy officer reviews all of the area; a lead sees the names they could open anyway.
        if (viewer.role === 'privacy-officer') return () => true;
        const open = await parts.people.mayOpen(tx, viewer, ids);
        return (id) => open.has(id);
      });
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'viewed',
        subjectKind: 'sharing review',
        detail: { shown: rows.length },
      });
      return rows;
    });
    const waiting = reasons.filter((row) => row.review === null).length;
    return reply.page('sharing-review.njk', { reasons, waiting, viewerRole: viewer.role });
  });

  server.post(
    '/sharing-review/:id',
    { config: { permission: 'sharing.review' }, schema: { params: idParams } },
    async (request, reply) => {
      const { id } = idParams.parse(request.params);
      const form = parseForm(reviewFields, request.body, { now: parts.clock.now() });
      if (!form.ok)
        return reply.refusal(
          { code: 'incomplete', message: form.errors[0]?.message ?? 'Choose an answer.' },
          422,
        );
      const outcome = await reviewLegalReason(
        parts,
        viewerOf(request),
        { id, outcome: form.values.outcome, note: form.values.note ?? null },
        request.reference,
      );
      if (outcome.ok) return reply.redirect(`/sharing-review#reason-${id}`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal, 422);
    },
  );

  server.get('/sharing-rules', { config: { permission: 'sharing.review' } }, async (request, reply) => {
    const today = londonDate(parts.clock.now());
    const rules = await parts.database.transaction(databaseContext(viewerOf(request)), (tx) =>
      findRules(tx, null),
    );
    return reply.page('sharing-rules.njk', { matrix: ruleMatrix(rules, today), today });
  });
}
