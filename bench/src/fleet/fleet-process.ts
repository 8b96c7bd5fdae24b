import dgram from 'node:dgram';
import { encodeFrame } from '@keng/sia-dc09';
import { answerParent } from '../child.ts';
import { accountOf, type FleetShape, isCut } from './fleet.ts';

/** All devices of the country, each with its link test once a period, over UDP; a part of them can fall silent. Its own process. */
export interface FleetOrder extends FleetShape {
  readonly port: number;
  readonly periodSeconds: number;
}

export interface FleetCounts {
  /** Since the last call. */
  readonly sent: number;
  readonly acknowledged: number;
  readonly repeated: number;
  readonly seconds: number;
  /** So long devices said nothing because this machine did not let them: their period was longer by it. */
  readonly heldUpSeconds: number;
}

const SLICE_MS = 5;
/** Whoever was held up for longer does not send at once what it owes: devices would not either. */
const MOST_BEHIND_MS = 1_000;
/** A device that heard no answer says it again, as DC-09 wants it. */
const REPEAT_SECONDS = [5, 10, 15];
const HASH = '#'.charCodeAt(0);

let fleet: Fleet | null = null;

answerParent(async (message) => {
  switch (message.type) {
    case 'start':
      fleet = new Fleet(message as unknown as FleetOrder);
      return {};
    case 'silence':
      fleet?.silence(true);
      return {};
    case 'restore':
      fleet?.silence(false);
      return {};
    case 'counts':
      return fleet?.takeCounts() ?? {};
    default:
      fleet?.stop();
      return {};
  }
});

class Fleet {
  readonly #order: FleetOrder;
  readonly #socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 * 2 ** 20 });
  /** All frames behind each other; they are of one length. A link test is never a repeat: one frame a device is enough. */
  readonly #frames: Buffer;
  readonly #frameBytes: number;
  readonly #cut: Uint8Array;
  /** The round in which each device last spoke, and in which it was last answered; 0: not yet. */
  readonly #spoke: Uint16Array;
  readonly #answered: Uint16Array;
  #startedMs = performance.now();
  #wentMs = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #repeats: { readonly lagSeconds: number; next: number }[];
  #silent = false;
  #next = 0;
  #counts = { sent: 0, acknowledged: 0, repeated: 0, heldUpSeconds: 0 };
  #countedMs = this.#startedMs;

  constructor(order: FleetOrder) {
    this.#order = order;
    const { devices } = order;
    const timestampMs = Date.now();
    const frame = (number: number): Uint8Array =>
      encodeFrame({ token: 'NULL', account: accountOf(number), sequence: 0, data: '', timestampMs });
    this.#frameBytes = frame(0).length;
    this.#frames = Buffer.allocUnsafe(devices * this.#frameBytes);
    this.#cut = new Uint8Array(devices);
    this.#spoke = new Uint16Array(devices);
    this.#answered = new Uint16Array(devices);
    for (let number = 0; number < devices; number += 1) {
      this.#frames.set(frame(number), number * this.#frameBytes);
      this.#cut[number] = isCut(order, number) ? 1 : 0;
    }
    this.#startedMs = performance.now();
    this.#countedMs = this.#startedMs;
    this.#repeats = REPEAT_SECONDS.filter((one) => one < order.periodSeconds).map((lagSeconds) => ({
      lagSeconds,
      next: 0,
    }));
    this.#socket.on('message', (answer) => this.#take(answer));
    this.#timer = setInterval(() => this.#go(), SLICE_MS);
  }

  silence(silent: boolean): void {
    this.#silent = silent;
  }

  takeCounts(): FleetCounts {
    const nowMs = performance.now();
    const counts = { ...this.#counts, seconds: (nowMs - this.#countedMs) / 1_000 };
    this.#counts = { sent: 0, acknowledged: 0, repeated: 0, heldUpSeconds: 0 };
    this.#countedMs = nowMs;
    return counts;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #go(): void {
    const { devices, periodSeconds } = this.#order;
    const perSecond = devices / periodSeconds;
    const nowMs = performance.now();
    if (this.#wentMs > 0 && nowMs - this.#wentMs > MOST_BEHIND_MS) {
      this.#startedMs += nowMs - this.#wentMs;
      this.#counts.heldUpSeconds += (nowMs - this.#wentMs) / 1_000;
    }
    this.#wentMs = nowMs;
    const passed = (performance.now() - this.#startedMs) / 1_000;
    for (const due = passed * perSecond; this.#next < due; this.#next += 1) {
      const number = this.#next % devices;
      if (this.#silent && this.#cut[number] === 1) continue;
      this.#spoke[number] = this.#roundOf(this.#next);
      this.#send(number);
      this.#counts.sent += 1;
    }
    for (const repeat of this.#repeats) {
      for (const due = (passed - repeat.lagSeconds) * perSecond; repeat.next < due; repeat.next += 1) {
        const number = repeat.next % devices;
        const spoke = this.#spoke[number] ?? 0;
        if (spoke !== this.#roundOf(repeat.next) || this.#answered[number] === spoke) continue;
        if (this.#silent && this.#cut[number] === 1) continue;
        this.#send(number);
        this.#counts.repeated += 1;
      }
    }
  }

  #roundOf(place: number): number {
    return 1 + Math.floor(place / this.#order.devices);
  }

  #send(number: number): void {
    const at = number * this.#frameBytes;
    this.#socket.send(this.#frames.subarray(at, at + this.#frameBytes), this.#order.port, '127.0.0.1');
  }

  #take(answer: Buffer): void {
    const at = answer.indexOf(HASH);
    const number = Number.parseInt(answer.toString('latin1', at + 1, at + 9), 16) - 1;
    const spoke = this.#spoke[number] ?? 0;
    if (spoke === 0 || this.#answered[number] === spoke) return;
    this.#answered[number] = spoke;
    this.#counts.acknowledged += 1;
  }
}
