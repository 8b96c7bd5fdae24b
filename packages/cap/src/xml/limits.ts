/** What a text may cost. The largest real message that is known has 1.7 MB, the largest feed 0.6 MB. */
export interface Limits {
  readonly bytes: number;
  /** Elements inside each other; CAP has 5, in EDXL-DE 10. */
  readonly depth: number;
  readonly elements: number;
}

export const DEFAULT_LIMITS: Limits = { bytes: 8_000_000, depth: 40, elements: 300_000 };
