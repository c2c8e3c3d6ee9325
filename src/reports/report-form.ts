import { z } from 'zod';
import { textField, type Field } from '../platform/forms/form.ts';
import { oneText, type Typed } from '../platform/forms/form.ts';
import { dateTimeField } from '../platform/forms/time-fields.ts';

/** A moment that may be left out: no time typed is no moment, whatever the date's boxes start with. */
function momentOrNone(called: string): Field<Temporal.Instant | null> {
  const field = dateTimeField({ called });
  return (typed: Typed, name, context) =>
    oneText(typed, `${name}-time`) === '' ? { ok: true, value: null } : field(typed, name, context);
}

/** The page that starts a report. */
export const startFields = {
  template: textField(z.string('Choose who it is for and for which decision').max(60)),
  recipientName: textField(z.string().max(80, 'Use 80 letters or fewer').optional()),
  recipientEmail: textField(z.email('Enter an e-mail address, like name@police.uk').max(200).optional()),
  recipientPhone: textField(z.string().max(40, 'Use 40 letters or fewer').optional()),
  reader: textField(z.uuid('Choose somebody from the list').optional()),
  hearing: textField(z.uuid().optional()),
  needed: momentOrNone('time it is needed by'),
  decision: momentOrNone('time of the decision'),
};

/** Paper is handed to somebody with a name. */
export const printFields = {
  handedTo: textField(z.string('Say who you hand it to').max(80, 'Use 80 letters or fewer')),
};
