import { Agent, request } from 'node:http';
import { systemClock, londonDate } from '../src/platform/clock.ts';
import { post } from './custody-writer.ts';
import { figuresOf, type LoadFigures } from './load.ts';
import type { Session } from './sessions.ts';

/** Signed in custody, seen in court: in milliseconds from sending the event. */
export interface LiveFigures {
  readonly openBoards: number;
  /** Until the court's board was told to look again. */
  readonly told: LoadFigures;
  /** Until the court's page, fetched then, held the person's name. */
  readonly seen: LoadFigures;
  /** Times it was told, and the page did not show the person; or was not told within 10 seconds. */
  readonly missed: number;
}

export interface LiveParts {
  readonly base: string;
  readonly token: string;
  /** Signed in somewhere, for the boards that are merely open. */
  readonly leads: readonly Session[];
  /** Signed in at the court that is measured: only its own people see what is handed to it. */
  readonly atCourt: readonly Session[];
  /** Writes down that the person of this stay agreed to be seen: without that, nobody is handed over. */
  readonly agree: (custodyNumber: string) => Promise<void>;
  readonly suites: readonly { readonly id: string; readonly code: string }[];
  readonly courts: readonly { readonly id: string; readonly code: string }[];
  readonly times: number;
}

const BOARDS = 200;
const GIVE_UP_MS = 10_000;

/** One open page: a stream, and what to call when it is told to look again. */
interface Board {
  readonly close: () => void;
}

function openBoard(base: string, cookie: string, topic: string, told: () => void): Promise<Board> {
  const { promise, resolve, reject } = Promise.withResolvers<Board>();
  const sent = request(
    `${base}/live?topic=${topic}`,
    { agent: new Agent(), headers: { cookie } },
    (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`A live board was answered ${String(response.statusCode)}`));
        return;
      }
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (part.includes('turbo-stream')) told();
      });
      resolve({ close: () => sent.destroy() });
    },
  );
  sent.on('error', reject);
  sent.end();
  return promise;
}

/**
 * With 200 boards open, somebody who agreed to be seen is charged and kept for court, told through the real interface;
 * measured until the court's stream says so and its page shows the handover with their name.
 */
export async function liveLatency(parts: LiveParts): Promise<LiveFigures> {
  const { base, leads, suites, courts } = parts;
  const court = courts.find(({ id }) => id === parts.atCourt[0]?.siteId);
  const suite = suites[0];
  if (court === undefined || suite === undefined) throw new Error('There is no court or no suite');
  let tell: () => void = () => undefined;
  const boards: Board[] = [];
  for (let i = 0; i < BOARDS; i += 1) {
    // Nine streams for each session: the service allows twelve.
    const cookie = (i === 0 ? parts.atCourt[0] : leads[Math.floor(i / 9)])?.cookie ?? '';
    const half = i >> 1;
    const topic =
      i === 0
        ? `court:${court.id}`
        : i % 2 === 0
          ? `court:${courts[half % courts.length]?.id ?? ''}`
          : `suite:${suites[half % suites.length]?.id ?? ''}`;
    boards.push(await openBoard(base, cookie, topic, () => (i === 0 ? tell() : undefined)));
  }
  const agent = new Agent({
    keepAlive: true,
    localAddress: process.platform === 'linux' ? '127.0.9.9' : '127.0.0.1',
  });
  const told: number[] = [];
  const seen: number[] = [];
  let missed = 0;
  try {
    for (let i = 0; i < parts.times; i += 1) {
      const now = systemClock.now();
      const number = `LIVE${String(now.epochMilliseconds)}`;
      const name = `Lattice${number.slice(-7)}`;
      const event = (kind: string, minutesAgo: number, more: object) => ({
        eventId: `${number}-${kind}`,
        force: '06',
        custodyNumber: number,
        kind,
        happenedAt: now.subtract({ minutes: minutesAgo }).toString(),
        ...more,
      });
      const send = (body: object) => post(agent, `${base}/api/custody-events`, parts.token, body);
      await send(
        event('arrived', 300, {
          suite: { code: suite.code },
          legalBasis: 'pace-arrest',
          person: { givenName: 'Invented', familyName: name, birthDate: '1988-03-02', sex: 'female' },
        }),
      );
      await parts.agree(number);
      const charge = { remanded: true, courtCode: court.code, courtDate: londonDate(now).toString() };
      // What the last one caused has been heard by now: the next word is about this handover.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const from = performance.now();
      tell = () => resolve(true);
      const giveUp = setTimeout(() => resolve(false), GIVE_UP_MS);
      const sending = send(event('transferred', 0, { detail: { ...charge, outcome: 'charged-remanded' } }));
      const heard = await promise;
      clearTimeout(giveUp);
      if (heard) told.push(performance.now() - from);
      const page = await fetch(`${base}/courts/${court.id}`, {
        headers: { cookie: parts.atCourt[i % parts.atCourt.length]?.cookie ?? '' },
      });
      const shown = (await page.text()).includes(name);
      if (heard && shown) seen.push(performance.now() - from);
      else missed += 1;
      await sending;
      tell = () => undefined;
    }
  } finally {
    for (const board of boards) board.close();
    agent.destroy();
  }
  return { openBoards: BOARDS, told: figuresOf(told, 0, 1), seen: figuresOf(seen, missed, 1), missed };
}
