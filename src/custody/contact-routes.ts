import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { viewerOf } from '../access/index.ts';
import { isChild, personPage, pronouns } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { formErrors, parseForm, textField, type FieldError, type Typed } from '../platform/forms/form.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import type { StatusShape } from '../people/index.ts';
import { notSeenReasons, type ContactOffer, type NotSeenReason } from './contact.ts';
import { atAndAge } from './custody-picture.ts';
import type { CustodyParts } from './custody-parts.ts';
import { offerContact, type OfferContactInput } from './offer-contact.ts';
import { offersOfPerson } from './offer-store.ts';
import { timeAndDay } from './stay-clock.ts';
import { latestStay } from './stay-store.ts';

const personParamsSchema = z.object({ personId: z.uuid() });
const reasonNames = Object.keys(notSeenReasons) as [NotSeenReason, ...NotSeenReason[]];

/** When to try again: minutes from now; null is "only if they ask". */
const tryAgain = {
  '30': '30 minutes',
  '60': '1 hour',
  '120': '2 hours',
  '240': '4 hours',
  never: 'Only if they ask',
} as const;

// One button says what came of it and sends the form: two taps from the board.
const answers = [
  'accepted',
  'declined',
  ...reasonNames.map((reason) => `not-seen:${reason}` as const),
] as const;

const fields = {
  outcome: textField(z.enum(answers, 'Choose what came of the offer')),
  words: textField(z.string().max(500, 'What they said must be 500 characters or fewer').optional()),
  note: textField(z.string().max(300, 'The reason must be 300 characters or fewer').optional()),
  again: textField(
    z.enum(Object.keys(tryAgain) as [keyof typeof tryAgain, ...(keyof typeof tryAgain)[]]).optional(),
  ),
};

/** Offer of contact, and the history of offers. */
export function registerContactRoutes(server: FastifyInstance, parts: CustodyParts): void {
  const page = (
    request: Parameters<typeof personPage>[1],
    reply: Parameters<typeof personPage>[2],
    personId: string,
    mistakes: { readonly errors: readonly FieldError[]; readonly typed: Typed } | null = null,
  ) =>
    personPage(parts, request, reply, {
      ...(mistakes !== null && { status: 422 }),
      personId,
      tab: 'contact',
      template: 'contact.njk',
      what: 'offers of contact',
      load: async ({ tx, viewer, person, now }) => {
        const offers = await offersOfPerson(tx, viewer, person.id);
        const stay = await latestStay(tx, viewer, person.id);
        const child = isChild(person.birthDate, londonDate(now));
        return {
          offers: offers.map((offer) => offerLine(offer, now)),
          isHere: stay !== null && stay.endedAt === null,
          leftAt: stay?.endedAt ? timeAndDay(stay.endedAt, now) : null,
          boardHref: stay?.siteId ? `/suites/${stay.siteId}` : null,
          child,
          say: sayWords(child),
          object: pronouns(person).object,
          reasons: reasonNames
            .filter((reason) => reason !== 'other')
            .map((reason) => ({ value: `not-seen:${reason}`, text: notSeenReasons[reason] })),
          again: Object.entries(tryAgain).map(([value, text]) => ({ value, text })),
          chosenAgain: '120',
          ...(mistakes !== null && formErrors(mistakes)),
        };
      },
    });

  server.get(
    '/people/:personId/contact',
    { config: { permission: 'contact.record' }, schema: { params: personParamsSchema } },
    (request, reply) => page(request, reply, personParamsSchema.parse(request.params).personId),
  );

  server.post(
    '/people/:personId/contact',
    { config: { permission: 'contact.record' }, schema: { params: personParamsSchema } },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { personId } = personParamsSchema.parse(request.params);
      const now = parts.clock.now();
      const form = parseForm(fields, request.body, { now }, (values) =>
        values.outcome === 'not-seen:other' && values.note === undefined
          ? [{ field: 'note', message: 'Say why they were not seen' }]
          : [],
      );
      if (!form.ok) return page(request, reply, personId, form);
      const key = keyOf(request.body);
      if (key === undefined)
        return reply.refusal(
          { code: 'no-key', message: 'This form is not complete. Open it again and send it.' },
          400,
        );
      const recorded = await offerContact(
        parts,
        viewer,
        { key, reference: request.reference },
        personId,
        inputFrom(form.values, now),
      );
      if (!recorded.ok) {
        if (recorded.refusal.code === 'not-found') return reply.missing();
        const errors = [{ field: 'outcome', anchor: 'maincontent', message: recorded.refusal.message }];
        return page(request, reply, personId, { errors, typed: form.typed });
      }
      return reply.redirect(
        recorded.value.outcome === 'accepted'
          ? parts.consentPage(recorded.value.personId)
          : `/people/${recorded.value.personId}/contact`,
        303,
      );
    },
  );
}

function inputFrom(
  values: {
    readonly outcome: (typeof answers)[number];
    readonly words: string | undefined;
    readonly note: string | undefined;
    readonly again: keyof typeof tryAgain | undefined;
  },
  now: Temporal.Instant,
): OfferContactInput {
  const again = values.again ?? '120';
  const tryAgainAt = again === 'never' ? null : now.add({ minutes: Number(again) });
  if (values.outcome === 'accepted')
    return { outcome: 'accepted', tryAgainAt: null, words: null, note: null };
  if (values.outcome === 'declined')
    return { outcome: 'declined', words: values.words ?? null, note: null, tryAgainAt };
  const reason = reasonNames.find((each) => `not-seen:${each}` === values.outcome) ?? 'other';
  return { outcome: 'not-seen', reason, words: null, note: values.note ?? null, tryAgainAt };
}

/** What to say, in words somebody tired and frightened can follow. Under 18, or an age nobody knows: simpler still. */
function sayWords(child: boolean | 'not-known'): readonly string[] {
  return child === false
    ? [
        'I am not the police. I work for the health service.',
        'I can talk with you about your health, home, money, drugs or alcohol, or anything that worries you.',
        'It is up to you. If you say no, it changes nothing about your case, and you can change your mind.',
      ]
    : [
        'I am not the police. My job is to help you.',
        'We can talk about how you feel, or anything at home or school that is hard.',
        'You choose. Nobody will be cross if you say no. You can have your adult with you when we talk.',
      ];
}

function offerLine(
  offer: ContactOffer,
  now: Temporal.Instant,
): {
  readonly shape: StatusShape;
  readonly text: string;
  readonly said: string | null;
  readonly by: string;
  readonly at: string;
  readonly again: string | null;
} {
  const shapes = { accepted: 'done', declined: 'stop', 'not-seen': 'none' } as const;
  const text =
    offer.outcome === 'accepted'
      ? 'Agreed to be seen'
      : offer.outcome === 'declined'
        ? 'Declined'
        : `Not seen: ${(offer.reason === 'other' && offer.note !== null ? offer.note : notSeenReasons[offer.reason ?? 'other']).toLowerCase()}`;
  return {
    shape: shapes[offer.outcome],
    text,
    said: offer.words === null ? null : `“${offer.words}”`,
    by: offer.by,
    at: atAndAge(offer.offeredAt, now),
    again: offer.tryAgainAt === null ? null : `Try again ${timeAndDay(offer.tryAgainAt, now)}`,
  };
}
