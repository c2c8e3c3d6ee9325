/**
 * A recorded answer is one of four: a value, not asked, declined, unknown (product.md, promise 6).
 * Nothing defaults to "no": the starting answer of every question is `not-asked`.
 */
export type Answer<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'unknown' };

export const notAsked = { kind: 'not-asked' } as const;
export const declined = { kind: 'declined' } as const;
export const unknownAnswer = { kind: 'unknown' } as const;

/** A given answer. */
export function answered<T>(value: T): Answer<T> {
  return { kind: 'value', value };
}
