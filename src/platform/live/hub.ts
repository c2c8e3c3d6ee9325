/** What is sent to one open page: something it shows has changed; or the feed is not to be relied on. */
export type LiveSignal = 'changed' | 'lost';

export interface LiveHub {
  /** Calls `send` at most once in `pause` milliseconds for all of `topics` together. Returns how to stop. */
  subscribe(topics: readonly string[], send: (signal: LiveSignal) => void): () => void;
  /** Something about these topics changed. */
  announce(topics: Iterable<string>): void;
  /** Everything may have changed: after the feed was away nobody knows what was missed. */
  announceAll(): void;
  /** The feed is away: pages say so and look by themselves. */
  lost(): void;
  readonly open: number;
  close(): void;
}

interface Subscription {
  readonly topics: readonly string[];
  readonly send: (signal: LiveSignal) => void;
  /** When the last signal went out, in `performance.now()` milliseconds. */
  last: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Joins what changes to the pages that are open. The first change goes out at once, so that a cell is on
 * the court's screen within a second; what follows within `pause` (250 ms) is one signal at its end.
 */
export function createLiveHub(pause = 250): LiveHub {
  const byTopic = new Map<string, Set<Subscription>>();
  const all = new Set<Subscription>();

  function signal(subscription: Subscription): void {
    if (subscription.timer !== undefined) return;
    const wait = subscription.last + pause - performance.now();
    const fire = (): void => {
      subscription.timer = undefined;
      subscription.last = performance.now();
      subscription.send('changed');
    };
    if (wait <= 0) fire();
    else subscription.timer = setTimeout(fire, wait);
  }

  function forget(subscription: Subscription): void {
    clearTimeout(subscription.timer);
    all.delete(subscription);
    for (const topic of subscription.topics) {
      const pages = byTopic.get(topic);
      pages?.delete(subscription);
      if (pages?.size === 0) byTopic.delete(topic);
    }
  }

  return {
    subscribe(topics, send) {
      const subscription: Subscription = { topics, send, last: -Infinity, timer: undefined };
      all.add(subscription);
      for (const topic of topics)
        byTopic.getOrInsertComputed(topic, () => new Set<Subscription>()).add(subscription);
      return () => forget(subscription);
    },
    announce(topics) {
      const pages = new Set<Subscription>();
      for (const topic of topics) for (const page of byTopic.get(topic) ?? []) pages.add(page);
      pages.forEach(signal);
    },
    announceAll() {
      all.forEach(signal);
    },
    lost() {
      for (const subscription of all) subscription.send('lost');
    },
    get open() {
      return all.size;
    },
    close() {
      for (const subscription of all) forget(subscription);
    },
  };
}
