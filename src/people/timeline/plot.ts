/** The measure of the drawing. One unit is a pixel at 1440 wide. */
export const plot = {
  width: 1404,
  /** Where time begins; the names of the lanes stand before it. */
  left: 112,
  right: 1388,
  size: 15,
  line: 18,
} as const;
