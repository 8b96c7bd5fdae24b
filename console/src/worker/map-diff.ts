import type { IncidentId, IncidentState } from '@keng/model';
import { type Band, bandOf } from './queue-row.ts';

export interface MapPoint {
  readonly id: IncidentId;
  readonly position: readonly [number, number];
  readonly band: Band;
  readonly number: number;
}

/** What changed on the map since the last message. `reset`: forget everything that was drawn before. */
export interface MapDiff {
  readonly reset: boolean;
  readonly add: readonly MapPoint[];
  readonly update: readonly MapPoint[];
  readonly remove: readonly IncidentId[];
}

/** An alarm on the map: open ones only; a facility without a position has none and is found in the queue. */
export function toMapPoint(incident: IncidentState): MapPoint | null {
  if (incident.status === 'closed' || incident.facility.position === null) return null;
  return {
    id: incident.id,
    position: incident.facility.position,
    band: bandOf(incident),
    number: incident.number,
  };
}

const samePoint = (a: MapPoint, b: MapPoint): boolean =>
  a.band === b.band && a.position[0] === b.position[0] && a.position[1] === b.position[1];

/** Remembers what one screen's map shows, and says what to change. */
export class DrawnPoints {
  #drawn = new Map<IncidentId, MapPoint>();

  /** Everything anew: the first drawing, or after a diff could not be applied. */
  reset(incidents: Iterable<IncidentState>): MapDiff {
    this.#drawn = new Map();
    for (const incident of incidents) {
      const point = toMapPoint(incident);
      if (point) this.#drawn.set(point.id, point);
    }
    return { reset: true, add: [...this.#drawn.values()], update: [], remove: [] };
  }

  /** @returns null when nothing that the map shows has changed. */
  diff(changed: Iterable<IncidentId>, find: (id: IncidentId) => IncidentState | undefined): MapDiff | null {
    const add: MapPoint[] = [];
    const update: MapPoint[] = [];
    const remove: IncidentId[] = [];
    for (const id of changed) {
      const incident = find(id);
      const next = incident === undefined ? null : toMapPoint(incident);
      const drawn = this.#drawn.get(id);
      if (next === null) {
        if (drawn && this.#drawn.delete(id)) remove.push(id);
        continue;
      }
      if (drawn && samePoint(drawn, next)) continue;
      this.#drawn.set(id, next);
      (drawn ? update : add).push(next);
    }
    if (add.length + update.length + remove.length === 0) return null;
    return { reset: false, add, update, remove };
  }
}
