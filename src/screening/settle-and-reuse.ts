import type { Viewer } from '../access/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import type { People } from '../people/index.ts';
import { earlierAnswers } from './ask-model.ts';
import { conversationOf } from './conversation.ts';
import type { ItemAnswer } from './instrument.ts';
import { lockPerson, screeningById, screeningsOf } from './screening-store.ts';
import type { SaveScreeningInput } from './save-screening.ts';

/**
 * The two buttons inside a question. `reuse` names a question whose earlier answer the person confirmed; only an
 * answer that may be offered is taken. `settle` chooses between two answers given at once: "held:LINKID" or
 * "other:LINKID". Gives back the input with that answer in it; anything that does not fit changes nothing.
 */
export async function settleAndReuse(
  parts: { readonly clock: Clock; readonly people: People },
  tx: Tx,
  viewer: Viewer,
  input: SaveScreeningInput,
  pressed: { readonly settle: string; readonly reuse: string },
): Promise<SaveScreeningInput> {
  if (pressed.settle === '' && pressed.reuse === '') return input;
  const opened = await parts.people.open(tx, viewer, input.personId);
  if (opened === null) return input;
  await lockPerson(tx, opened.person.id);
  if (pressed.reuse !== '') {
    const all = await screeningsOf(tx, viewer, opened.person.id);
    const current =
      input.opened.screeningId === null
        ? null
        : await screeningById(tx, viewer, opened.person.id, input.opened.screeningId);
    const { sections } = conversationOf(input.instrument, {
      answers: new Map(),
      earlier: earlierAnswers(all, current),
      now: parts.clock.now(),
    });
    const previous = sections
      .flatMap(({ items }) => items)
      .find(({ linkId }) => linkId === pressed.reuse)?.previous;
    if (previous === undefined || previous === null || !previous.offerable) return input;
    return {
      ...withAnswer(input, pressed.reuse, previous.answer),
      confirmed: new Map([[pressed.reuse, previous.answeredAt]]),
    };
  }
  const [which = '', ...rest] = pressed.settle.split(':');
  const linkId = rest.join(':');
  const screening =
    input.opened.screeningId === null
      ? null
      : await screeningById(tx, viewer, opened.person.id, input.opened.screeningId);
  const recorded = screening?.answers.get(linkId);
  if (recorded?.other === undefined || recorded.other === null) return input;
  const answer = which === 'other' ? recorded.other.answer : recorded.answer;
  return { ...withAnswer(input, linkId, answer), settle: new Set([linkId]) };
}

function withAnswer(input: SaveScreeningInput, linkId: string, answer: ItemAnswer): SaveScreeningInput {
  const answers = new Map(input.page.answers);
  answers.set(linkId, { answer, note: answers.get(linkId)?.note ?? '' });
  return { ...input, page: { ...input.page, answers } };
}
