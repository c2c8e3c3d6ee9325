import { auditActor, databaseContext, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { ageOn } from '../people/index.ts';
import { onceOnly } from '../platform/forms/idempotency.ts';
import { touch } from '../platform/live/touch.ts';
import { done, refused, type Outcome } from '../platform/result.ts';
import { findCourt } from './court-day-store.ts';
import type { PersonAppearance } from './import/index.ts';
import { lookForPeople, type LookParts } from './look-for-people.ts';
import { storableJson } from './storable.ts';
import { splitSaid } from './stored-appearance.ts';

/** Somebody at court who is on no list: brought up from the cells, surrendered, added by the court in the morning. */
export interface AddedPerson {
  readonly siteId: string;
  readonly day: Temporal.PlainDate;
  readonly givenName: string | null;
  readonly familyName: string;
  readonly birthDate: Temporal.PlainDate | null;
  readonly room: string | null;
  readonly time: Temporal.PlainTime | null;
}

/** Puts somebody on a court's day by hand and looks whether we know them. A second press adds nobody. */
export async function addToList(
  parts: LookParts,
  viewer: SignedInViewer,
  input: AddedPerson & { readonly key: string; readonly reference: string },
): Promise<Outcome<{ appearanceId: string }, 'not-found' | 'key-used'>> {
  const outcome = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const court = await findCourt(tx, viewer, input.siteId);
    if (court === null) return refused('not-found', 'This is not a court you work at.');
    const now = parts.clock.now();
    const once = await onceOnly(tx, input.key, 'add-to-court-list', async () => {
      const filed = {
        area_id: viewer.areaId,
        content_hash: input.key,
        first_received_at: now,
        last_changed_at: now,
      };
      const hearing = await tx
        .insertInto('court_hearing')
        .values({
          ...filed,
          source: 'by-hand',
          natural_key: `by-hand|${input.key}`,
          court_code: court.code,
          court_name: court.name,
          site_id: court.id,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('court_sitting')
        .values({
          area_id: viewer.areaId,
          hearing_id: hearing.id,
          site_id: court.id,
          day: input.day,
          start_time: input.time,
          room: input.room,
        })
        .execute();
      const appearance = appearanceOf(input);
      const { said } = splitSaid(appearance);
      const row = await tx
        .insertInto('court_appearance')
        .values({
          ...filed,
          hearing_id: hearing.id,
          base_key: `by-hand|${input.key}`,
          name_received: appearance.name?.received ?? null,
          given_names: input.givenName,
          family_name: input.familyName,
          birth_date: input.birthDate,
          youth: appearance.youth.is,
          youth_basis: appearance.youth.basis,
          said: storableJson(said),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await recordAudit(tx, now, auditActor(viewer, input.reference), {
        action: 'created',
        subjectKind: 'court listing by hand',
        subjectId: row.id,
      });
      await touch(tx, [`court:${court.id}`]);
      return { appearanceId: row.id };
    });
    return once.ok ? done(once.value.result) : once;
  });
  if (outcome.ok) await lookForPeople(parts, viewer);
  return outcome;
}

/** As a feed would have said it, so that everything after this is the same. Without a birth date nobody is called an adult. */
function appearanceOf(input: AddedPerson): PersonAppearance {
  const given = input.givenName === null ? [] : input.givenName.split(/\s+/);
  return {
    kind: 'person',
    role: 'defendant',
    path: '',
    ordinal: 1,
    defendantId: undefined,
    masterDefendantId: undefined,
    caseId: undefined,
    caseNumber: undefined,
    urn: undefined,
    listedOrder: undefined,
    offences: [],
    results: [],
    identifiers: [],
    name: {
      received: [...given, input.familyName].join(' '),
      title: undefined,
      given,
      family: input.familyName,
      parts: 'as-sent',
    },
    birthDate: input.birthDate ?? undefined,
    sex: undefined,
    youth:
      input.birthDate === null
        ? { is: 'unknown', basis: 'none' }
        : { is: ageOn(input.birthDate, input.day) < 18 ? 'yes' : 'no', basis: 'birth-date' },
    addresses: [],
    phones: [],
    nationalities: [],
    interpreterLanguage: undefined,
    remand: undefined,
    reportingRestrictions: [],
  };
}
