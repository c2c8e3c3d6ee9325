import { z } from 'zod';
import { answerCode, answerField } from '../platform/forms/answer-field.ts';
import { textField, type ValuesOf } from '../platform/forms/form.ts';
import { clock as clockText } from '../platform/views/dates.ts';
import type { NewStayEvent } from './stay-writes.ts';
import type { Stay } from './stay-store.ts';
import type { AdultAnswer } from './stay.ts';
import { timeGone, timeToCome } from './typed-times.ts';

const short = (what: string) =>
  textField(z.string().max(200, `${what} must be 200 characters or fewer`).optional());
const time = textField(z.string().max(20, 'Enter a time, like 10:30').optional());

/** What a worker may be told about a stay and write down: one form, filled with what is known. */
export const stayFields = {
  version: textField(z.coerce.number().int()),
  place: textField(z.string().max(20, 'Place must be 20 characters or fewer').optional()),
  chargeDecision: time,
  interview: time,
  expectedEnd: time,
  investigator: short('Name of the investigator'),
  investigatorContact: short('How to reach the investigator'),
  solicitor: short('Name of the solicitor'),
  adult: answerField(z.enum(['yes', 'no'])),
  adultWhy: short('The reason'),
  adultName: short('Name of the appropriate adult'),
  adultAsked: time,
  adultArrived: time,
  adultLeft: time,
};
export type StayFormValues = ValuesOf<typeof stayFields>;

const at = (instant: Temporal.Instant | null) => (instant === null ? '' : clockText(instant));

/** The form as it stands before anybody types: what is known now. */
export function stayFormValues(stay: Stay): Readonly<Record<string, string>> {
  return {
    version: `${stay.version}`,
    place: stay.place ?? '',
    chargeDecision: at(stay.chargeDecisionAt),
    interview: at(stay.interviewAt),
    expectedEnd: at(stay.expectedEndAt),
    investigator: stay.investigatorName ?? '',
    investigatorContact: stay.investigatorContact ?? '',
    solicitor: stay.solicitor ?? '',
    adult: answerCode(
      stay.adultRequired === 'yes' || stay.adultRequired === 'no'
        ? { kind: 'value', value: stay.adultRequired }
        : { kind: stay.adultRequired },
    ),
    adultWhy: stay.adultWhy ?? '',
    adultName: stay.adultName ?? '',
    adultAsked: at(stay.adultRequestedAt),
    adultArrived: at(stay.adultArrivedAt),
    adultLeft: at(stay.adultLeftAt),
  };
}

/** Times that cannot be read, by field. */
export function stayFormMistakes(
  values: StayFormValues,
  now: Temporal.Instant,
): readonly { readonly field: keyof typeof stayFields; readonly message: string }[] {
  const named = {
    chargeDecision: 'Charge decision',
    interview: 'Interview',
    expectedEnd: 'Expected to leave',
    adultAsked: 'Asked for',
    adultArrived: 'Arrived',
    adultLeft: 'Left',
  } as const;
  return Object.entries(named).flatMap(([name, text]) => {
    const field = name as keyof typeof named;
    const typed = values[field];
    return typed !== undefined && timeToCome(typed, now) === null
      ? [{ field, message: `${text} must be a time, like 10:30` }]
      : [];
  });
}

/**
 * The facts in a form that are not known yet. What was not touched adds nothing, and an emptied box takes nothing
 * back: a fact is replaced by a newer one, never removed.
 */
export function stayFormEvents(
  stay: Stay,
  values: StayFormValues,
  now: Temporal.Instant,
): readonly Omit<NewStayEvent, 'source'>[] {
  const shown = stayFormValues(stay);
  const changed = (name: keyof StayFormValues) => {
    const typed = values[name];
    return typeof typed === 'string' && typed !== shown[name] ? typed : null;
  };
  const events: Omit<NewStayEvent, 'source'>[] = [];
  const add = (kind: NewStayEvent['kind'], detail: NewStayEvent['detail'], happenedAt = now) => {
    events.push({ kind, happenedAt, detail });
  };
  const place = changed('place');
  if (place !== null) add('moved-cell', { place });
  for (const [name, kind] of [
    ['chargeDecision', 'charge-decision-due'],
    ['interview', 'interview'],
    ['expectedEnd', 'expected-end'],
  ] as const) {
    const typed = changed(name);
    const due = typed === null ? null : timeToCome(typed, now);
    if (due !== null) add(kind, { at: due.toString() });
  }
  const investigator = changed('investigator');
  const contact = changed('investigatorContact');
  if (investigator !== null || contact !== null)
    add('investigator', {
      ...(values.investigator !== undefined && { name: values.investigator }),
      ...(values.investigatorContact !== undefined && { contact: values.investigatorContact }),
    });
  const solicitor = changed('solicitor');
  if (solicitor !== null) add('solicitor', { name: solicitor });
  const needed: AdultAnswer = values.adult.kind === 'value' ? values.adult.value : values.adult.kind;
  const why = changed('adultWhy');
  if (needed !== stay.adultRequired || why !== null)
    add('appropriate-adult-needed', {
      needed,
      ...(values.adultWhy !== undefined && { reason: values.adultWhy }),
    });
  const name = values.adultName === undefined ? {} : { name: values.adultName };
  let named = false;
  for (const [field, kind] of [
    ['adultAsked', 'appropriate-adult-asked'],
    ['adultArrived', 'appropriate-adult-arrived'],
    ['adultLeft', 'appropriate-adult-left'],
  ] as const) {
    const typed = changed(field);
    const when = typed === null ? null : timeGone(typed, now);
    if (when === null) continue;
    named = true;
    add(kind, name, when);
  }
  if (!named && changed('adultName') !== null) add('appropriate-adult-needed', { needed, ...name });
  return events;
}
