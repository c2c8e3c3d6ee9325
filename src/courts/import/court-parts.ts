import { courtCodeOf, knownCourt } from '../court-codes.ts';
import { type Fields, reportAt } from './fields.ts';
import type { NeutralCourt, NeutralRemand } from './neutral-hearing.ts';

/** A court with its five-character code; a code of another form is reported and left out. */
export function courtFrom(
  fields: Fields,
  key: string,
  receivedCode: string | undefined,
  name: string | undefined,
): NeutralCourt {
  const code = receivedCode === undefined ? undefined : courtCodeOf(receivedCode);
  if (receivedCode !== undefined && code === undefined) {
    reportAt(fields, key, {
      code: 'court-code-not-read',
      message: 'This is not a court code by form, so the hearing is placed by the court’s name only.',
      severity: 'field-quarantined',
      received: receivedCode,
    });
  }
  return { code, receivedCode, name: name ?? (code === undefined ? undefined : knownCourt(code)?.name) };
}

/** Says that a hearing cannot be placed on a list, and what to do. The people stay. */
export function reportUnplaced(
  fields: Fields,
  court: NeutralCourt,
  day: Temporal.PlainDate | undefined,
): void {
  if (day === undefined) {
    reportAt(fields, '', {
      code: 'hearing-day-missing',
      message: 'The hearing has no day that can be read, so it is on no list. Ask the court for the day.',
      severity: 'field-quarantined',
    });
  }
  if (court.code === undefined && court.name === undefined) {
    reportAt(fields, '', {
      code: 'court-missing',
      message: 'The hearing names no court, so it is on no list. Ask the sender which court it is.',
      severity: 'field-quarantined',
    });
  }
}

/** Common Platform bail status codes, as published in its reference data. */
const bailCodes = new Map<string, NeutralRemand['status']>([
  ['A', 'not-applicable'],
  ['B', 'conditional-bail'],
  ['C', 'custody'],
  ['L', 'local-authority'],
  ['P', 'conditional-bail'],
  ['S', 'local-authority'],
  ['U', 'unconditional-bail'],
]);

/** What a bail status means: by its code, else by its words. */
export function remandStatus(
  code: string | undefined,
  description: string | undefined,
): NeutralRemand['status'] {
  const byCode = code === undefined ? undefined : bailCodes.get(code.toUpperCase());
  if (byCode !== undefined) return byCode;
  const words = (description ?? '').toLowerCase();
  if (/unconditional/.test(words)) return 'unconditional-bail';
  if (/conditional|conditions/.test(words)) return 'conditional-bail';
  if (/local authority/.test(words)) return 'local-authority';
  if (/custody/.test(words)) return 'custody';
  if (/not applicable/.test(words)) return 'not-applicable';
  return 'other';
}
