import { type DecodedFrame, sumOf } from './decode.ts';

/** The bytes that mean "stored": send them after the commit and never before. null: silence, so the device sends it again. */
export function answerFor({ verdict, account, sequence }: DecodedFrame): Uint8Array | null {
  if (verdict !== 'confirm') return null;
  const body = `${account};${sequence};OK`;
  return Buffer.from(`!${body}*${sumOf(body)}\n`, 'latin1');
}
