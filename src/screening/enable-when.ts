import type { ItemAnswers } from './instrument.ts';
import type { EnableWhen, InstrumentItem } from './questionnaire.ts';

/** Whether an item is to be asked: `undetermined` until the question it hangs on has a value. */
export type Enablement = 'enabled' | 'disabled' | 'undetermined';

function compare(left: number | string, operator: EnableWhen['operator'], right: number | string): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case 'exists':
      return false;
  }
}

function condition(
  when: EnableWhen,
  items: readonly InstrumentItem[],
  answers: ItemAnswers,
  visited: ReadonlySet<string>,
): Enablement {
  const question = items.find((item) => item.linkId === when.question);
  if (question !== undefined && evaluate(question, items, answers, visited) === 'disabled')
    return when.operator === 'exists' && when.answerBoolean === false ? 'enabled' : 'disabled';
  const answer = answers.get(when.question);
  const given = answer?.kind === 'value' ? answer.value : undefined;
  if (when.operator === 'exists')
    return (given !== undefined) === (when.answerBoolean ?? true) ? 'enabled' : 'disabled';
  if (given === undefined) return 'undetermined';
  const wanted =
    when.answerCoding?.code ??
    when.answerString ??
    when.answerInteger ??
    when.answerDecimal ??
    when.answerBoolean;
  if (wanted === undefined) return 'disabled';
  // An ordering of codes means an ordering of their points (R4: ordinalValue orders coded answers).
  const option = question?.options.find((candidate) => candidate.code === given);
  const ordered = when.operator !== '=' && when.operator !== '!=';
  const left =
    ordered && option !== undefined && option.points !== null && typeof wanted === 'number'
      ? option.points
      : given;
  const same = typeof left === typeof wanted;
  const plain = (value: string | number | boolean): string | number =>
    same && typeof value !== 'boolean' ? value : String(value);
  return compare(plain(left), when.operator, plain(wanted)) ? 'enabled' : 'disabled';
}

function evaluate(
  item: InstrumentItem,
  items: readonly InstrumentItem[],
  answers: ItemAnswers,
  visited: ReadonlySet<string>,
): Enablement {
  // A loop of conditions asks too much rather than too little.
  if (item.enableWhen.length === 0 || visited.has(item.linkId)) return 'enabled';
  const seen = new Set([...visited, item.linkId]);
  const results = item.enableWhen.map((when) => condition(when, items, answers, seen));
  const decisive = item.enableBehaviour === 'all' ? 'disabled' : 'enabled';
  if (results.includes(decisive)) return decisive;
  if (results.includes('undetermined')) return 'undetermined';
  return decisive === 'disabled' ? 'enabled' : 'disabled';
}

/**
 * FHIR R4 `enableWhen` with `enableBehavior`. A condition on a question that was declined, unknown or not asked
 * is undetermined, so that nobody is taken to have said "no".
 */
export function enablement(
  item: InstrumentItem,
  items: readonly InstrumentItem[],
  answers: ItemAnswers,
): Enablement {
  return evaluate(item, items, answers, new Set());
}
