import type { IncidentId } from '@keng/model';

/** Nobody decides faster: a press this soon after the rows moved is meant for the row that stood there before. */
export const REACTION_MS = 300;

interface Rows {
  readonly from: number;
  readonly ids: readonly IncidentId[];
}

const NOTHING: Rows = { from: 0, ids: [] };

/** Which row somebody who presses at this moment has seen at a place of the queue. */
export class DrawnOrder {
  #now = NOTHING;
  #before = NOTHING;
  #movedAt = Number.NEGATIVE_INFINITY;

  /** These rows are drawn from `now` on (milliseconds of any clock). */
  draw(rows: Rows, now: number): void {
    // Scrolling asks for another window and moves nothing: only a place that had a row before can have another one.
    const moved = rows.ids.some((id, index) => {
      const old = this.#now.ids[rows.from + index - this.#now.from];
      return old !== undefined && old !== id;
    });
    if (moved) {
      this.#before = this.#now;
      this.#movedAt = now;
    }
    this.#now = rows;
  }

  at(place: number, now: number): IncidentId | null {
    const rows = now - this.#movedAt < REACTION_MS ? this.#before : this.#now;
    return rows.ids[place - rows.from] ?? null;
  }
}
