/** One length of time the law sets, with the dates it held and where it is written. */
export interface ClockRule {
  readonly id: ClockRuleId;
  readonly hours: number;
  /** First day it held (London date). */
  readonly from: string;
  /** First day it no longer held; null while it does. */
  readonly until: string | null;
  readonly source: string;
}

export type ClockRuleId =
  | 'detention'
  | 'superintendent-limit'
  | 'warrant-longest'
  | 'detention-longest'
  | 'first-review'
  | 'later-review'
  | 'arrest-elsewhere'
  | 'bail-arrest-left-out'
  | 's136'
  | 's136-extension';

// Lengths are data: a change in the law is a new line with its date, and stays worked out as it was before it.
const rules: readonly ClockRule[] = [
  rule('detention', 24, '1986-01-01', 'PACE s41(1), s41(7)'),
  rule('superintendent-limit', 36, '2004-01-20', 'PACE s42(1), (2)'),
  rule('warrant-longest', 36, '1986-01-01', 'PACE s43(12), s44(3)(a)'),
  rule('detention-longest', 96, '1986-01-01', 'PACE s44(3)(b)'),
  rule('first-review', 6, '1986-01-01', 'PACE s40(3)(a)'),
  rule('later-review', 9, '1986-01-01', 'PACE s40(3)(b), (c)'),
  rule('arrest-elsewhere', 24, '1986-01-01', 'PACE s41(2)(a), (b), s41(5)'),
  rule('bail-arrest-left-out', 3, '2022-10-28', 'PACE s47(6A)'),
  rule('s136', 24, '2017-12-11', 'Mental Health Act 1983 s135(3ZA), s136(2A)'),
  rule('s136-extension', 12, '2017-12-11', 'Mental Health Act 1983 s136B'),
];

function rule(id: ClockRuleId, hours: number, from: string, source: string): ClockRule {
  return { id, hours, from, until: null, source };
}

/**
 * The rule in force on a London date; null when none was. Before 28 October 2022 nothing was left out
 * after an arrest for failing to answer bail, so null there means no hours.
 */
export function ruleOn(id: ClockRuleId, date: Temporal.PlainDate): ClockRule | null {
  const day = date.toString();
  return (
    rules.find((one) => one.id === id && one.from <= day && (one.until === null || day < one.until)) ?? null
  );
}

/**
 * Whether a police station may be an adult's place of safety on a date. Mental Health Act 2025 s48 will end it; no
 * regulations bring it into force as of November 2026, so there is no end date yet. Put it in `until`.
 * Under 18 it is never allowed (Mental Health Act 1983 s136A(1)).
 */
export const policeStationAsPlaceOfSafety = {
  until: null as string | null,
  source: 'Mental Health Act 1983 s136A; Mental Health Act 2025 s48 (not in force)',
} as const;
