import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ageOn, displayName, findPeople } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { answerField } from '../platform/forms/answer-field.ts';
import { formErrors, oneText, parseForm, textField, typedBody } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { dateField } from '../platform/forms/time-fields.ts';
import { clock as clockText } from '../platform/views/dates.ts';
import { addPerson, likelySame, type AddPersonInput } from './add-person.ts';
import type { LikelyPerson } from '../matching/index.ts';
import type { CustodyParts } from './custody-parts.ts';
import { legalBases, type AdultAnswer, type LegalBasis } from './stay.ts';
import { suitesOf, type Suite } from './suite-store.ts';
import { timeGone } from './typed-times.ts';

const siteParamsSchema = z.object({ siteId: z.uuid() });
const basisNames = Object.keys(legalBases).filter((name) => name !== 'voluntary') as [
  LegalBasis,
  ...LegalBasis[],
];

const fields = {
  stayKind: textField(
    z.enum(['detention', 'voluntary-attendance'], 'Choose whether they are detained or came voluntarily'),
  ),
  givenName: textField(z.string().max(200, 'First name must be 200 characters or fewer').optional()),
  familyName: textField(z.string().max(200, 'Last name must be 200 characters or fewer').optional()),
  describedAs: textField(z.string().max(300, 'Description must be 300 characters or fewer').optional()),
  birthDate: dateField({ called: 'date of birth', optional: true, limit: 'past' }),
  sex: textField(z.enum(['female', 'male', 'other']).optional()),
  place: textField(z.string().max(20, 'Place must be 20 characters or fewer').optional()),
  custodyNumber: textField(z.string().max(60, 'Custody number must be 60 characters or fewer').optional()),
  legalBasis: textField(z.enum(basisNames).optional()),
  arrived: textField(z.string().optional()),
  adult: answerField(z.enum(['yes', 'no'])),
  known: textField(z.string().optional()),
};

/** Adds somebody by hand, in under a minute: a name or a description is enough. */
export function registerAddRoutes(server: FastifyInstance, parts: CustodyParts): void {
  server.get(
    '/suites/:siteId/add',
    { config: { permission: 'custody.record' }, schema: { params: siteParamsSchema } },
    async (request, reply) => {
      const suite = await suiteOf(parts, request);
      return suite === null
        ? reply.missing()
        : reply.page('add-person.njk', formData(suite, parts.clock.now()));
    },
  );
  server.post(
    '/suites/:siteId/add',
    { config: { permission: 'custody.record' }, schema: { params: siteParamsSchema } },
    (request, reply) => addFromForm(parts, request, reply),
  );
}

async function suiteOf(parts: CustodyParts, request: FastifyRequest): Promise<Suite | null> {
  const viewer = viewerOf(request);
  const { siteId } = siteParamsSchema.parse(request.params);
  const suites = await parts.database.transaction(databaseContext(viewer), (tx) => suitesOf(tx, viewer));
  return suites.find((suite) => suite.id === siteId) ?? null;
}

function formData(suite: Suite, now: Temporal.Instant): Readonly<Record<string, unknown>> {
  return {
    title: `Add a person at ${suite.shortName}`,
    suite,
    boardHref: `/suites/${suite.id}`,
    nowText: clockText(now),
    bases: [
      { value: '', text: 'Choose, or leave for later' },
      ...basisNames
        .filter((name) => name !== 'not-known')
        .map((value) => ({ value, text: legalBases[value] })),
    ],
  };
}

