import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { done, refused } from '../platform/result.ts';
import type { Outcome } from '../platform/result.ts';
import { readInstrument } from './instrument.ts';
import type { Instrument } from './instrument.ts';
import { scoringMethod } from './special-scorings.ts';

/** A set of instruments a site switches on after reading its notice (domain.md section 5, SHIP-NC). */
export interface InstrumentPack {
  readonly name: string;
  readonly notice: string;
  readonly on: boolean;
}

export interface LibraryEntry {
  readonly instrument: Instrument;
  readonly pack: InstrumentPack | undefined;
  /** False while its pack is switched off. */
  readonly on: boolean;
}

export interface InstrumentLibrary {
  /** Everything held, packs that are off included. */
  readonly entries: readonly LibraryEntry[];
  readonly packs: readonly InstrumentPack[];
  /**
   * Finds an instrument by short name in any spelling ("PHQ-9", "phq9"), by url, or by `url|version`. Without a
   * version, the newest in effect on `on`. Refuses an unknown one, one not in effect, and one in a pack that is off.
   */
  find(name: string, on?: Temporal.PlainDate): Outcome<Instrument, LibraryRefusal>;
}

export type LibraryRefusal = 'unknown-instrument' | 'not-in-effect' | 'pack-off';

export interface LibraryOptions {
  /** Folders of instruments, each `NAME.json` with `NAME.meta.json`; a site's own folder comes after ours. */
  readonly folders?: readonly string[];
  /** Names of packs this site has switched on. */
  readonly packs?: readonly string[];
}

/** The folder of instruments that come with Throughline. */
export const shippedInstruments = join(import.meta.dirname, 'instruments');

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} is not readable JSON`, { cause });
  }
}

function loadFolder(folder: string): readonly Instrument[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.meta.json'))
    .sort()
    .map((file) => {
      const metaFile = join(folder, `${basename(file, '.json')}.meta.json`);
      const metadata = existsSync(metaFile) ? readJson(metaFile) : {};
      const read = readInstrument(readJson(join(folder, file)), metadata);
      // A site that starts with an instrument it cannot trust would find out in a cell at night.
      if (!read.ok) throw new Error(`${join(folder, file)}: ${read.refusal.message}`);
      const unscorable = read.value.scorings.find(
        (scoring) => scoringMethod(read.value.canonical, scoring.method) === undefined,
      );
      if (unscorable !== undefined)
        throw new Error(`${join(folder, file)}: the scoring method ${unscorable.method} is not registered`);
      return read.value;
    });
}

function subfolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const spelling = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function newestFirst(a: Instrument, b: Instrument): number {
  return (
    Temporal.PlainDate.compare(b.effectiveFrom, a.effectiveFrom) ||
    b.version.localeCompare(a.version, 'en', { numeric: true })
  );
}

function inEffect(instrument: Instrument, on: Temporal.PlainDate): boolean {
  const ended =
    instrument.effectiveTo !== undefined && Temporal.PlainDate.compare(on, instrument.effectiveTo) > 0;
  return Temporal.PlainDate.compare(instrument.effectiveFrom, on) <= 0 && !ended;
}

/**
 * Loads every instrument at start. Faults, naming the file, on one without a licence, with a scoring this release
 * does not have, or held twice in one version.
 */
export function loadInstrumentLibrary(options: LibraryOptions = {}): InstrumentLibrary {
  const entries: LibraryEntry[] = [];
  const packs: InstrumentPack[] = [];
  for (const folder of options.folders ?? [shippedInstruments]) {
    for (const place of [folder, join(folder, 'skeletons')])
      if (existsSync(place))
        entries.push(...loadFolder(place).map((instrument) => ({ instrument, pack: undefined, on: true })));
    for (const name of subfolders(join(folder, 'packs'))) {
      const place = join(folder, 'packs', name);
      const on = options.packs?.includes(name) ?? false;
      const pack = { name, notice: readFileSync(join(place, 'NOTICE.md'), 'utf8').trim(), on };
      packs.push(pack);
      entries.push(...loadFolder(place).map((instrument) => ({ instrument, pack, on })));
    }
  }
  const seen = new Set<string>();
  for (const { instrument, pack } of entries) {
    if (seen.has(instrument.canonical)) throw new Error(`${instrument.canonical} is held twice`);
    seen.add(instrument.canonical);
    if ((instrument.licence.verdict === 'ship-nc') !== (pack !== undefined))
      throw new Error(
        `${instrument.canonical}: wording for non-commercial use belongs in a pack, and only there`,
      );
  }
  for (const name of options.packs ?? [])
    if (!packs.some((pack) => pack.name === name)) throw new Error(`There is no instrument pack ${name}`);
  return { entries, packs, find: (name, on) => find(entries, name, on) };
}

function find(
  entries: readonly LibraryEntry[],
  name: string,
  on: Temporal.PlainDate | undefined,
): Outcome<Instrument, LibraryRefusal> {
  const [address = '', version] = name.trim().split('|');
  const named = entries.filter(
    ({ instrument }) =>
      instrument.url === address ||
      spelling(instrument.name) === spelling(address) ||
      spelling(instrument.shortName) === spelling(address),
  );
  if (spelling(address) === '' || named.length === 0)
    return refused('unknown-instrument', `There is no instrument “${name.slice(0, 120)}”.`);
  const versions = named.filter(({ instrument }) => version === undefined || instrument.version === version);
  if (versions.length === 0) {
    const held = named.map(({ instrument }) => instrument.version).join(', ');
    return refused(
      'unknown-instrument',
      `Version ${version ?? ''} of ${address} is not held. Held: ${held}.`,
    );
  }
  const ready = versions.filter((entry) => entry.on);
  if (ready.length === 0) {
    const pack = versions[0]?.pack?.name ?? '';
    return refused('pack-off', `${address} is in the pack “${pack}”, which is switched off at this site.`);
  }
  const current = ready
    .map(({ instrument }) => instrument)
    .filter((instrument) => version !== undefined || on === undefined || inEffect(instrument, on))
    .sort(newestFirst)[0];
  return current === undefined
    ? refused('not-in-effect', `No version of ${address} is in effect on ${on?.toString() ?? 'that day'}.`)
    : done(current);
}
