import { clockSetting, type DecodedFrame, dutyCheck, nextSerial, type Order } from '@keng/gb26875';
import type { DutyCheckId } from '@keng/model';
import type { UndeliveredDutyCheck } from '../../duty-checks/index.ts';
import type { FrameSource } from '../intake-desk.ts';

/** A clock that is further off than this is set: what the device writes beside its events is read by people. */
const MOST_SKEW_MS = 60_000;
/** A device that does not take the time is told again, but not with each frame. */
const SET_AGAIN_MS = 3_600_000;
/** What a clock shows is kept so often: some devices tell it every half minute. */
const CLOCK_KEPT_MS = 3_600_000;

/** GB/T 26875.3 lets an order wait 10 s for its confirmation before it is sent again. */
const ASK_AGAIN_MS = 10_000;

/** A duty check that the device was sent and has not confirmed. */
interface Asked {
  readonly id: DutyCheckId;
  readonly frame: Uint8Array;
  readonly serial: number;
  atMs: number;
}

/** What one connection remembers of a device: whether it has said that it is in order, when its clock was set, what it was asked. */
export class DeviceTalk {
  #inOrder = false;
  #states = 0;
  #serial = 0;
  #clockSetMs = Number.NEGATIVE_INFINITY;
  #clockKeptMs = Number.NEGATIVE_INFINITY;
  #asked: Asked | null = null;
  readonly source: FrameSource;
  /** How it addresses us, and in which version it speaks. */
  readonly #terms: Pick<DecodedFrame, 'source' | 'destination' | 'mainVersion' | 'userVersion'>;

  constructor(source: FrameSource, { source: device, destination, mainVersion, userVersion }: DecodedFrame) {
    this.source = source;
    this.#terms = { source: device, destination, mainVersion, userVersion };
  }

  /** It said "all normal", which is stored, and nothing else since: saying so again is a sign of life, not an event. */
  get inOrder(): boolean {
    return this.#inOrder;
  }

  /** A state of the device is on its way to the disk. Returns its number. */
  stateHeard(): number {
    this.#inOrder = false;
    this.#states += 1;
    return this.#states;
  }

  /** "All normal" is stored: it counts unless the device has said something else in the meantime. */
  inOrderStored(state: number): void {
    if (state === this.#states) this.#inOrder = true;
  }

  /** It tells what its clock shows: is that worth keeping, or was it kept a moment ago? */
  clockDue(nowMs: number): boolean {
    if (nowMs - this.#clockKeptMs < CLOCK_KEPT_MS) return false;
    this.#clockKeptMs = nowMs;
    return true;
  }

  /** An order that sets the device's clock, when it is wrong and this was not just tried; else null. */
  clockOrder(decoded: DecodedFrame, localNow: string, nowMs: number): Uint8Array | null {
    const skewMs =
      decoded.time === null
        ? Number.POSITIVE_INFINITY
        : Math.abs(Date.parse(`${decoded.time}Z`) - Date.parse(`${localNow}Z`));
    if (skewMs <= MOST_SKEW_MS || nowMs - this.#clockSetMs < SET_AGAIN_MS) return null;
    this.#clockSetMs = nowMs;
    return clockSetting(this.#order(localNow));
  }

  /** Carries a duty check to the device, and again while it does not confirm; true when something was sent. */
  ask(question: Pick<UndeliveredDutyCheck, 'id' | 'minutes'>, localNow: string, nowMs: number): boolean {
    let asked = this.#asked;
    if (asked?.id !== question.id) {
      const order = this.#order(localNow);
      const frame = dutyCheck(order, question.minutes);
      asked = { id: question.id, frame, serial: order.serial, atMs: Number.NEGATIVE_INFINITY };
      this.#asked = asked;
    }
    if (nowMs - asked.atMs < ASK_AGAIN_MS) return false;
    asked.atMs = nowMs;
    return this.source.push?.(asked.frame) ?? false;
  }

  /** The device has confirmed the order with this serial number: the duty check that was it, or null. */
  confirmed(serial: number): DutyCheckId | null {
    return this.#asked?.serial === serial ? this.#asked.id : null;
  }

  #order(time: string): Order {
    const serial = this.#serial;
    this.#serial = nextSerial(serial);
    const { source, destination, mainVersion, userVersion } = this.#terms;
    return { serial, time, source: destination, destination: source, mainVersion, userVersion };
  }
}
