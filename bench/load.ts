import { Agent, request } from 'node:http';

/** What a run of requests cost, in milliseconds from the moment each was due, so that a stall counts for all it delays. */
export interface LoadFigures {
  readonly requests: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadTarget {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The value below which `share` of the sorted values lie. */
export function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Sorts and sums up. */
export function figuresOf(milliseconds: readonly number[], failed: number, seconds: number): LoadFigures {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    requests: sorted.length,
    failed,
    perSecond: round(sorted.length / seconds),
    p50: round(percentile(sorted, 0.5)),
    p95: round(percentile(sorted, 0.95)),
    p99: round(percentile(sorted, 0.99)),
    max: round(sorted.at(-1) ?? Number.NaN),
  };
}

/**
 * Asks `targets` in turn at a constant rate (an open loop: slow answers do not slow the asking), for `seconds`,
 * after `warmUp` seconds that are not counted. Only ever this machine's loopback.
 */
export async function openLoop(
  targets: readonly LoadTarget[],
  options: { readonly rate: number; readonly seconds: number; readonly warmUp?: number },
): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const warmUp = options.warmUp ?? 2;
  const total = Math.round(options.rate * (options.seconds + warmUp));
  const counted: number[] = [];
  let failed = 0;
  const start = performance.now() + 50;
  const all: Promise<void>[] = [];
  const count = async (target: LoadTarget, due: number) => {
    const status = await ask(agent, target);
    if (due < start + warmUp * 1000) return;
    if (status !== 200) failed += 1;
    counted.push(performance.now() - due);
  };
  for (let i = 0; i < total; i += 1) {
    const due = start + (i * 1000) / options.rate;
    const target = targets[i % targets.length];
    if (target === undefined) break;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    all.push(count(target, due));
  }
  await Promise.all(all);
  agent.destroy();
  return figuresOf(counted, failed, options.seconds);
}

function ask(agent: Agent, target: LoadTarget): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      target.url,
      { agent, headers: { ...target.headers }, timeout: 30_000 },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.on('timeout', () => sent.destroy());
    sent.end();
  });
}

/** Runs `work` as fast as `lanes` at once allow, for `seconds`; answers how many a second were done. */
export async function closedLoop(
  work: (lane: number) => Promise<void>,
  options: { readonly lanes: number; readonly seconds: number },
): Promise<{ readonly perSecond: number; readonly figures: LoadFigures }> {
  const taken: number[] = [];
  const until = performance.now() + options.seconds * 1000;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: options.lanes }, async (_, lane) => {
      while (performance.now() < until) {
        const from = performance.now();
        await work(lane);
        taken.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: Math.round(taken.length / seconds), figures: figuresOf(taken, 0, seconds) };
}
