/** Where something was measured or is forecast. Degrees are WGS 84, longitude east and latitude north positive. */
export type Place =
  | {
      readonly kind: 'point';
      readonly longitude: number;
      readonly latitude: number;
      readonly depthKm?: number;
    }
  | { readonly kind: 'area'; readonly area: string }
  | {
      readonly kind: 'station';
      readonly station: string;
      readonly longitude?: number;
      readonly latitude?: number;
    };

/**
 * What is known about the worth of a value.
 * - `revised`: replaces an earlier revision with the same identity
 * - `late`: arrived after later ones of its series
 * - `duplicate`: the same identity and revision came before
 * - `cancelled`: withdrawn by its source; never used
 * - `absurd`: outside what the quantity can be; never used
 * - `estimated`: worked out from something else, not measured
 * - `provisional`: the source will check it
 */
export type Flag = 'revised' | 'late' | 'duplicate' | 'cancelled' | 'absurd' | 'estimated' | 'provisional';

/** One value of one quantity, measured or forecast. Readers produce it, the level engine takes it. */
export interface Observation {
  /** Identity within `source`; the revisions of one value share it. */
  readonly id: string;
  /** 0 for the first; a higher one replaces a lower one, in whatever order they arrive. */
  readonly revision: number;
  /** Who measured or issued it. */
  readonly source: string;
  readonly kind: 'observation' | 'forecast';
  /** The quantity's name, such as `water.level` or `earthquake.magnitude`. */
  readonly quantity: string;
  /** A number in `unit`, or a word where the quantity is a statement (unit `word`). */
  readonly value: number | string;
  readonly unit: string;
  /** ISO instant (`...Z`): when it was measured; for a forecast when it was issued. */
  readonly time: string;
  /** For a forecast the span it speaks of; ISO instants. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly place: Place;
  /** What heights are counted from, such as `MLLW`, where the source states it. */
  readonly datum?: string;
  readonly flags: readonly Flag[];
}
