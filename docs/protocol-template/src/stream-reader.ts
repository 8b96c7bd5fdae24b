/** What a stream consists of: frames, and bytes that belong to none. */
export type StreamItem =
  | { readonly kind: 'frame'; readonly frame: { readonly bytes: Uint8Array } }
  | { readonly kind: 'foreign'; readonly bytes: number };

const START = 0x21;
const END = 0x0a;
/** No frame of this protocol comes near this; what grows beyond it is none. */
const MOST_FRAME_BYTES = 128;
const nothing = Buffer.alloc(0);

/** Finds frames in a TCP stream. One reader belongs to one connection and keeps at most one unfinished frame. */
export class StreamReader {
  #waiting: Buffer = nothing;

  /** Takes what the socket gave and returns what is complete, in order. Never throws on any bytes. */
  push(chunk: Uint8Array): StreamItem[] {
    const bytes = Buffer.concat([this.#waiting, chunk]);
    const items: StreamItem[] = [];
    let at = 0;
    while (at < bytes.length) {
      const start = bytes.indexOf(START, at);
      const foreign = (start < 0 ? bytes.length : start) - at;
      if (foreign > 0) items.push({ kind: 'foreign', bytes: foreign });
      if (start < 0) break;
      const end = bytes.indexOf(END, start);
      if (end >= 0 && end - start < MOST_FRAME_BYTES) {
        items.push({ kind: 'frame', frame: { bytes: Buffer.from(bytes.subarray(start, end + 1)) } });
        at = end + 1;
      } else if (end < 0 && bytes.length - start < MOST_FRAME_BYTES) {
        this.#waiting = Buffer.from(bytes.subarray(start));
        return items;
      } else {
        // Too long to be a frame: its mark was noise.
        items.push({ kind: 'foreign', bytes: 1 });
        at = start + 1;
      }
    }
    this.#waiting = nothing;
    return items;
  }

  get pending(): boolean {
    return this.#waiting.length > 0;
  }

  /** Gives up the unfinished frame and returns how many bytes that were. */
  dropPending(): number {
    const dropped = this.#waiting.length;
    this.#waiting = nothing;
    return dropped;
  }
}
