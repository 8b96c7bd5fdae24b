import type { Observation } from '../observation.ts';

/** A value that is kept, with the instants it is asked for by. */
export interface Kept {
  readonly observation: Observation;
  /** Different for every revision that is kept: a name for caches. */
  readonly serial: number;
  readonly timeMs: number;
  readonly validToMs: number;
}

/** How much is kept: beyond it the oldest value of a place and quantity goes. */
export interface Limits {
  readonly valuesOfOnePlace: number;
  readonly values: number;
}

export const defaultLimits: Limits = { valuesOfOnePlace: 48, values: 500_000 };

/** What became of an observation. */
export type Reception =
  | { readonly kind: 'taken'; readonly replaced: boolean }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'full' };

/** The values that are in force, by quantity and place. Revisions replace each other, whichever arrives first. */
export class ObservationBook {
  readonly #limits: Limits;
  /** quantity -> place -> values. */
  readonly #values = new Map<string, Map<string, Kept[]>>();
  /** identity -> the newest revision known, kept or withdrawn, and where it stands. */
  readonly #known = new Map<
    string,
    { readonly revision: number; readonly quantity: string; readonly places: readonly string[] }
  >();
  #serial = 0;

  constructor(limits: Limits = defaultLimits) {
    this.#limits = limits;
  }

  /** How many identities are known. */
  get size(): number {
    return this.#known.size;
  }

  /** Keeps it for these places, or says why not. `before` are the places where an older revision stood. */
  put(
    observation: Observation,
    places: readonly string[],
    timeMs: number,
    validToMs: number,
  ): { readonly reception: Reception; readonly before: readonly string[] } {
    const identity = identityOf(observation);
    const known = this.#known.get(identity);
    if (known && known.revision > observation.revision)
      return { reception: { kind: 'superseded', by: known.revision }, before: [] };
    if (known?.revision === observation.revision && !observation.flags.includes('cancelled'))
      return { reception: { kind: 'duplicate' }, before: [] };
    if (!known && this.#known.size >= this.#limits.values) return { reception: { kind: 'full' }, before: [] };
    if (known) this.#drop(identity, known.quantity, known.places);
    const withdrawn = observation.flags.includes('cancelled');
    this.#known.set(identity, {
      revision: observation.revision,
      quantity: observation.quantity,
      places: withdrawn ? [] : places,
    });
    const before = known?.places ?? [];
    if (withdrawn) return { reception: { kind: 'withdrawn' }, before };
    this.#serial += 1;
    const kept: Kept = { observation, serial: this.#serial, timeMs, validToMs };
    const ofQuantity = this.#values.get(observation.quantity) ?? new Map<string, Kept[]>();
    this.#values.set(observation.quantity, ofQuantity);
    for (const place of places) {
      const values = ofQuantity.get(place) ?? [];
      values.push(kept);
      ofQuantity.set(place, values);
      if (values.length > this.#limits.valuesOfOnePlace) this.#dropOldest(values);
    }
    return { reception: { kind: 'taken', replaced: known !== undefined }, before };
  }

  /** The values of a quantity by place, each in the order they came. */
  of(quantity: string): ReadonlyMap<string, readonly Kept[]> | undefined {
    return this.#values.get(quantity);
  }

  #drop(identity: string, quantity: string, places: readonly string[]): void {
    for (const place of places) {
      const values = this.#values.get(quantity)?.get(place);
      const at = values?.findIndex((one) => identityOf(one.observation) === identity) ?? -1;
      if (at >= 0) values?.splice(at, 1);
    }
  }

  #dropOldest(values: Kept[]): void {
    let oldest = 0;
    for (let at = 1; at < values.length; at += 1)
      if ((values[at]?.timeMs ?? 0) < (values[oldest]?.timeMs ?? 0)) oldest = at;
    const gone = values[oldest];
    if (!gone) return;
    const identity = identityOf(gone.observation);
    const known = this.#known.get(identity);
    // It leaves all its places and is forgotten: a late revision of it would be taken as new.
    if (known) this.#drop(identity, known.quantity, known.places);
    this.#known.delete(identity);
  }
}

function identityOf({ source, id }: Observation): string {
  return `${source}\u0000${id}`;
}
