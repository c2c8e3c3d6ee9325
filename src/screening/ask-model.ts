import type { Role } from '../access/index.ts';
import { when } from '../platform/views/dates.ts';
import { conversationOf } from './conversation.ts';
import type { ConversationItem, EarlierAnswers } from './conversation.ts';
import type { Instrument } from './instrument.ts';
import type { LibraryEntry } from './instrument-library.ts';
import { fieldOf } from './posted-answers.ts';
import { codeOf, settledAnswers } from './recorded-answer.ts';
import type { RecordedAnswer } from './recorded-answer.ts';
import type { Screening } from './screening-store.ts';
import { conditions, settings } from './screening-words.ts';

/** Instruments that can be asked now: in effect, switched on, and with their wording held. */
export function askable(entries: readonly LibraryEntry[], on: Temporal.PlainDate): readonly Instrument[] {
  const newest = new Map<string, Instrument>();
  for (const { instrument, on: switchedOn } of entries) {
    const ended =
      instrument.effectiveTo !== undefined && Temporal.PlainDate.compare(on, instrument.effectiveTo) > 0;
    if (!switchedOn || ended || instrument.licence.verdict === 'skeleton') continue;
    if (Temporal.PlainDate.compare(instrument.effectiveFrom, on) > 0) continue;
    const known = newest.get(instrument.name);
    if (known === undefined || Temporal.PlainDate.compare(instrument.effectiveFrom, known.effectiveFrom) > 0)
      newest.set(instrument.name, instrument);
  }
  // The order in which a conversation goes: mood and worry, what happened, drink and drugs, then observations.
  const order = ['phq-9', 'gad-7', 'pc-ptsd-5', 'audit-c', 'phq-2', 'gad-2', 'k6', 'k10'];
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...newest.values()].sort(
    (a, b) =>
      Number(a.answeredBy === 'practitioner') - Number(b.answeredBy === 'practitioner') ||
      rank(a.name) - rank(b.name) ||
      a.shortName.localeCompare(b.shortName),
  );
}

/** Earlier administrations to offer from: everything but the one that is being filled in. */
export function earlierAnswers(
  screenings: readonly Screening[],
  current: Screening | null,
): readonly EarlierAnswers[] {
  return screenings
    .filter(({ id }) => id !== current?.id)
    .map((one) => ({
      canonical: `${one.instrument.url}|${one.instrument.version}`,
      answeredAt: one.savedAt,
      answers: settledAnswers(one.answers),
    }));
}

function usualSetting(role: Role): string {
  if (role === 'custody-healthcare' || role === 'custody-practitioner') return 'custody-room';
  if (role === 'court-practitioner') return 'court';
  return role === 'navigator' ? 'community' : 'not-recorded';
}

/** The questions of one instrument as `screening-ask.njk` shows them. */
export function askModel(input: {
  readonly instrument: Instrument;
  readonly screening: Screening | null;
  readonly screenings: readonly Screening[];
  readonly viewerName: string;
  readonly viewerRole: Role;
  readonly now: Temporal.Instant;
}): Readonly<Record<string, unknown>> {
  const { instrument, screening, now } = input;
  const answers = new Map(
    [...(screening?.answers ?? new Map<string, RecordedAnswer>())].map(([id, one]) => [id, one.answer]),
  );
  const earlier = earlierAnswers(input.screenings, screening);
  const conversation = conversationOf(instrument, { answers, earlier, now });
  return {
    conversation,
    sections: conversation.sections.map(({ heading, items }) => ({
      heading: heading ?? '',
      items: items.map((item) => ({
        ...questionModel(item, screening?.answers.get(item.linkId), input.viewerName, now),
        state: item.state,
        open: item.options.length === 0 && item.type !== 'boolean',
        number: item.number ?? '',
        note: screening?.answers.get(item.linkId)?.note ?? '',
        noteName: `note-${item.linkId}`,
      })),
    })),
    progress: `${conversation.progress.settled} of ${conversation.progress.of} asked`,
    settings,
    // Where this worker is; shown in the form and changed there.
    setting: screening?.setting ?? usualSetting(input.viewerRole),
    conditions,
    chosenConditions: screening?.conditions ?? [],
  };
}

function questionModel(
  item: ConversationItem,
  recorded: RecordedAnswer | undefined,
  viewerName: string,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const choices =
    item.type === 'boolean' && item.options.length === 0
      ? [
          { code: 'true', text: 'Yes' },
          { code: 'false', text: 'No' },
        ]
      : item.options.map(({ code, label }) => ({ code, text: label }));
  return {
    name: fieldOf(item.linkId),
    questionNumber: item.number ?? '',
    question: {
      name: fieldOf(item.linkId),
      number: item.number ?? '',
      text: item.text,
      hint: hintOf(item),
      choices,
      chosen: codeOf(recorded?.answer),
      previous: previousModel(item, recorded, viewerName, now),
    },
    value: recorded?.answer.kind === 'value' ? String(recorded.answer.value) : '',
  };
}

function hintOf(item: ConversationItem): string {
  const waiting = item.state === 'waiting' ? 'Depends on an answer above.' : '';
  return [item.help ?? '', waiting].filter((part) => part !== '').join(' ');
}

function previousModel(
  item: ConversationItem,
  recorded: RecordedAnswer | undefined,
  viewerName: string,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> | null {
  const { previous } = item;
  if (recorded !== undefined && recorded.answer.kind !== 'not-asked') {
    if (recorded.confirmedFrom !== null)
      return {
        shape: 'done',
        text: `Answered ${when(recorded.confirmedFrom, now)}. Asked ${when(recorded.at, now)}, still right.`,
      };
    if (recorded.by !== viewerName)
      return recorded.answer.kind === 'value'
        ? {
            shape: 'done',
            text: `Answered ${when(recorded.at, now)}, to ${recorded.by}. No need to ask again.`,
          }
        : { text: `Asked ${when(recorded.at, now)} by ${recorded.by}. You can ask again.` };
  }
  if (previous === null) return null;
  const line = `${when(previous.answeredAt, now)}: ${previous.text}.`;
  const answered = recorded !== undefined && recorded.answer.kind !== 'not-asked';
  if (previous.offerable && !answered)
    return {
      text: line,
      note: `${previous.ageText}. Ask if it is still right.`,
      reuse: { name: 'reuse', value: item.linkId },
    };
  return previous.offerable
    ? { text: line, note: previous.ageText }
    : { text: line, note: previous.reason, old: `${previous.ageText}, not reused` };
}
