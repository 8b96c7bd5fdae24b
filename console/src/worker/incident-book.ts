import {
  type AnyEntry,
  type Arrival,
  type ArrivalNews,
  applyDeskSilence,
  applyIncident,
  applyWorks,
  type DeskSilenceEntry,
  type DeskSilenceState,
  type FacilityId,
  foldMarks,
  type IncidentId,
  type IncidentState,
  isDeskSilenceEntry,
  isIncidentEntry,
  type LogEntry,
  type OrganisationCode,
  urgencyOf,
  type WorksId,
  type WorksState,
} from '@keng/model';
import { ArrivalBook } from './arrival-book.ts';
import { OrderedQueue } from './ordered-queue.ts';
import type { Absence, SnapshotHead } from './snapshot-reader.ts';

export interface Snapshot extends SnapshotHead {
  readonly incidents: readonly IncidentState[];
}

export interface Queued {
  readonly id: IncidentId;
  /** The state itself: whoever walks the queue needs no second look-up. */
  readonly incident: IncidentState;
}

interface OrderKey extends Queued {
  readonly rank: number;
  readonly at: string;
  readonly number: number;
}

/** What changed since the last time. */
export interface Settled {
  readonly changed: ReadonlySet<IncidentId>;
  readonly lists: boolean;
  readonly arrivals: boolean;
}

/** An entry was skipped on the way: what is here cannot be trusted, and is loaded anew. */
export class MissedEntry extends Error {
  constructor(kind: string, subject: string, revision: number, known: number) {
    super(`${kind} of ${subject} is entry ${revision}, but only ${known} were seen`);
    this.name = 'MissedEntry';
  }
}

/** Entries by which a desk sees an incident that it did not see a moment before. */
const BRINGS_BACK: ReadonlySet<string> = new Set(['incident.dispatch-confirmed', 'incident.reopened']);

const MOST_CLOSED = 500;
const MOST_REFUSED = 50;

/** The most urgent first, among equals the older alarm. */
const byUrgency = (a: OrderKey, b: OrderKey): number =>
  b.rank - a.rank || compareText(a.at, b.at) || a.number - b.number || compareText(a.id, b.id);
/** The last closed first. */
const byClosing = (a: OrderKey, b: OrderKey): number =>
  compareText(b.at, a.at) || b.number - a.number || compareText(a.id, b.id);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything the feed has told, in order: the state of all incidents and works that this person may see. */
export class IncidentBook {
  readonly #incidents = new Map<IncidentId, IncidentState>();
  readonly #byNumber = new Map<number, IncidentId>();
  readonly #words = new Map<IncidentId, string>();
  readonly #open = new OrderedQueue<IncidentId, OrderKey>(byUrgency);
  readonly #closed = new OrderedQueue<IncidentId, OrderKey>(byClosing);
  readonly #works = new Map<WorksId, WorksState>();
  readonly #silent = new Map<OrganisationCode, DeskSilenceState>();
  readonly #absences = new Map<string, Absence>();
  readonly #arrivals = new ArrivalBook();
  #waiting: readonly Arrival[] = [];
  /** How many incidents are open at a building. */
  readonly #openAt = new Map<FacilityId, number>();
  #refused: readonly LogEntry<'signal.refused'>[] = [];
  #changed = new Set<IncidentId>();
  #listsChanged = true;
  #coming: { readonly open: number; readonly closed: number } | null = null;
  /** Entries up to here are in the states; the feed goes on after it. */
  position = 0;
  setAside = 0;

  load(snapshot: Snapshot): void {
    this.begin(snapshot);
    this.add(snapshot.incidents);
    this.complete();
  }

  /** Everything anew; the incidents follow by `add`, then `complete`. */
  begin(snapshot: SnapshotHead): void {
    this.#incidents.clear();
    this.#byNumber.clear();
    this.#words.clear();
    this.#open.clear();
    this.#closed.clear();
    this.#openAt.clear();
    this.#arrivals.clear();
    this.#works.clear();
    this.#changed = new Set();
    for (const works of snapshot.works) this.#works.set(works.id, works);
    this.#silent.clear();
    for (const silence of snapshot.silent) this.#silent.set(silence.organisation, silence);
    this.#absences.clear();
    for (const absence of snapshot.absences) this.#absences.set(absence.id, absence);
    this.#refused = snapshot.refused.slice(0, MOST_REFUSED);
    this.#listsChanged = true;
    this.position = snapshot.position;
    this.setAside = snapshot.setAside;
    this.#coming = { open: snapshot.open, closed: snapshot.closed };
  }

