import {
  ageOn,
  findPerson,
  isChild,
  oncePerPicture,
  pronouns,
  type KeyLine,
  type MatterLine,
  type NextLine,
  type PictureSource,
  type TimelineEntry,
  type WhereNow,
} from '../people/index.ts';
import { ageOf } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { clock as clockText, day as dayName, duration } from '../platform/views/dates.ts';
import { CHECK_CUSTODY_RECORD } from './clocks/clock.ts';
import { contactFrom, notSeenReasons, type ContactOffer } from './contact.ts';
import { placeWords } from './current-stays.ts';
import type { FindProgress } from './custody-parts.ts';
import { adultWords } from './appropriate-adult.ts';
import { nextAction } from './next-action.ts';
import { offersOfPerson } from './offer-store.ts';
import { stayClock, timeAndDay } from './stay-clock.ts';
import { stayOutcomes, type StayEvent } from './stay.ts';
import { eventsOfStays, staysOfPeople, type Stay } from './stay-store.ts';

const SOON_MINUTES = 90;

interface Loaded {
  readonly stays: readonly Stay[];
  readonly current: Stay | null;
  /** Only those of the current stay. */
  readonly events: ReadonlyMap<string, readonly StayEvent[]>;
}

const load = oncePerPicture(async (scope): Promise<Loaded> => {
  const stays = await staysOfPeople(scope.tx, scope.viewer, [scope.personId]);
  const current = stays.find((stay) => stay.endedAt === null) ?? null;
  const events = await eventsOfStays(scope.tx, scope.viewer, current === null ? [] : [current.id]);
  return { stays, current, events };
});

const person = oncePerPicture((scope) => findPerson(scope.tx, scope.viewer, scope.personId));
const offersMade = oncePerPicture((scope) => offersOfPerson(scope.tx, scope.viewer, scope.personId));

function urgency(at: Temporal.Instant, now: Temporal.Instant): 'now' | 'soon' | 'plain' {
  const minutes = now.until(at).total({ unit: 'minute' });
  return minutes <= 15 ? 'now' : minutes <= SOON_MINUTES ? 'soon' : 'plain';
}

