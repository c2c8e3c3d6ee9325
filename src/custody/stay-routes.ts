import { dayLong } from '../platform/views/dates.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { viewerOf } from '../access/index.ts';
import { ageOn, isChild, personPage } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { formErrors, parseForm, textField, type FieldError, type Typed } from '../platform/forms/form.ts';
import { counted } from '../platform/views/text.ts';
import { assignStay, changeStay } from './change-stay.ts';
import { placeWords } from './current-stays.ts';
import { atAndAge } from './custody-picture.ts';
import type { CustodyParts } from './custody-parts.ts';
import { adultWords } from './appropriate-adult.ts';
import { stayClock, timeAndDay } from './stay-clock.ts';
import { eventLine } from './stay-event-words.ts';
import { stayFields, stayFormEvents, stayFormMistakes, stayFormValues } from './stay-form.ts';
import { inOrderOfTime, legalBases, stayOutcomes } from './stay.ts';
import { eventsOfStays, latestStay, staysOfPeople } from './stay-store.ts';
import { workersFor } from './suite-store.ts';

const personParamsSchema = z.object({ personId: z.uuid() });
type PageArguments = Parameters<typeof personPage>;
interface Mistakes {
  readonly errors: readonly FieldError[];
  readonly typed: Typed;
  readonly status: number;
}

