const daysIn: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };
const pattern =
  /^(?:about |around |approximately |up to |usually )?(\d{1,4})(?:\s*(?:-|to|–)\s*(\d{1,4}))? (working )?(day|week|month)s?\.?$/i;

/**
 * Days to the first appointment from a source's words ("14 days", "2 to 3 weeks", "no wait", "same day"): the longer
 * end of a range, a month as 30 days, five working days as seven. Nothing when the words say anything else: a guess
 * would rank a service by a number nobody gave.
 */
export function waitingDaysFrom(words: string): number | undefined {
  const said = words.trim();
  if (/^(none|no wait(ing list)?|same day|walk in)\.?$/i.test(said)) return 0;
  const found = pattern.exec(said);
  const unit = daysIn[found?.[4]?.toLowerCase() ?? ''];
  if (found === null || unit === undefined) return undefined;
  const count = Math.max(Number(found[1]), Number(found[2] ?? found[1]));
  return found[3] === undefined ? count * unit : Math.ceil((count * unit * 7) / 5);
}

/** The words for a wait of whole days, that `waitingDaysFrom` reads back as the same number. */
export function waitingWords(days: number): string {
  return days === 0 ? 'No wait' : days === 1 ? '1 day' : `${days} days`;
}
