import { asBuffer } from './ascii.ts';
import { pushRest, type StreamItem, scanFrames } from './frame-scanner.ts';
import { maximumFrameBytes } from './raw-frame.ts';

const nothing = Buffer.alloc(0);

/**
 * Finds frames in a TCP stream: one read is not one message. Frames may come coalesced, split anywhere
 * and with stray bytes between them. One reader belongs to one connection and keeps at most one
 * unfinished frame (4,200 bytes); an idle reader keeps nothing.
 */
export class Dc09StreamReader {
  readonly #maximum: number;
  #waiting: Buffer = nothing;

  /** `maximumFrameBytes`: longest accepted piece from LF to CR, 4,200 unless told. */
  constructor(limits: { readonly maximumFrameBytes?: number } = {}) {
    this.#maximum = limits.maximumFrameBytes ?? maximumFrameBytes;
  }

  /** Takes what the socket gave and returns what is complete, in order. Never throws on any bytes. */
  push(chunk: Uint8Array): StreamItem[] {
    const items: StreamItem[] = [];
    const source = this.#waiting.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#waiting, chunk]);
    const rest = scanFrames(source, this.#maximum, items);
    // A copy: the chunk may be a slice of a large read buffer that would otherwise stay alive.
    this.#waiting = rest === source.length ? nothing : Buffer.from(source.subarray(rest));
    return items;
  }

  /**
   * True while part of a frame waits. A lone LF is filler until something follows it, so a panel that
   * ends its frames with CR LF does not look unfinished for ever.
   */
  get pending(): boolean {
    return this.#waiting.length > 1;
  }

  /** Drops the unfinished part (handbook 2.3: after 10 s; the caller has the clock). Returns its bytes. */
  dropPending(): number {
    const dropped = this.pending ? this.#waiting.length : 0;
    this.#waiting = nothing;
    return dropped;
  }
}

/** Reads one UDP datagram, which holds whole frames only: a part of a frame is reported as foreign. */
export function readDatagram(bytes: Uint8Array): StreamItem[] {
  const items: StreamItem[] = [];
  const source = asBuffer(bytes);
  pushRest(source, scanFrames(source, maximumFrameBytes, items), items);
  return items;
}
