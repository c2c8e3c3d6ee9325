import type { RelationshipSource, Viewer } from '../access/index.ts';
import {
  needLabel,
  oncePerPicture,
  type NextLine,
  type PictureSource,
  type TriedLine,
} from '../people/index.ts';
import type { PictureScope, Status } from '../people/index.ts';
import { londonDate, type Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { dateLong, monthLong, when } from '../platform/views/dates.ts';
import { hasEnded, isOverdue, type ReferralState } from './referral.ts';
import { dueWords, statusOf } from './referral-status.ts';
import { referralRules, referralsOfPerson, referralsWithService, type Referral } from './referral-store.ts';
import { reasonWords } from './referral-words.ts';

// What referrals add to other modules' pages: the picture of need, Today, reports.

/** Every referral of a person, newest first, with where it stands. The caller has opened the person. */
export async function referralsOf(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly Referral[]> {
  return referralsOfPerson(tx, viewer, personId, await referralRules(tx, londonDate(now)));
}

function needsWords(referral: Referral): string {
  return referral.needs
    .map((need, i) => (i === 0 ? needLabel(need) : needLabel(need).toLowerCase()))
    .join(', ');
}

function hrefOf(referral: Referral): string {
  return `/people/${referral.personId}/referrals/${referral.id}`;
}

/** What is arranged for a person with a service: for a report to say, one line each. */
export interface Arranged {
  readonly referralId: string;
  readonly serviceName: string;
  /** "Referred to Rivermead for alcohol. First appointment Fri 27 Nov 10:30." */
  readonly words: string;
  readonly startsAt: Temporal.Instant | null;
  readonly place: string | null;
}

/** What is arranged now: open referrals that were sent, the soonest appointment first. */
export async function arrangedFor(
  tx: Tx,
  viewer: Viewer,
  personId: string,
  now: Temporal.Instant,
): Promise<readonly Arranged[]> {
  const all = await referralsOf(tx, viewer, personId, now);
  return all
    .filter(
      (one) => one.sentAt !== null && !hasEnded(one.standing.state) && one.standing.state !== 'declined',
    )
    .map((one) => {
      const at = one.standing.state === 'appointment-offered' ? one.standing.appointmentAt : null;
      return {
        referralId: one.id,
        serviceName: one.serviceName,
        words: `Referred to ${one.serviceName} for ${needsWords(one).toLowerCase()}. ${statusOf(one, now).text}.`,
        startsAt: at,
        place: at === null ? null : (one.appointments[0]?.place ?? null),
      };
    })
    .sort(
      (a, b) => (a.startsAt?.epochMilliseconds ?? Infinity) - (b.startsAt?.epochMilliseconds ?? Infinity),
    );
}

/** An answer a service owes us, as Today's right column shows it. */
export interface OwedAnswer {
  readonly referralId: string;
  readonly personId: string;
  readonly serviceName: string;
  readonly status: Status;
  readonly due: string;
  readonly lastChased: string | null;
  readonly href: string;
}

/** What services owe a worker an answer on and have not given in time, the longest wait first. */
export async function owedAnswers(
  tx: Tx,
  viewer: Viewer,
  ownerId: string,
  now: Temporal.Instant,
): Promise<readonly OwedAnswer[]> {
  const rules = await referralRules(tx, londonDate(now));
  const open = await referralsWithService(tx, viewer, ownerId, rules);
  return open
    .filter((one) => one.standing.waitingOn === 'service' && isOverdue(one.standing, now))
    .map((one) => ({
      referralId: one.id,
      personId: one.personId,
      serviceName: one.serviceName,
      status: statusOf(one, now),
      due: dueWords(one.standing, now),
      lastChased: one.standing.lastChasedAt === null ? null : when(one.standing.lastChasedAt, now),
      href: hrefOf(one),
    }));
}

/** The referrer may open the record for as long as the rule remembers them. */
export function referralRelationships(clock: Clock): RelationshipSource {
  return {
    name: 'referral',
    async find(tx, viewer, personIds) {
      if (personIds.length === 0) return new Map();
      const now = clock.now();
      const rules = await referralRules(tx, londonDate(now));
      const rows = await tx
        .selectFrom('referral')
        .select('person_id')
        .where('referred_by', '=', viewer.workerId)
        .where('person_id', 'in', [...personIds])
        .where('created_at', '>', now.subtract({ hours: 24 * rules['person-remembered'].length }))
        .execute();
      return new Map(rows.map((row) => [row.person_id, 'referred by you']));
    },
  };
}

/** What referrals add to the picture of need. */
export function referralsPicture(): PictureSource {
  return {
    module: 'referrals',
    mattersNow: async (scope) =>
      (await read(scope)).flatMap((one) => {
        const { standing } = one;
        const late = isOverdue(standing, scope.now);
        const matters =
          standing.state === 'declined' ||
          standing.state === 'asked' ||
          standing.state === 'did-not-attend' ||
          (standing.state !== 'draft' && late && !hasEnded(standing.state));
        if (!matters || standing.due === null) return [];
        return [
          {
            when: late ? 'Late' : 'Soon',
            by: standing.due.epochMilliseconds,
            urgency: late ? ('soon' as const) : ('plain' as const),
            what: `${one.serviceName}: ${lowerFirst(statusOf(one, scope.now).text)}`,
            source: { text: `${standing.nextStep} · ${one.ownerName} · ${dueWords(standing, scope.now)}` },
            act: { href: hrefOf(one), text: 'Open', about: `referral to ${one.serviceName}` },
          },
        ];
      }),
    next: async (scope) => (await read(scope)).flatMap((one) => nextLine(one, scope)),
    tried: async (scope) => (await read(scope)).flatMap(triedLine),
    worksWith: async (scope) =>
      (await read(scope))
        .filter((one) => ['first-attended', 'engaged'].includes(one.standing.state))
        .map((one) => ({
          label: needsWords(one),
          text: one.serviceName,
          source: { text: `${statusOf(one, scope.now).text} · our referral` },
        })),
    timeline: async (scope) =>
      (await read(scope))
        .filter((one) => one.sentAt !== null)
        .map((one) => {
          const ended = hasEnded(one.standing.state) || one.standing.state === 'declined';
          return {
            id: `referral-${one.id}`,
            lane: 'community' as const,
            shape: 'service' as const,
            from: one.sentAt ?? one.createdAt,
            to: ended ? one.standing.since : null,
            ongoing: !ended,
            title: one.serviceName,
            detail: `${needsWords(one)}. ${statusOf(one, scope.now).text}`,
            source: `Referred by us, ${dateLong(one.sentAt ?? one.createdAt)}`,
            href: hrefOf(one),
            tone: toneOf(one),
          };
        }),
  };
}

// Five parts of one picture are made from one reading.
const read = oncePerPicture((scope) => referralsOf(scope.tx, scope.viewer, scope.personId, scope.now));

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function toneOf(one: Referral): 'waiting' | 'done' | 'old' | 'now' {
  if (['first-attended', 'engaged'].includes(one.standing.state)) return 'now';
  if (one.standing.state === 'completed') return 'done';
  return hasEnded(one.standing.state) || one.standing.state === 'declined' ? 'old' : 'waiting';
}

function nextLine(one: Referral, scope: PictureScope): readonly NextLine[] {
  const { standing } = one;
  if (hasEnded(standing.state) || standing.due === null) return [];
  const appointment = standing.state === 'appointment-offered' ? standing.appointmentAt : null;
  return [
    {
      when: appointment === null ? dueWords(standing, scope.now) : when(appointment, scope.now),
      by: (appointment ?? standing.due).epochMilliseconds,
      what:
        appointment === null
          ? `${one.serviceName}: ${lowerFirst(standing.nextStep)}`
          : `First appointment, ${one.serviceName}`,
      detail: appointment === null ? one.ownerName : (one.appointments[0]?.place ?? ''),
      act: { href: hrefOf(one), text: 'Open' },
    },
  ];
}

const endings: Partial<Record<ReferralState, string>> = {
  completed: 'Finished',
  lost: 'Contact lost',
  declined: 'Declined',
  'moved-on': 'Declined',
  withdrawn: 'Withdrawn',
  'did-not-attend': 'Not seen',
};

/** A referral that is over, as a short story: how it ended, what was written down then, and what to ask for now. */
function triedLine(one: Referral): readonly TriedLine[] {
  const { standing } = one;
  const ending = endings[standing.state];
  if (ending === undefined || one.sentAt === null) return [];
  const note = one.events.findLast(
    (event) => event.note !== null && (event.what === standing.state || event.what === 'declined'),
  )?.note;
  const { told, askFor } = readNote(note ?? '');
  const reason = reasonWords(standing.reason);
  const lines = [reason === null ? '' : sentence(reason), told].filter((line) => line !== '');
  return [
    {
      title: `${one.serviceName}. ${ending} ${monthLong(standing.since)}`,
      lines: lines.length > 0 ? lines : [`For ${needsWords(one).toLowerCase()}. Nobody wrote down why.`],
      askFor,
      source: { text: `Our referral of ${dateLong(one.sentAt)} · ${dateLong(standing.since)}` },
      at: standing.since.epochMilliseconds,
    },
  ];
}

/** "Two buses. Ask for evenings." as what happened and what to ask for: workers write both in one note. */
export function readNote(note: string): { readonly told: string; readonly askFor: string | null } {
  const found = /(?:^|(?<=[.!?”"]\s))Ask for:?\s+([^.!?]+)[.!?]?\s*/i.exec(note);
  if (found?.[1] === undefined) return { told: note.trim(), askFor: null };
  const told = `${note.slice(0, found.index)}${note.slice(found.index + found[0].length)}`.trim();
  return { told, askFor: `${found[1].trim()}.` };
}

function sentence(text: string): string {
  return /[.!?”]$/.test(text) ? text : `${text}.`;
}
