import { readU16 } from './bytes.ts';
import {
  checksumOf,
  END,
  envelopeBytes,
  headerAt,
  headerBytes,
  mainVersion,
  maximumDataBytes,
  type RawFrame,
  rawFrameAt,
  START,
} from './raw-frame.ts';

/** What a stream or datagram consists of: frames, and bytes that belong to no frame. */
export type StreamItem =
  | { readonly kind: 'frame'; readonly frame: RawFrame }
  | {
      readonly kind: 'foreign';
      /** Skipped bytes. */
      readonly bytes: number;
      /** The first 64 of them at most, a copy. */
      readonly sample: Uint8Array;
    };

const sampleBytes = 64;
const startMark = Buffer.of(START, START);
const mostCommand = 6;

type Candidate = 'more' | 'no' | 'whole' | 'header' | 'unended';

/**
 * Appends the items of `source` to `items` and returns the offset of the part that still waits for more bytes (`source.length`
 * when nothing waits). Frames are found by their length, for nothing is escaped and both marks occur inside. Decisions depend on
 * the bytes alone, never on how they were cut, except that foreign bytes are reported at once instead of gathered.
 */
export function scanFrames(source: Buffer, items: StreamItem[]): number {
  let foreignFrom = 0;
  let position = 0;
  for (;;) {
    const found = source.indexOf(startMark, position);
    // Half a mark at the end may be the beginning of one.
    const start = found >= 0 ? found : source.length - (source[source.length - 1] === START ? 1 : 0);
    const candidate = found >= 0 ? judge(source, start) : 'more';
    if (candidate === 'no') {
      position = start + 1;
      continue;
    }
    if (candidate === 'more') {
      pushForeign(source, foreignFrom, start, items);
      return start;
    }
    pushForeign(source, foreignFrom, start, items);
    const frame = candidate === 'header' ? headerAt(source, start) : rawFrameAt(source, start);
    items.push({ kind: 'frame', frame });
    // Where a frame without its end stops is a guess: what follows its mark is looked through, not skipped.
    position = start + (candidate === 'whole' ? frame.bytes.length : startMark.length);
    foreignFrom = position;
  }
}

/** Is there a frame at these two marks? */
function judge(source: Buffer, start: number): Candidate {
  const available = source.length - start;
  if (available < headerBytes) return 'more';
  const dataLength = readU16(source, start + 24);
  const plausible = source[start + 4] === mainVersion;
  if (dataLength > maximumDataBytes) {
    const command = source[start + 26] ?? 0;
    return plausible && command >= 1 && command <= mostCommand ? 'header' : 'no';
  }
  if (available < envelopeBytes + dataLength) return 'more';
  const tail = start + headerBytes + dataLength;
  const ended = source[tail + 1] === END && source[tail + 2] === END;
  // A frame of another version that is sound in every other way is one; damage and another version together are noise.
  if (ended && plausible) return 'whole';
  const sound = source[tail] === checksumOf(source, start, dataLength);
  if (!sound) return 'no';
  if (ended) return 'whole';
  return plausible ? 'unended' : 'no';
}

function pushForeign(source: Buffer, from: number, to: number, items: StreamItem[]): void {
  if (to <= from) return;
  const sample = Buffer.from(source.subarray(from, Math.min(to, from + sampleBytes)));
  items.push({ kind: 'foreign', bytes: to - from, sample });
}

/** Reports the rest of a datagram as foreign. */
export function pushRest(source: Buffer, from: number, items: StreamItem[]): void {
  pushForeign(source, from, source.length, items);
}
