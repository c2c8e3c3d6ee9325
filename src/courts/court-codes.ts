/**
 * The courts of Greater Manchester, as data. Codes as HMPPS software uses them (August 2026):
 * magistrates' from ministryofjustice/prepare-a-case server/data/courts.json, Crown Court from
 * ministryofjustice/court-case-service R__add_all_crown_court_names.sql. Neither list has Bury and
 * Rochdale, so it is not here: an invented code would join to nothing.
 */
export interface KnownCourt {
  /** First five characters of the organisation unit code, as Libra JSON and the lists are keyed. */
  readonly code: string;
  readonly name: string;
  readonly tier: 'magistrates' | 'crown';
}

/** Magistrates' courts and Crown Court centres of Greater Manchester. */
export const greaterManchesterCourts: readonly KnownCourt[] = [
  { code: 'B06BV', name: "Bolton Magistrates' Court", tier: 'magistrates' },
  { code: 'B06IS', name: "Manchester Magistrates' Court", tier: 'magistrates' },
  { code: 'B06MK', name: "Stockport Magistrates' Court", tier: 'magistrates' },
  { code: 'B06AN', name: "Tameside Magistrates' Court", tier: 'magistrates' },
  { code: 'B06OJ', name: "Wigan and Leigh Magistrates' Court", tier: 'magistrates' },
  { code: 'C06MC', name: 'Manchester Crown Court (Crown Square)', tier: 'crown' },
  { code: 'C06MM', name: 'Manchester Crown Court (Minshull Street)', tier: 'crown' },
  { code: 'C06BO', name: 'Bolton Crown Court', tier: 'crown' },
];

const byCode = new Map(greaterManchesterCourts.map((court) => [court.code, court] as const));

/**
 * The five-character court code of an organisation unit code: `B10JQ00` and `B10JQ` give `B10JQ`
 * (Libra JSON uses the first five). Undefined when the text is not such a code.
 */
export function courtCodeOf(ouCode: string): string | undefined {
  const code = ouCode.trim().toUpperCase();
  return /^[A-Z]\d{2}[A-Z]{2}(?:[A-Z0-9]{2})?$/.test(code) ? code.slice(0, 5) : undefined;
}

/** The known court of a code, full or five characters; undefined for a court elsewhere. */
export function knownCourt(ouCode: string): KnownCourt | undefined {
  const code = courtCodeOf(ouCode);
  return code === undefined ? undefined : byCode.get(code);
}
