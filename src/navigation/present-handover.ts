import { dayText, sentence, upperFirst, whenText } from './display-words.ts';
import { handoverKindText, isLate, type Handover } from './handover.ts';
import type { HandoverEvent, ListedHandover } from './handover-store.ts';
import { SAFE_CONTACT_SOURCE } from './safe-contact.ts';
import { londonDate } from '../platform/clock.ts';
import { clock } from '../platform/views/dates.ts';

/** What the big column says: the time to accept by, or the day; "Today" while the clock has not started. */
export function acceptWhen(handover: Handover, now: Temporal.Instant): string {
  if (handover.acceptBy === null) return 'Leaving';
  const today = londonDate(now);
  const due = londonDate(handover.acceptBy);
  return due.equals(today) ? clock(handover.acceptBy) : upperFirst(dayText(due, today));
}

/** "accept by 12:00", "late since 12:00", "the clock starts when they leave". */
export function acceptText(handover: Handover, now: Temporal.Instant): string {
  if (handover.acceptBy === null) return 'the clock to accept starts when they leave';
  return isLate(handover, now)
    ? `late since ${whenText(handover.acceptBy, now)}`
    : `accept by ${whenText(handover.acceptBy, now)}`;
}

/** The reason and the two lines that matter most: enough to answer on a phone. */
export function gist(handover: Handover): string {
  const rank = { now: 0, soon: 1, note: 2 };
  const lines = handover.what
    .filter((line) => line.source !== SAFE_CONTACT_SOURCE)
    .sort((a, b) => rank[a.urgency] - rank[b.urgency])
    .slice(0, 2);
  return [handover.reason, ...lines.map((line) => line.text)].map(sentence).join(' ');
}

/** Where it stands, as shape and words. Green only once the receiver has it. */
export function standing(
  handover: Handover,
  now: Temporal.Instant,
): { readonly shape: string; readonly text: string } {
  switch (handover.state) {
    case 'accepted':
      return { shape: 'done', text: `Received by ${handover.settledName ?? 'the receiver'}` };
    case 'kept':
      return { shape: 'stop', text: `Kept by ${handover.settledName ?? 'the sender'}` };
    case 'returned':
      return { shape: 'now', text: `Sent back by ${handover.settledName ?? 'the receiver'}` };
    case 'waiting':
      if (isLate(handover, now)) return { shape: 'now', text: 'Late, not accepted' };
      return handover.acceptBy === null
        ? { shape: 'none', text: 'Not left yet' }
        : { shape: 'due', text: 'Waiting for an answer' };
  }
}

/** The line under a standing: when, or by when, and why. */
export function standingSource(handover: Handover, now: Temporal.Instant): string {
  if (handover.settledAt !== null) {
    const why = handover.settledWhy === null ? '' : ` · ${handover.settledWhy}`;
    return `${upperFirst(whenText(handover.settledAt, now))}${why}`;
  }
  const chased = handover.chasedAt === null ? '' : ` · chased ${whenText(handover.chasedAt, now)}`;
  return `${upperFirst(acceptText(handover, now))}${chased}`;
}

/** A row of the handover lists. `name` is null for a record that needs a reason to open. */
export function handoverRow(
  handover: ListedHandover,
  name: string | null,
  now: Temporal.Instant,
  direction: 'in' | 'out',
): Readonly<Record<string, unknown>> {
  const stands = standing(handover, now);
  return {
    id: `h-${handover.id}`,
    cells: [
      {
        text: name ?? 'A record that needs a reason to open',
        href:
          name === null
            ? `/people/${handover.personId}/break-glass`
            : `/people/${handover.personId}/handovers/${handover.id}`,
        source: name === null ? '' : handover.reason,
      },
      {
        text: direction === 'in' ? handover.fromName : handover.toText,
        source: `${handoverKindText[handover.to.kind]} · ${whenText(handover.madeAt, now)}`,
      },
      { text: stands.text, shape: stands.shape, source: standingSource(handover, now) },
    ],
  };
}

const eventText: Readonly<Record<string, string>> = {
  made: 'Handed over',
  'clock-started': 'Left, so the clock to accept started',
  accepted: 'Accepted',
  returned: 'Sent back',
  'sent-on': 'Sent on to somebody else',
  kept: 'Kept by the sender',
  chased: 'Chased',
};

/** The history of one handover, as the page lists it. */
export function eventLine(event: HandoverEvent, now: Temporal.Instant): Readonly<Record<string, string>> {
  return {
    when: whenText(event.at, now),
    what: eventText[event.kind] ?? event.kind,
    source: [event.byName, ...(event.why === null ? [] : [event.why])].join(' · '),
  };
}
