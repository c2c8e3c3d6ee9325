import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseContext, viewerOf } from '../access/index.ts';
import {
  formErrors,
  parseForm,
  textField,
  type FieldError,
  type Fields,
  type ValuesOf,
} from '../platform/forms/form.ts';
import { keyedAct } from '../platform/forms/keyed-act.ts';
import type { Outcome } from '../platform/result.ts';
import { ageAndSource, type Basis } from './age-and-source.ts';
import { findDetails, type PersonDetails } from './details-store.ts';
import { formatNhsNumber } from './identifiers.ts';
import { personPage, type PersonPageParts } from './person-page.ts';
import {
  endDetail,
  recordAlert,
  recordCommunicationNeed,
  recordContactPoint,
  recordHowToAddress,
  type DetailsRefusal,
  type DetailsScope,
} from './record-details.ts';

const personParams = z.object({ personId: z.uuid() });
const safe = textField(z.enum(['yes', 'no', 'not-asked', 'declined', 'unknown']).default('not-asked'));
const basis = textField(z.enum(['told-us', 'observed', 'partner-record'], 'Say how this is known'));
const words = (longest: number, missing: string) =>
  textField(z.string(missing).max(longest, `Use ${String(longest)} characters or fewer`));
const optional = (longest: number) =>
  textField(
    z
      .string()
      .max(longest, `Use ${String(longest)} characters or fewer`)
      .optional(),
  );

const addressFields = {
  version: textField(z.coerce.number().int()),
  preferredName: optional(120),
  pronoun: textField(z.enum(['she', 'he', 'they', 'not-asked']).default('not-asked')),
};
const needFields = {
  kind: textField(
    z.enum(
      ['support', 'professional', 'contact-method', 'format', 'interpreter'],
      'Choose what kind of need it is',
    ),
  ),
  what: words(300, 'Say what helps, in words everybody can act on'),
  needBasis: basis,
};
const contactFields = {
  contactKind: textField(z.enum(['phone', 'email', 'through-somebody', 'place'], 'Choose how to reach them')),
  value: words(200, 'Enter the number, address, person or place'),
  safeToRing: safe,
  safeToText: safe,
  safeToLeaveMessage: safe,
  note: optional(300),
};
const alertFields = {
  alertWhat: words(300, 'Say what could happen, in a few words'),
  urgency: textField(z.enum(['now', 'soon', 'note'], 'Choose how urgent it is')),
  alertBasis: basis,
};
const endFields = {
  kind: textField(z.enum(['alert', 'communication-need', 'contact-point'])),
  id: textField(z.uuid()),
  why: words(200, 'Say why it no longer holds'),
};

/** Who somebody is, how to talk with them, how to reach them safely, and what could hurt: entered once, read everywhere. */
export function registerDetailsRoutes(server: FastifyInstance, parts: PersonPageParts): void {
  server.get(
    '/people/:personId/details',
    { config: { permission: 'person.view' }, schema: { params: personParams } },
    (request, reply) => detailsPage(parts, request, reply, {}),
  );

  function form<F extends Fields>(
    path: string,
    fields: F,
    work: (scope: DetailsScope, values: ValuesOf<F>) => Promise<Outcome<void, DetailsRefusal>>,
  ): void {
    server.post(
      `/people/:personId/details/${path}`,
      { config: { permission: 'person.edit' }, schema: { params: personParams } },
      async (request, reply) => {
        const { personId } = personParams.parse(request.params);
        const viewer = viewerOf(request);
        const now = parts.clock.now();
        const read = parseForm(fields, request.body, { now });
        if (!read.ok)
          return detailsPage(parts, request, reply, { open: path, errors: read.errors, typed: read.typed });
        const outcome = await keyedAct(
          parts.database,
          databaseContext(viewer),
          { body: request.body, route: `people.details.${path}` },
          async (tx) => {
            const scope = { people: parts.people, tx, viewer, personId, now, reference: request.reference };
            const acted = await work(scope, read.values);
            return acted.ok ? { ok: true as const, value: { personId } } : acted;
          },
        );
        if (outcome.ok) return reply.redirect(`/people/${personId}/details`, 303);
        switch (outcome.refusal.code) {
          case 'not-found':
            return reply.missing();
          case 'stale':
          case 'ended':
          case 'key-used':
            return detailsPage(parts, request, reply, {
              open: path,
              errors: [{ field: path, anchor: path, message: outcome.refusal.message }],
              typed: read.typed,
            });
        }
      },
    );
  }

  form('how-to-address', addressFields, (scope, values) =>
    recordHowToAddress(scope, {
      version: values.version,
      preferredName: values.preferredName ?? null,
      pronoun: values.pronoun === 'not-asked' ? null : values.pronoun,
    }),
  );
  form('communication', needFields, (scope, values) =>
    recordCommunicationNeed(scope, {
      kind: values.kind,
      what: values.what,
      basis: values.needBasis,
      saidBy: scope.viewer.name,
    }),
  );
  form('contact', contactFields, (scope, values) =>
    recordContactPoint(scope, {
      kind: values.contactKind,
      value: values.value,
      safeToRing: values.safeToRing,
      safeToText: values.safeToText,
      safeToLeaveMessage: values.safeToLeaveMessage,
      note: values.note ?? null,
    }),
  );
  form('alert', alertFields, (scope, values) =>
    recordAlert(scope, {
      kind: 'recorded-by-worker',
      what: values.alertWhat,
      urgency: values.urgency,
      basis: values.alertBasis,
      saidBy: scope.viewer.name,
    }),
  );
  form('end', endFields, (scope, values) => endDetail(scope, values));
}

