import { z } from 'zod';
import { LONDON } from '../platform/clock.ts';
import { parseForm, textField, type FieldError, type Typed } from '../platform/forms/form.ts';
import { dateField, timeField } from '../platform/forms/time-fields.ts';
import type { ServiceAnswer } from './answer-referral.ts';
import { attendanceCodes, declineReasons } from './referral-words.ts';

/** The pages of an answer, each with one question. */
const answerKinds = ['accept', 'wait', 'decline', 'ask', 'offer', 'attendance'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** Whether a word in an address is one of the answers. */
export function isAnswerKind(word: string): word is AnswerKind {
  return answerKinds.some((kind) => kind === word);
}

export type ReadAnswer =
  | { readonly ok: true; readonly answer: ServiceAnswer }
  | { readonly ok: false; readonly errors: readonly FieldError[]; readonly typed: Typed };

const reason = z.enum(
  declineReasons.map((each) => each.code),
  { message: 'Choose the main reason' },
);
const code = z.enum(
  attendanceCodes.map((each) => each.code),
  { message: 'Choose what happened' },
);
const optional = z.string().max(1000, 'Use at most 1,000 letters').optional();

/** Reads one answer's form. Messages are for somebody who has a minute. */
export function readAnswer(kind: AnswerKind, body: unknown, now: Temporal.Instant): ReadAnswer {
  switch (kind) {
    case 'accept':
      return { ok: true, answer: { kind: 'accept' } };
    case 'wait': {
      const form = parseForm(
        {
          howLong: textField(
            z
              .string({ message: 'Say about how long, for example 6 weeks' })
              .max(100, 'Use at most 100 letters'),
          ),
        },
        body,
        { now },
      );
      return form.ok ? { ok: true, answer: { kind, ...form.values } } : form;
    }
    case 'decline': {
      const form = parseForm({ reason: textField(reason), note: textField(optional) }, body, { now });
      return form.ok
        ? { ok: true, answer: { kind, reason: form.values.reason, note: form.values.note ?? null } }
        : form;
    }
    case 'ask': {
      const form = parseForm(
        {
          question: textField(
            z.string({ message: 'Write what you need to know' }).max(2000, 'Use at most 2,000 letters'),
          ),
        },
        body,
        { now },
      );
      return form.ok ? { ok: true, answer: { kind, ...form.values } } : form;
    }
    case 'offer': {
      const form = parseForm(
        {
          day: dateField({ called: 'day', limit: 'future' }),
          time: timeField({ called: 'time' }),
          place: textField(
            z.string({ message: 'Say where, and who to ask for' }).max(300, 'Use at most 300 letters'),
          ),
        },
        body,
        { now },
      );
      if (!form.ok) return form;
      const { day, time, place } = form.values;
      const startsAt = day.toZonedDateTime({ timeZone: LONDON, plainTime: time }).toInstant();
      return { ok: true, answer: { kind, startsAt, place } };
    }
    case 'attendance': {
      const form = parseForm({ code: textField(code) }, body, { now });
      return form.ok ? { ok: true, answer: { kind, code: form.values.code } } : form;
    }
  }
}
