import type { Client } from 'pg';
import type { LiveHub } from './hub.ts';
import { LIVE_CHANNEL, isTopic } from './touch.ts';

export interface ListenerOptions {
  /** A new connection of its own, connected: LISTEN holds it, so it never comes from a pool. */
  readonly connect: () => Promise<Client>;
  readonly hub: LiveHub;
  /** Told when the feed comes and goes; for the log, which takes constant words only. */
  readonly onState?: (state: 'listening' | 'lost') => void;
  /** First wait before connecting again, in milliseconds; doubled up to 30 times it. */
  readonly retryAfter?: number;
  /** How often the connection is asked whether it is still there, in milliseconds. */
  readonly checkEvery?: number;
  /** How long it may take to answer before it is given up, in milliseconds. */
  readonly answerWithin?: number;
}

export interface Listener {
  readonly listening: boolean;
  close(): Promise<void>;
}

/**
 * The process's one LISTEN connection. When it breaks, pages are told and look by themselves; when it is
 * back, every open page looks again once, because what was said meanwhile is lost.
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { hub, retryAfter = 500, answerWithin = 5000 } = options;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let attempts = 0;

  function retry(): void {
    client = undefined;
    if (closed || timer !== undefined) return;
    const wait = retryAfter * Math.min(2 ** attempts, 30) * (0.75 + Math.random() / 2);
    attempts += 1;
    timer = setTimeout(() => {
      timer = undefined;
      connect(true).catch(retry);
    }, wait);
  }

  function broken(which: Client): void {
    if (client !== which || closed) return;
    options.onState?.('lost');
    hub.lost();
    retry();
  }

  // A network that swallows packets breaks nothing by itself: the connection would look alive and hear nothing.
  let asking: Client | undefined;
  const check = setInterval(() => {
    const asked = client;
    if (asked === undefined || asked === asking) return;
    asking = asked;
    const late = setTimeout(() => asked.connection.stream.destroy(), answerWithin);
    const answered = (): void => {
      clearTimeout(late);
      if (asking === asked) asking = undefined;
    };
    asked.query('select 1').then(answered, answered);
  }, options.checkEvery ?? 30_000);

  async function connect(again: boolean): Promise<void> {
    const next = await options.connect();
    if (closed) {
      await next.end();
      return;
    }
    next.on('notification', (message) => hub.announce((message.payload ?? '').split('\n').filter(isTopic)));
    next.on('error', () => broken(next));
    next.on('end', () => broken(next));
    const late = setTimeout(() => next.connection.stream.destroy(), answerWithin);
    try {
      await next.query(`listen ${LIVE_CHANNEL}`);
    } finally {
      clearTimeout(late);
    }
    client = next;
    attempts = 0;
    options.onState?.('listening');
    if (again) hub.announceAll();
  }

  try {
    await connect(false);
  } catch (error) {
    clearInterval(check);
    throw error;
  }
  return {
    get listening() {
      return client !== undefined;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(check);
      await client?.end();
    },
  };
}
