import { clockSetting, type DecodedFrame, nextSerial } from '@keng/gb26875';

/** A clock that is further off than this is set: what the device writes beside its events is read by people. */
const MOST_SKEW_MS = 60_000;
/** A device that does not take the time is told again, but not with each frame. */
const SET_AGAIN_MS = 3_600_000;
/** What a clock shows is kept so often: some devices tell it every half minute. */
const CLOCK_KEPT_MS = 3_600_000;

/** What one connection remembers of a device: whether it has said that it is in order, and when its clock was set. */
export class DeviceTalk {
  #inOrder = false;
  #states = 0;
  #serial = 0;
  #clockSetMs = Number.NEGATIVE_INFINITY;
  #clockKeptMs = Number.NEGATIVE_INFINITY;

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
    const serial = this.#serial;
    this.#serial = nextSerial(serial);
    return clockSetting({
      serial,
      time: localNow,
      source: decoded.destination,
      destination: decoded.source,
      mainVersion: decoded.mainVersion,
      userVersion: decoded.userVersion,
    });
  }
}
