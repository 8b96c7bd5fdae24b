import type { Arrival, ArrivalNews, FacilityId } from '@keng/model';

/** Alarms whose incident the rules have not opened yet, one for each building: the one that has waited longest first. */
export class ArrivalBook {
  readonly #arrivals = new Map<FacilityId, Arrival>();
  #changed = false;

  clear(): void {
    this.#changed ||= this.#arrivals.size > 0;
    this.#arrivals.clear();
  }

  take({ sorted, arrivals }: ArrivalNews): void {
    for (const one of arrivals) {
      const known = this.#arrivals.get(one.facility);
      this.#arrivals.set(one.facility, known === undefined ? one : together(known, one));
    }
    for (const [facility, { upto }] of this.#arrivals) if (upto <= sorted) this.#arrivals.delete(facility);
    this.#changed = true;
  }

  /** The rules have written about this building at a position: what came before it is in an incident now, or joined one. */
  sorted(facility: FacilityId, position: number): void {
    const known = this.#arrivals.get(facility);
    if (known === undefined || known.upto > position) return;
    this.#arrivals.delete(facility);
    this.#changed = true;
  }

  /** @param isOpen whether an incident is open at a building: what arrives there will join it, and is on the screen already */
  waiting(isOpen: (facility: FacilityId) => boolean): Arrival[] {
    return [...this.#arrivals.values()].filter(({ facility }) => !isOpen(facility));
  }

  /** Whether anything has changed since this was asked last. */
  settle(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }
}

function together(earlier: Arrival, later: Arrival): Arrival {
  // The centre has put them together already.
  if (later.from <= earlier.upto) return later;
  return { ...later, at: earlier.at, from: earlier.from, signals: earlier.signals + later.signals };
}
