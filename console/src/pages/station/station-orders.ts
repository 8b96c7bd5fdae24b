import type { IncidentId, OrganisationCode } from '@keng/model';
import type { QueueRow } from '../../worker/queue-row.ts';

export interface StationOrders {
  /** The one order the screen is about. */
  readonly current: IncidentId | null;
  /** Nobody here has accepted these; the current one is not among them. */
  readonly waiting: readonly QueueRow[];
  /** Accepted here and still open; the current one is not among them. */
  readonly working: readonly QueueRow[];
  /** Another station goes in our place, and nobody here has said that they know; the current one is not among them. */
  readonly stoodDown: readonly QueueRow[];
}

/**
 * What the station's screen shows. `held` is the order somebody chose or is working on: a new alarm rings and waits beside it,
 * for a key pressed a moment later must not go to another building. Without one the most urgent unaccepted order comes first.
 * `known` are stand-downs that somebody has read.
 */
export function ordersOf(
  rows: readonly QueueRow[],
  station: OrganisationCode | null,
  held: IncidentId | null,
  known: ReadonlySet<IncidentId> = new Set(),
): StationOrders {
  const isOff = (row: QueueRow) => station !== null && row.stoodDown.includes(station);
  const own = rows.filter(
    (row) => (station === null || row.station === station) && !(isOff(row) && known.has(row.id)),
  );
  const stoodDown = own.filter(isOff);
  const orders = own.filter((row) => !isOff(row));
  const waiting = orders.filter((row) => !row.stationAccepted);
  const working = orders.filter((row) => row.stationAccepted);
  const current = own.find((row) => row.id === held) ?? waiting[0] ?? stoodDown[0] ?? working[0] ?? null;
  const others = (row: QueueRow) => row.id !== current?.id;
  return {
    current: current?.id ?? null,
    waiting: waiting.filter(others),
    working: working.filter(others),
    stoodDown: stoodDown.filter(others),
  };
}
