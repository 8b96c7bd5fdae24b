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
 * A running AES-CBC context of one key. Setting one up costs several times the work of a message (measured:
 * 2.9 against 0.7 microseconds, before the garbage collector has its part), so contexts are kept. Each goes
 * on with the last cipher block as vector; `carried` takes that out again, as DC-09 starts every message at zero.
 */
interface Running {
  readonly context: { update(bytes: Uint8Array): Buffer };
  readonly carried: Uint8Array;
}

/** Some 4 KB each with both directions, so that at most about 16 MB are held, oldest out first. */
const keptContexts = 4_096;
const deciphers = new Map<FrameKey, Running>();
const ciphers = new Map<FrameKey, Running>();

function runningContext(kept: Map<FrameKey, Running>, key: FrameKey, create: typeof newDecipher): Running {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made: Running = { context: create(key), carried: new Uint8Array(blockBytes) };
  if (kept.size >= keptContexts) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
  kept.set(key, made);
  return made;
}

function newDecipher(key: FrameKey): Running['context'] {
  const decipher = createDecipheriv(algorithmOf(key), key.bytes, zeroIv);
  decipher.setAutoPadding(false);
  return decipher;
}

function newCipher(key: FrameKey): Running['context'] {
  const cipher = createCipheriv(algorithmOf(key), key.bytes, zeroIv);
  cipher.setAutoPadding(false);
  return cipher;
}

function xorFirstBlock(bytes: Uint8Array, carried: Uint8Array): void {
  for (let at = 0; at < blockBytes; at++) bytes[at] = (bytes[at] ?? 0) ^ (carried[at] ?? 0);
}

function carry(from: Uint8Array, carried: Uint8Array): void {
  const start = from.length - blockBytes;
  for (let at = 0; at < blockBytes; at++) carried[at] = from[start + at] ?? 0;
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
  const { context, carried } = runningContext(deciphers, key, newDecipher);
  const plain = context.update(cipherBytes);
  xorFirstBlock(plain, carried);
  carry(cipherBytes, carried);
  return plain.toString('latin1');
}

/** Encrypts text (one character a byte, whole blocks) to upper-case hex digits. */
export function encryptHex(text: string, key: FrameKey): string {
  const plain = Buffer.from(text, 'latin1');
  const { context, carried } = runningContext(ciphers, key, newCipher);
  xorFirstBlock(plain, carried);
  const cipherBytes = context.update(plain);
  carry(cipherBytes, carried);
  return cipherBytes.toString('hex').toUpperCase();
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
