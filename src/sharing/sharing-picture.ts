import type { PictureSource } from '../people/index.ts';
import { londonDate } from '../platform/clock.ts';
import { categoryLabels, itemCategories } from './recipient.ts';
import { findRules } from './sharing-store.ts';

/**
 * For the picture of need: what the custody officer has whatever was agreed, from the rules in force. Register it
 * before consent's own lines: it is the first thing to know.
 */
export function sharingPicture(): PictureSource {
  return {
    module: 'sharing',
    async consent({ tx, now }) {
      const today = londonDate(now);
      const rules = (await findRules(tx, 'custody-officer')).filter(
        (rule) =>
          rule.basis === 'care-in-custody' &&
          Temporal.PlainDate.compare(rule.effectiveFrom, today) <= 0 &&
          (rule.effectiveTo === null || Temporal.PlainDate.compare(today, rule.effectiveTo) < 0),
      );
      if (rules.length === 0) return [];
      const listed = rules
        .filter((rule) => rule.category !== 'identity')
        .toSorted((a, b) => itemCategories.indexOf(a.category) - itemCategories.indexOf(b.category))
        .map((rule) => categoryLabels[rule.category])
        .map((label, index) => (index === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)));
      return [
        {
          status: { shape: 'done', text: 'Custody officer' },
          what: listed.join(', '),
          source: { text: 'Needed for care in custody' },
        },
      ];
    },
  };
}
