import pg from 'pg';
import { createApp, type App } from '../src/app.ts';
import { openService } from '../src/open-service.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLogger } from '../src/platform/http/log.ts';
import { figuresOf, type LoadFigures, type LoadTarget } from './load.ts';

// The floor of a page: the very statements it sends, with their values, replayed one after another on one bare
// connection. Statements that write (the audit row) are left out: they could only be replayed by writing again.

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What a page costs without the program. */
export interface BareSql {
  readonly statements: number;
  readonly figures: LoadFigures;
  /** The statements that cost the most, with the mean of their milliseconds on a page. */
  readonly slowest: readonly { readonly milliseconds: number; readonly text: string }[];
}

/** Records what pages ask, by opening them once in this process. */
export interface Recorder {
  record(target: LoadTarget): Promise<readonly Statement[]>;
  close(): Promise<void>;
}

export async function openRecorder(dataDir: string): Promise<Recorder> {
  let recorded: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const plain = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, second] = args;
    if (typeof first === 'string')
      recorded.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (typeof first === 'object' && first !== null && 'text' in first) {
      const { text, values } = first as { text: string; values?: unknown[] };
      recorded.push({ text, values: values ?? [] });
    }
    return plain.apply(this, args);
  };
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', DEMONSTRATION: 'true' });
  const service = await openService(config, () => undefined);
  const app: App = await createApp({
    config,
    database: service.database,
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
    csrfSecret: 'only this process reads these pages, nobody else',
    appUrl: service.appUrl,
    modules: service.modules,
  });
  return {
    async record(target) {
      recorded = [];
      const url = new URL(target.url);
      const answer = await app.server.inject({
        method: 'GET',
        url: `${url.pathname}${url.search}`,
        headers: { ...target.headers },
      });
      if (answer.statusCode !== 200)
        throw new Error(
          `${url.pathname} answered ${String(answer.statusCode)}, so its statements are not known`,
        );
      return recorded.filter(
        ({ text }) => /^\s*(select|with)\b/i.test(text) && !/for (no key )?update/i.test(text),
      );
    },
    async close() {
      prototype.query = plain;
      await app.close();
      await service.close();
    },
  };
}

/** Replays the statements of several addresses of one page, `rounds` times each. */
export async function replay(
  client: pg.Client,
  pages: readonly (readonly Statement[])[],
  rounds: number,
): Promise<BareSql> {
  const taken: number[] = [];
  const costs = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1)
    for (const page of pages) {
      const start = performance.now();
      await client.query('begin');
      for (const { text, values } of page) {
        const from = performance.now();
        await client.query({ name: nameOf(text), text, values: [...values] });
        if (round > 0) costs.set(text, (costs.get(text) ?? 0) + performance.now() - from);
      }
      await client.query('commit');
      taken.push(performance.now() - start);
    }
  const statements = Math.round(
    pages.reduce((sum, page) => sum + page.length, 0) / Math.max(1, pages.length),
  );
  const opened = Math.max(1, (rounds - 1) * pages.length);
  const slowest = [...costs]
    .map(([text, cost]) => ({ milliseconds: Math.round((cost / opened) * 100) / 100, text }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 5);
  return { statements, figures: figuresOf(taken.slice(pages.length), 0, 1), slowest };
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  const name = names.get(text) ?? `bare${String(names.size)}`;
  names.set(text, name);
  return name;
}