/** What custody adds to the picture of need: where, what matters now, what is next, who works with them, the past. */
export function custodyPicture(parts: { readonly findProgress: FindProgress }): PictureSource {
  return {
    module: 'custody',
    async where(scope): Promise<WhereNow | null> {
      const { current, events } = await load(scope);
      if (current === null) return null;
      const clock = stayClock(current, events.get(current.id) ?? [], 'not-known', scope.now);
      const place = placeWords(current);
      const site = current.siteName ?? 'Suite not known';
      return {
        place: `${site}${place === '' ? '' : `, ${place}`}`,
        clock: { big: clock.big, text: clock.lines.join('. ') },
        source: `${CHECK_CUSTODY_RECORD}.`,
        point: 'custody',
      };
    },
    async mattersNow(scope): Promise<readonly MatterLine[]> {
      const { current, events } = await load(scope);
      if (current === null) return [];
      const { now } = scope;
      const about = await person(scope);
      const child = about === null ? 'not-known' : isChild(about.birthDate, londonDate(now));
      const lines: MatterLine[] = [];
      const add = (
        at: Temporal.Instant,
        what: string,
        source: string,
        act: MatterLine['act'] | null = null,
      ) => {
        lines.push({
          when: timeAndDay(at, now),
          by: at.epochMilliseconds,
          urgency: urgency(at, now),
          what,
          source: { text: source },
          ...(act !== null && { act }),
        });
      };
      if (current.chargeDecisionAt !== null && current.chargedAt === null)
        add(
          current.chargeDecisionAt,
          'Charge decision',
          current.investigatorName === null ? 'Custody record' : `Investigator ${current.investigatorName}`,
        );
      if (
        current.interviewAt !== null &&
        current.chargedAt === null &&
        Temporal.Instant.compare(current.interviewAt, now) > 0
      )
        add(current.interviewAt, 'Police interview', 'Custody record');
      if (current.expectedEndAt !== null) add(current.expectedEndAt, 'Expected to leave', 'Custody record');
      const age =
        about === null || about.birthDate === null ? 'not-known' : ageOn(about.birthDate, londonDate(now));
      const clock = stayClock(current, events.get(current.id) ?? [], age, now);
      if (clock.reviewDueAt !== null && now.until(clock.reviewDueAt).total({ unit: 'hour' }) <= 3)
        add(clock.reviewDueAt, 'Detention review due', CHECK_CUSTODY_RECORD);
      if (clock.endsAt !== null && now.until(clock.endsAt).total({ unit: 'hour' }) <= 6)
        add(clock.endsAt, 'Time in custody reaches its limit', CHECK_CUSTODY_RECORD);
      const adult = adultWords(current, child, now);
      if (adult.shape === 'now' || adult.shape === 'due')
        lines.push({
          when: 'Now',
          by: now.epochMilliseconds,
          urgency: adult.shape === 'now' ? 'now' : 'soon',
          what: `Appropriate adult: ${adult.text.toLowerCase()}`,
          source: { text: adult.source ?? 'Custody record' },
          act: { href: `/people/${scope.personId}/custody`, text: 'Update' },
        });
      return lines;
    },
    async next(scope): Promise<readonly NextLine[]> {
      const { current, events } = await load(scope);
      if (current === null) return [];
      const { now, personId } = scope;
      const about = await person(scope);
      if (about === null) return [];
      const offers = (await offersMade(scope)).filter((offer) => offer.stayId === current.id);
      const progress =
        (await parts.findProgress(scope.tx, scope.viewer, [personId], now)).get(personId) ?? null;
      const next = nextAction({
        stay: current,
        clock: stayClock(current, events.get(current.id) ?? [], 'not-known', now),
        contact: contactFrom(offers),
        progress,
        child: isChild(about.birthDate, londonDate(now)),
        pronouns: pronouns(about),
        now,
      });
      // What another module is due to do stands in that module's own line.
      if (next.by === null || (next.leadsTo !== null && typeof next.leadsTo === 'object')) return [];
      return [
        {
          when: timeAndDay(next.by, now),
          by: next.by.epochMilliseconds,
          what: next.text,
          detail: [next.note, current.assignedTo?.name ?? 'Nobody yet']
            .filter((part) => part !== null)
            .join('. '),
          act: {
            href: `/people/${personId}/${next.leadsTo === 'contact' ? 'contact' : 'custody'}`,
            text: 'Open',
          },
        },
      ];
    },
    async worksWith(scope): Promise<readonly KeyLine[]> {
      const { current } = await load(scope);
      if (current === null) return [];
      const lines: KeyLine[] = [];
      if (current.investigatorName !== null)
        lines.push({
          label: 'Investigator',
          text: [current.investigatorName, current.investigatorContact]
            .filter((part) => part !== null)
            .join(', '),
          source: { text: 'This stay in custody' },
        });
      if (current.solicitor !== null)
        lines.push({ label: 'Solicitor', text: current.solicitor, source: { text: 'This stay in custody' } });
      if (current.assignedTo !== null)
        lines.push({
          label: 'Liaison and diversion',
          text: current.assignedTo.name,
          source: { text: `At ${current.siteName ?? 'the suite'}` },
        });
      return lines;
    },
    async timeline(scope) {
      const { stays } = await load(scope);
      const offers = await offersMade(scope);
      return [
        ...stays.map((stay) => {
          const from = stay.arrivedAt ?? stay.firstEventAt;
          const to = stay.endedAt;
          const long = duration(from.until(to ?? scope.now));
          const how = stay.outcome === null ? null : stayOutcomes[stay.outcome].toLowerCase();
          return {
            id: `stay-${stay.id}`,
            lane: 'custody' as const,
            shape: 'stay' as const,
            from,
            to,
            ongoing: to === null,
            title: to === null ? `In custody ${long}` : `${long}${how === null ? '' : `, ${how}`}`,
            detail: [stay.siteName, stay.kind === 'voluntary-attendance' ? 'came voluntarily' : null]
              .filter((part) => part !== null)
              .join(', '),
            source: 'Custody record',
            href: `/people/${scope.personId}/custody`,
            tone: to === null ? ('now' as const) : ('old' as const),
          };
        }),
        ...stays.flatMap((stay) => chargedEntry(stay, scope.personId)),
        ...offers.map((offer) => ({
          id: `offer-${offer.id}`,
          lane: 'custody' as const,
          shape: 'contact' as const,
          from: offer.offeredAt,
          to: null,
          ongoing: false,
          title: offerTitle(offer),
          detail: offer.words === null ? '' : `“${offer.words}”`,
          source: offer.by,
          href: `/people/${scope.personId}/contact`,
          tone: offer.outcome === 'accepted' ? ('done' as const) : ('plain' as const),
        })),
      ];
    },
  };
}

/** A charge is the beginning of the way through court, whether or not a court's list has named the person since. */
function chargedEntry(stay: Stay, personId: string): readonly TimelineEntry[] {
  const toCourt = stay.outcome === 'charged-bailed' || stay.outcome === 'charged-remanded';
  const at = stay.chargedAt ?? (toCourt ? stay.endedAt : null);
  if (at === null) return [];
  const hearing = stay.courtDate === null ? null : `hearing ${dayName(stay.courtDate)}`;
  return [
    {
      id: `charged-${stay.id}`,
      lane: 'court',
      shape: 'note',
      from: at,
      to: null,
      ongoing: false,
      title: 'Charged to court',
      detail: [stay.courtName, hearing].filter((part) => part !== null).join(', '),
      source: 'Custody record',
      href: `/people/${personId}/custody`,
      tone: stay.endedAt === null ? 'now' : 'plain',
    },
  ];
}

function offerTitle(offer: ContactOffer): string {
  if (offer.outcome === 'accepted') return 'Agreed to be seen';
  if (offer.outcome === 'declined') return 'Offer declined';
  return `Not seen${offer.reason === null ? '' : `, ${notSeenReasons[offer.reason].toLowerCase()}`}`;
}

/** "Today 08:40, 32 minutes ago", for histories. */
export function atAndAge(at: Temporal.Instant, now: Temporal.Instant): string {
  const age = ageOf(at, now);
  const today = londonDate(at).equals(londonDate(now));
  const said = today ? clockText(at) : timeAndDay(at, now);
  return age === null ? said : `${said}, ${age} ago`;
}
