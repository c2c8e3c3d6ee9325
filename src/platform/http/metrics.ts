import { monitorEventLoopDelay } from 'node:perf_hooks';

export type Labels = Readonly<Record<string, string>>;

/** Numbers for the operator, in the Prometheus text format 0.0.4. Labels never carry personal data. */
export interface Metrics {
  /** Adds one (or `by`) to a counter. */
  count(name: string, help: string, labels?: Labels, by?: number): void;
  /** Puts one duration, in seconds, into a histogram. */
  observe(name: string, help: string, seconds: number, labels?: Labels): void;
  /** Registers a value that is asked when the operator reads. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  render(): Promise<string>;
  close(): void;
}

// Seconds. 0.01 is the budget of one render step; 1 is "on the court's screen within a second".
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Histogram {
  readonly buckets: number[];
  sum: number;
  count: number;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.join(',');
}

function braces(text: string): string {
  return text === '' ? '' : `{${text}}`;
}

function histogramLines(name: string, key: string, histogram: Histogram): string[] {
  const comma = key === '' ? '' : ',';
  const lines = bounds.map(
    (bound, i) => `${name}_bucket{${key}${comma}le="${bound}"} ${histogram.buckets[i] ?? 0}`,
  );
  lines.push(`${name}_bucket{${key}${comma}le="+Inf"} ${histogram.count}`);
  lines.push(`${name}_sum${braces(key)} ${histogram.sum}`, `${name}_count${braces(key)} ${histogram.count}`);
  return lines;
}

/** The process's numbers. Close it at the end: it holds a timer on the event loop. */
export function createMetrics(): Metrics {
  const helps = new Map<string, string>();
  const counters = new Map<string, Map<string, number>>();
  const histograms = new Map<string, Map<string, Histogram>>();
  const gauges = new Map<string, () => number | Promise<number>>();
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  helps.set('event_loop_lag_seconds', '99th percentile delay of the event loop since the last reading');
  gauges.set('event_loop_lag_seconds', () => {
    const seconds = delay.percentile(99) / 1e9;
    delay.reset();
    return seconds;
  });

  return {
    count(name, help, labels = {}, by = 1) {
      helps.set(name, help);
      const series = counters.getOrInsertComputed(name, () => new Map<string, number>());
      const key = labelText(labels);
      series.set(key, (series.get(key) ?? 0) + by);
    },
    observe(name, help, seconds, labels = {}) {
      helps.set(name, help);
      const series = histograms.getOrInsertComputed(name, () => new Map<string, Histogram>());
      const histogram = series.getOrInsertComputed(labelText(labels), () => ({
        buckets: bounds.map(() => 0),
        sum: 0,
        count: 0,
      }));
      histogram.sum += seconds;
      histogram.count += 1;
      for (const [i, bound] of bounds.entries())
        if (seconds <= bound) histogram.buckets[i] = (histogram.buckets[i] ?? 0) + 1;
    },
    gauge(name, help, read) {
      helps.set(name, help);
      gauges.set(name, read);
    },
    async render() {
      const lines: string[] = [];
      const head = (name: string, type: string): void => {
        lines.push(`# HELP ${name} ${helps.get(name) ?? ''}`, `# TYPE ${name} ${type}`);
      };
      for (const [name, series] of counters) {
        head(name, 'counter');
        for (const [key, value] of series) lines.push(`${name}${braces(key)} ${value}`);
      }
      for (const [name, series] of histograms) {
        head(name, 'histogram');
        for (const [key, histogram] of series) lines.push(...histogramLines(name, key, histogram));
      }
      for (const [name, read] of gauges) {
        head(name, 'gauge');
        lines.push(`${name} ${await read()}`);
      }
      return `${lines.join('\n')}\n`;
    },
    close() {
      delay.disable();
    },
  };
}
