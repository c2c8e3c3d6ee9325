import { recogniseContent, type Recognition } from './detect-format.ts';
import { type FileContent, readFileContent } from './file-content.ts';
import { noEnvelope } from './read-context.ts';

/** What one module knows how to recognise. `undefined` means "not mine, ask the next". */
export interface FormatDetector<Found> {
  readonly name: string;
  recognise(content: FileContent): Found | undefined;
}

/**
 * Court messages as one detector among others, so that the import command can ask directory and custody
 * too. It claims what it knows by name; a file nobody knows stays with the caller.
 */
export const courtFormatDetector: FormatDetector<Recognition> = {
  name: 'courts',
  recognise(content) {
    const found = recogniseContent(content, noEnvelope, 0);
    return found.kind === 'not-a-court-message' ? undefined : found;
  },
};

/** Asks each detector in turn about one file, read once; the first that knows it wins. */
export function recogniseWith<Found>(
  detectors: readonly FormatDetector<Found>[],
  bytes: Uint8Array,
): { readonly detector: string; readonly found: Found } | undefined {
  const content = readFileContent(bytes);
  for (const detector of detectors) {
    const found = detector.recognise(content);
    if (found !== undefined) return { detector: detector.name, found };
  }
  return undefined;
}