  add(incidents: readonly IncidentState[]): void {
    for (const incident of incidents) this.adopt(incident);
  }

  complete(): void {
    this.#coming = null;
    this.#listsChanged = true;
  }

  /** How many there will be when all have come; null: all are here. */
  get coming(): { readonly open: number; readonly closed: number } | null {
    return this.#coming;
  }

  /** @throws MissedEntry, or what `apply` throws: the caller then loads everything anew. */
  apply(entry: AnyEntry): void {
    // A stream that resumes may repeat its last batch.
    if (entry.position <= this.position) return;
    if (isIncidentEntry(entry)) this.#applyIncident(entry);
    else if (entry.kind === 'signal.refused') this.#refuse(entry);
    else if (entry.kind === 'entry.set-aside') this.setAside += 1;
    else if (isDeskSilenceEntry(entry)) this.#silence(entry);
    else if (entry.kind === 'duty-check.unanswered') this.#miss(entry);
    else if (entry.kind === 'duty-check.raised') this.#raise(entry);
    else if (entry.kind === 'duty-check.claimed' || entry.kind === 'duty-check.settled')
      this.#absences.delete(entry.body.dutyCheckId);
    else if (entry.kind === 'signal.muted') this.#changeWorks(entry.body.worksId, entry);
    else if (isWorksEntry(entry)) this.#changeWorks(entry.subject as WorksId, entry);
    this.position = entry.position;
  }

  /** What an action of this very desk answered: may be newer than the feed, and than a snapshot that is still coming. */
  adopt(incident: IncidentState): void {
    const known = this.#incidents.get(incident.id);
    if (known && known.entries >= incident.entries) return;
    this.#put(incident);
  }

  get(id: IncidentId): IncidentState | undefined {
    return this.#incidents.get(id);
  }

  all(): Iterable<IncidentState> {
    return this.#incidents.values();
  }

  /** In the order of the queue, as of the last `settle`. */
  list(which: 'open' | 'closed'): readonly Queued[] {
    return which === 'open' ? this.#open.items : this.#closed.items;
  }

