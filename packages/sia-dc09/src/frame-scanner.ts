import { CR, isHexDigit, LF, NUL, QUOTE } from './ascii.ts';
import { isSoundFrame, type RawFrame, rawFrameAt } from './raw-frame.ts';

/** What a stream or datagram consists of: frames, and bytes that belong to no frame. */
export type StreamItem =
  | { readonly kind: 'frame'; readonly frame: RawFrame }
  | {
      readonly kind: 'foreign';
      /** Skipped bytes, not counting NUL, LF and CR: those are filler between frames. */
      readonly bytes: number;
      /** The first 64 of them at most, a copy. */
      readonly sample: Uint8Array;
    };

const sampleBytes = 64;
/** A frame cut short may hide a whole one behind it; so many candidates are tried, to bound the work. */
const salvageAttempts = 4;

/**
 * Appends the items of `source` to `items` and returns the offset of the part that still waits for
 * more bytes (`source.length` when nothing waits). Decisions depend on the bytes alone, never on how
 * they were cut, except that foreign bytes are reported at once instead of gathered.
 */
export function scanFrames(source: Buffer, maximum: number, items: StreamItem[]): number {
  const size = source.length;
  let foreignFrom = 0;
  let position = 0;
  // The next CR at or behind the last search; looked up once, so a flood of false starts stays linear.
  let nextCr = -1;
  for (;;) {
    const start = source.indexOf(LF, position);
    if (start < 0) {
      pushForeign(source, foreignFrom, size, items);
      return size;
    }
    const quoteOffset = headerAt(source, start);
    if (quoteOffset === 'no') {
      position = start + 1;
      continue;
    }
    if (quoteOffset === 'more') {
      pushForeign(source, foreignFrom, start, items);
      return start;
    }
    if (nextCr < start + quoteOffset) {
      const found = source.indexOf(CR, start + quoteOffset + 1);
      nextCr = found < 0 ? size : found;
    }
    if (nextCr - start >= maximum) {
      position = start + 1;
      continue;
    }
    if (nextCr === size) {
      pushForeign(source, foreignFrom, start, items);
      return start;
    }
    pushForeign(source, foreignFrom, start, items);
    pushFrame(source, start, nextCr, quoteOffset, items);
    position = nextCr + 1;
    foreignFrom = position;
  }
}

/**
 * Is there a frame header at this LF? Hex form: 8 hex digits, quote at offset 9. Binary form: 2 raw
 * bytes, 4 hex digits, quote at offset 7. Both can never fit at once, as offset 7 is a digit in the first.
 */
function headerAt(source: Buffer, start: number): 7 | 9 | 'no' | 'more' {
  const available = source.length - start;
  if (available > 7 && source[start + 7] === QUOTE) return hexRun(source, start + 3, start + 7) ? 7 : 'no';
  if (available > 9) return source[start + 9] === QUOTE && hexRun(source, start + 1, start + 9) ? 9 : 'no';
  const end = source.length;
  const hexPossible = hexRun(source, start + 1, Math.min(start + 9, end));
  const binaryPossible = available <= 7 && hexRun(source, start + 3, end);
  return hexPossible || binaryPossible ? 'more' : 'no';
}

function hexRun(source: Buffer, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (!isHexDigit(source[index])) return false;
  return true;
}

function pushFrame(source: Buffer, start: number, end: number, offset: 7 | 9, items: StreamItem[]): void {
  const frame = rawFrameAt(source, start, end, offset);
  if (!(frame.crcOk && frame.lengthOk)) {
    // A serial bridge that loses the tail of one frame must not cost the next one its answer.
    const inner = soundFrameInside(source, start + 1, end);
    if (inner) {
      pushForeign(source, start, inner.start, items);
      items.push({ kind: 'frame', frame: rawFrameAt(source, inner.start, end, inner.offset) });
      return;
    }
  }
  items.push({ kind: 'frame', frame });
}

function soundFrameInside(source: Buffer, from: number, end: number) {
  let position = end;
  for (let attempt = 0; attempt < salvageAttempts && position > from; attempt++) {
    const start = source.lastIndexOf(LF, position - 1);
    if (start < from) return null;
    const offset = headerAt(source, start);
    if ((offset === 7 || offset === 9) && start + offset < end && isSoundFrame(source, start, end, offset)) {
      return { start, offset };
    }
    position = start;
  }
  return null;
}

function pushForeign(source: Buffer, from: number, to: number, items: StreamItem[]): void {
  let bytes = 0;
  let first = -1;
  for (let index = from; index < to; index++) {
    const byte = source[index];
    if (byte === NUL || byte === LF || byte === CR) continue;
    if (first < 0) first = index;
    bytes++;
  }
  if (first < 0) return;
  const sample = Buffer.from(source.subarray(first, Math.min(to, first + sampleBytes)));
  items.push({ kind: 'foreign', bytes, sample });
}

/** Reports the rest of a datagram, or the dropped part of a stream, as foreign. */
export function pushRest(source: Buffer, from: number, items: StreamItem[]): void {
  pushForeign(source, from, source.length, items);
}
