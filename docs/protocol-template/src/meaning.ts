import type { SignalClass, SignalFamily } from '@keng/model';

export interface Meaning {
  readonly family: SignalFamily;
  readonly class: SignalClass;
}

/** Codes, with the clause that says so beside each. */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['FA', { family: 'smoke', class: 'alarm' }], // clause ...
  ['FR', { family: 'smoke', class: 'restore' }], // clause ...
  ['FT', { family: 'smoke', class: 'trouble' }], // clause ...
]);

/** Proves that the device lives, and says nothing else. */
export const LINK_TEST = 'LT';

/** An unknown code is `other`, never an error: it may be a fire. */
export function meaningOf(code: string): Meaning {
  return meanings.get(code) ?? { family: 'other', class: 'other' };
}
