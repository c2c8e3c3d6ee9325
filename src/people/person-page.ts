import type { FastifyReply, FastifyRequest } from 'fastify';
import { auditActor, databaseContext, viewerOf, type SignedInViewer } from '../access/index.ts';
import { recordAudit } from '../audit/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { OpenedPerson, People } from './people.ts';
import { ageOn, displayName, pronouns, shortName, type Person } from './person.ts';
import { communicationNeeds, openAlerts, type Alert, type CommunicationNeed } from './person-store.ts';
import type { WhereNow } from './picture.ts';

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
}

export interface PersonPage {
  readonly personId: string;
  /** The key of the tab to mark as current; '' for none. */
  readonly tab: string;
  readonly template: string;
  /** What the audit calls this view, for example "picture of need". */
  readonly what: string;
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
    const scope: PersonPageScope = { tx, viewer, opened, person: opened.person, now };
    const data = await page.load(scope);
    if (data === null) return null;
    const banner = await loadBanner(parts, scope);
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
  return reply.page(page.template, {
    ...loaded.data,
    now,
    person,
    personName: displayName(person),
    shortName: shortName(person),
    pronouns: pronouns(person),
    banner: loaded.banner,
    openedBecause: relationship.because,
    tabs: parts.people.tabs.map((tab) => ({
      text: tab.text,
      href: tab.href(person.id),
      current: tab.key === page.tab,
    })),
  });
}

/** Who, where, what could hurt, how to talk with them: the head of every page about a person. */
export interface PersonBanner {
  readonly name: string;
  readonly identity: string;
  readonly nhsNumber: string | null;
  readonly nhsNumberNote: string;
  readonly where: WhereNow | null;
  readonly alerts: readonly Alert[];
  readonly talking: readonly CommunicationNeed[];
  readonly under18: boolean | 'not-known';
}

async function loadBanner(parts: PersonPageParts, scope: PersonPageScope): Promise<PersonBanner> {
  const { person, tx, viewer, now } = scope;
  const today = londonDate(now);
  let where: WhereNow | null = null;
  for (const source of parts.people.pictureSources) {
    where ??= (await source.where?.({ tx, viewer, personId: person.id, now })) ?? null;
  }
  const alerts = await openAlerts(tx, viewer, [person.id]);
  const talking = await communicationNeeds(tx, viewer, [person.id]);
  const age = person.birthDate === null ? null : ageOn(person.birthDate, today);
  const called =
    person.preferredName !== null && person.preferredName !== person.givenName
      ? `Likes to be called ${person.preferredName}.`
      : null;
  const born =
    person.birthDate === null
      ? 'birth date not known'
      : `${String(age)}, born ${person.birthDate.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}`;
  const pronoun =
    person.pronoun === null ? null : person.pronoun.charAt(0).toUpperCase() + person.pronoun.slice(1);
  return {
    name: displayName(person),
    identity: [called, pronoun, born].filter((part) => part !== null).join(' '),
    nhsNumber: person.nhsNumber,
    nhsNumberNote: person.nhsNumberStatus === 'traced' ? 'traced' : 'not traced',
    where,
    alerts: alerts.get(person.id) ?? [],
    talking: talking.get(person.id) ?? [],
    under18: age === null ? 'not-known' : age < 18,
  };
}
