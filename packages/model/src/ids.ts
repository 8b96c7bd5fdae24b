/** Branded identities: a facility's id cannot be passed where an incident's is meant. */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type SignalId = Branded<string, 'SignalId'>;
export type IncidentId = Branded<string, 'IncidentId'>;
export type FacilityId = Branded<string, 'FacilityId'>;
export type TransmitterId = Branded<string, 'TransmitterId'>;
export type ContactId = Branded<string, 'ContactId'>;
export type WorksId = Branded<string, 'WorksId'>;
export type UserId = Branded<string, 'UserId'>;
export type ShiftId = Branded<string, 'ShiftId'>;
export type DutyCheckId = Branded<string, 'DutyCheckId'>;
/** Organisations keep their national code as identity (`c07`, `pc07-01`), so that centres agree on it. */
export type OrganisationCode = Branded<string, 'OrganisationCode'>;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

// Drawn for 256 ids at once: a call of the generator costs more than all the rest of an id.
const pool = new Uint8Array(4_096);
let used = pool.length;
function randomBytes16(): Uint8Array {
  if (used === pool.length) {
    globalThis.crypto.getRandomValues(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/**
 * Sorts before every id (the nil UUID of RFC 9562, section 5.9): where a walk by id begins. Not null, which each page would have to ask for:
 * a plan that is made once for all values would read from the first row each time.
 */
export const BEFORE_EVERY_ID = '00000000-0000-0000-0000-000000000000';

/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then randomness, so ids made anywhere sort by time.
 * @param nowMs Unix time in milliseconds.
 */
export function newUuid(nowMs: number = Date.now()): string {
  const bytes = randomBytes16();
  for (let index = 5, rest = nowMs; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX[bytes[index] ?? 0];
  }
  return text;
}

/** A new id of the wanted brand: `newId<IncidentId>(clock.now())`. */
export function newId<Id extends Branded<string, string>>(nowMs?: number): Id {
  // A brand exists only for the compiler: this is the one place where a fresh string becomes an id.
  return newUuid(nowMs) as Id;
}