async function addFromForm(
  parts: CustodyParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const suite = await suiteOf(parts, request);
  if (suite === null) return reply.missing();
  const now = parts.clock.now();
  const form = parseForm(fields, request.body, { now }, (values) => {
    const errors: { field: 'givenName' | 'arrived'; message: string }[] = [];
    if (values.givenName === undefined && values.familyName === undefined && values.describedAs === undefined)
      errors.push({ field: 'givenName', message: 'Enter a name, or describe the person' });
    if (timeGone(values.arrived, now) === null)
      errors.push({ field: 'arrived', message: 'Time they arrived must be a time, like 14:02' });
    return errors;
  });
  const page = formData(suite, now);
  if (!form.ok) return reply.page('add-person.njk', { ...page, ...formErrors(form) }, 422);
  const { values } = form;
  const input: AddPersonInput = {
    stayKind: values.stayKind,
    givenName: values.givenName ?? null,
    familyName: values.familyName ?? null,
    describedAs: values.describedAs ?? null,
    birthDate: values.birthDate ?? null,
    sex: values.sex ?? null,
    place: values.place ?? null,
    custodyNumber: values.custodyNumber ?? null,
    legalBasis: values.legalBasis ?? null,
    arrivedAt: timeGone(values.arrived, now) ?? now,
    adultRequired: adultAnswer(values.adult),
  };
  const likely = await likelySame(parts, viewer, input);
  const chosen = values.known;
  if (
    likely.length > 0 &&
    (chosen === undefined || (chosen !== 'new' && !likely.some((each) => each.personId === chosen)))
  ) {
    const asked = chosen === undefined && oneText(typedBody(request.body), '_asked') === 'yes';
    return reply.page(
      'add-person-known.njk',
      {
        ...page,
        title: 'Do we know them?',
        candidates: await describe(parts, request, viewer, likely, now),
        typed: Object.entries(form.typed).flatMap(([name, value]) =>
          name.startsWith('_') || name === 'known' || typeof value !== 'string' ? [] : [{ name, value }],
        ),
        formKey: oneText(form.typed, '_key'),
        typedName: [input.givenName, input.familyName].filter((part) => part !== null).join(' '),
        ...(asked && {
          errors: {
            title: 'There is a problem',
            list: [{ text: 'Choose a record, or say that this is somebody new', href: '#known' }],
          },
        }),
      },
      asked ? 422 : 200,
    );
  }
  const key = keyOf(request.body);
  if (key === undefined)
    return reply.refusal(
      { code: 'no-key', message: 'This form is not complete. Open it again and send it.' },
      400,
    );
  const added = await addPerson(
    parts,
    viewer,
    { key, reference: request.reference },
    suite.id,
    input,
    chosen === undefined || chosen === 'new' ? null : chosen,
  );
  if (added.ok) return reply.redirect(`/suites/${suite.id}`, 303);
  switch (added.refusal.code) {
    case 'not-found':
      return reply.missing();
    default:
      return reply.refusal(added.refusal, 409);
  }
}

export function adultAnswer(
  answer:
    | { readonly kind: 'value'; readonly value: 'yes' | 'no' }
    | { readonly kind: 'not-asked' | 'declined' | 'unknown' },
): AdultAnswer {
  return answer.kind === 'value' ? answer.value : answer.kind;
}

/** Who the suggested records are, with why: enough to tell people apart, audited as a search. */
async function describe(
  parts: CustodyParts,
  request: FastifyRequest,
  viewer: SignedInViewer,
  likely: readonly LikelyPerson[],
  now: Temporal.Instant,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const people = await findPeople(
      tx,
      viewer,
      likely.map((each) => each.personId),
    );
    await recordAudit(tx, now, auditActor(viewer, request.reference), {
      action: 'searched',
      subjectKind: 'do we know them',
      detail: { found: likely.length },
    });
    return likely.flatMap((each) => {
      const person = people.get(each.personId);
      if (person === undefined) return [];
      return [
        {
          id: each.personId,
          name: displayName(person),
          born: person.birthDate,
          age: person.birthDate === null ? null : ageOn(person.birthDate, londonDate(now)),
          reasons: reasonsOf(each),
          band: likenessWords(each),
        },
      ];
    });
  });
}

/** How likely, in words; never a number. */
export function likenessWords({ score }: LikelyPerson): string {
  switch (score.likeness) {
    case 'same':
      return 'Very likely the same person';
    case 'likely':
      return 'Likely the same person';
    default:
      return 'May be the same person';
  }
}

/** Why, in sentences, as the evidence was weighed. */
export function reasonsOf({ score }: LikelyPerson): readonly string[] {
  return score.waterfall
    .filter((step) => step.field !== 'starting-point')
    .map((step) => step.sentence.replace(/\.$/, ''));
}
