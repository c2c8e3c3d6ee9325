/** The shapes of the design reference. Each is always beside a word. */
export type Shape =
  'now' | 'due' | 'done' | 'wait' | 'none' | 'stop' | 'part' | 'lock' | 'off' | 'live' | 'hide';

const tones: Readonly<Record<Shape, string>> = {
  now: 'now',
  due: 'soon',
  done: 'done',
  wait: 'wait',
  none: 'none',
  stop: 'stop',
  part: 'wait',
  lock: 'held',
  off: 'soon',
  live: 'done',
  hide: 'held',
};

/** The colour that goes with a shape; an unknown shape is a mistake in a template and stops the page. */
export function tone(shape: Shape): string {
  const found = tones[shape];
  if (found === undefined) throw new Error(`no such shape: ${shape}`);
  return found;
}
