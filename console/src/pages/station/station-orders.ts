import type { IncidentId, OrganisationCode } from '@keng/model';
import type { QueueRow } from '../../worker/queue-row.ts';

export interface StationOrders {
  /** The one order the screen is about. */
  readonly current: IncidentId | null;
  /** Nobody here has accepted these; the current one is not among them. */
  readonly waiting: readonly QueueRow[];
  /** Accepted here and still open; the current one is not among them. */
  readonly working: readonly QueueRow[];
}

/**
 * What the station's screen shows. `held` is the order somebody chose or is working on: a new alarm rings and waits beside it,
 * for a key pressed a moment later must not go to another building. Without one the most urgent unaccepted order comes first.
 */
export function ordersOf(
  rows: readonly QueueRow[],
  station: OrganisationCode | null,
  held: IncidentId | null,
): StationOrders {
  const own = station === null ? rows : rows.filter((row) => row.station === station);
  const waiting = own.filter((row) => !row.stationAccepted);
  const working = own.filter((row) => row.stationAccepted);
  const current = own.find((row) => row.id === held) ?? waiting[0] ?? working[0] ?? null;
  const others = (row: QueueRow) => row.id !== current?.id;
  return { current: current?.id ?? null, waiting: waiting.filter(others), working: working.filter(others) };
}
