import { LINK_TEST, type Meaning, meaningOf } from './meaning.ts';

export type Reason = 'sum-wrong' | 'fields-missing';

export interface DecodedFrame {
  readonly verdict: 'confirm' | 'silent';
  /** Why it is refused; null: it is not. */
  readonly reason: Reason | null;
  readonly account: string;
  readonly sequence: string;
  readonly code: string;
  /** null: none. */
  readonly zone: string | null;
  /** Empty for a link test. */
  readonly events: readonly Meaning[];
}

/** Decodes one frame, `!` to line feed. Never throws; a damaged frame is decoded, too, where it can be read, so that it can be shown. */
export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  const text = Buffer.from(bytes).toString('latin1').trimEnd();
  const star = text.lastIndexOf('*');
  const body = text.slice(1, star < 0 ? undefined : star);
  const [account = '', sequence = '', code = '', zone = ''] = body.split(';');
  const reason = reasonOf(body, star < 0 ? '' : text.slice(star + 1), code);
  return {
    verdict: reason === null ? 'confirm' : 'silent',
    reason,
    account,
    sequence,
    code,
    zone: zone === '' || zone === '0' ? null : zone,
    events: code === '' || code === LINK_TEST ? [] : [meaningOf(code)],
  };
}

function reasonOf(body: string, sum: string, code: string): Reason | null {
  if (sum.toUpperCase() !== sumOf(body)) return 'sum-wrong';
  return code === '' ? 'fields-missing' : null;
}

/** Sum of the bytes, modulo 256, as two hex digits. */
export function sumOf(body: string): string {
  let sum = 0;
  for (const byte of Buffer.from(body, 'latin1')) sum = (sum + byte) & 0xff;
  return sum.toString(16).toUpperCase().padStart(2, '0');
}
