import type { Typed } from '../platform/forms/form.ts';
import { oneText } from '../platform/forms/form.ts';
import { when } from '../platform/views/dates.ts';
import { joinTexts, textUnder } from './written-text.ts';
import type { WrittenText } from './written-text.ts';

/** A saved state of a text with headings, as the page with both texts needs it. */
interface Side<Key extends string> {
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly text: WrittenText<Key>;
}

/** The page on which one text that was put aside stands beside the record: headings that differ, and what is joined. */
export function bothTextsModel<Key extends string>(input: {
  readonly headings: readonly { readonly key: Key; readonly label: string }[];
  readonly start: WrittenText<Key> | undefined;
  readonly theirs: Side<Key>;
  readonly mine: Side<Key>;
  readonly now: Temporal.Instant;
}): Readonly<Record<string, unknown>> {
  const { headings, theirs, mine, now } = input;
  const keys = headings.map(({ key }) => key);
  const joined = joinTexts(
    keys,
    input.start ?? textUnder(keys, {}),
    { who: theirs.by, note: `In the record since ${when(theirs.at, now)}`, text: theirs.text },
    {
      who: mine.by,
      note: `Kept ${when(mine.at, now)}, not yet in the record`,
      text: mine.text,
    },
  );
  const disputed = new Set<string>(joined.conflicts.map(({ key }) => key));
  return {
    conflicts: joined.conflicts.map(({ key, conflict }) => ({
      key,
      label: headings.find((heading) => heading.key === key)?.label ?? key,
      conflict,
    })),
    agreed: headings
      .filter(({ key }) => !disputed.has(key))
      .map(({ key }) => ({ key, text: joined.text[key] })),
    theirsBy: theirs.by,
    mineBy: mine.by,
    theirsNote: `${theirs.by} saved first, ${when(theirs.at, now)}`,
    disagree: joined.conflicts.some(({ conflict }) => conflict.disagree),
  };
}

/**
 * The text to save from that page: the boxes as typed or, when one of the buttons for a whole text was pressed, that
 * side's words under every heading the two differ on.
 */
export function chosenText<Key extends string>(
  keys: readonly Key[],
  typed: Typed,
  sides: { readonly theirs: WrittenText<Key>; readonly mine: WrittenText<Key> } | null,
): WrittenText<Key> {
  const boxes = textUnder(keys, Object.fromEntries(keys.map((key) => [key, oneText(typed, key)])));
  const use = oneText(typed, 'use');
  if (sides === null || (use !== 'theirs' && use !== 'mine')) return boxes;
  const disputed = new Set(oneText(typed, 'disputed').split(' '));
  return textUnder(
    keys,
    Object.fromEntries(keys.map((key) => [key, disputed.has(key) ? sides[use][key] : boxes[key]])),
  );
}
