import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { viewerOf } from '../access/index.ts';
import { personPage } from '../people/index.ts';
import { answerField } from '../platform/forms/answer-field.ts';
import { formErrors, parseForm, textField, type FieldError, type Typed } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { dateField } from '../platform/forms/time-fields.ts';
import { clock as clockText } from '../platform/views/dates.ts';
import { adultAnswer } from './add-routes.ts';
import type { CustodyParts } from './custody-parts.ts';
import { endStay, leadsToCourt, leavingQuestions, type LeavingQuestion } from './end-stay.ts';
import { stayOutcomes, type AdultAnswer, type StayOutcome } from './stay.ts';
import { latestStay } from './stay-store.ts';
import { courtsOf } from './suite-store.ts';
import { timeGone } from './typed-times.ts';

const personParamsSchema = z.object({ personId: z.uuid() });
const outcomeNames = Object.keys(stayOutcomes) as [StayOutcome, ...StayOutcome[]];
const questionNames = Object.keys(leavingQuestions) as LeavingQuestion[];
const yesNo = answerField(z.enum(['yes', 'no']));

const fields = {
  outcome: textField(z.enum(outcomeNames, 'Choose how they left')),
  at: textField(z.string().optional()),
  court: textField(z.uuid('Choose a court from the list').optional()),
  courtDate: dateField({ called: 'date of the hearing', optional: true, limit: 'future' }),
  phone: yesNo,
  medicine: yesNo,
  'way-home': yesNo,
  'safe-tonight': yesNo,
};

type PageArguments = Parameters<typeof personPage>;

/** Leaving custody: how, to which court, and the few questions that keep somebody safe tonight. */
export function registerLeaveRoutes(server: FastifyInstance, parts: CustodyParts): void {
  const page = (
    request: PageArguments[1],
    reply: PageArguments[2],
    mistakes: { readonly errors: readonly FieldError[]; readonly typed: Typed } | null = null,
    status = 422,
  ) =>
    personPage(parts, request, reply, {
      ...(mistakes !== null && { status }),
      personId: personParamsSchema.parse(request.params).personId,
      tab: 'custody',
      template: 'leave.njk',
      what: 'leaving custody',
      load: async ({ tx, viewer, person, now }) => {
        const stay = await latestStay(tx, viewer, person.id);
        if (stay === null) return null;
        const courts = await courtsOf(tx, viewer);
        const typed = mistakes?.typed ?? {};
        return {
          voluntary: stay.kind === 'voluntary-attendance',
          already: stay.outcome === null ? null : stayOutcomes[stay.outcome],
          outcomes: outcomeNames
            .filter((name) =>
              stay.kind === 'voluntary-attendance' ? name !== 'charged-remanded' : name !== 'voluntary-left',
            )
            .map((name) => ({ value: name, text: stayOutcomes[name] })),
          courts: [
            { value: '', text: 'Choose a court' },
            ...courts.map((court) => ({ value: court.id, text: court.name })),
          ],
          nowText: clockText(now),
          questions: questionNames.map((name) => ({
            name,
            text: leavingQuestions[name],
            choices: [
              { code: 'yes', text: 'Yes' },
              { code: 'no', text: 'No' },
            ],
            chosen: typed[name],
          })),
          ...(mistakes !== null && formErrors(mistakes)),
        };
      },
    });

  server.get(
    '/people/:personId/leave',
    { config: { permission: 'custody.record' }, schema: { params: personParamsSchema } },
    (request, reply) => page(request, reply),
  );

  server.post(
    '/people/:personId/leave',
    { config: { permission: 'custody.record' }, schema: { params: personParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = personParamsSchema.parse(request.params);
      const now = parts.clock.now();
      const form = parseForm(fields, request.body, { now }, (values) => [
        ...(timeGone(values.at, now) === null
          ? [{ field: 'at' as const, message: 'Time they left must be a time, like 14:02' }]
          : []),
        ...(leadsToCourt(values.outcome) && values.court === undefined
          ? [{ field: 'court' as const, message: 'Choose the court they go to' }]
          : []),
        ...(leadsToCourt(values.outcome) && values.courtDate === undefined
          ? [{ field: 'courtDate' as const, message: 'Enter the date of the hearing' }]
          : []),
      ]);
      if (!form.ok) return page(request, reply, form);
      const key = keyOf(request.body);
      if (key === undefined)
        return reply.refusal(
          { code: 'no-key', message: 'This form is not complete. Open it again and send it.' },
          400,
        );
      const { values } = form;
      // What was not asked stays not asked: only an answer is written down.
      const checks: Partial<Record<LeavingQuestion, AdultAnswer>> = {};
      for (const name of questionNames) {
        const answer = adultAnswer(values[name]);
        if (answer !== 'not-asked') checks[name] = answer;
      }
      const ended = await endStay(parts, viewer, { key, reference: request.reference }, personId, {
        outcome: values.outcome,
        at: timeGone(values.at, now) ?? now,
        courtSiteId: values.court ?? null,
        courtDate: values.courtDate ?? null,
        checks,
      });
      if (ended.ok)
        return reply.redirect(
          ended.value.siteId === null ? '/suites/unplaced' : `/suites/${ended.value.siteId}?show=left`,
          303,
        );
      if (ended.refusal.code === 'not-found') return reply.missing();
      const field = ended.refusal.field ?? 'maincontent';
      return page(
        request,
        reply,
        {
          errors: [{ field, anchor: field, message: ended.refusal.message }],
          typed: form.typed,
        },
        409,
      );
    },
  );
}
