import { type ReadingLog } from './fields.ts';
import { appearanceKey, contentHash, couldBeSamePerson } from './natural-keys.ts';
import type {
  NeutralAppearance,
  NeutralHearing,
  NeutralOffence,
  PersonAppearance,
  SourceSystem,
} from './neutral-hearing.ts';

/**
 * Puts a later message over an earlier one about the same appearance: the later value wins where it has
 * one, and what it leaves out is kept (repeat messages omit PNC, CRO and offences: standards.md 1.13).
 */
export function mergeAppearance(earlier: NeutralAppearance, later: NeutralAppearance): NeutralAppearance {
  if (earlier.kind === 'organisation' || later.kind === 'organisation') return later;
  const merged: PersonAppearance = {
    ...keepKnown(earlier, later),
    youth: later.youth.is === 'unknown' ? earlier.youth : later.youth,
    offences: mergeOffences(earlier.offences, later.offences),
    results: union(earlier.results, later.results, (result) => result.resultId ?? JSON.stringify(result)),
    identifiers: union(
      earlier.identifiers,
      later.identifiers,
      (id) => `${id.type}:${id.canonical ?? id.received}`,
    ),
    addresses: later.addresses.length > 0 ? later.addresses : earlier.addresses,
    phones: later.phones.length > 0 ? later.phones : earlier.phones,
    nationalities: later.nationalities.length > 0 ? later.nationalities : earlier.nationalities,
    reportingRestrictions: [...new Set([...earlier.reportingRestrictions, ...later.reportingRestrictions])],
  };
  return merged;
}

function keepKnown<T extends object>(earlier: T, later: T): T {
  const known = Object.entries(later).filter(([, value]) => value !== undefined);
  return Object.assign({ ...earlier }, Object.fromEntries(known));
}

function mergeOffences(
  earlier: readonly NeutralOffence[],
  later: readonly NeutralOffence[],
): readonly NeutralOffence[] {
  const keyOf = (offence: NeutralOffence): string =>
    offence.offenceId?.toLowerCase() ?? JSON.stringify([offence.sequence, offence.code, offence.title]);
  const merged = new Map(earlier.map((offence) => [keyOf(offence), offence] as const));
  for (const offence of later) {
    const known = merged.get(keyOf(offence));
    merged.set(
      keyOf(offence),
      known
        ? {
            ...keepKnown(known, offence),
            results: union(
              known.results,
              offence.results,
              (result) => result.resultId ?? JSON.stringify(result),
            ),
          }
        : offence,
    );
  }
  return [...merged.values()];
}

function union<T>(earlier: readonly T[], later: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const all = new Map(earlier.map((item) => [keyOf(item), item] as const));
  for (const item of later) all.set(keyOf(item), item);
  return [...all.values()];
}

/**
 * One appearance per key within one message. A repeat is joined with what came before; a different
 * person under the same number is kept beside, with the next ordinal. Both are reported.
 */
export function joinRepeats(
  source: SourceSystem,
  hearings: readonly NeutralHearing[],
  log: ReadingLog,
): readonly NeutralHearing[] {
  const seen = new Map<string, { hearing: number; appearance: number }[]>();
  const out: { hearing: NeutralHearing; appearances: NeutralAppearance[] }[] = [];
  for (const hearing of hearings) {
    const here = { hearing, appearances: [] as NeutralAppearance[] };
    out.push(here);
    for (const appearance of hearing.appearances) {
      const key = appearanceKey(source, hearing, appearance);
      const places = seen.get(key) ?? [];
      seen.set(key, places);
      const place = places.find(({ hearing: h, appearance: a }) => {
        const known = out[h]?.appearances[a];
        return known !== undefined && couldBeSamePerson(known, appearance);
      });
      const target = place && out[place.hearing];
      const known = target?.appearances[place?.appearance ?? -1];
      if (place && target && known) {
        const same = contentHash(target.hearing, known) === contentHash(hearing, appearance);
        target.appearances[place.appearance] = mergeAppearance(known, {
          ...appearance,
          ordinal: known.ordinal,
        });
        // The same case in two rooms or slots of one day stays findable in both.
        const sittings = union(target.hearing.sittings, hearing.sittings, (sitting) =>
          JSON.stringify(sitting),
        );
        target.hearing = { ...target.hearing, sittings };
        log.issues.push({
          path: appearance.path,
          code: same ? 'repeated-in-file' : 'corrected-in-file',
          message: same
            ? 'This appearance is in the file more than once. It was taken once.'
            : 'This appearance is in the file more than once with differences. Everything said was joined; the later wins.',
          severity: 'warning',
          received: undefined,
        });
        continue;
      }
      if (places.length > 0) {
        log.issues.push({
          path: appearance.path,
          code: 'number-reused-in-file',
          message:
            'The same case reference stands for different people in this file. All of them were kept: check with the court.',
          severity: 'warning',
          received: undefined,
        });
      }
      places.push({ hearing: out.length - 1, appearance: here.appearances.length });
      here.appearances.push({ ...appearance, ordinal: places.length });
    }
  }
  return out
    .filter(({ hearing, appearances }) => appearances.length > 0 || hearing.appearances.length === 0)
    .map(({ hearing, appearances }) => ({ ...hearing, appearances }));
}
