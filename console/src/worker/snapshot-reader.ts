import type { DeskSilenceState, IncidentState, LogEntry, WorksState } from '@keng/model';

/** What comes before the incidents themselves. */
export interface SnapshotHead {
  readonly position: number;
  readonly now: string;
  /** How many incidents follow, most urgent first. */
  readonly open: number;
  readonly closed: number;
  readonly refused: readonly LogEntry<'signal.refused'>[];
  readonly works: readonly WorksState[];
  /** Desks that cannot be counted on now, since when and why. */
  readonly silent: readonly DeskSilenceState[];
  /** Duty checks that nobody answered and that nobody looks after yet. */
  readonly absences: readonly Absence[];
  readonly setAside: number;
}

/** A control room where nobody answered. */
export interface Absence {
  /** Of the duty check. */
  readonly id: string;
  readonly facilityId: string;
  /** When its time was over. */
  readonly at: string;
  /** Since when it waits at the national desk, too. */
  readonly raisedAt?: string;
}

export interface SnapshotPart {
  /** In the first part only. */
  readonly head: SnapshotHead | null;
  readonly incidents: readonly IncidentState[];
}

const INCIDENTS = '"incidents":[';

/**
 * Reads the desk's snapshot, one JSON document of which each incident is a line, while it comes: the most urgent are on the
 * screen before the last have left the centre. Any split of the text gives the same incidents.
 */
export class SnapshotReader {
  #rest = '';
  #state: 'head' | 'incidents' | 'complete' = 'head';

  /** The last line was read: what breaks off before is no snapshot. */
  get complete(): boolean {
    return this.#state === 'complete';
  }

  /** @throws SyntaxError when it is not what a centre sends. */
  push(text: string): SnapshotPart {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    let head: SnapshotHead | null = null;
    const incidents: IncidentState[] = [];
    for (const line of lines) {
      if (this.#state === 'head') head = this.#head(line);
      else if (line === ']}') this.#state = 'complete';
      // Checked by the centre: see `trusted` in api/client.ts.
      else if (line !== '')
        incidents.push(JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line) as IncidentState);
    }
    return { head, incidents };
  }

  #head(line: string): SnapshotHead {
    if (!line.endsWith(INCIDENTS)) throw new SyntaxError('the snapshot does not begin with its head');
    this.#state = 'incidents';
    return JSON.parse(`${line}]}`) as SnapshotHead;
  }
}
