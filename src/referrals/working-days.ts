import { LONDON, londonDate } from '../platform/clock.ts';

/** One rule of the table referral_rule that holds on a day. */
export interface ReferralRule {
  readonly unit: 'working-days' | 'days';
  readonly length: number;
}

/** How long each step may take; every key of the table. */
export interface ReferralRules {
  readonly answer: ReferralRule;
  readonly 'arrange-appointment': ReferralRule;
  readonly 'wait-review': ReferralRule;
  readonly 'our-step': ReferralRule;
  readonly 'link-open': ReferralRule;
  readonly 'person-remembered': ReferralRule;
}

/** Monday to Friday. Bank holidays count as working days: a chase a day early hurts nobody, a late one might. */
function isWorkingDay(date: Temporal.PlainDate): boolean {
  return date.dayOfWeek <= 5;
}

/** The day a step falls due that starts on `from` and may take as long as the rule says. */
export function dueDay(from: Temporal.PlainDate, rule: ReferralRule): Temporal.PlainDate {
  if (rule.unit === 'days') return from.add({ days: rule.length });
  let day = from;
  for (let left = rule.length; left > 0;) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** The end of the London day a step falls due: it is late from the next midnight. */
export function dueAfter(from: Temporal.Instant, rule: ReferralRule): Temporal.Instant {
  return endOfDay(dueDay(londonDate(from), rule));
}

/** Midnight at the end of a London day. */
export function endOfDay(day: Temporal.PlainDate): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(LONDON).toInstant();
}

/** Whole working days after the due day, up to now; 0 when it is not late. */
export function workingDaysLate(due: Temporal.Instant, now: Temporal.Instant): number {
  if (Temporal.Instant.compare(now, due) < 0) return 0;
  // `due` is a midnight: the last day in time is the one before it.
  let day = londonDate(due.subtract({ milliseconds: 1 }));
  const today = londonDate(now);
  let late = 0;
  while (Temporal.PlainDate.compare(day, today) < 0) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day)) late += 1;
  }
  return late;
}
