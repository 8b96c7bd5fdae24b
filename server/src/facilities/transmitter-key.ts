import { randomBytes } from 'node:crypto';
import { invalid } from '@keng/model';
import { Dc09KeyError, parseKey } from '@keng/sia-dc09';

export const KEY_FORMS = ['ascii', 'hex'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];
export const KEY_BITS = [128, 192, 256] as const;
export type KeyBits = (typeof KEY_BITS)[number];

/** A key on its way into the vault. Never logged, never given back. */
export interface TransmitterKey {
  readonly bytes: Uint8Array;
  readonly form: KeyForm;
  readonly bits: KeyBits;
}

/** A key that nobody chose. */
export function makeTransmitterKey(bits: KeyBits): TransmitterKey {
  return { bytes: randomBytes(bits / 8), form: 'hex', bits };
}

/**
 * Reads a key as an installer types it.
 * @throws Problem `facility.key-invalid`; the message never holds the key
 */
export function readTransmitterKey(text: string, form: KeyForm): TransmitterKey {
  try {
    const { bytes } = parseKey(text, form);
    return { bytes, form, bits: bytes.length === 16 ? 128 : bytes.length === 24 ? 192 : 256 };
  } catch (error) {
    if (error instanceof Dc09KeyError) throw invalid('facility.key-invalid', error.message, 'key');
    throw error;
  }
}
