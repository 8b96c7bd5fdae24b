import { asBuffer } from './bytes.ts';
import { pushRest, type StreamItem, scanFrames } from './frame-scanner.ts';

const nothing = Buffer.alloc(0);

/**
 * Finds frames in a TCP stream: one read is not one message. Frames may come coalesced, split anywhere and with stray bytes
 * between them. One reader belongs to one connection and keeps at most one unfinished frame (1,054 bytes); an idle reader keeps
 * nothing.
 */
export class Gb26875StreamReader {
  #waiting: Buffer = nothing;

  /** Takes what the socket gave and returns what is complete, in order. Never throws on any bytes. */
  push(chunk: Uint8Array): StreamItem[] {
    const items: StreamItem[] = [];
    const source = this.#waiting.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#waiting, chunk]);
    const rest = scanFrames(source, items);
    // A copy: the chunk may be a slice of a large read buffer that would otherwise stay alive.
    this.#waiting = rest === source.length ? nothing : Buffer.from(source.subarray(rest));
    return items;
  }

  /** True while part of a frame waits. */
  get pending(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Gives up the unfinished frame (after 10 s or so; the caller has the clock) and returns the bytes given up: those before the
   * next mark. A frame cut short may have swallowed a whole one behind it: the next `push`, of no bytes too, finds it.
   */
  dropPending(): number {
    if (this.#waiting.length === 0) return 0;
    const next = this.#waiting.indexOf('@@', 1, 'latin1');
    const dropped = next < 0 ? this.#waiting.length : next;
    this.#waiting = this.#waiting.subarray(dropped);
    return dropped;
  }
}

/** Reads one UDP datagram, which holds whole frames only: a part of a frame is reported as foreign. */
export function readDatagram(bytes: Uint8Array): StreamItem[] {
  const items: StreamItem[] = [];
  const source = asBuffer(bytes);
  pushRest(source, scanFrames(source, items), items);
  return items;
}
