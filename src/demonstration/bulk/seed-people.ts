import pg from 'pg';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { forenames, surnames } from '../names.ts';
import { BulkRows } from './copy-rows.ts';
import { ensureNavigators, readGround, type Ground } from './ground.ts';
import { writeEpisode, type InventedEpisode } from './invented-care.ts';
import { LISTED_TODAY, writeCourtLists, writeHearing } from './invented-courts.ts';
import { writeStays, type InventedStay } from './invented-custody.ts';
import { nhsNumbers } from './invented-numbers.ts';
import { inventPerson, writePerson, type InventedPerson, type Invention } from './invented-person.ts';
import { writeSupport } from './invented-support.ts';
import { DAY, drawFor } from './moments.ts';

export interface SeedOptions {
  readonly ownerUrl: string;
  readonly owner: Database;
  readonly clock: Clock;
  readonly people: number;
  /** The same seed on the same ground at the same moment makes the same people. */
  readonly seed: number;
  /** Called after each part that was written, with the people written so far. */
  readonly progress?: (people: number) => void;
}

/** How many rows of each table were written. */
export interface SeedResult {
  readonly people: number;
  readonly inCustodyNow: number;
  readonly rows: ReadonlyMap<string, number>;
}

const PART = 2_000;
/** Everybody with an open period of contact and nobody in custody: about this share. */
const OPEN = 0.03;
const CASELOAD = 25;

/**
 * Invents people with their years of records and writes them by COPY. Refuses when the database holds an area that
 * is not a demonstration. Each part is one transaction: what was written before a fault stays, and is whole.
 */
export async function seedPeople(options: SeedOptions): Promise<SeedResult> {
  const found = await readGround(options.owner);
  const names = drawFor(options.seed, -1);
  const ground = await ensureNavigators(
    options.owner,
    found,
    Math.max(2, Math.ceil((options.people * OPEN) / CASELOAD)),
    () => `${names.pick(names.chance(0.6) ? forenames.female : forenames.male)} ${names.pick(surnames)}`,
  );
  // Whole seconds, and a seed that goes on after the people already there, so that a second run makes others.
  const invention: Invention = {
    ground,
    seed: options.seed + ground.peopleBefore * 31,
    now: Math.floor(options.clock.now().epochMilliseconds / 1000) * 1000,
    nhsNumbers: nhsNumbers(options.people, ground.takenNhsNumbers),
  };
  const places = placesToday(options.people, ground, options.seed);
  const counts = new Map<string, number>();
  const clients = await Promise.all([connect(options.ownerUrl), connect(options.ownerUrl)]);
  try {
    let next = 0;
    let written = 0;
    // Two lanes: one part is invented while the other is written.
    const lane = async (client: pg.Client): Promise<void> => {
      while (next < options.people) {
        const from = next;
        const to = Math.min(from + PART, options.people);
        next = to;
        const rows = new BulkRows();
        for (let index = from; index < to; index += 1) writeLife(rows, invention, index, places);
        add(counts, rows);
        await rows.write(client, ground.areaId);
        written += to - from;
        options.progress?.(written);
      }
    };
    await Promise.all(clients.map(lane));
    const [client] = clients;
    const lists = new BulkRows();
    writeCourtLists(lists, invention, (court, order) => {
      const index = places.listed.get(court * LISTED_TODAY + order);
      return index === undefined ? null : inventPerson(invention, index);
    });
    add(counts, lists);
    await lists.write(client, ground.areaId);
    // Without figures about what was just written the planner guesses, and guesses badly.
    await client.query('analyze');
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return { people: options.people, inCustodyNow: places.suites.size, rows: counts };
}

/** Who is in which suite now, and who is on which line of today's lists: by their index. */
interface PlacesToday {
  readonly suites: ReadonlyMap<number, number>;
  readonly listed: ReadonlyMap<number, number>;
}

/**
 * Spreads 14 to 25 people over each suite (fewer when few are invented: at most one in eight), and about half of each
 * court's list. Both are spread evenly over the indexes.
 */
function placesToday(people: number, ground: Ground, seed: number): PlacesToday {
  const draw = drawFor(seed, -3);
  const here = ground.suites.flatMap((_, suite) => Array.from({ length: draw.between(14, 25) }, () => suite));
  const shuffled = here
    .map((suite) => ({ suite, at: draw.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ suite }) => suite)
    .slice(0, Math.ceil(people / 8));
  const suites = new Map(shuffled.map((suite, i) => [Math.floor((i * people) / shuffled.length), suite]));
  const lines = ground.courts.flatMap((_, court) =>
    Array.from({ length: LISTED_TODAY }, (_each, order) => court * LISTED_TODAY + order + 1).filter(() =>
      draw.chance(0.5),
    ),
  );
  const known = lines.slice(0, Math.floor(people / 4));
  const listed = new Map(
    known.map((line, i) => [line, (Math.floor((i * people) / known.length) + 1) % people] as const),
  );
  return { suites, listed };
}

/** One whole life: who they are, their stays, what was found and agreed, and who supports them. */
function writeLife(rows: BulkRows, invention: Invention, index: number, places: PlacesToday): void {
  const person = inventPerson(invention, index);
  writePerson(rows, invention, person);
  const here = places.suites.get(index) ?? null;
  const stays = writeStays(rows, invention, person, here);
  for (const stay of stays)
    if (stay.outcome?.startsWith('charged') === true && stay.endedAt !== null && person.draw.chance(0.8))
      writeHearing(rows, invention, person, stay.endedAt);
  for (const episode of episodesOf(rows, invention, person, stays))
    writeSupport(rows, invention, person, episode);
}

function episodesOf(
  rows: BulkRows,
  invention: Invention,
  person: InventedPerson,
  stays: readonly InventedStay[],
): readonly InventedEpisode[] {
  const { draw } = person;
  const still = stays.find((stay) => stay.endedAt === null);
  const episodes: InventedEpisode[] = [];
  for (const stay of stays) {
    if (!stay.accepted || (stay !== still && !draw.chance(0.7))) continue;
    episodes.push(writeEpisode(rows, invention, person, stay.arrivedAt, stay === still, episodes.length + 1));
  }
  // Somebody who left custody some weeks ago and is still supported.
  if (still === undefined && draw.chance(OPEN))
    episodes.push(
      writeEpisode(
        rows,
        invention,
        person,
        invention.now - draw.between(2, 90) * DAY,
        true,
        episodes.length + 1,
      ),
    );
  return episodes;
}

function add(counts: Map<string, number>, rows: BulkRows): void {
  for (const [table, count] of rows.counts()) counts.set(table, (counts.get(table) ?? 0) + count);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
