import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personPage } from '../people/index.ts';
import { readDraft } from '../platform/forms/drafts.ts';
import { oneText, typedBody, type FormState } from '../platform/forms/form.ts';
import { dateTimeParts } from '../platform/forms/time-fields.ts';
import { clockSeconds } from '../platform/views/dates.ts';
import { appointmentsOf, attendanceText, type Attendance } from './appointment-store.ts';
import { assignmentsOf } from './caseload-store.ts';
import { contactChoices } from './contact.ts';
import { contactPointsOf, contactsOf } from './contact-store.ts';
import { followUpsOf } from './follow-up-store.ts';
import { goalsOf } from './goal-store.ts';
import { handoversOf } from './handover-store.ts';
import type { NavigationParts } from './navigation-parts.ts';
import { standing, standingSource } from './present-handover.ts';
import { appointmentLines, callRows, contactLines, goalLines, workerLines } from './present-support.ts';
import { callWhen } from './present-today.ts';
import { safeContactGaps, safeContactWarning } from './safe-contact.ts';

/** Where the words of an unfinished contact are kept. */
export const CONTACT_DRAFT = 'contact';

const answer = (...codes: readonly Attendance[]) =>
  codes.map((value) => ({ value, text: attendanceText[value] }));

const personSchema = z.object({ personId: z.uuid() });

/** The page of one person's support: contacts, calls, goals, appointments, handovers. */
export async function supportPage(
  parts: NavigationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Readonly<Record<string, unknown>> = {},
  status?: number,
): Promise<FastifyReply> {
  const { personId } = personSchema.parse(request.params);
  const asked = typedBody(request.query);
  return personPage(parts, request, reply, {
    personId,
    tab: 'support',
    template: 'support.njk',
    what: 'support',
    ...(status === undefined ? {} : { status }),
    load: async ({ tx, viewer, person, now }) => {
      const points = (await contactPointsOf(tx, viewer, [person.id])).get(person.id) ?? [];
      const decision = (await parts.contactDecisions?.(tx, viewer, [person.id], now))?.get(person.id);
      const calls = await followUpsOf(tx, viewer, person.id);
      const handovers = await handoversOf(tx, viewer, person.id);
      const draft = await readDraft(tx, {
        ownerId: viewer.workerId,
        form: CONTACT_DRAFT,
        subject: person.id,
      });
      const kept: FormState | undefined =
        draft === undefined ? undefined : { typed: draft.content, errorOf: {} };
      const waiting = calls.filter((call) => call.doneAt === null && call.closedWhy === null);
      return {
        workers: workerLines(await assignmentsOf(tx, viewer, person.id), now),
        warning: safeContactWarning(points),
        gaps: safeContactGaps(points),
        decision:
          decision === undefined
            ? null
            : {
                text: decision.words,
                shape: decision.state === 'given' ? 'done' : decision.state === 'not-asked' ? 'none' : 'stop',
              },
        phones: points
          .filter((point) => point.kind === 'phone')
          .map((point) => ({ value: point.value, href: `tel:${point.value.replaceAll(/[^+\d]/g, '')}` })),
        form: kept,
        draft: {
          version: draft?.version ?? 0,
          savedAt: draft === undefined ? undefined : clockSeconds(draft.savedAt),
        },
        contactItems: [{ value: '', text: 'Choose' }, ...contactChoices],
        callItems:
          waiting.length === 0
            ? []
            : [
                { value: '', text: 'No' },
                ...waiting.map((call) => ({ value: call.id, text: `Yes: ${callWhen(call)}` })),
              ],
        chosenCall: oneText(asked, 'call'),
        justSaved: oneText(asked, 'saved'),
        nowParts: dateTimeParts(now),
        contacts: contactLines(await contactsOf(tx, viewer, person.id), now),
        callRows: callRows(calls, now),
        goals: goalLines(await goalsOf(tx, viewer, person.id), now),
        appointments: appointmentLines(await appointmentsOf(tx, viewer, person.id), person, now),
        answers: answer('5', '3'),
        otherAnswers: answer('6', '7', '2', '4'),
        handoverRows: handovers.map((handover) => {
          const stands = standing(handover, now);
          return {
            cells: [
              {
                text: handover.toText,
                href: `/people/${person.id}/handovers/${handover.id}`,
                source: `From ${handover.fromName}`,
              },
              { text: stands.text, shape: stands.shape, source: standingSource(handover, now) },
            ],
          };
        }),
        ...shown,
      };
    },
  });
}
