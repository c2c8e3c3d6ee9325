import { LONDON } from '../../platform/clock.ts';

/** The dates and times of court feeds: dd/MM/yyyy in Libra, ISO in Common Platform, both in old cases. */

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined; // the 31st of June is not a date; the caller reports it
  }
}

/** A calendar date out of `26/10/2020`, `2020-10-26` or the start of `2020-10-26T09:00:00`; undefined if none. */
export function parseCourtDate(text: string): Temporal.PlainDate | undefined {
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (slashed) return plainDate(Number(slashed[3]), Number(slashed[2]), Number(slashed[1]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text.trim());
  if (iso) return plainDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  return undefined;
}

/** A time of day out of `09:00`, `9:00` or `09:00:00`; undefined if none. */
export function parseCourtTime(text: string): Temporal.PlainTime | undefined {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(text.trim());
  if (!found) return undefined;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? '0')];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return Temporal.PlainTime.from({ hour, minute, second });
}

export interface DayAndTime {
  readonly day: Temporal.PlainDate;
  readonly time: Temporal.PlainTime | undefined;
}

/**
 * A day and London time out of an ISO date and time. With `Z` or an offset it is an instant and is
 * shown in London; without, it is London already. Midnight UTC is how the feeds write "no time given".
 */
export function parseDayAndTime(text: string): DayAndTime | undefined {
  const value = text.trim().replace(' ', 'T');
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    value,
  );
  if (!found) {
    const day = parseCourtDate(text);
    return day && { day, time: undefined };
  }
  const day = parseCourtDate(found[1] ?? '');
  if (!day) return undefined;
  const time = found[2] === undefined ? undefined : parseCourtTime(found[2]);
  if (found[2] !== undefined && !time) return undefined;
  if (!time || (time.hour === 0 && time.minute === 0)) return { day, time: undefined };
  if (found[3] === undefined) return { day, time };
  const instant = parseInstant(value);
  if (!instant) return undefined;
  const london = instant.toZonedDateTimeISO(LONDON);
  return { day: london.toPlainDate(), time: london.toPlainTime().round('minute') };
}

/** An instant out of an ISO text with an offset, or milliseconds since 1970 as digits; undefined if neither. */
export function parseInstant(text: string): Temporal.Instant | undefined {
  try {
    if (/^\d{12,14}$/.test(text.trim())) return Temporal.Instant.fromEpochMilliseconds(Number(text));
    return Temporal.Instant.from(text.trim());
  } catch {
    return undefined;
  }
}

/** Whole years of age on a day. */
export function ageOn(birthDate: Temporal.PlainDate, day: Temporal.PlainDate): number {
  return birthDate.until(day, { largestUnit: 'years' }).years;
}
