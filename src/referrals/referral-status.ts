import type { Status } from '../people/index.ts';
import { age, dateLong, day, when } from '../platform/views/dates.ts';
import { londonDate } from '../platform/clock.ts';
import { isOverdue, type Standing } from './referral.ts';
import type { Referral } from './referral-store.ts';
import { reasonWords } from './referral-words.ts';
import { workingDaysLate } from './working-days.ts';

/** Where a referral stands, as a page says it: words, then shape. Nothing is shown done before the service has it. */
export function statusOf(referral: Pick<Referral, 'standing' | 'events'>, now: Temporal.Instant): Status {
  const { standing } = referral;
  const late = isOverdue(standing, now);
  const since = when(standing.since, now);
  switch (standing.state) {
    case 'draft':
      return { shape: 'due', text: 'Not sent yet' };
    case 'sent':
    case 'delivered':
      return late
        ? { shape: 'now', text: `Not opened after ${age(standing.since, now)}` }
        : { shape: 'wait', text: `Sent ${since}, not opened yet` };
    case 'received':
      return late
        ? { shape: 'now', text: `Opened ${since}, no answer yet` }
        : { shape: 'wait', text: `Opened ${since}, answer awaited` };
    case 'accepted':
      return late
        ? { shape: 'now', text: `Accepted ${since}, no appointment yet` }
        : { shape: 'part', text: `Accepted ${since}, appointment awaited` };
    case 'waiting':
      return { shape: late ? 'due' : 'wait', text: `On a waiting list, ${waitLength(referral, now)}` };
    case 'asked':
      return { shape: 'due', text: 'They asked a question' };
    case 'declined':
      return { shape: 'stop', text: `Declined: “${reasonWords(standing.reason) ?? 'no reason given'}”` };
    case 'appointment-offered':
      return appointmentStatus(standing, now);
    case 'did-not-attend':
      return { shape: 'due', text: `Not seen: ${lower(reasonWords(standing.reason) ?? 'reason not known')}` };
    case 'first-attended':
      return {
        shape: 'done',
        text: `First appointment attended ${day(standing.firstSeenAt ?? standing.since)}`,
      };
    case 'engaged':
      return { shape: 'done', text: `Still going, ${day(standing.since)}` };
    case 'completed':
      return { shape: 'done', text: `Completed ${dateLong(standing.since)}` };
    case 'withdrawn':
      return {
        shape: 'none',
        text: `Withdrawn: ${lower(reasonWords(standing.reason) ?? 'reason not given')}`,
      };
    case 'lost':
      return { shape: 'none', text: `Closed ${dateLong(standing.since)}, contact lost` };
    case 'moved-on':
      return { shape: 'none', text: `Declined, something else tried` };
  }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function waitLength(referral: Pick<Referral, 'standing' | 'events'>, now: Temporal.Instant): string {
  const said = referral.events.findLast((event) => event.what === 'wait-listed')?.note;
  const so = age(referral.standing.since, now);
  return said === null || said === undefined ? `${so} so far` : `${so} so far, they said ${lower(said)}`;
}

function appointmentStatus(standing: Standing, now: Temporal.Instant): Status {
  const at = standing.appointmentAt;
  if (at === null) return { shape: 'part', text: 'Appointment offered' };
  return Temporal.Instant.compare(at, now) > 0
    ? { shape: 'part', text: `First appointment ${when(at, now)}` }
    : { shape: 'due', text: `Appointment was ${when(at, now)}. Did they come?` };
}

/** "5 working days late", "due today", or when it is due. */
export function dueWords(standing: Standing, now: Temporal.Instant): string {
  if (standing.due === null) return '';
  const late = workingDaysLate(standing.due, now);
  if (late > 0) return `${late} working day${late === 1 ? '' : 's'} late`;
  if (isOverdue(standing, now)) return 'Late';
  const lastDay = londonDate(standing.due.subtract({ milliseconds: 1 }));
  return lastDay.equals(londonDate(now)) ? 'Due today' : `By ${day(lastDay)}`;
}

const waitingWords = {
  us: 'Us',
  service: 'The service',
  person: 'The appointment',
  nobody: 'Nobody',
} as const;

/** Who has to act, as the list says it. */
export function waitingOnWords(standing: Standing): string {
  return waitingWords[standing.waitingOn];
}
