import {
  couldBeSamePerson,
  mergeAppearance,
  type NeutralHearing,
  type PersonAppearance,
} from './import/index.ts';
import { appearanceHash, type IncomingAppearance } from './stored-appearance.ts';

/** What is already on file under a key. */
export interface FiledAppearance {
  readonly id: string;
  readonly hearingId: string;
  readonly baseKey: string;
  readonly ordinal: number;
  readonly version: number;
  readonly contentHash: string;
  readonly removed: boolean;
  readonly sentAt: Temporal.Instant | null;
  readonly appearance: PersonAppearance;
}

/** What becomes of one appearance of a message. */
export type Placement = {
  readonly hearing: NeutralHearing;
  readonly baseKey: string;
  readonly ordinal: number;
  /** Everything known about the appearance now. */
  readonly appearance: PersonAppearance;
  /** What this message alone said. */
  readonly said: PersonAppearance;
  readonly contentHash: string;
} & (
  | { readonly kind: 'new' }
  | { readonly kind: 'changed' | 'listed-again' | 'older-message'; readonly filed: FiledAppearance }
  | { readonly kind: 'unchanged'; readonly filed: FiledAppearance }
);

/**
 * Decides, for each appearance of a message, whether it is new, a repeat, or a correction. A later message is put
 * over an earlier one and keeps what it leaves out; a message sent before the one on file only fills gaps; another
 * person under a number already used is kept beside, with the next ordinal.
 */
export function placeAppearances(
  filed: readonly FiledAppearance[],
  incoming: readonly IncomingAppearance[],
  sentAt: Temporal.Instant | undefined,
): readonly Placement[] {
  const byKey = new Map<string, FiledAppearance[]>();
  for (const row of filed) byKey.set(row.baseKey, [...(byKey.get(row.baseKey) ?? []), row]);
  const claimed = new Set<string>();
  const ordinals = new Map<string, number>();
  for (const [key, rows] of byKey) ordinals.set(key, Math.max(...rows.map((row) => row.ordinal)));

  return incoming.map(({ hearing, appearance, baseKey }): Placement => {
    const known = (byKey.get(baseKey) ?? []).find(
      (row) => !claimed.has(row.id) && couldBeSamePerson(row.appearance, appearance),
    );
    const base = { hearing, baseKey, said: appearance };
    if (known === undefined) {
      const ordinal = (ordinals.get(baseKey) ?? 0) + 1;
      ordinals.set(baseKey, ordinal);
      const kept = { ...appearance, ordinal };
      return { ...base, kind: 'new', ordinal, appearance: kept, contentHash: appearanceHash(hearing, kept) };
    }
    claimed.add(known.id);
    const { ordinal } = known;
    const older = isOlder(sentAt, known.sentAt);
    const merged = merge(
      older ? { ...appearance, ordinal } : known.appearance,
      older ? known.appearance : { ...appearance, ordinal },
    );
    const hash = appearanceHash(hearing, merged);
    const placed = { ...base, ordinal, appearance: merged, contentHash: hash, filed: known };
    if (older)
      return appearanceHash(hearing, known.appearance) === hash
        ? { ...placed, kind: 'unchanged', contentHash: known.contentHash }
        : { ...placed, kind: 'older-message', contentHash: known.contentHash };
    if (known.removed) return { ...placed, kind: 'listed-again' };
    return { ...placed, kind: hash === known.contentHash ? 'unchanged' : 'changed' };
  });
}

function isOlder(sentAt: Temporal.Instant | undefined, filedAt: Temporal.Instant | null): boolean {
  return sentAt !== undefined && filedAt !== null && Temporal.Instant.compare(sentAt, filedAt) < 0;
}

function merge(earlier: PersonAppearance, later: PersonAppearance): PersonAppearance {
  const merged = mergeAppearance(earlier, later);
  return merged.kind === 'person' ? merged : later;
}
