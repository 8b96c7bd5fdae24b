import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Dc09KeyError, type FrameKey } from './key.ts';

/** AES block, bytes. */
export const blockBytes = 16;

/** Handbook 2.4: the initial vector is all zero for every message. */
const zeroIv = new Uint8Array(blockBytes);

function algorithmOf(key: FrameKey): string {
  switch (key.bytes.length) {
    case 16:
      return 'aes-128-cbc';
    case 24:
      return 'aes-192-cbc';
    case 32:
      return 'aes-256-cbc';
    default:
      throw new Dc09KeyError(`The key has ${key.bytes.length} bytes; AES takes 16, 24 or 32.`);
  }
}

/**
 * Decrypts hex digits to text with one character a byte; null when they are not whole AES blocks.
 * A wrong key gives noise, not an error: the caller proves the key by the structure of the text.
 */
export function decryptHex(hex: string, key: FrameKey): string | null {
  if (hex.length === 0 || hex.length % (2 * blockBytes) !== 0) return null;
  const cipherBytes = Buffer.from(hex, 'hex');
  // Buffer.from stops at the first character that is no hex digit.
  if (cipherBytes.length * 2 !== hex.length) return null;
  const decipher = createDecipheriv(algorithmOf(key), key.bytes, zeroIv);
  decipher.setAutoPadding(false);
  return decipher.update(cipherBytes).toString('latin1');
}

/** Encrypts text (one character a byte, whole blocks) to upper-case hex digits. */
export function encryptHex(text: string, key: FrameKey): string {
  const cipher = createCipheriv(algorithmOf(key), key.bytes, zeroIv);
  cipher.setAutoPadding(false);
  return cipher.update(text, 'latin1').toString('hex').toUpperCase();
}

export type RandomSource = (count: number) => Uint8Array;

const poolBytes = 4_096;
let pool = Buffer.alloc(0);
let poolUsed = 0;

/** Random bytes from a pool: one call into the generator for some 250 messages instead of each. */
export function pooledRandom(count: number): Uint8Array {
  if (count > poolBytes) return randomBytes(count);
  if (poolUsed + count > pool.length) {
    pool = randomBytes(poolBytes);
    poolUsed = 0;
  }
  poolUsed += count;
  return pool.subarray(poolUsed - count, poolUsed);
}

/** 64 characters, none of `[ ] |`, so that six random bits choose one without bias. */
const paddingAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-+';

/**
 * Padding in front of a text of `length` bytes: 1..16 characters, 16 when the text is whole blocks
 * already (handbook 2.4; PKCS#7 is wrong here).
 */
export function paddingFor(length: number, random: RandomSource): string {
  const count = blockBytes - (length % blockBytes);
  const bytes = random(count);
  let padding = '';
  for (let index = 0; index < count; index++) padding += paddingAlphabet.charAt((bytes[index] ?? 0) & 63);
  return padding;
}
