/** Limits of a drawing, of the program and of no country: enough for an A0 sheet at 200 dpi, too little for a bomb. */
export const PLAN_LIMITS = {
  bytes: 20 * 1024 * 1024,
  pages: 60,
  /** Of an image as it is uploaded, and of each image inside a PDF. */
  pixels: 80_000_000,
  /** The longer side of what is kept. */
  keptPixels: 8_192,
  /** What the streams of a PDF hold when they are unpacked, together. */
  unpackedBytes: 256 * 1024 * 1024,
} as const;