/** The custody page of one person: what is known of the stay, what may be added, and who takes them. */
export function registerStayRoutes(server: FastifyInstance, parts: CustodyParts): void {
  const page = (request: PageArguments[1], reply: PageArguments[2], mistakes: Mistakes | null = null) =>
    personPage(parts, request, reply, {
      ...(mistakes !== null && { status: mistakes.status }),
      personId: personParamsSchema.parse(request.params).personId,
      tab: 'custody',
      template: 'custody.njk',
      what: 'stay in custody',
      load: async ({ tx, viewer, person, now }) => {
        const stay = await latestStay(tx, viewer, person.id);
        const all = await staysOfPeople(tx, viewer, [person.id]);
        if (stay === null) return { stay: null, earlier: [] };
        const events = (await eventsOfStays(tx, viewer, [stay.id])).get(stay.id) ?? [];
        const today = londonDate(now);
        const age = person.birthDate === null ? 'not-known' : ageOn(person.birthDate, today);
        const clock = stayClock(stay, events, age, now);
        const adult = adultWords(stay, isChild(person.birthDate, today), now);
        const open = stay.identity === 'feed' && stay.possibleMatches > 0 && stay.madePersonId === person.id;
        return {
          stay: {
            here: stay.endedAt === null,
            site: stay.siteName ?? `Suite not known (“${stay.siteCode ?? 'not told'}”)`,
            boardHref: stay.siteId === null ? '/suites/unplaced' : `/suites/${stay.siteId}`,
            facts: [
              {
                key: 'Where',
                text: [stay.siteName ?? 'Suite not known', placeWords(stay)]
                  .filter((part) => part !== '')
                  .join(', '),
              },
              { key: 'Why held', text: legalBases[stay.legalBasis] },
              { key: 'Custody number', text: stay.custodyNumber ?? 'Not told' },
              {
                key: 'Arrived',
                text: stay.arrivedAt === null ? 'Not told yet' : atAndAge(stay.arrivedAt, now),
              },
              {
                key: 'Time in custody',
                text: [clock.big, ...clock.lines].join('. '),
                source: 'Worked out from the custody feed: check the custody record',
              },
              { key: 'Appropriate adult', text: adult.text, shape: adult.shape, source: adult.source },
              {
                key: 'Taken by',
                text:
                  stay.assignedTo === null
                    ? 'Nobody yet'
                    : stay.assignedTo.id === viewer.workerId
                      ? 'You'
                      : stay.assignedTo.name,
              },
              ...(stay.endedAt === null || stay.outcome === null
                ? []
                : [
                    { key: 'Left', text: `${timeAndDay(stay.endedAt, now)}. ${stayOutcomes[stay.outcome]}` },
                    ...(stay.courtName === null && stay.courtDate === null
                      ? []
                      : [
                          {
                            key: 'Court',
                            text: [stay.courtName, stay.courtDate === null ? null : dayLong(stay.courtDate)]
                              .filter((part) => part !== null)
                              .join(', '),
                          },
                        ]),
                  ]),
            ],
            notes: clock.notes,
            values: stayFormValues(stay),
          },
          history: inOrderOfTime(events)
            .toReversed()
            .map((event) => eventLine(event, now)),
          earlier: all
            .filter((each) => each.id !== stay.id)
            .map((each) => ({
              text: `${each.siteName ?? 'Suite not known'}, ${each.outcome === null ? 'still there' : stayOutcomes[each.outcome].toLowerCase()}`,
              at: atAndAge(each.arrivedAt ?? each.firstEventAt, now),
            })),
          matches: open ? counted(stay.possibleMatches, 'record may be', 'records may be') : null,
          ...(mistakes !== null && formErrors(mistakes)),
        };
      },
    });

  server.get(
    '/people/:personId/custody',
    { config: { permission: 'person.view' }, schema: { params: personParamsSchema } },
    (request, reply) => page(request, reply),
  );

  server.post(
    '/people/:personId/custody',
    { config: { permission: 'custody.record' }, schema: { params: personParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = personParamsSchema.parse(request.params);
      const now = parts.clock.now();
      const form = parseForm(stayFields, request.body, { now }, (values) => stayFormMistakes(values, now));
      if (!form.ok) return page(request, reply, { ...form, status: 422 });
      const saved = await changeStay(parts, viewer, request.reference, personId, {
        version: form.values.version,
        what: 'custody details',
        events: (stay) => stayFormEvents(stay, form.values, now),
      });
      if (saved.ok) return reply.redirect(`/people/${saved.value.personId}/custody`, 303);
      if (saved.refusal.code === 'not-found') return reply.missing();
      const errors = [{ field: 'maincontent', anchor: 'maincontent', message: saved.refusal.message }];
      return page(request, reply, { errors, typed: form.typed, status: 409 });
    },
  );

  const assignPage = (request: PageArguments[1], reply: PageArguments[2], mistakes: Mistakes | null = null) =>
    personPage(parts, request, reply, {
      ...(mistakes !== null && { status: mistakes.status }),
      personId: personParamsSchema.parse(request.params).personId,
      tab: 'custody',
      template: 'assign.njk',
      what: 'who takes a person',
      load: async ({ tx, viewer, person }) => {
        const stay = await latestStay(tx, viewer, person.id);
        if (stay === null || stay.endedAt !== null) return null;
        const workers = await workersFor(tx, viewer, stay.siteId);
        return {
          takenBy:
            stay.assignedTo === null
              ? 'Nobody yet'
              : stay.assignedTo.id === viewer.workerId
                ? 'You'
                : stay.assignedTo.name,
          isMine: stay.assignedTo?.id === viewer.workerId,
          isTaken: stay.assignedTo !== null,
          me: viewer.workerId,
          workers: workers
            .filter((worker) => worker.id !== viewer.workerId)
            .map((worker) => ({ value: worker.id, text: worker.name })),
          boardHref: stay.siteId === null ? '/suites/unplaced' : `/suites/${stay.siteId}`,
          ...(mistakes !== null && formErrors(mistakes)),
        };
      },
    });

  server.get(
    '/people/:personId/assign',
    { config: { permission: 'custody.record' }, schema: { params: personParamsSchema } },
    (request, reply) => assignPage(request, reply),
  );

  server.post(
    '/people/:personId/assign',
    { config: { permission: 'custody.record' }, schema: { params: personParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = personParamsSchema.parse(request.params);
      const form = parseForm(
        { worker: textField(z.union([z.uuid(), z.literal('nobody')], 'Choose who takes this person')) },
        request.body,
        { now: parts.clock.now() },
      );
      if (!form.ok) return assignPage(request, reply, { ...form, status: 422 });
      const worker = form.values.worker === 'nobody' ? null : form.values.worker;
      const assigned = await assignStay(parts, viewer, request.reference, personId, worker);
      if (assigned.ok)
        return reply.redirect(
          assigned.value.siteId === null ? '/suites/unplaced' : `/suites/${assigned.value.siteId}`,
          303,
        );
      switch (assigned.refusal.code) {
        case 'not-found':
          return reply.missing();
        case 'left':
          return reply.refusal(assigned.refusal);
        case 'not-here':
          return assignPage(request, reply, {
            errors: [{ field: 'worker', anchor: 'worker', message: assigned.refusal.message }],
            typed: form.typed,
            status: 422,
          });
      }
    },
  );
}
