import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { viewerOf } from '../access/index.ts';
import { needsOf } from '../assessment/index.ts';
import { findServices, serviceRow, type ServiceSeeker } from '../directory/index.ts';
import { districtOfPostcode } from '../directory/index.ts';
import {
  ageOn,
  isNeedKind,
  needKinds,
  needLabel,
  personPage,
  type NeedKind,
  type Person,
} from '../people/index.ts';
import { answered, notAsked } from '../platform/answer.ts';
import { londonDate } from '../platform/clock.ts';
import { keyOf } from '../platform/forms/idempotency.ts';
import { oneText, typedBody } from '../platform/forms/form.ts';
import { draftReferral, writeDraft } from './draft-referral.ts';
import { experienceOf } from './experience.ts';
import type { ReferralParts } from './parts.ts';
import { recordServiceConsent } from './record-service-consent.ts';
import { reachOf, referralRules, referralsOfPerson } from './referral-store.ts';
import { sendReferral } from './send-referral.ts';

const personSchema = z.object({ personId: z.uuid() });
const referralSchema = z.object({ personId: z.uuid(), referralId: z.uuid() });
const howSchema = z.enum(['spoken', 'written', 'sign-language', 'interpreter']).catch('spoken');
// The best few are read; the rest are one link away and counted.
const SHOWN = 8;

/** From a need to a service: choose, read the letter, record agreement, send. */
export function registerReferPages(server: FastifyInstance, parts: ReferralParts): void {
  server.get('/people/:personId/refer', { config: { permission: 'referral.write' } }, (request, reply) => {
    const params = personSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    const query = typedBody(request.query);
    const asked = oneText(query, 'need');
    const all = oneText(query, 'all') === 'yes';
    return personPage(parts, request, reply, {
      personId: params.data.personId,
      tab: 'referrals',
      template: 'refer.njk',
      what: 'services for a need',
      load: async ({ tx, viewer, person, now }) => {
        const today = londonDate(now);
        const found = (await needsOf(tx, viewer, person.id)).filter((need) => need.answer === 'found');
        const need = isNeedKind(asked) ? asked : found.length === 1 ? found[0]?.kind : undefined;
        const base = {
          knownNeeds: found.map((one) => ({
            href: `/people/${person.id}/refer?need=${one.kind}`,
            text: needLabel(one.kind),
            current: one.kind === need,
          })),
          needOptions: needKinds.map((kind) => ({
            value: kind.key,
            text: kind.label,
            selected: kind.key === need,
          })),
        };
        if (need === undefined) return { ...base, need: null, rows: [], notFor: [], left: 0 };
        const { postcode } = await reachOf(tx, viewer, person.id);
        const own = await referralsOfPerson(tx, viewer, person.id, await referralRules(tx, today));
        const services = await findServices(tx, viewer, {
          seeker: seekerOf(
            person,
            need,
            found.map((one) => one.kind),
            postcode,
            today,
          ),
          experience: await experienceOf(tx, viewer, own, now),
          today,
        });
        const rows = services.map((service) => serviceRow(service, today));
        const usable = rows.filter((row) => row.fit !== 'does-not-fit');
        return {
          ...base,
          need: { key: need, label: needLabel(need) },
          rows: all ? usable : usable.slice(0, SHOWN),
          count: usable.length,
          left: all ? 0 : Math.max(0, usable.length - SHOWN),
          allHref: `/people/${person.id}/refer?need=${need}&all=yes`,
          notFor: rows.filter((row) => row.fit === 'does-not-fit'),
        };
      },
    });
  });

  server.post(
    '/people/:personId/referrals',
    { config: { permission: 'referral.write' } },
    async (request, reply) => {
      const params = personSchema.safeParse(request.params);
      if (!params.success) return reply.missing();
      const typed = typedBody(request.body);
      const serviceId = z.uuid().safeParse(oneText(typed, 'service'));
      const key = keyOf(request.body);
      if (!serviceId.success || key === undefined)
        return reply.refusal({ code: 'form', message: 'Choose a service from the list again.' }, 422);
      const outcome = await draftReferral(parts, viewerOf(request), {
        personId: params.data.personId,
        serviceId: serviceId.data,
        needs: needsIn(typed),
        key,
        reference: request.reference,
      });
      if (outcome.ok)
        return reply.redirect(`/people/${params.data.personId}/referrals/${outcome.value.referralId}`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );

  const at = '/people/:personId/referrals/:referralId';
  server.post(`${at}/draft`, { config: { permission: 'referral.write' } }, async (request, reply) => {
    const params = referralSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    const typed = typedBody(request.body);
    const outcome = await writeDraft(parts, viewerOf(request), {
      ...params.data,
      needs: needsIn(typed),
      wants: oneText(typed, 'wants').slice(0, 2000) || null,
      support: oneText(typed, 'support').slice(0, 500) || null,
      reference: request.reference,
    });
    if (outcome.ok) return reply.redirect(pageOf(params.data), 303);
    return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
  });

  server.post(`${at}/consent`, { config: { permission: 'consent.record' } }, async (request, reply) => {
    const params = referralSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    const typed = typedBody(request.body);
    const decision = oneText(typed, 'decision');
    if (decision !== 'given' && decision !== 'refused')
      return reply.refusal({ code: 'form', message: 'Say whether they agreed or refused.' }, 422);
    const outcome = await recordServiceConsent(parts, viewerOf(request), {
      ...params.data,
      decision,
      how: howSchema.parse(oneText(typed, 'how')),
      language: oneText(typed, 'language').slice(0, 60) || 'English',
      reference: request.reference,
    });
    if (outcome.ok) return reply.redirect(pageOf(params.data), 303);
    return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
  });

  server.post(`${at}/send`, { config: { permission: 'referral.write' } }, async (request, reply) => {
    const params = referralSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    const outcome = await sendReferral(parts, viewerOf(request), {
      ...params.data,
      mark: oneText(typedBody(request.body), 'mark'),
      reference: request.reference,
    });
    if (outcome.ok) return reply.redirect(pageOf(params.data), 303);
    switch (outcome.refusal.code) {
      case 'not-found':
        return reply.missing();
      case 'changed':
        // The new letter is the answer: read it, then send it.
        return reply.redirect(`${pageOf(params.data)}?changed=yes`, 303);
      default:
        return reply.refusal(outcome.refusal);
    }
  });
}

function pageOf(params: { readonly personId: string; readonly referralId: string }): string {
  return `/people/${params.personId}/referrals/${params.referralId}`;
}

function needsIn(typed: ReturnType<typeof typedBody>): readonly NeedKind[] {
  const given = typed['need'] ?? [];
  return [...new Set(typeof given === 'string' ? [given] : given)].filter(isNeedKind);
}

/** What the record says of whom a service would be for. What nobody asked stays not asked. */
function seekerOf(
  person: Person,
  need: NeedKind,
  others: readonly NeedKind[],
  postcode: string | null,
  today: Temporal.PlainDate,
): ServiceSeeker {
  const district = postcode === null ? undefined : districtOfPostcode(postcode);
  return {
    need,
    otherNeeds: others.filter((other) => other !== need),
    age: person.birthDate === null ? notAsked : answered(ageOn(person.birthDate, today)),
    gender:
      person.sex === 'female'
        ? answered('woman')
        : person.sex === 'male'
          ? answered('man')
          : person.sex === 'other'
            ? answered('another')
            : notAsked,
    armedForces: others.includes('armed-forces') ? answered(true) : notAsked,
    district: district === undefined ? notAsked : answered(district),
    accessNeeds: [],
  };
}
