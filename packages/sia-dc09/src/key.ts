/** A key that cannot be an AES key; the message never contains the key. */
export class Dc09KeyError extends Error {
  override readonly name = 'Dc09KeyError';
  readonly code = 'dc09-key-unusable';
}

/** An AES key of 16, 24 or 32 bytes. Never log it. */
export interface FrameKey {
  readonly bytes: Uint8Array;
}

/**
 * Reads a key as an installer types it: 16, 24 or 32 printable ASCII characters, or 32, 48 or 64 hex
 * digits (Hikvision). The form is stored per account, because 32 characters can be meant either way.
 * @throws Dc09KeyError when length or characters do not fit the form
 */
export function parseKey(text: string, form: 'ascii' | 'hex'): FrameKey {
  const allowed = form === 'hex' ? /^[0-9A-Fa-f]*$/ : /^[\x20-\x7e]*$/;
  const size = form === 'hex' ? text.length / 2 : text.length;
  if (size !== 16 && size !== 24 && size !== 32) {
    const wanted = form === 'hex' ? '32, 48 or 64 hex digits' : '16, 24 or 32 characters';
    throw new Dc09KeyError(`The key has ${text.length} characters; a key in ${form} form has ${wanted}.`);
  }
  if (!allowed.test(text)) {
    const wanted = form === 'hex' ? 'hex digits' : 'printable ASCII characters';
    throw new Dc09KeyError(`A key in ${form} form consists of ${wanted} only.`);
  }
  return { bytes: Uint8Array.from(Buffer.from(text, form === 'hex' ? 'hex' : 'latin1')) };
}
