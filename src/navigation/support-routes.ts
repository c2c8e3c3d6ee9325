import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discardDraft } from '../platform/forms/drafts.ts';
import {
  formErrors,
  oneText,
  parseForm,
  refusalErrors,
  textField,
  typedBody,
} from '../platform/forms/form.ts';
import { dateTimeField } from '../platform/forms/time-fields.ts';
import { done } from '../platform/result.ts';
import { actOnce, backTo, refuseAct } from './act-once.ts';
import { isAttendance } from './appointment-store.ts';
import { arrangeAppointment, recordAttendance } from './arrange-appointment.ts';
import { readContact, type ContactHow, type ContactResult } from './contact.ts';
import type { NavigationParts } from './navigation-parts.ts';
import { addStep, agreeGoal, endGoal, finishStep } from './plan-support.ts';
import { addToContact, recordContact } from './record-contact.ts';
import { CONTACT_DRAFT, supportPage } from './support-page.ts';

const personSchema = z.object({ personId: z.uuid() });
const itemSchema = z.object({ personId: z.uuid(), id: z.uuid() });
const person = { config: { permission: 'contact.record' }, schema: { params: personSchema } } as const;
const item = { config: { permission: 'contact.record' }, schema: { params: itemSchema } } as const;

const uuidOrNone = textField(z.uuid('Choose from the list').optional());
const contactField = textField(
  z.string('Choose what happened').transform((value, context) => {
    const contact = readContact(value);
    if (contact !== undefined) return contact;
    context.addIssue('Choose what happened');
    return z.NEVER;
  }),
);
const words = textField(z.string().max(8000, 'Use 8,000 characters or fewer').optional());
const quickFields = { contact: contactField, followUp: uuidOrNone, contactPoint: uuidOrNone } as const;
const contactFields = {
  ...quickFields,
  note: words,
  againstWhy: words,
  at: dateTimeField({ called: 'time of the contact', limit: 'past' }),
} as const;
const line = textField(z.string().max(300, 'Use 300 characters or fewer').optional());
const appointmentFields = {
  title: textField(z.string('Enter what the appointment is').max(300, 'Use 300 characters or fewer')),
  place: line,
  withWhom: line,
  starts: dateTimeField({ called: 'beginning of the appointment' }),
  accompany: textField(z.enum(['yes', 'no'], 'Choose whether you go with them')),
  meet: line,
} as const;

/** What either form of a contact gives. */
interface ContactValues {
  readonly contact: { readonly how: ContactHow; readonly result: ContactResult };
  readonly followUp: string | undefined;
  readonly contactPoint: string | undefined;
  readonly note?: string | undefined;
  readonly againstWhy?: string | undefined;
  readonly at?: Temporal.Instant;
}

/** Contacts, calls, appointments, goals and steps of one person. */
export function registerSupportRoutes(server: FastifyInstance, parts: NavigationParts): void {
  server.get('/people/:personId/support', person, (request, reply) => supportPage(parts, request, reply));
  registerContactRoutes(server, parts);
  registerAppointmentRoutes(server, parts);
  registerGoalRoutes(server, parts);
}

function registerContactRoutes(server: FastifyInstance, parts: NavigationParts): void {
  server.post('/people/:personId/contacts', person, async (request, reply) => {
    const { personId } = personSchema.parse(request.params);
    const now = parts.clock.now();
    const typed = typedBody(request.body);
    const quick = oneText(typed, 'quick') === 'yes';
    // Pressed on Today: what happened, happened now, and the words come after.
    const form = quick
      ? parseForm(quickFields, request.body, { now })
      : parseForm(contactFields, request.body, { now });
    if (!form.ok) return supportPage(parts, request, reply, formErrors(form), 422);
    const values: ContactValues = form.values;
    const outcome = await actOnce(parts, request, async ({ tx, viewer, reference }) => {
      const recorded = await recordContact(
        parts,
        tx,
        viewer,
        {
          personId,
          how: values.contact.how,
          result: values.contact.result,
          at: values.at ?? now,
          contactPointId: values.contactPoint ?? null,
          followUpId: values.followUp ?? null,
          note: values.note ?? null,
          againstWhy: values.againstWhy ?? null,
        },
        now,
        reference,
      );
      if (recorded.ok && !quick)
        await discardDraft(tx, { ownerId: viewer.workerId, form: CONTACT_DRAFT, subject: personId });
      return recorded;
    });
    if (outcome.ok) {
      const saved = `/people/${personId}/support?saved=${outcome.value.id}#contact-${outcome.value.id}`;
      // Whoever spoke with somebody writes down what was said; a call without an answer leads on to the next.
      const spoke = values.contact.result === 'reached';
      return reply.redirect(quick && !spoke ? backTo(request.body, saved) : saved, 303);
    }
    const { refusal } = outcome;
    if (refusal.code === 'not-safe' || refusal.code === 'not-agreed')
      return supportPage(
        parts,
        request,
        reply,
        { ...refusalErrors(refusal, typed), against: refusal.message },
        422,
      );
    if (refusal.field !== undefined)
      return supportPage(parts, request, reply, refusalErrors(refusal, typed), 422);
    return refuseAct(reply, refusal);
  });

  server.post('/people/:personId/contacts/:id/additions', item, async (request, reply) => {
    const { personId, id } = itemSchema.parse(request.params);
    const note = oneText(typedBody(request.body), 'note');
    const outcome = await actOnce(parts, request, ({ tx, viewer, now, reference }) =>
      addToContact(parts, tx, viewer, { personId, contactId: id, note }, now, reference),
    );
    return outcome.ok
      ? reply.redirect(`/people/${personId}/support#contact-${id}`, 303)
      : refuseAct(reply, outcome.refusal);
  });
}

