import { dateLong } from '../platform/views/dates.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { OpenedPerson, People } from './people.ts';
import { ageAndSource, type Basis } from './age-and-source.ts';
import { formatNhsNumber } from './identifiers.ts';
import { ageOn, displayName, isChild, pronouns, shortName, type Person } from './person.ts';
import { communicationNeeds, openAlerts, type Alert } from './person-store.ts';
import type { PictureScope, WhereNow } from './picture.ts';

export interface PersonPageParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
}

/** What a person's page is given besides the data it loads itself. */
export interface PersonPageScope {
  readonly tx: Tx;
  readonly viewer: SignedInViewer;
  readonly opened: OpenedPerson;
  readonly person: Person;
  readonly now: Temporal.Instant;
  /** What the picture's sources are asked with: one for the page, so that banner and picture share what was read. */
  readonly picture: PictureScope;
}

export interface PersonPage {
  readonly personId: string;
  /** The key of the tab to mark as current; '' for none. */
  readonly tab: string;
  readonly template: string;
  /** What the audit calls this view, for example "picture of need". */
  readonly what: string;
  /** 422 when the page shows a form with mistakes again; otherwise 200. */
  readonly status?: number;
  /** Runs in the page's one transaction. Null answers as not found. */
  load(scope: PersonPageScope): Promise<Readonly<Record<string, unknown>> | null>;
}

/**
 * One page about one person: opens the record (or answers not found), loads the page's data and the banner, writes
 * the view to the audit before anything is sent, and renders. Every page about a person goes through here.
 */
export async function personPage(
  parts: PersonPageParts,
  request: FastifyRequest,
  reply: FastifyReply,
  page: PersonPage,
): Promise<FastifyReply> {
  const viewer = viewerOf(request);
  const now = parts.clock.now();
  const loaded = await parts.database.transaction(databaseContext(viewer), async (tx) => {
    const opened = await parts.people.open(tx, viewer, page.personId);
    if (opened === null) return null;
    const { person } = opened;
    const picture = { tx, viewer, personId: person.id, now };
    const scope: PersonPageScope = { tx, viewer, opened, person, now, picture };
    const data = await page.load(scope);
    if (data === null) return null;
    const banner = await loadBanner(parts, scope, page.tab);
    await recordAudit(tx, now, auditActor(viewer, request.reference), {
      action: 'viewed',
      personId: opened.person.id,
      subjectKind: page.what,
      detail: { because: opened.relationship.source },
    });
    return { data, banner, opened };
  });
  if (loaded === null) return reply.missing();
  const { person, relationship } = loaded.opened;
  return reply.page(
    page.template,
    {
      ...loaded.data,
      now,
      person,
      personName: displayName(person),
      shortName: shortName(person),
      pronouns: pronouns(person),
      bannerModel: loaded.banner,
      liveTopics: [`person:${person.id}`],
      openedBecause: relationship.because,
    },
    page.status ?? 200,
  );
}

/** The head of every page about a person, as the banner macro takes it (views/macros/navigation.njk). */
export interface PersonBanner {
  readonly label: string;
  readonly heading: string;
  readonly about: readonly string[];
  readonly small: string | null;
  readonly where: {
    readonly strong: string;
    readonly big: string | null;
    readonly text: string | null;
    readonly small: string | null;
  };
  readonly alerts: readonly { readonly shape: 'now' | 'due' | 'none'; readonly text: string }[];
  readonly note: { readonly lead: string; readonly text: string } | null;
  readonly tabs: { readonly label: string; readonly items: readonly unknown[] };
}

// More alerts than this are read by nobody; the rest stand on the details page and the banner says how many.
const ALERTS_AT_MOST = 4;

async function loadBanner(
  parts: PersonPageParts,
  scope: PersonPageScope,
  tab: string,
): Promise<PersonBanner> {
  const { person, tx, viewer, now } = scope;
  let where: WhereNow | null = null;
  for (const source of parts.people.pictureSources) {
    where ??= (await source.where?.(scope.picture)) ?? null;
  }
  const alerts = (await openAlerts(tx, viewer, [person.id])).get(person.id) ?? [];
  const talking = (await communicationNeeds(tx, viewer, [person.id])).get(person.id) ?? [];
  return {
    label: `About ${displayName(person)}`,
    heading: displayName(person),
    about: aboutPerson(person, londonDate(now)),
    small: numberLine(person),
    where:
      where === null
        ? {
            strong: 'Not in custody or court now',
            big: null,
            text: null,
            small: 'As far as our record shows.',
          }
        : {
            strong: where.place,
            big: where.clock?.big ?? null,
            text: where.clock?.text ?? null,
            small: where.source,
          },
    alerts: alertLines(alerts, now),
    note:
      talking.length === 0
        ? { lead: `Talking with ${shortName(person)}:`, text: 'not asked yet' }
        : {
            lead: `Talking with ${shortName(person)}:`,
            text: `${talking.map((need) => need.what).join('. ')}.`,
          },
    tabs: {
      label: 'Record',
      items: parts.people.tabs.map((entry) => ({
        text: entry.text,
        href: entry.href(person.id),
        current: entry.key === tab,
      })),
    },
  };
}

function aboutPerson(person: Person, today: Temporal.PlainDate): string[] {
  const called =
    person.preferredName !== null && person.preferredName !== person.givenName
      ? `Likes to be called ${person.preferredName}.`
      : null;
  const pronoun =
    person.pronoun === null
      ? 'Pronoun not asked.'
      : `${person.pronoun.charAt(0).toUpperCase()}${person.pronoun.slice(1)}.`;
  const born =
    person.birthDate === null
      ? 'Birth date not known'
      : `${ageOn(person.birthDate, today)}, born ${dateLong(person.birthDate)}${person.birthDateBasis === 'estimated' ? ', estimated' : ''}`;
  const child = isChild(person.birthDate, today) === true ? 'Under 18.' : null;
  return [[called, pronoun, child].filter((part) => part !== null).join(' '), born];
}

function numberLine(person: Person): string {
  if (person.nhsNumber === null) return 'NHS number not known';
  return `NHS number ${formatNhsNumber(person.nhsNumber)}, ${person.nhsNumberStatus === 'traced' ? 'traced' : 'not traced'}`;
}

function alertLines(alerts: readonly Alert[], now: Temporal.Instant): PersonBanner['alerts'] {
  if (alerts.length === 0) return [{ shape: 'none', text: 'No alert recorded' }];
  const shown = alerts.slice(0, ALERTS_AT_MOST).map((alert) => ({
    shape: alert.urgency === 'now' ? ('now' as const) : ('due' as const),
    text: `${alert.what}, ${ageAndSource({ basis: alert.basis as Basis, by: alert.saidBy, at: alert.recordedAt, now }).when}`,
  }));
  const more = alerts.length - shown.length;
  return more > 0 ? [...shown, { shape: 'none' as const, text: `${more} more, see details` }] : shown;
}
