import { LONDON } from '../clock.ts';
import { oneText } from './form.ts';
import type { Field, FieldResult, Typed } from './form.ts';

export interface DateFieldOptions {
  /** What the date is, as it stands in a sentence: "date of birth", "date of the hearing". */
  readonly called: string;
  readonly optional?: boolean;
  /** `past`: today or before. `future`: today or after. Days are London's. */
  readonly limit?: 'past' | 'future';
}

function wrong(message: string, part?: string): { ok: false; message: string; part?: string } {
  return part === undefined ? { ok: false, message } : { ok: false, message, part };
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 8, 08 or August: people write months all three ways. */
function monthNumber(text: string): number {
  const named = monthNames.indexOf(text.slice(0, 3).toLowerCase());
  return named >= 0 && /^[a-z]+$/i.test(text) ? named + 1 : wholeNumber(text);
}

function wholeNumber(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
}

function readDate(
  typed: Typed,
  name: string,
  options: DateFieldOptions,
): FieldResult<Temporal.PlainDate | undefined> {
  const parts = ['day', 'month', 'year'] as const;
  const texts = parts.map((part) => oneText(typed, `${name}-${part}`));
  const [day = '', month = '', year = ''] = texts;
  const missing = parts.filter((_, i) => texts[i] === '');
  const called = upperFirst(options.called);
  if (missing.length === 3)
    return options.optional === true
      ? { ok: true, value: undefined }
      : wrong(`Enter the ${options.called}`, 'day');
  if (missing.length > 0) return wrong(`${called} must include a ${missing.join(' and ')}`, missing[0]);
  if (!/^\d{4}$/.test(year)) return wrong('Year must include 4 numbers', 'year');
  try {
    const fields = { year: wholeNumber(year), month: monthNumber(month), day: wholeNumber(day) };
    if (Number.isNaN(fields.month)) return wrong(`${called} must be a real date`, 'month');
    return { ok: true, value: Temporal.PlainDate.from(fields, { overflow: 'reject' }) };
  } catch {
    return wrong(`${called} must be a real date`, 'day');
  }
}

function againstToday(
  date: Temporal.PlainDate,
  now: Temporal.Instant,
  options: DateFieldOptions,
): FieldResult<Temporal.PlainDate> {
  const today = now.toZonedDateTimeISO(LONDON).toPlainDate();
  const order = Temporal.PlainDate.compare(date, today);
  const called = upperFirst(options.called);
  if (options.limit === 'past' && order > 0) return wrong(`${called} must be today or in the past`, 'day');
  if (options.limit === 'future' && order < 0)
    return wrong(`${called} must be today or in the future`, 'day');
  return { ok: true, value: date };
}

/** A date in three boxes. Messages follow the NHS date input pattern. */
export function dateField(
  options: DateFieldOptions & { readonly optional?: false },
): Field<Temporal.PlainDate>;
export function dateField(options: DateFieldOptions): Field<Temporal.PlainDate | undefined>;
export function dateField(options: DateFieldOptions): Field<Temporal.PlainDate | undefined> {
  return (typed, name, { now }) => {
    const read = readDate(typed, name, options);
    return read.ok && read.value !== undefined ? againstToday(read.value, now, options) : read;
  };
}

/** 14:02, 1402, 14.02, 9:05, 2:02pm. */
export function readTime(text: string): Temporal.PlainTime | undefined {
  const match = /^(\d{1,2})[:.\s]?(\d{2})\s*(am|pm)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const half = match[3]?.toLowerCase();
  const typedHour = Number(match[1]);
  const minute = Number(match[2]);
  if (half !== undefined && (typedHour < 1 || typedHour > 12)) return undefined;
  const hour = half === undefined ? typedHour : (typedHour % 12) + (half === 'pm' ? 12 : 0);
  return hour > 23 || minute > 59 ? undefined : Temporal.PlainTime.from({ hour, minute });
}

/** A time of day by itself. `called` as for dates: "time of the last drink". */
export function timeField(options: { readonly called: string }): Field<Temporal.PlainTime> {
  return (typed, name) => {
    const text = oneText(typed, name);
    if (text === '') return wrong(`Enter the ${options.called}`);
    const time = readTime(text);
    if (time !== undefined) return { ok: true, value: time };
    return wrong(`${upperFirst(options.called)} must be a time, like 14:02`);
  };
}

export interface DateTimeFieldOptions {
  /** "time they were seen" */
  readonly called: string;
  readonly limit?: 'past' | 'future';
}

/**
 * A moment: three boxes for the date and one for the time, in London. An hour that the clocks skip is
 * refused. In the hour that comes twice, the later one counts, unless it is still to come and must not be.
 */
export function dateTimeField(options: DateTimeFieldOptions): Field<Temporal.Instant> {
  return (typed, name, { now }) => {
    const date = readDate(typed, name, { called: options.called });
    if (!date.ok) return date;
    if (date.value === undefined) return wrong(`Enter the ${options.called}`, 'day');
    const time = readTime(oneText(typed, `${name}-time`));
    const called = upperFirst(options.called);
    if (time === undefined) return wrong(`${called} must include a time, like 14:02`, 'time');
    const local = date.value.toPlainDateTime(time);
    const earlier = local.toZonedDateTime(LONDON, { disambiguation: 'earlier' });
    const later = local.toZonedDateTime(LONDON, { disambiguation: 'later' });
    if (!earlier.toPlainDateTime().equals(local))
      return wrong(`${called} does not exist: the clocks went forward in that hour`, 'time');
    const laterIsAhead = Temporal.Instant.compare(later.toInstant(), now) > 0;
    const at = (options.limit === 'past' && laterIsAhead ? earlier : later).toInstant();
    const order = Temporal.Instant.compare(at, now);
    if (options.limit === 'past' && order > 0) return wrong(`${called} must be now or in the past`, 'time');
    // A minute of grace: the form was filled in before it was sent.
    if (options.limit === 'future' && Temporal.Instant.compare(at.add({ minutes: 1 }), now) < 0)
      return wrong(`${called} must be in the future`, 'time');
    return { ok: true, value: at };
  };
}

/** What a date and time field shows to begin with: a moment in London, usually now. */
export function dateTimeParts(
  at: Temporal.Instant,
): Readonly<Record<'day' | 'month' | 'year' | 'time', string>> {
  const local = at.toZonedDateTimeISO(LONDON);
  const { hour, minute } = local;
  return {
    day: `${local.day}`,
    month: `${local.month}`,
    year: `${local.year}`,
    time: `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`,
  };
}

/** What a date field shows to begin with. */
export function dateParts(date: Temporal.PlainDate): Readonly<Record<'day' | 'month' | 'year', string>> {
  return { day: `${date.day}`, month: `${date.month}`, year: `${date.year}` };
}
