/** The paper: A4, in points, with the sizes of type that stand on it. */
export const sheet = {
  width: 595.28,
  height: 841.89,
  left: 62,
  right: 62,
  top: 62,
  bottom: 76,
} as const;

/** The width of a full line of text, in points. */
export const TEXT_WIDTH = sheet.width - sheet.left - sheet.right;

export const ink = {
  text: '#212b32',
  quiet: '#4c6272',
  line: '#d8dde0',
  strongLine: '#aeb7bd',
  box: '#212b32',
} as const;

export type Ink = keyof typeof ink;

export interface Type {
  readonly size: number;
  /** Distance from one baseline to the next, in points. */
  readonly lead: number;
}

export const type = {
  body: { size: 11, lead: 15.5 },
  small: { size: 9, lead: 12.5 },
  h1: { size: 17, lead: 22 },
  h2: { size: 12, lead: 16 },
  h3: { size: 11, lead: 15.5 },
} as const satisfies Record<string, Type>;
