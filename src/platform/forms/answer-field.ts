import type { z } from 'zod';
import { answered, declined, notAsked, unknownAnswer } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { oneText } from './form.ts';
import type { Field } from './form.ts';

/**
 * The four-way answer (product.md, promise 6), posted by `macros/answers.njk`: "value:CODE", "unknown",
 * "declined" or "not-asked". Nothing posted is "not asked", never "no". Where the value is typed and not
 * chosen, "value" is posted and the text is in the box NAME-value.
 */
export function answerField<T>(
  schema: z.ZodType<T>,
  message = 'Choose one of the answers',
): Field<Answer<T>> {
  return (typed, name) => {
    const posted = oneText(typed, name);
    switch (posted) {
      case '':
      case 'not-asked':
        return { ok: true, value: notAsked };
      case 'declined':
        return { ok: true, value: declined };
      case 'unknown':
        return { ok: true, value: unknownAnswer };
      default: {
        const fromBox = posted === 'value';
        if (!fromBox && !posted.startsWith('value:')) return { ok: false, message };
        const text = fromBox ? oneText(typed, `${name}-value`) : posted.slice('value:'.length);
        const parsed = schema.safeParse(text);
        if (parsed.success) return { ok: true, value: answered(parsed.data) };
        return { ok: false, message: fromBox ? (parsed.error.issues[0]?.message ?? message) : message };
      }
    }
  };
}

/** What the radio of an answer posts: `chosen` in `macros/answers.njk`. */
export function answerCode(answer: Answer<string | number | boolean>): string {
  return answer.kind === 'value' ? `value:${String(answer.value)}` : answer.kind;
}
