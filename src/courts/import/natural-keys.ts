import { createHash } from 'node:crypto';
import type { NeutralAppearance, NeutralHearing, PersonAppearance, SourceSystem } from './neutral-hearing.ts';

/**
 * The same appearance in a repeated or corrected message. Libra: court, day, case number (a case is one
 * defendant; the XML and the JSON of one case agree). Common Platform: hearing, case, defendant; the day
 * is left out, so that a moved hearing is the same one. Where an identifier is missing, what stands in
 * for it is named in the key, so that two kinds never collide.
 */
export function appearanceKey(
  source: SourceSystem,
  hearing: NeutralHearing,
  appearance: NeutralAppearance,
): string {
  const place = `${hearing.court.code ?? hearing.court.name ?? ''}@${hearing.day?.toString() ?? ''}`;
  const parts =
    source === 'libra'
      ? [place, libraCase(hearing, appearance)]
      : [
          hearing.hearingId === undefined ? `at:${place}` : `hearing:${hearing.hearingId.toLowerCase()}`,
          platformCase(appearance),
          appearance.defendantId === undefined
            ? `who:${whoHash(appearance)}`
            : `defendant:${appearance.defendantId.toLowerCase()}`,
        ];
  if (appearance.ordinal > 1) parts.push(`#${appearance.ordinal}`);
  return [source, ...parts].join('|');
}

function libraCase(hearing: NeutralHearing, appearance: NeutralAppearance): string {
  if (appearance.caseNumber !== undefined) return `case:${appearance.caseNumber}`;
  if (appearance.caseId !== undefined) return `case-id:${appearance.caseId}`;
  if (appearance.urn !== undefined) return `urn:${appearance.urn}`;
  return `hearing:${hearing.hearingId ?? ''}:who:${whoHash(appearance)}`;
}

function platformCase(appearance: NeutralAppearance): string {
  if (appearance.caseId !== undefined) return `case:${appearance.caseId.toLowerCase()}`;
  if (appearance.urn !== undefined) return `urn:${appearance.urn}`;
  return `case-number:${appearance.caseNumber ?? ''}`;
}

function whoHash(appearance: NeutralAppearance): string {
  const who =
    appearance.kind === 'person'
      ? [folded(appearance.name?.received), appearance.birthDate?.toString() ?? '']
      : [folded(appearance.organisationName)];
  return sha256(JSON.stringify(who)).slice(0, 24);
}

/** A hash over everything the court said about this appearance and its hearing; equal content, equal hash. */
export function contentHash(hearing: NeutralHearing, appearance: NeutralAppearance): string {
  const { appearances: _others, ...listing } = hearing;
  const { path: _path, ...said } = appearance;
  return sha256(canonicalJson({ listing, said }));
}

/** Whether a later appearance under the same key can be the same person, or is someone else under a reused number. */
export function couldBeSamePerson(a: NeutralAppearance, b: NeutralAppearance): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'organisation' || b.kind === 'organisation') return true;
  if (sharesPoliceIdentifier(a, b)) return true;
  const [nameA, nameB] = [folded(a.name?.received), folded(b.name?.received)];
  const sameFamily = folded(a.name?.family) !== '' && folded(a.name?.family) === folded(b.name?.family);
  const sameBirth = a.birthDate !== undefined && b.birthDate !== undefined && a.birthDate.equals(b.birthDate);
  return nameA === '' || nameB === '' || nameA === nameB || sameFamily || sameBirth;
}

function sharesPoliceIdentifier(a: PersonAppearance, b: PersonAppearance): boolean {
  const keys = (person: PersonAppearance): string[] =>
    person.identifiers
      .filter((id) => id.type === 'pnc' || id.type === 'cro')
      .map((id) => `${id.type}:${id.canonical ?? id.received}`);
  const known = new Set(keys(a));
  return keys(b).some((key) => known.has(key));
}

function folded(text: string | undefined): string {
  return (text ?? '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** JSON with keys in order; Temporal values write themselves as ISO text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
