import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { databaseContext, mayDo, viewerOf } from '../access/index.ts';
import { isNeedKind, needKinds, needLabel } from '../people/index.ts';
import { answered, notAsked } from '../platform/answer.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { countsByNeed, serviceById } from './directory-store.ts';
import { findServices } from './find-services.ts';
import { districtOfPostcode, districts, type District } from './places.ts';
import { registerOpenReferralRoutes } from './open-referral-routes.ts';
import { rankOrder } from './rank-services.ts';
import { serviceFacts, serviceRow } from './service-page.ts';
import { verifyService } from './verify-service.ts';

export interface DirectoryParts {
  readonly database: Database;
  readonly clock: Clock;
}

const text = z.string().trim().max(60).default('').catch('');
const searchSchema = z.object({ need: text, place: text, age: text, for: text });
const serviceParamsSchema = z.object({ id: z.uuid() });
// A page of this many is read; the rest are behind one link, never silently left out.
const SHOWN = 20;
// Why the nearest of the others do not fit answers the question; thousands of them do not.
const NOT_FOR_SHOWN = 50;

/** The directory's pages and its public Open Referral UK interface. */
export function registerDirectoryRoutes(server: FastifyInstance, parts: DirectoryParts): void {
  registerOpenReferralRoutes(server, parts);

  server.get('/services', { config: { permission: 'directory.view' } }, async (request, reply) => {
    const typed = searchSchema.extend({ all: text }).parse(request.query);
    const viewer = viewerOf(request);
    const today = londonDate(parts.clock.now());
    const district = districtFrom(typed.place);
    const age = /^\d{1,3}$/.test(typed.age) ? Number(typed.age) : null;
    const need = typed.need;
    const found = await parts.database.transaction(databaseContext(viewer), async (tx) => ({
      counts: await countsByNeed(tx, viewer),
      services: isNeedKind(need)
        ? await findServices(tx, viewer, {
            today,
            seeker: {
              need,
              otherNeeds: [],
              age: age === null ? notAsked : answered(age),
              gender: typed.for === 'woman' || typed.for === 'man' ? answered(typed.for) : notAsked,
              armedForces: notAsked,
              district: district === null ? notAsked : answered(district),
              accessNeeds: [],
            },
          })
        : [],
    }));
    const rows = found.services.map((one) => serviceRow(one, today));
    const usable = rows.filter((row) => row.fit !== 'does-not-fit');
    const all = typed.all === 'yes';
    return reply.page('services.njk', {
      typed,
      searched: isNeedKind(need),
      heading: isNeedKind(need) ? needLabel(need) : 'Services',
      needOptions: [
        { value: '', text: 'Choose a need' },
        ...needKinds.map((kind) => ({
          value: kind.key,
          text: `${kind.label} (${found.counts.get(kind.key) ?? 0})`,
          selected: kind.key === need,
        })),
      ],
      forOptions: [
        { value: '', text: 'Not said' },
        { value: 'woman', text: 'A woman', selected: typed.for === 'woman' },
        { value: 'man', text: 'A man', selected: typed.for === 'man' },
      ],
      placeNote:
        typed.place !== '' && district === null
          ? `“${typed.place}” is not a place in Greater Manchester that we know. Type a postcode or one of: ${districts.join(', ')}.`
          : null,
      ageNote: typed.age !== '' && age === null ? 'Age is a whole number, for example 34.' : null,
      rows: all ? usable : usable.slice(0, SHOWN),
      count: usable.length,
      left: all ? 0 : Math.max(0, usable.length - SHOWN),
      allHref: `/services?${new URLSearchParams({ need, place: typed.place, age: typed.age, for: typed.for, all: 'yes' }).toString()}`,
      notFor: rows.filter((row) => row.fit === 'does-not-fit').slice(0, NOT_FOR_SHOWN),
      notForCount: rows.length - usable.length,
      orderWords: rankOrder.join(', then '),
    });
  });

  server.get('/services/:id', { config: { permission: 'directory.view' } }, async (request, reply) => {
    const params = serviceParamsSchema.safeParse(request.params);
    if (!params.success) return reply.missing();
    const viewer = viewerOf(request);
    const today = londonDate(parts.clock.now());
    const service = await parts.database.transaction(databaseContext(viewer), (tx) =>
      serviceById(tx, viewer, params.data.id),
    );
    if (service === null) return reply.missing();
    return reply.page('service.njk', {
      service: { id: service.id, name: service.name, organisation: service.organisation, gone: service.gone },
      description: service.listing.description ?? 'The directory gives no description.',
      alert: service.listing.alert ?? null,
      facts: serviceFacts(service, today),
      mayVerify: mayDo(viewer, 'directory.manage') && !service.gone,
    });
  });

  server.post(
    '/services/:id/verified',
    { config: { permission: 'directory.manage' } },
    async (request, reply) => {
      const params = serviceParamsSchema.safeParse(request.params);
      if (!params.success) return reply.missing();
      const outcome = await verifyService(parts, viewerOf(request), params.data.id, request.reference);
      if (outcome.ok) return reply.redirect(`/services/${params.data.id}`, 303);
      return outcome.refusal.code === 'not-found' ? reply.missing() : reply.refusal(outcome.refusal);
    },
  );
}

/** A district by its name or by a postcode in it. */
function districtFrom(place: string): District | null {
  const named = districts.find((district) => district.toLowerCase() === place.toLowerCase());
  return named ?? districtOfPostcode(place) ?? null;
}
