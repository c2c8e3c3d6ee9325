/**
 * A refusal the user can act on is a value with a code from a closed union; a fault is thrown.
 * A use case returns `Outcome<T, 'code-a' | 'code-b'>`, and its route maps every code.
 */
export type Outcome<T, Code extends string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal<Code> };

/** Why something was not done: a code for the program, a sentence for the person. */
export interface Refusal<Code extends string> {
  readonly code: Code;
  /** Shown as it is: plain words, no personal data. */
  readonly message: string;
  /** The form field the message belongs to, when there is one. */
  readonly field?: string;
}

/** The use case was carried out. */
export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The use case was refused, with a code and a sentence the user can act on. */
export function refused<Code extends string>(
  code: Code,
  message: string,
  field?: string,
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: field === undefined ? { code, message } : { code, message, field } };
}