interface Shown {
  readonly open?: string;
  readonly errors?: readonly FieldError[];
  readonly typed?: Readonly<Record<string, string | readonly string[]>>;
}

function detailsPage(
  parts: PersonPageParts,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
): Promise<FastifyReply> {
  const { personId } = personParams.parse(request.params);
  return personPage(parts, request, reply, {
    personId,
    tab: 'details',
    template: 'details.njk',
    what: 'details',
    ...(shown.errors === undefined ? {} : { status: 422 }),
    load: async ({ tx, viewer, person, now }) => {
      const details = await findDetails(tx, viewer, person.id);
      const failed =
        shown.errors === undefined || shown.typed === undefined
          ? {}
          : formErrors({ errors: shown.errors, typed: shown.typed });
      return { ...detailsModel(details, now), open: shown.open ?? '', version: person.version, ...failed };
    },
  });
}

const nameKinds: Readonly<Record<string, string>> = {
  current: 'Name now',
  alias: 'Also known as',
  former: 'Used to be called',
  'as-received': 'As somebody else wrote it',
};
const numberKinds: Readonly<Record<string, string>> = {
  nhs: 'NHS number',
  pnc: 'Police national computer',
  cro: 'Criminal records office',
  crn: 'Probation',
  asn: 'Arrest summons',
  'custody-number': 'Custody record',
  defendant: 'Court',
  prison: 'Prison',
};
const needKindsWords: Readonly<Record<string, string>> = {
  support: 'Support to communicate',
  professional: 'Somebody to help communicate',
  'contact-method': 'Way of making contact',
  format: 'Format of information',
  interpreter: 'Interpreter, other language',
};
const contactKinds: Readonly<Record<string, string>> = {
  phone: 'Phone',
  email: 'Email',
  'through-somebody': 'Through somebody',
  place: 'Place',
};
const safeWords: Readonly<Record<string, string>> = {
  yes: 'safe',
  no: 'not safe',
  'not-asked': 'not asked',
  declined: 'declined to say',
  unknown: 'does not know',
};

function detailsModel(details: PersonDetails, now: Temporal.Instant): Readonly<Record<string, unknown>> {
  const line = (basisOf: string, by: string, at: Temporal.Instant) =>
    ageAndSource({ basis: basisOf as Basis, by, at, now }).line;
  return {
    names: details.names.map((row) => ({
      key: nameKinds[row.kind] ?? row.kind,
      text: row.name,
      source: `${row.source} · ${ageAndSource({ basis: 'told-us', by: null, at: row.recordedAt, now }).when}`,
    })),
    numbers: details.identifiers.map((row) => ({
      key: numberKinds[row.kind] ?? row.kind,
      text: row.kind === 'nhs' && row.valid ? formatNhsNumber(row.canonical) : row.received,
      source: `${row.source}${row.valid ? '' : ' · does not pass its check, so it is not used to find anybody'}`,
    })),
    addresses: details.addresses.map((row) => ({
      key: row.noFixedAbode ? 'No fixed address' : 'Address',
      text: [row.lines, row.postcode].filter((part) => part !== null && part !== '').join(', '),
      source: row.source,
    })),
    contacts: details.contacts.map((row) => ({
      id: row.id,
      kind: contactKinds[row.kind] ?? row.kind,
      value: row.value,
      safety:
        row.kind === 'phone'
          ? `Ring: ${safeWords[row.safeToRing] ?? ''}. Text: ${safeWords[row.safeToText] ?? ''}. Message: ${safeWords[row.safeToLeaveMessage] ?? ''}.`
          : '',
      unsafe: [row.safeToRing, row.safeToText, row.safeToLeaveMessage].includes('no'),
      note: row.note,
      source: line('told-us', row.recordedBy ?? 'feed', row.recordedAt),
    })),
    needs: details.needs.map((row) => ({
      id: row.id,
      kind: needKindsWords[row.kind] ?? row.kind,
      what: row.what,
      source: line(row.basis, row.saidBy, row.recordedAt),
    })),
    alerts: details.alerts.map((row) => ({
      id: row.id,
      what: row.what,
      shape: row.urgency === 'now' ? 'now' : 'due',
      source: line(row.basis, row.saidBy, row.recordedAt),
    })),
  };
}
