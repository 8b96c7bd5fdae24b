/** Urgent first. */
export const JOB_LANES = [0, 1, 2] as const;
type JobLane = (typeof JOB_LANES)[number];

/** A job that was committed later than this after it became due waits for the next look at everything, in milliseconds. */
const LATE_MS = 2_000;
/** How often everything that is due is looked at, however old, in milliseconds. */
const EVERYTHING_MS = 5_000;
const EVERYTHING = new Date(0);

/**
 * Up to when a sender has taken what was due, by lane. Whatever is taken leaves a dead entry at the front of the index, which
 * stays until vacuum has passed and no older transaction runs: a search that began at the front each time would walk over all
 * that was ever sent (57,000 of them: 80 ms a claim). So it begins at the mark. What came late, or was given back by another
 * sender, is found by a look at everything every few seconds.
 */
export class DueMarks {
  #marks = new Map<JobLane, Date>();
  #everythingAt: Date | null = null;

  /** From when on each lane is to be searched now, in the order of JOB_LANES. */
  since(now: Date): Date[] {
    const age = this.#everythingAt === null ? null : now.getTime() - this.#everythingAt.getTime();
    // A clock that was set back makes every mark worthless.
    if (age === null || age < 0 || age >= EVERYTHING_MS) {
      this.#marks.clear();
      this.#everythingAt = now;
    }
    return JOB_LANES.map((lane) => {
      const mark = this.#marks.get(lane);
      return mark === undefined ? EVERYTHING : new Date(mark.getTime() - LATE_MS);
    });
  }

  /** @param taken what a search at `now` found, which was asked for at most `limit` */
  took(
    taken: readonly { readonly lane: JobLane; readonly wasDueAt: Date }[],
    limit: number,
    now: Date,
  ): void {
    // Fewer than asked for: nothing else was due.
    if (taken.length < limit) this.#marks = new Map(JOB_LANES.map((lane) => [lane, now]));
    else for (const { lane, wasDueAt } of taken) this.#advance(lane, wasDueAt);
  }

  #advance(lane: JobLane, at: Date): void {
    const mark = this.#marks.get(lane);
    if (mark === undefined || mark < at) this.#marks.set(lane, at);
  }
}
