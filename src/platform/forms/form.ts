import type { z } from 'zod';

/** A posted body before anything is believed: texts, or lists of texts. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** What a field needs to know besides the body. */
export interface FormContext {
  readonly now: Temporal.Instant;
}

export type FieldResult<T> =
  | { readonly ok: true; readonly value: T }
  /** `part` names the box to go to ("day"), when the field has several. */
  | { readonly ok: false; readonly message: string; readonly part?: string };

/** Reads one field, which may be made of several boxes, out of what was posted. */
export type Field<T> = (typed: Typed, name: string, context: FormContext) => FieldResult<T>;

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

export interface FieldError {
  readonly field: string;
  /** The element the error summary leads to. */
  readonly anchor: string;
  readonly message: string;
}

export type FormOutcome<F extends Fields> =
  | { readonly ok: true; readonly values: ValuesOf<F>; readonly typed: Typed }
  | { readonly ok: false; readonly errors: readonly FieldError[]; readonly typed: Typed };

/** What templates need to show a form again exactly as it was typed. */
export interface FormState {
  readonly typed: Typed;
  readonly errorOf: Readonly<Record<string, string>>;
}

/** The official error summary. */
export interface ErrorSummary {
  readonly title: string;
  readonly list: readonly { readonly text: string; readonly href: string }[];
}

/** Keeps texts and lists of texts of a posted body; anything else was not typed by a person. */
export function typedBody(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return {};
  const typed: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === '_csrf' || name === '__proto__') continue;
    if (typeof value === 'string') typed[name] = value;
    else if (Array.isArray(value)) typed[name] = value.filter((item) => typeof item === 'string');
  }
  return typed;
}

/** The one text under a name, without spaces around it; the last when there are several. */
export function oneText(typed: Typed, name: string): string {
  const value = typed[name];
  const text = typeof value === 'string' ? value : value?.at(-1);
  return (text ?? '').trim();
}

/**
 * A field of one box, checked by a zod schema on its text. An empty box is `undefined` to the schema, so
 * `.optional()` means what it says. Messages come from the schema: write them for the person.
 */
export function textField<T>(schema: z.ZodType<T>): Field<T> {
  return (typed, name) => {
    const text = oneText(typed, name).replaceAll('\r\n', '\n');
    const parsed = schema.safeParse(text === '' ? undefined : text);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, message: parsed.error.issues[0]?.message ?? 'Check this answer' };
  };
}

/** Tick boxes: none, one or several, as a list for the schema. */
export function listField<T>(schema: z.ZodType<T>): Field<T> {
  return (typed, name) => {
    const value = typed[name] ?? [];
    const list = (typeof value === 'string' ? [value] : value).filter((item) => item !== '');
    const parsed = schema.safeParse(list);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, message: parsed.error.issues[0]?.message ?? 'Check these answers' };
  };
}

/**
 * Reads a posted form. Every field is read, so that every mistake is shown at once, in the order of the
 * fields. `check` sees the values once each is right by itself, and may find what does not fit together.
 */
export function parseForm<F extends Fields>(
  fields: F,
  body: unknown,
  context: FormContext,
  check?: (values: ValuesOf<F>) => readonly { field: keyof F & string; message: string }[],
): FormOutcome<F> {
  const typed = typedBody(body);
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const result = field(typed, name, context);
    if (result.ok) values[name] = result.value;
    else {
      const anchor = result.part === undefined ? name : `${name}-${result.part}`;
      errors.push({ field: name, anchor, message: result.message });
    }
  }
  if (errors.length > 0) return { ok: false, errors, typed };
  const right = values as ValuesOf<F>;
  const found = check?.(right) ?? [];
  if (found.length > 0)
    return { ok: false, typed, errors: found.map((error) => ({ ...error, anchor: error.field })) };
  return { ok: true, values: right, typed };
}

/** Template data for a form that has mistakes: `{ form, errors, formKey }`. Spread it into `reply.page`, with status 422. */
export function formErrors(outcome: { readonly errors: readonly FieldError[]; readonly typed: Typed }): {
  readonly form: FormState;
  readonly errors: ErrorSummary;
  readonly formKey: string | undefined;
} {
  const errorOf: Record<string, string> = {};
  for (const error of outcome.errors) errorOf[error.field] ??= error.message;
  return {
    form: { typed: outcome.typed, errorOf },
    errors: {
      title: 'There is a problem',
      list: outcome.errors.map((error) => ({ text: error.message, href: `#${error.anchor}` })),
    },
    // The same key: sending it again after a correction is still the same act.
    formKey: oneText(outcome.typed, '_key') || undefined,
  };
}

/** A refusal of the use case, shown at its field or at the top of the form. */
export function refusalErrors(
  refusal: { readonly message: string; readonly field?: string },
  typed: Typed,
): ReturnType<typeof formErrors> {
  const field = refusal.field ?? 'maincontent';
  return formErrors({ errors: [{ field, anchor: field, message: refusal.message }], typed });
}
