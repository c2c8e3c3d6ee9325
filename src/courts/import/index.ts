import { recogniseCourtFile } from './detect-format.ts';
import type { CourtMessageFormat, Envelope } from './neutral-hearing.ts';

export { type FormatDetector, courtFormatDetector, recogniseWith } from './format-registry.ts';
export { mergeAppearance } from './merge-appearances.ts';
export { appearanceKey, contentHash, couldBeSamePerson } from './natural-keys.ts';
export { countsOf, peopleOf } from './neutral-hearing.ts';
export type * from './neutral-hearing.ts';
export { type CourtFileOutcome, parseCourtFile } from './parse-court-file.ts';
export type { IdentifierParsers } from './person-parts.ts';

/** What a file is, by its content: a format that can be read, or what it is instead, with the reason. */
export type DetectedCourtFormat =
  | {
      readonly kind: 'court-message';
      readonly format: CourtMessageFormat;
      readonly variant: string;
      readonly envelopes: readonly Envelope[];
    }
  | { readonly kind: 'refused'; readonly format: string; readonly code: string; readonly reason: string }
  | {
      readonly kind: 'not-a-court-message';
      readonly what: string;
      readonly recognised: boolean;
      readonly reason: string;
    };

/** Recognises a file of any name by its content, without reading the people in it. Never throws. */
export function detectCourtFormat(bytes: Uint8Array): DetectedCourtFormat {
  const found = recogniseCourtFile(bytes);
  if (found.kind !== 'court-message') return found;
  const { kind, format, variant, envelope } = found;
  return { kind, format, variant, envelopes: envelope.envelopes };
}
