import { ACCOUNTS } from './dialect.ts';

/** What a message of the bench says: of a hundred 2 are fire, 30 faults and what ends them, 68 tests. */
export type Said = 'alarm' | 'fault' | 'fault-over' | 'test';

/** A panel of the bench has so many zones: what it has open is bounded, as in a building. */
const ZONES = 8;

/**
 * What message `number` says, and of which zone. Panels send in rounds; three of ten report a fault in one round and its end in the next.
 * `sort` tells apart the kinds of fault, for protocols that have several.
 */
export function trafficOf(number: number): {
  readonly said: Said;
  readonly zone: number;
  readonly sort: 0 | 1 | 2;
} {
  const zone = ((number % ACCOUNTS) % ZONES) + 1;
  const slot = number % 10;
  if (number % 50 === 0) return { said: 'alarm', zone, sort: 0 };
  if (slot !== 1 && slot !== 2 && slot !== 3) return { said: 'test', zone, sort: 0 };
  const said = Math.floor(number / ACCOUNTS) % 2 === 0 ? 'fault' : 'fault-over';
  return { said, zone, sort: (slot - 1) as 0 | 1 | 2 };
}