function registerAppointmentRoutes(server: FastifyInstance, parts: NavigationParts): void {
  server.post('/people/:personId/appointments', person, async (request, reply) => {
    const { personId } = personSchema.parse(request.params);
    const form = parseForm(appointmentFields, request.body, { now: parts.clock.now() });
    if (!form.ok) {
      const shown = formErrors(form);
      // This page has two forms: what was typed goes back into the one it came from.
      return supportPage(
        parts,
        request,
        reply,
        { errors: shown.errors, formKey: shown.formKey, appointmentForm: shown.form },
        422,
      );
    }
    const { values } = form;
    const outcome = await actOnce(parts, request, ({ tx, viewer, now, reference }) =>
      arrangeAppointment(
        parts.people,
        tx,
        viewer,
        {
          personId,
          title: values.title,
          place: values.place ?? null,
          withWhom: values.withWhom ?? null,
          startsAt: values.starts,
          accompany: values.accompany === 'yes',
          meet: values.meet ?? null,
        },
        now,
        reference,
      ),
    );
    return outcome.ok
      ? reply.redirect(`/people/${personId}/support#appointments`, 303)
      : refuseAct(reply, outcome.refusal);
  });

  server.post('/people/:personId/appointments/:id/attendance', item, async (request, reply) => {
    const { personId, id } = itemSchema.parse(request.params);
    const attendance = oneText(typedBody(request.body), 'attendance');
    if (!isAttendance(attendance))
      return reply.refusal({ code: 'needs-answer', message: 'Choose whether they came.' }, 422);
    const outcome = await actOnce(parts, request, async ({ tx, viewer, now, reference }) => {
      const recorded = await recordAttendance(
        parts,
        tx,
        viewer,
        { appointmentId: id, attendance },
        now,
        reference,
      );
      return recorded.ok ? done({ id }) : recorded;
    });
    return outcome.ok
      ? reply.redirect(backTo(request.body, `/people/${personId}/support#appointments`), 303)
      : refuseAct(reply, outcome.refusal);
  });
}

function registerGoalRoutes(server: FastifyInstance, parts: NavigationParts): void {
  const goals = (personId: string) => `/people/${personId}/support#goals`;

  server.post('/people/:personId/goals', person, async (request, reply) => {
    const { personId } = personSchema.parse(request.params);
    const typed = oneText(typedBody(request.body), 'words');
    const outcome = await actOnce(parts, request, (scope) =>
      agreeGoal({ ...scope, people: parts.people }, { personId, words: typed }),
    );
    return outcome.ok ? reply.redirect(goals(personId), 303) : refuseAct(reply, outcome.refusal);
  });

  server.post('/people/:personId/goals/:id/steps', item, async (request, reply) => {
    const { personId, id } = itemSchema.parse(request.params);
    const typed = typedBody(request.body);
    const by = z.iso.date().safeParse(oneText(typed, 'byWhen'));
    const outcome = await actOnce(parts, request, (scope) =>
      addStep(
        { ...scope, people: parts.people },
        {
          personId,
          goalId: id,
          what: oneText(typed, 'what').slice(0, 500),
          who: oneText(typed, 'who').slice(0, 200),
          byWhen: by.success ? Temporal.PlainDate.from(by.data) : null,
        },
      ),
    );
    return outcome.ok ? reply.redirect(goals(personId), 303) : refuseAct(reply, outcome.refusal);
  });

  server.post('/people/:personId/goals/:id/end', item, async (request, reply) => {
    const { personId, id } = itemSchema.parse(request.params);
    const how = z.enum(['reached', 'changed', 'stopped']).safeParse(oneText(typedBody(request.body), 'how'));
    if (!how.success)
      return reply.refusal({ code: 'needs-answer', message: 'Choose how the goal ended.' }, 422);
    const outcome = await actOnce(parts, request, (scope) =>
      endGoal({ ...scope, people: parts.people }, { personId, goalId: id, how: how.data }),
    );
    return outcome.ok ? reply.redirect(goals(personId), 303) : refuseAct(reply, outcome.refusal);
  });

  server.post('/people/:personId/steps/:id/done', item, async (request, reply) => {
    const { personId, id } = itemSchema.parse(request.params);
    const outcome = await actOnce(parts, request, (scope) =>
      finishStep({ ...scope, people: parts.people }, { personId, stepId: id }),
    );
    return outcome.ok ? reply.redirect(goals(personId), 303) : refuseAct(reply, outcome.refusal);
  });
}
