/** Calendar days of a time zone, as `2026-11-22`. */
export class CalendarDays {
  readonly #format: Intl.DateTimeFormat;
  #hour = '';
  #day = '';

  constructor(timeZone: string) {
    // Of all locales this one writes a date as ISO 8601 does.
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  /** @param at ISO 8601, UTC */
  of(at: string): string {
    // Entries of one quarter of an hour are of one day: no zone of today is off by less.
    const quarter = `${at.slice(0, 14)}${Math.floor(Number(at.slice(14, 16)) / 15)}`;
    if (quarter !== this.#hour) {
      this.#hour = quarter;
      this.#day = this.#format.format(new Date(at));
    }
    return this.#day;
  }
}
