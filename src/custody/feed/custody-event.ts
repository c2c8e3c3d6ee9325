import { z } from 'zod';
import { legalBases, stayEventKinds, stayOutcomes, type LegalBasis, type StayOutcome } from '../stay.ts';

// What a police system or its message broker sends us. One schema: the interface's description (OpenAPI) is made of
// it, and the tolerant reader (read-custody-event.ts) uses its parts one by one.

const text = (longest: number) => z.string().trim().min(1).max(longest);
const when = z
  .string()
  .describe('ISO 8601 with an offset, such as 2026-11-24T08:40:00Z. Without one, London time is taken.');

export const personShape = {
  givenName: text(200),
  familyName: text(200),
  preferredName: text(200),
  description: text(300).describe('How to know somebody who gives no name: "about 30, man".'),
  birthDate: z.iso.date(),
  sex: z.enum(['female', 'male', 'other']),
  aliases: z.array(z.object({ givenName: text(200).optional(), familyName: text(200).optional() })).max(50),
  pncId: text(40),
  croNumber: text(40),
  nhsNumber: text(20),
  address: z.object({
    lines: text(500),
    postcode: text(12).optional(),
    noFixedAbode: z.boolean().optional(),
  }),
} as const;

export const detailShape = {
  at: when.describe(
    'When the thing told about is due or will be: an interview, a charge decision, a departure.',
  ),
  endsAt: when,
  reason: text(500),
  visit: text(100).describe('Names one visit to hospital, so that going and coming back belong together.'),
  where: z.enum(['here', 'other-area', 'abroad', 'at-station']),
  totalHours: z.number().int().min(1).max(96),
  indictable: z.boolean(),
  forHours: z.number().int().min(1).max(36),
  extended: z.boolean(),
  needed: z.enum(['yes', 'no', 'not-asked', 'declined', 'unknown']),
  name: text(200),
  contact: text(200),
  outcome: z.enum(Object.keys(stayOutcomes) as [StayOutcome, ...StayOutcome[]]),
  courtCode: text(20),
  courtDate: z.iso.date(),
  remanded: z.boolean(),
  what: text(300),
  urgency: z.enum(['now', 'soon', 'note']),
} as const;

export const envelopeShape = {
  eventId: text(200).describe('The sender’s own id of this event. The same id is taken once.'),
  force: text(20).describe('The police force, by its code: "06".'),
  custodyNumber: text(60).describe('The custody record number, or the number of a voluntary attendance.'),
  kind: z.enum(stayEventKinds),
  happenedAt: when,
  recordedAt: when,
  stayKind: z.enum(['detention', 'voluntary-attendance']),
  legalBasis: z.enum(Object.keys(legalBases) as [LegalBasis, ...LegalBasis[]]),
  suite: z.object({ code: text(40).optional(), name: text(200).optional() }),
  place: text(20).describe('The cell or place: "7", "V2".'),
} as const;

const optional = <Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape) =>
  z.object(shape).partial();

/** One event of a stay in custody or of a voluntary attendance. Only `kind` and `happenedAt` are always expected. */
export const custodyEventSchema = z
  .object({
    ...optional(envelopeShape).shape,
    kind: envelopeShape.kind,
    happenedAt: envelopeShape.happenedAt,
    person: optional(personShape).optional(),
    detail: optional(detailShape).optional(),
  })
  .meta({ id: 'CustodyEvent', description: 'One thing that happened to one person in police custody.' });

export const custodyEventsBodySchema = z
  .union([
    custodyEventSchema,
    z.array(custodyEventSchema).max(1000),
    z.object({ events: z.array(custodyEventSchema).max(1000) }),
  ])
  .describe(
    'One event, or up to 1,000. Each is taken on its own: a field that cannot be read is put aside and reported, the person never.',
  );

/** Why a call was not taken, after RFC 9457. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  reference: z.string(),
});

export const custodyEventsAnswerSchema = z.object({
  accepted: z.number().int(),
  repeated: z.number().int(),
  quarantined: z.number().int(),
  events: z.array(
    z.object({
      index: z.number().int(),
      eventId: z.string().nullable(),
      outcome: z.enum(['accepted', 'repeated', 'quarantined']),
      issues: z.array(
        z.object({ path: z.string(), code: z.string(), severity: z.string(), message: z.string() }),
      ),
    }),
  ),
});
