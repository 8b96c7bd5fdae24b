import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { type AnyEntry, type FacilityId, LIVE, type OrganisationCode, type TransmitterId } from '@keng/model';
import { crc16, Dc09StreamReader, type FrameKey } from '@keng/sia-dc09';
import type { Pool } from 'pg';
import { createLogger, systemClock } from '../platform/index.ts';
import { listSource, MemoryRegistry, type RegisteredTransmitter } from './registry.ts';
import { type ReceiversOptions, type RunningReceivers, startReceivers } from './start-receivers.ts';

/** For tests: a transmitter of a facility of its own. */
export function transmitter(
  account: string,
  more: Partial<RegisteredTransmitter> = {},
): RegisteredTransmitter {
  return {
    protocol: 'dc09',
    account,
    transmitterId: randomUUID() as TransmitterId,
    facilityId: randomUUID() as FacilityId,
    organisation: 'pc-test' as OrganisationCode,
    key: null as FrameKey | null,
    reportingSeconds: null,
    zones: null,
    ...more,
  };
}

export interface Rig {
  readonly receivers: RunningReceivers;
  readonly registry: MemoryRegistry;
  readonly port: number;
  readonly udpPort: number;
  readonly gb26875Port: number;
  connect(): Promise<Panel>;
  stop(): Promise<void>;
}

export const quietLog = createLogger('test', { write: () => undefined });

/** Receivers on ports that the system chose, with a register that is this very list. */
export async function startRig(
  pool: Pool,
  transmitters: readonly RegisteredTransmitter[],
  more: Partial<ReceiversOptions> = {},
): Promise<Rig> {
  const registry = new MemoryRegistry({ source: listSource(() => transmitters) });
  const any = { host: '127.0.0.1', port: 0 };
  const receivers = await startReceivers({
    settings: { dc09Tcp: any, dc09Udp: any, gb26875Tcp: any },
    pool,
    world: LIVE,
    registry,
    clock: systemClock,
    log: quietLog,
    ...more,
  });
  const port = portOf(receivers.addresses.dc09Tcp);
  return {
    receivers,
    registry,
    port,
    udpPort: portOf(receivers.addresses.dc09Udp),
    gb26875Port: portOf(receivers.addresses.gb26875Tcp),
    connect: () => Panel.connect(port),
    stop: () => receivers.stop(),
  };
}

function portOf(address: string | undefined): number {
  return Number(address?.split(':').at(-1));
}

/** Cuts answers out of the stream, as the reader of each protocol does. */
export interface AnswerReader {
  push(
    chunk: Uint8Array,
  ): readonly (
    | { readonly kind: 'frame'; readonly frame: { readonly bytes: Uint8Array } }
    | { readonly kind: 'foreign' }
  )[];
}

/** A panel's end of a TCP connection. */
export class Panel {
  readonly socket: net.Socket;
  readonly #answers: Buffer[] = [];
  #wake: (() => void) | undefined;
  closed = false;

  private constructor(socket: net.Socket, reader: AnswerReader) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      for (const item of reader.push(chunk)) {
        if (item.kind === 'frame') this.#answers.push(Buffer.from(item.frame.bytes));
      }
      this.#wake?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#wake?.();
    });
  }

  /** @param from the address that the centre sees; all of 127.0.0.0/8 is this machine */
  static async connect(
    port: number,
    reader: AnswerReader = new Dc09StreamReader(),
    from = '127.0.0.1',
  ): Promise<Panel> {
    const socket = net.connect({ host: '127.0.0.1', port, localAddress: from, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new Panel(socket, reader);
  }

  send(bytes: Uint8Array | string): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** The next answer as text, one character a byte; null when the connection closed without one. */
  async answer(): Promise<string | null> {
    while (this.#answers.length === 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#answers.shift()?.toString('latin1') ?? null;
  }

  async ask(bytes: Uint8Array | string): Promise<string | null> {
    this.send(bytes);
    return await this.answer();
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A body (quote to the byte before CR, one character a byte) with its CRC and length, as a panel frames it. */
export function framed(body: string, form: 'hex' | 'binary' = 'hex'): Buffer {
  const bytes = Buffer.from(body, 'latin1');
  const crc = crc16(bytes, 0, bytes.length);
  const length = bytes.length.toString(16).toUpperCase().padStart(4, '0');
  const check =
    form === 'hex'
      ? Buffer.from(crc.toString(16).toUpperCase().padStart(4, '0'), 'latin1')
      : Buffer.of(crc >> 8, crc & 0xff);
  return Buffer.concat([Buffer.of(0x0a), check, Buffer.from(length, 'latin1'), bytes, Buffer.of(0x0d)]);
}

export type SignalEntry = Extract<AnyEntry, { readonly kind: 'signal.received' | 'signal.refused' }>;

export interface StoredSignal {
  readonly kind: string;
  readonly lane: number;
  readonly subject: string;
  readonly body: SignalEntry['body'] & { readonly reason?: string; readonly suppressed?: number };
}

/** Signals in the log, in the order of their ids. */
export async function storedSignals(pool: Pool): Promise<StoredSignal[]> {
  const { rows } = await pool.query<StoredSignal>(
    "select kind, lane, subject, body from entry where kind like 'signal.%' order by recorded_at, id",
  );
  return rows;
}
