/** What sites are, as people read it (db/migrations/0002-access.sql has the vocabulary). */
export const siteKinds = {
  'custody-suite': 'Custody suite',
  'police-station': 'Police station',
  'magistrates-court': 'Magistrates’ court',
  'crown-court': 'Crown Court',
  'youth-court': 'Youth court',
  'community-base': 'Community base',
} as const;
export type SiteKind = keyof typeof siteKinds;

/** What teams do. */
export const teamKinds = {
  'custody-healthcare': 'Custody healthcare',
  'custody-ld': 'Liaison and diversion, custody',
  'court-ld': 'Liaison and diversion, court',
  navigation: 'Community navigation',
  lead: 'Leads',
  partner: 'Partner service',
  justice: 'Police, courts, probation',
  commissioning: 'Commissioning',
  privacy: 'Privacy',
  administration: 'Administration',
} as const;
export type TeamKind = keyof typeof teamKinds;

/** The word for a kind, or the kind itself when it is not ours. */
export function wordFor(words: Readonly<Record<string, string>>, kind: string): string {
  return words[kind] ?? kind;
}
