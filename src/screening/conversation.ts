import type { Answer } from '../platform/answer.ts';
import { LONDON } from '../platform/clock.ts';
import { enablement } from './enable-when.ts';
import type { Instrument, ItemAnswer, ItemAnswers } from './instrument.ts';
import type { AnswerOption, InstrumentItem } from './questionnaire.ts';
import { answerText } from './answer-text.ts';

/** An earlier administration of the same tool, to offer from: never to copy. */
export interface EarlierAnswers {
  readonly canonical: string;
  readonly answeredAt: Temporal.Instant;
  readonly answers: ItemAnswers;
}

/** The answer given before, how old it is, and whether it may be offered to confirm. */
export interface PreviousAnswer {
  readonly text: string;
  readonly answer: ItemAnswer;
  readonly answeredAt: Temporal.Instant;
  /** Whole days between the London dates. */
  readonly ageInDays: number;
  readonly ageText: string;
  readonly offerable: boolean;
  /** Why it is or is not offered, in words for the page. */
  readonly reason: string;
}

/** The three answers that are not a value, with the words that fit who answers. */
export interface AlternativeAnswer {
  readonly kind: Exclude<Answer<never>['kind'], 'value'>;
  readonly label: string;
}

export interface ConversationItem {
  readonly linkId: string;
  readonly number: string | undefined;
  readonly text: string;
  readonly help: string | undefined;
  readonly type: InstrumentItem['type'];
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly unit: string | undefined;
  readonly options: readonly AnswerOption[];
  readonly alternatives: readonly AlternativeAnswer[];
  readonly current: ItemAnswer;
  readonly currentText: string;
  /** `waiting`: the question it hangs on has no value yet. `not-needed`: an earlier answer ends this part. */
  readonly state: 'ask' | 'waiting' | 'not-needed';
  readonly opensSafetyConversation: boolean;
  readonly previous: PreviousAnswer | null;
}

export interface ConversationSection {
  readonly heading: string | undefined;
  readonly items: readonly ConversationItem[];
}

/** Everything a page needs to ask one instrument; the template decides nothing. */
export interface Conversation {
  readonly canonical: string;
  readonly shortName: string;
  readonly title: string;
  readonly about: string;
  readonly language: string;
  readonly answeredBy: Instrument['answeredBy'];
  /** False for a skeleton: the site has not loaded the wording it is licensed for. */
  readonly wordingHeld: boolean;
  readonly introduction: readonly string[];
  readonly sections: readonly ConversationSection[];
  readonly notice: string;
  readonly progress: { readonly settled: number; readonly of: number };
}

const alternativesFor: Readonly<Record<Instrument['answeredBy'], readonly AlternativeAnswer[]>> = {
  person: [
    { kind: 'declined', label: 'They prefer not to say' },
    { kind: 'unknown', label: 'They do not know' },
    { kind: 'not-asked', label: 'Not asked yet' },
  ],
  practitioner: [
    { kind: 'declined', label: 'They declined' },
    { kind: 'unknown', label: 'Could not be assessed' },
    { kind: 'not-asked', label: 'Not done yet' },
  ],
};

/** Age of an answer in words, by London dates: "today", "yesterday", "12 days ago", "5 months ago". */
export function ageText(ageInDays: number): string {
  if (ageInDays <= 0) return 'today';
  if (ageInDays === 1) return 'yesterday';
  if (ageInDays < 60) return `${ageInDays} days ago`;
  const months = Math.floor(ageInDays / 30.44);
  return months < 24 ? `${months} months ago` : `${Math.floor(ageInDays / 365.25)} years ago`;
}

function previousOf(
  instrument: Instrument,
  item: InstrumentItem,
  earlier: readonly EarlierAnswers[],
  now: Temporal.Instant,
): PreviousAnswer | null {
  const latest = earlier
    .filter((one) => one.canonical.split('|')[0] === instrument.url)
    .filter((one) => (one.answers.get(item.linkId)?.kind ?? 'not-asked') !== 'not-asked')
    .filter((one) => Temporal.Instant.compare(one.answeredAt, now) <= 0)
    .sort((a, b) => Temporal.Instant.compare(b.answeredAt, a.answeredAt))[0];
  const answer = latest?.answers.get(item.linkId);
  if (latest === undefined || answer === undefined) return null;
  const day = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(LONDON).toPlainDate();
  const ageInDays = day(latest.answeredAt).until(day(now)).days;
  const { days, reason } = instrument.carryForward;
  const sameVersion = latest.canonical === instrument.canonical;
  const recent = days > 0 && ageInDays <= days;
  const offerable = sameVersion && recent && answer.kind === 'value';
  const why = !sameVersion
    ? 'Answered on another version of this form. Ask again.'
    : answer.kind !== 'value'
      ? 'There was no answer last time. Ask again if the moment is right.'
      : recent
        ? `${reason} Confirm it still holds.`
        : `${reason} Ask again.`;
  return {
    text: answerText(item, answer),
    answer,
    answeredAt: latest.answeredAt,
    ageInDays,
    ageText: ageText(ageInDays),
    offerable,
    reason: why,
  };
}

/**
 * Turns an instrument, the answers so far and earlier administrations into what a page shows, in the form's own
 * order. Pure. An earlier answer is shown with its age and at most offered: `current` never comes from it. A safety
 * item is never offered from before, because it is about now.
 */
export function conversationOf(
  instrument: Instrument,
  state: {
    readonly answers: ItemAnswers;
    readonly earlier: readonly EarlierAnswers[];
    readonly now: Temporal.Instant;
  },
): Conversation {
  const items = instrument.items.map((item): ConversationItem & { section: string | undefined } => {
    const current: ItemAnswer = state.answers.get(item.linkId) ?? { kind: 'not-asked' };
    const enabled = enablement(item, instrument.items, state.answers);
    const safety = instrument.safetyItems.some((candidate) => candidate.linkId === item.linkId);
    const previous = previousOf(instrument, item, state.earlier, state.now);
    return {
      section: item.section,
      linkId: item.linkId,
      number: item.number,
      text: item.text,
      help: item.help,
      type: item.type,
      min: item.min,
      max: item.max,
      unit: item.unit,
      options: item.options,
      alternatives: alternativesFor[instrument.answeredBy],
      current,
      currentText: answerText(item, current),
      state: enabled === 'enabled' ? 'ask' : enabled === 'disabled' ? 'not-needed' : 'waiting',
      opensSafetyConversation: safety,
      previous:
        safety && previous?.offerable === true
          ? { ...previous, offerable: false, reason: 'This is about safety now. Ask again.' }
          : previous,
    };
  });
  const sections: { heading: string | undefined; items: ConversationItem[] }[] = [];
  for (const { section, ...item } of items) {
    const last = sections.at(-1);
    if (last !== undefined && last.heading === section) last.items.push(item);
    else sections.push({ heading: section, items: [item] });
  }
  const asked = items.filter((item) => item.state !== 'not-needed');
  return {
    canonical: instrument.canonical,
    shortName: instrument.shortName,
    title: instrument.title,
    about: instrument.about,
    language: instrument.language,
    answeredBy: instrument.answeredBy,
    wordingHeld: instrument.licence.verdict !== 'skeleton',
    introduction: instrument.introduction,
    sections,
    notice: instrument.licence.notice,
    progress: {
      settled: asked.filter((item) => item.current.kind !== 'not-asked').length,
      of: asked.length,
    },
  };
}
