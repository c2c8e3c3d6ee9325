import type { ItemAnswer } from './instrument.ts';
import type { InstrumentItem } from './questionnaire.ts';

/** The points of a chosen option, or the number itself; null where there is no value or it carries no points. */
export function rawPoints(item: InstrumentItem, answer: ItemAnswer | undefined): number | null {
  if (answer?.kind !== 'value') return null;
  if (typeof answer.value === 'number') return answer.value;
  return item.options.find((option) => option.code === answer.value)?.points ?? null;
}

/** The words of an answer, as a page or a printed report shows it. */
export function answerText(item: InstrumentItem, answer: ItemAnswer | undefined): string {
  switch (answer?.kind) {
    case 'value': {
      if (typeof answer.value === 'boolean') return answer.value ? 'Yes' : 'No';
      return (
        item.options.find((option) => option.code === answer.value)?.label ??
        `${answer.value}${item.unit === undefined ? '' : ` ${item.unit}`}`
      );
    }
    case 'declined':
      return 'Declined';
    case 'unknown':
      return 'Not known';
    default:
      return 'Not asked';
  }
}
