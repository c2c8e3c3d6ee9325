import { z } from 'zod';
import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ensureEpisode, type NewPerson } from '../people/index.ts';
import type { Tx } from '../platform/database.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import type { LikelyPerson } from '../matching/index.ts';
import type { CustodyParts } from './custody-parts.ts';
import { likelyFor } from './likely-people.ts';
import { recordStayEvents } from './record-stay-events.ts';
import { insertStay, type NewStayEvent } from './stay-writes.ts';
import { staysOfPeople } from './stay-store.ts';
import { suitesOf } from './suite-store.ts';
import type { AdultAnswer, LegalBasis, StayKind } from './stay.ts';

const optionalText = (longest: number) => z.string().trim().max(longest).nullable();

/** What is typed by hand. A name or a description is enough; the rest may follow. */
export const addPersonSchema = z
  .object({
    stayKind: z.enum(['detention', 'voluntary-attendance']),
    givenName: optionalText(200),
    familyName: optionalText(200),
    describedAs: optionalText(300),
    birthDate: z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate).nullable(),
    sex: z.enum(['female', 'male', 'other']).nullable(),
    place: optionalText(20),
    custodyNumber: optionalText(60),
    legalBasis: z.custom<LegalBasis>((value) => typeof value === 'string').nullable(),
    arrivedAt: z.custom<Temporal.Instant>((value) => value instanceof Temporal.Instant),
    adultRequired: z.custom<AdultAnswer>((value) => typeof value === 'string'),
  })
  .refine((input) => input.givenName !== null || input.familyName !== null || input.describedAs !== null);
export type AddPersonInput = z.output<typeof addPersonSchema>;

/** The person as typed, for the record and for the question whether we know them. */
export function typedPerson(input: AddPersonInput): NewPerson {
  return {
    source: 'added at the suite',
    givenName: input.givenName,
    familyName: input.familyName,
    describedAs: input.describedAs,
    birthDate: input.birthDate,
    birthDateBasis: 'told-us',
    sex: input.sex,
  };
}

/** Records that may be the same person as the one being typed; asked before anything is saved. */
export async function likelySame(
  parts: Pick<CustodyParts, 'database'>,
  viewer: SignedInViewer,
  input: AddPersonInput,
): Promise<readonly LikelyPerson[]> {
  if (input.givenName === null && input.familyName === null) return [];
  return parts.database.transaction(databaseContext(viewer), (tx) =>
    likelyFor(tx, viewer, typedPerson(input), { stayId: null, except: null }),
  );
}

export type AddPersonRefusal = 'not-found' | 'nobody-named' | 'already-here' | 'key-used';

/**
 * Puts somebody on the board by hand: a new record, or `knownPersonId` when a person said that it is them. Refuses
 * a second open stay for the same person, because there is one of them.
 */
export async function addPerson(
  parts: CustodyParts,
  viewer: SignedInViewer,
  request: { readonly key: string; readonly reference: string },
  siteId: string,
  given: AddPersonInput,
  knownPersonId: string | null,
): Promise<Outcome<{ readonly personId: string }, AddPersonRefusal>> {
  const parsed = addPersonSchema.safeParse(given);
  if (!parsed.success) return refused('nobody-named', 'Enter a name, or describe the person', 'givenName');
  const input = parsed.data;
  return parts.database.transaction(databaseContext(viewer), async (tx) => {
    const now = parts.clock.now();
    const suites = await suitesOf(tx, viewer);
    if (!suites.some((suite) => suite.id === siteId)) return refused('not-found', 'There is no such suite');
    if (knownPersonId !== null) {
      // Locked before the check, so that two people adding the same person find one another.
      await tx.selectFrom('person').select('id').where('id', '=', knownPersonId).forUpdate().execute();
      const open = (await staysOfPeople(tx, viewer, [knownPersonId])).find((stay) => stay.endedAt === null);
      if (open !== undefined)
        return refused(
          'already-here',
          `This person is already on the board${open.siteName === null ? '' : ` at ${open.siteName}`}`,
        );
    }
    const once = await onceOnly(tx, request.key, 'custody.add-person', async () => {
      const personId = knownPersonId ?? (await parts.people.create(tx, viewer, typedPerson(input))).id;
      if (knownPersonId !== null) await learnTyped(parts, tx, viewer, knownPersonId, input);
      await ensureEpisode(tx, viewer, personId, opening(input.stayKind), now);
      const first: NewStayEvent = {
        kind: 'arrived',
        happenedAt: input.arrivedAt,
        source: viewer.name,
        detail: {
          siteId,
          stayKind: input.stayKind,
          ...(input.stayKind === 'voluntary-attendance'
            ? { legalBasis: 'voluntary' as const }
            : input.legalBasis !== null && { legalBasis: input.legalBasis }),
          ...(input.place !== null && { place: input.place }),
        },
      };
      const adult: readonly NewStayEvent[] =
        input.adultRequired === 'not-asked'
          ? []
          : [
              {
                kind: 'appropriate-adult-needed',
                happenedAt: now,
                source: viewer.name,
                detail: { needed: input.adultRequired },
              },
            ];
      const stay = await insertStay(
        tx,
        viewer,
        {
          personId,
          madePersonId: knownPersonId === null ? personId : null,
          identity: knownPersonId === null ? 'worker' : 'confirmed-known',
          force: null,
          custodyNumber: input.custodyNumber?.toUpperCase().replaceAll(/\s+/g, '') ?? null,
          assignedTo: null,
          first: [first],
        },
        now,
      );
      await recordStayEvents(parts, tx, viewer, stay, [first, ...adult], now);
      await recordAudit(tx, now, auditActor(viewer, request.reference), {
        action: 'created',
        personId,
        subjectKind: 'stay in custody',
        subjectId: stay.id,
        detail: { kind: input.stayKind, known: knownPersonId !== null },
      });
      return { personId };
    });
    return once.ok ? done({ personId: once.value.result.personId }) : once;
  });
}

async function learnTyped(
  parts: CustodyParts,
  tx: Tx,
  viewer: SignedInViewer,
  personId: string,
  input: AddPersonInput,
): Promise<void> {
  await parts.people.learn(tx, viewer, personId, {
    source: 'added at the suite',
    names: [{ kind: 'as-received', givenName: input.givenName, familyName: input.familyName }],
    birthDates: input.birthDate === null ? [] : [input.birthDate],
  });
}

function opening(kind: StayKind) {
  return {
    firstContactPoint: kind === 'detention' ? ('custody' as const) : ('voluntary-attendance' as const),
    identifiedBy: 'service' as const,
  };
}
