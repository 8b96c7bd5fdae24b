import mqtt, { type Packet, type Parser } from 'mqtt-packet';

/** Bytes that break the protocol: MQTT has no way to find the next packet, so the connection ends. */
export class MqttProtocolError extends Error {
  override readonly name = 'MqttProtocolError';
}

const MOST_LENGTH_BYTES = 4;
/** First byte of a CONNECT. */
const CONNECT = 0x10;
const NOTHING = Buffer.alloc(0);

/**
 * Cuts packets out of a stream, in whatever pieces it comes, and reads each of them. The library gets one whole packet at a time:
 * by itself it would buffer up to 256 MiB, and take a field that is too long from the packet behind.
 */
export class PacketStream {
  readonly #parser: Parser;
  readonly #mostBytes: number;
  #rest: Buffer = NOTHING;
  #packet: Packet | null = null;
  #error: Error | null = null;
  #begun = false;

  /** `mostBytes`: of one packet, without its fixed header. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.#parser = mqtt.parser();
    this.#parser.on('packet', (packet) => {
      this.#packet = packet;
    });
    this.#parser.on('error', (error: unknown) => {
      this.#error = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** A packet has begun and is not whole. */
  get pending(): boolean {
    return this.#rest.length > 0;
  }

  /**
   * The packets that are whole now, one after the other.
   * @throws MqttProtocolError
   */
  *push(chunk: Buffer): Generator<Packet> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = NOTHING;
    let at = 0;
    while (at < bytes.length) {
      const end = this.#endOfPacket(bytes, at);
      if (end === null || end > bytes.length) {
        // A copy: the chunk of the socket is much larger than what is left of it.
        this.#rest = Buffer.from(bytes.subarray(at));
        return;
      }
      yield this.#read(bytes.subarray(at, end));
      at = end;
    }
  }

  #endOfPacket(bytes: Buffer, start: number): number | null {
    // [MQTT-3.1.0-1]; whoever speaks something else need not be waited for.
    if (!this.#begun && bytes[start] !== CONNECT)
      throw new MqttProtocolError('the first packet is no CONNECT');
    let length = 0;
    for (let index = 0; index < MOST_LENGTH_BYTES; index += 1) {
      const byte = bytes[start + 1 + index];
      if (byte === undefined) return null;
      length += (byte & 0x7f) * 128 ** index;
      if (length > this.#mostBytes) throw new MqttProtocolError(`a packet of ${length} bytes or more`);
      if ((byte & 0x80) === 0) return start + 2 + index + length;
    }
    throw new MqttProtocolError('a packet length of more than four bytes');
  }

  #read(bytes: Buffer): Packet {
    this.#begun = true;
    this.#packet = null;
    this.#error = null;
    try {
      this.#parser.parse(bytes);
    } catch (cause) {
      // Fields that point past the end of their packet.
      throw new MqttProtocolError('a packet that ends too early', { cause });
    }
    if (this.#error !== null) throw new MqttProtocolError(messageOf(this.#error));
    if (this.#packet === null) throw new MqttProtocolError('a packet that ends too early');
    return this.#packet;
  }
}

// TypeScript does not see that the listeners above assign in between.
function messageOf(error: Error): string {
  return error.message;
}
