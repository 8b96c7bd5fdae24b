import { ReadError } from '../finding.ts';
import type { ReadLimits } from '../limits.ts';
import { decodeText } from './decode.ts';

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/**
 * Lines of a text with whatever ends them; empty ones are left out.
 * @throws ReadError `too-large`, `not-text`, `too-many-rows`, `row-too-long`
 */
export function readLines(source: Uint8Array | string, limits: ReadLimits): readonly Line[] {
  const lines: Line[] = [];
  let number = 0;
  for (const text of decodeText(source, limits).split(/\r\n|\n|\r/)) {
    number += 1;
    if (text.trim() === '') continue;
    if (text.length > limits.rowCharacters)
      throw new ReadError('row-too-long', `a line of more than ${limits.rowCharacters} characters`, number);
    if (lines.length >= limits.rows + 1_000)
      throw new ReadError('too-many-rows', `more than ${limits.rows} lines`, number);
    lines.push({ text, number });
  }
  return lines;
}
