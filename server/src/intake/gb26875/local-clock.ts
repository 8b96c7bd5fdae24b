import { instantOf, localTime } from '@keng/gb26875';

/** How long an offset is taken for granted: clocks are put forward and back on the quarter of an hour. */
const REMEMBER_MS = 900_000;

/**
 * Devices of this protocol write local time without saying where they stand: it is read as the time of the centre's country. The
 * offset is that of now; what a device says about last summer may be an hour off, and orders nothing.
 */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat;
  #quarter = Number.NaN;
  #offsetMinutes = 0;
  #second = Number.NaN;
  #local = '';

  /** @param timeZone IANA name, `Asia/Ho_Chi_Minh`. */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  }

  /** `2026-01-02T12:00:00`, as the country reads it now. */
  local(now: Date): string {
    // Answers leave by the thousand in a second, and all bear the same time.
    const second = Math.floor(now.getTime() / 1_000);
    if (second !== this.#second) {
      this.#local = localTime(now.getTime(), this.#offsetAt(now));
      this.#second = second;
    }
    return this.#local;
  }

  /** The instant of a device's local time, ISO 8601 in UTC. */
  instant(time: string, now: Date): string {
    return new Date(instantOf(time, this.#offsetAt(now))).toISOString();
  }

  #offsetAt(now: Date): number {
    const quarter = Math.floor(now.getTime() / REMEMBER_MS);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      const name = this.#format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? '';
      // `GMT+07:00`; plain `GMT` is no offset.
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
      this.#offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    }
    return this.#offsetMinutes;
  }
}