  lists(): {
    readonly refused: readonly LogEntry<'signal.refused'>[];
    readonly works: readonly WorksState[];
  } {
    return { refused: this.#refused, works: [...this.#works.values()] };
  }

  /** Desks that do not answer, and since when. */
  get silent(): ReadonlyMap<OrganisationCode, DeskSilenceState> {
    return this.#silent;
  }

  /** Control rooms where nobody answered and that nobody looks after yet, by the id of the duty check. */
  get absences(): ReadonlyMap<string, Absence> {
    return this.#absences;
  }

  /** What the feed says of alarms that are not an incident yet. */
  arrived(news: ArrivalNews): void {
    this.#arrivals.take(news);
  }

  /** Alarms of buildings where no incident is open yet, the one that has waited longest first, as of the last `settle`. */
  arrivals(): readonly Arrival[] {
    return this.#waiting;
  }

  /** Brings the queues in order and tells what changed since the last call. */
  settle(): Settled {
    this.#open.settle();
    this.#closed.settle();
    this.#forgetOldClosed();
    const arrivals = this.#arrivals.settle();
    if (arrivals || this.#changed.size > 0)
      this.#waiting = this.#arrivals.waiting((facility) => this.#openAt.has(facility));
    const result = { changed: this.#changed, lists: this.#listsChanged, arrivals };
    this.#changed = new Set();
    this.#listsChanged = false;
    return result;
  }

  /** By number first; else all whose name or address has every word, marks or not, the most urgent first. */
  find(text: string, limit: number): IncidentState[] {
    const number = Number(text.trim());
    const exact = this.#byNumber.get(number);
    const incident = exact === undefined ? undefined : this.#incidents.get(exact);
    if (incident) return [incident];
    const words = foldMarks(text)
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return [];
    const found: IncidentState[] = [];
    for (const { incident: candidate } of [...this.#open.items, ...this.#closed.items]) {
      if (!words.every((word) => this.#wordsOf(candidate).includes(word))) continue;
      found.push(candidate);
      if (found.length >= limit) break;
    }
    return found;
  }

  #wordsOf(incident: IncidentState): string {
    const known = this.#words.get(incident.id);
    if (known !== undefined) return known;
    const words = foldMarks(`${incident.number} ${incident.facility.name} ${incident.facility.address}`);
    this.#words.set(incident.id, words);
    return words;
  }

  #applyIncident(entry: Extract<AnyEntry, { readonly kind: `incident.${string}` }>): void {
    const id = entry.subject as IncidentId;
    const known = this.#incidents.get(id) ?? null;
    if (known && entry.revision !== null) {
      // The state of a snapshot or of an action may be newer than the feed, `incident.opened` included.
      if (entry.revision <= known.entries) return;
      if (entry.revision > known.entries + 1)
        throw new MissedEntry(entry.kind, id, entry.revision, known.entries);
    }
    // It was given to this station, or rings again long after it was closed: what came before is not here.
    if (!known && BRINGS_BACK.has(entry.kind)) throw new MissedEntry(entry.kind, id, entry.revision ?? 0, 0);
    // null: it was closed long before this desk began to look.
    const next = applyIncident(known, entry);
    if (next) {
      this.#put(next);
      this.#arrivals.sorted(next.facility.id, entry.position);
    }
  }

  #put(incident: IncidentState): void {
    const { id, number, openedAt } = incident;
    this.#countOpen(incident, this.#incidents.get(id)?.status === 'open');
    this.#incidents.set(id, incident);
    this.#byNumber.set(number, id);
    this.#changed.add(id);
    if (incident.status === 'open') {
      this.#open.put({ id, incident, rank: urgencyOf(incident), at: openedAt, number });
      this.#closed.remove(id);
    } else {
      this.#open.remove(id);
      this.#closed.put({ id, incident, rank: 0, at: incident.outcome?.at ?? incident.changedAt, number });
    }
  }

  #countOpen({ facility, status }: IncidentState, before: boolean): void {
    const change = Number(status === 'open') - Number(before);
    const count = (this.#openAt.get(facility.id) ?? 0) + change;
    if (count > 0) this.#openAt.set(facility.id, count);
    else this.#openAt.delete(facility.id);
  }

  #forgetOldClosed(): void {
    for (const { id, number } of this.#closed.items.slice(MOST_CLOSED)) {
      this.#incidents.delete(id);
      this.#byNumber.delete(number);
      this.#words.delete(id);
      this.#closed.remove(id);
    }
  }

  #miss({ at, body: { dutyCheckId, facilityId, rings } }: LogEntry<'duty-check.unanswered'>): void {
    if (rings) this.#absences.set(dutyCheckId, { id: dutyCheckId, facilityId, at });
  }

  #raise({ at, body: { dutyCheckId } }: LogEntry<'duty-check.raised'>): void {
    const known = this.#absences.get(dutyCheckId);
    if (known) this.#absences.set(dutyCheckId, { ...known, raisedAt: at });
  }

  #silence(entry: DeskSilenceEntry): void {
    const { organisation } = entry.body;
    const next = applyDeskSilence(this.#silent.get(organisation) ?? null, entry);
    if (next === null) this.#silent.delete(organisation);
    else this.#silent.set(organisation, next);
  }

  #refuse(entry: LogEntry<'signal.refused'>): void {
    this.#refused = [entry, ...this.#refused].slice(0, MOST_REFUSED);
    this.#listsChanged = true;
  }

  #changeWorks(id: WorksId, entry: Parameters<typeof applyWorks>[1]): void {
    const known = this.#works.get(id) ?? null;
    if (known && entry.revision !== null && entry.revision > known.entries + 1)
      throw new MissedEntry(entry.kind, id, entry.revision, known.entries);
    const next = applyWorks(known, entry);
    if (next === null) return;
    if (next.ended) this.#works.delete(id);
    else this.#works.set(id, next);
    this.#listsChanged = true;
  }
}

function isWorksEntry(entry: AnyEntry): entry is Extract<AnyEntry, { readonly kind: `works.${string}` }> {
  return entry.kind.startsWith('works.');
}
