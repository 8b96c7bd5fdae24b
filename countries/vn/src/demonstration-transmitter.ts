import type { CategoryShape } from './demonstration-shape.ts';
import type { DemonstrationTransmitter, DemonstrationZone } from './demonstration-types.ts';
import type { Random } from './random.ts';

const KEY_BITS = [128, 192, 256] as const;
/** Part of the transmitters that encrypt, and of those that speak Contact ID. */
const ENCRYPTED = 0.35;
const CONTACT_ID = 0.3;
/** Of a second transmitter, by the bits of its key. */
const SECOND_PROTOCOLS = { 0: 'gb26875', 128: 'mqtt', 192: 'sia-dc09', 256: 'device-api' } as const;
const LEAST_ZONES = 5;
const MOST_ZONES = 20;

/** Hands out accounts of 4, 6 and 8 hexadecimal digits, none twice and none with a leading 0. */
export class Accounts {
  #given = 0;

  next(): string {
    const n = this.#given;
    this.#given += 1;
    // Receivers differ on whether 0A12 and A12 are one account; without leading zeros the question never arises.
    if (n % 4 === 0 && n / 4 < 0xf000) return (0x1000 + n / 4).toString(16).toUpperCase();
    return n % 4 === 1 ? hex(0x10000000, n, 0xe0000000) : hex(0x100000, n, 0xf00000);
  }
}

/** Steps through the span by a large odd stride, so that neighbours do not look alike; unique up to the span. */
function hex(least: number, n: number, span: number): string {
  // The stride has no factor in common with either span (7 * 2^29 and 15 * 2^20), and the product stays exact.
  return (least + ((n * 2_654_363) % span)).toString(16).toUpperCase();
}

export function inventTransmitter(
  random: Random,
  accounts: Accounts,
  category: CategoryShape,
  floors: number,
  first: boolean,
): DemonstrationTransmitter {
  const bits = random.chance(ENCRYPTED) ? random.pick(KEY_BITS) : undefined;
  return {
    synthetic: true,
    protocol: first ? 'sia-dc09' : SECOND_PROTOCOLS[bits ?? 0],
    token: random.chance(CONTACT_ID) ? 'ADM-CID' : 'SIA-DCS',
    account: accounts.next(),
    ...(bits === undefined ? {} : { keyHex: random.hex(bits / 4) }),
    supervisionSeconds: random.pick([60, 90, 180, 600]),
    zones: inventZones(random, category, floors),
  };
}

function inventZones(random: Random, category: CategoryShape, floors: number): DemonstrationZone[] {
  const count = Math.min(MOST_ZONES, Math.max(LEAST_ZONES, floors + random.whole(2, 8)));
  return Array.from({ length: count }, (_, index) => {
    const floor = 1 + (index % floors);
    // Every building has a call point: verification rules need one to agree with a detector.
    const kind = index === 0 ? 'manual-call-point' : inventKind(random, category);
    const place = index === 0 ? 'lối thoát nạn' : random.pick(category.rooms);
    return { number: index + 1, label: labelOf(floor, place), kind };
  });
}

function labelOf(floor: number, place: string): string {
  return place.startsWith('tầng hầm') ? 'Tầng hầm – khu để xe' : `Tầng ${floor} – ${place}`;
}

function inventKind(random: Random, category: CategoryShape): DemonstrationZone['kind'] {
  const roll = random.next();
  if (roll < 0.08 && category.hazards.some((h) => h === 'gas-cylinders' || h === 'flammable-liquid'))
    return 'gas';
  if (roll < 0.18) return 'manual-call-point';
  if (roll < 0.3) return 'sprinkler';
  return roll < 0.45 ? 'heat' : 'smoke';
}
