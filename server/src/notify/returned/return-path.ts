import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The envelope sender of each mail names the notification and proves that this centre made it (VERP): mail that comes back is known by where it
 * comes to, whatever stands in it, and nobody can make an address of a contact look dead by writing such a mail. Only small letters and
 * figures: servers on the way change the case of addresses.
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_BYTES = 16;
/** RFC 2104, section 5: not fewer than 80 bits. More would not fit into the 64 characters of a local part (RFC 5321, 4.5.3.1.1). */
const PROOF_BYTES = 10;
const TAG = /^[a-z2-7]{42}$/;

/** `bounces@centre.example` becomes `bounces+TAG@centre.example`. */
export function returnPath(address: string, secret: string, job: string): string {
  const at = address.lastIndexOf('@');
  const id = Buffer.from(job.replaceAll('-', ''), 'hex');
  const tag = base32(Buffer.concat([id, proofOf(secret, id)]));
  return `${address.slice(0, at)}+${tag}${address.slice(at)}`;
}

/** The notification that a mail came back for; null: the address is none of ours. */
export function jobOfReturn(recipient: string, secret: string): string | null {
  const tag = /\+([^+@]{1,64})@[^@]*$/.exec(recipient.slice(0, 320))?.[1]?.toLowerCase() ?? '';
  if (!TAG.test(tag)) return null;
  const bytes = fromBase32(tag);
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), proofOf(secret, id))) return null;
  const hex = id.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function proofOf(secret: string, id: Uint8Array): Buffer {
  if (secret === '') throw new TypeError('the secret that signs return paths is empty');
  return createHmac('sha256', secret).update('return-path/1\n').update(id).digest().subarray(0, PROOF_BYTES);
}

/** RFC 4648, section 6, in small letters and without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((value >> (bits - 5)) & 31);
  }
  return bits === 0 ? text : text + ALPHABET.charAt((value << (5 - bits)) & 31);
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    value = ((value << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bytes.push((value >> (bits - 8)) & 0xff);
      bits -= 8;
    }
  }
  return Buffer.from(bytes);
}
