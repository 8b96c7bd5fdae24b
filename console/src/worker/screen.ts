import type {
  AnyEntry,
  Arrival,
  DeskSilenceState,
  FacilityId,
  IncidentId,
  IncidentState,
  Level,
  OrganisationCode,
} from '@keng/model';
import { HeldOrder } from './held-order.ts';
import type { IncidentBook, Queued, Settled } from './incident-book.ts';
import { DrawnPoints } from './map-diff.ts';
import type { Desk, FromWorker, QueueCounts, QueueFilter, QueueView } from './messages.ts';
import { type QueueRow, toRow } from './queue-row.ts';
import { isLaidAside } from './shelf.ts';
import { silentDesks } from './silent-desks.ts';
import type { Absence } from './snapshot-reader.ts';
import { arrivalSounds, soundStage } from './sounding.ts';

/** Rows of alarms without an incident: enough to see what it is, few enough to leave the queue its place. */
const SHOWN_ARRIVALS = 4;

const START_VIEW: QueueView = { list: 'open', filter: 'all', from: 0, to: 40 };

/**
 * What one tab shows, and what it has been told already. Pure: `flush` gives the messages that bring the tab up to date, the
 * fewest that do it.
 */
export class Screen {
  readonly #book: IncidentBook;
  #desk: Desk;
  #view: QueueView = START_VIEW;
  #viewChanged = true;
  #sentRows = new Map<IncidentId, QueueRow>();
  #sentIds: readonly IncidentId[] = [];
  #sentTotal = -1;
  #held: HeldOrder | null = null;
  #sentAbove: number | null = null;
  #sentCounts = '';
  #open: IncidentId | null = null;
  #openChanged = false;
  #sentIncident: IncidentState | null = null;
  #liveEntries: AnyEntry[] = [];
  #map: DrawnPoints | null = null;
  #mapReset = false;
  readonly #silenced = new Map<IncidentId, string>();
  readonly #stages = new Map<IncidentId, string>();
  #fresh = 0;
  #sentSound = '';
  #sentSilent = '';
  readonly #deskAlerts = new Set<OrganisationCode>();
  /** Absences that this desk has heard enough of. */
  readonly #heardAbsences = new Set<string>();
  #sentAbsences = '[]';
  #arrivals: readonly Arrival[] = [];
  /** Buildings of whose arrivals this desk has heard enough. */
  readonly #heardArrivals = new Set<FacilityId>();
  #sentArrivals = '';
  #rightsHeard = 0;
  #sentRights = 0;
  #everything = true;

  constructor(book: IncidentBook, desk: Desk) {
    this.#book = book;
    this.#desk = desk;
  }

  setDesk(desk: Desk): void {
    const { level, organisation, userId } = this.#desk;
    if (desk.level === level && desk.organisation === organisation && desk.userId === userId) return;
    this.#desk = desk;
    this.#everything = true;
  }

  setView(view: QueueView): void {
    if (view.list !== this.#view.list || view.filter !== this.#view.filter) this.#held = null;
    this.#view = view;
    this.#viewChanged = true;
  }

  /** Somebody is about to click into the queue, or no longer is. */
  hold(on: boolean): void {
    if (on === (this.#held !== null)) return;
    this.#held = on ? new HeldOrder(this.#shown().map(({ id }) => id)) : null;
    this.#viewChanged = true;
  }

  open(id: IncidentId | null): void {
    this.#open = id;
    this.#openChanged = true;
    this.#sentIncident = null;
    this.#liveEntries = [];
  }

  /** How many alarms this desk must hear now. */
  get sounding(): number {
    return this.#stages.size + this.#deskAlerts.size + this.#soundingArrivals() + this.#soundingAbsences();
  }

  showMap(wanted: boolean): void {
    this.#map = wanted ? (this.#map ?? new DrawnPoints()) : null;
    this.#mapReset = wanted;
  }

  /** This desk has heard enough of it; it stays on the screen, and it sounds again when it gets worse. */
  silence(id: IncidentId | 'all'): void {
    if (id === 'all') {
      this.#deskAlerts.clear();
      for (const { id: absence } of this.#absencesHere()) this.#heardAbsences.add(absence);
      for (const { facility } of this.#arrivals) this.#heardArrivals.add(facility);
    }
    const ids = id === 'all' ? [...this.#stages.keys()] : [id];
    for (const one of ids) {
      const stage = this.#stages.get(one);
      if (stage === undefined) continue;
      this.#silenced.set(one, stage);
      this.#stages.delete(one);
    }
  }

  /** The book was loaded anew: nothing that was sent before counts, except what was silenced. */
  reset(): void {
    this.#held = null;
    this.#everything = true;
    this.#viewChanged = true;
    this.#openChanged = true;
    this.#mapReset = this.#map !== null;
    // What was missed may have been this.
    this.#rightsHeard += 1;
  }

  /** An entry as it came: of the open incident for its chronology, and what no state of the book holds. */
  heard(entry: AnyEntry): void {
    if (entry.kind.startsWith('rights.')) this.#rightsHeard += 1;
    if (this.#open !== null && entry.subject === this.#open) this.#liveEntries.push(entry);
    if (entry.kind === 'desk.answered' || entry.kind === 'desk.claimed')
      this.#deskAlerts.delete(entry.body.organisation);
    // Nobody one level up has claimed it: whoever silenced it there has heard it, here it is new.
    if (entry.kind === 'desk.raised' && this.#desk.level === 'national')
      this.#deskAlerts.add(entry.body.organisation);
    // An alarm that was left alone sounds by itself, one level up.
    if (entry.kind === 'desk.silent' && entry.body.reason !== 'no-answer' && this.#isBelow(entry.body))
      this.#deskAlerts.add(entry.body.organisation);
  }

  flush({ changed, lists, arrivals }: Settled): FromWorker[] {
    const messages: (FromWorker | null)[] = [];
    const touched = changed.size > 0 || this.#everything;
    this.#hear(changed);
    if (touched || arrivals) this.#look();
    if (touched || this.#viewChanged) messages.push(this.#queueMessage(changed));
    if (touched || lists || arrivals) messages.push(this.#countsMessage(), this.#arrivalsMessage());
    messages.push(
      this.#soundMessage(),
      this.#silentMessage(),
      this.#absencesMessage(),
      this.#rightsMessage(),
    );
    messages.push(this.#mapMessage(changed), this.#incidentMessage());
    if (lists || this.#everything) messages.push({ type: 'lists', ...this.#book.lists() });
    this.#everything = false;
    this.#viewChanged = false;
    return messages.filter((message) => message !== null);
  }

  #matches(incident: IncidentState, filter: QueueFilter): boolean {
    if (filter === 'unaccepted') return incident.desk === null && incident.status === 'open';
    if (filter === 'mine') return incident.claimedBy?.id === this.#desk.userId;
    return this.#laidAside(incident) === (filter === 'shelved');
  }

  #laidAside(incident: IncidentState): boolean {
    return isLaidAside(this.#desk, incident, this.#stages.has(incident.id));
  }

  /** The list that is looked at, in its true order. */
  #shown(): readonly Queued[] {
    const { list, filter } = this.#view;
    const all = this.#book.list(list);
    return list === 'closed' ? all : all.filter(({ incident }) => this.#matches(incident, filter));
  }

  #queueMessage(changed: ReadonlySet<IncidentId>): FromWorker | null {
    const { list, filter, from, to } = this.#view;
    const shown = this.#shown();
    const coming = (filter === 'all' && this.#book.coming?.[list]) || 0;
    const total = this.#held?.total ?? Math.max(shown.length, coming);
    const ids = this.#held?.window(from, to) ?? shown.slice(from, to).map(({ id }) => id);
    const above = this.#held?.above(shown, to) ?? null;
    const rows = this.#rowsToSend(ids, changed);
    const same = ids.length === this.#sentIds.length && ids.every((id, index) => id === this.#sentIds[index]);
    const told = total === this.#sentTotal && above === this.#sentAbove && !this.#viewChanged;
    if (same && rows.length === 0 && told) return null;
    this.#sentIds = ids;
    this.#sentTotal = total;
    this.#sentAbove = above;
    return { type: 'queue', view: this.#view, total, ids, changed: rows, above };
  }

  /** Rows of the window that this screen has not seen in this form; from now on it has. */
  #rowsToSend(ids: readonly IncidentId[], changed: ReadonlySet<IncidentId>): QueueRow[] {
    const rows: QueueRow[] = [];
    const sent = new Map<IncidentId, QueueRow>();
    for (const id of ids) {
      const known = this.#sentRows.get(id);
      const incident = this.#book.get(id);
      // Forgotten by the book while its place is held: it stays as it was last seen.
      const stays = incident === undefined || (!changed.has(id) && !this.#everything);
      if (known && stays) sent.set(id, known);
      if (incident === undefined || (known && stays)) continue;
      const row = known?.entries === incident.entries && !this.#everything ? known : toRow(incident);
      if (row !== known) rows.push(row);
      sent.set(id, row);
    }
    this.#sentRows = sent;
    return rows;
  }

  #countsMessage(): FromWorker | null {
    let unaccepted = 0;
    let mine = 0;
    let shelved = 0;
    const open = this.#book.list('open');
    for (const { incident } of open) {
      if (incident.desk === null) unaccepted += 1;
      if (incident.claimedBy?.id === this.#desk.userId) mine += 1;
      if (this.#laidAside(incident)) shelved += 1;
    }
    const arrived = this.#arrivals.length;
    const { refused, works } = this.#book.lists();
    const { coming } = this.#book;
    const counts: QueueCounts = {
      complete: coming === null,
      open: Math.max(open.length, coming?.open ?? 0) + arrived,
      unaccepted: unaccepted + arrived,
      mine,
      shelved,
      closed: Math.max(this.#book.list('closed').length, coming?.closed ?? 0),
      refused: refused.length,
      muted: works.length,
      mutedSignals: works.reduce((sum, one) => sum + one.mutedSignals, 0),
    };
    const text = JSON.stringify(counts);
    if (text === this.#sentCounts) return null;
    this.#sentCounts = text;
    return { type: 'counts', counts };
  }

  #hear(changed: ReadonlySet<IncidentId>): void {
    if (this.#everything) {
      const before = new Map(this.#stages);
      this.#stages.clear();
      for (const incident of this.#book.all()) this.#hearOne(incident.id, before.get(incident.id));
      return;
    }
    for (const id of changed) {
      const before = this.#stages.get(id);
      this.#stages.delete(id);
      this.#hearOne(id, before);
    }
  }

  #hearOne(id: IncidentId, before: string | undefined): void {
    const incident = this.#book.get(id);
    const stage = incident ? soundStage(this.#desk, incident) : null;
    if (stage === null) {
      this.#silenced.delete(id);
      return;
    }
    if (this.#silenced.get(id) === stage) return;
    this.#stages.set(id, stage);
    if (before === undefined) this.#fresh += 1;
  }

  #soundMessage(): FromWorker | null {
    const first = this.#firstSounding();
    const desks = this.#deskAlerts.size;
    const absences = this.#soundingAbsences();
    const arrivals = this.#soundingArrivals();
    const text = `${this.#stages.size} ${arrivals} ${desks} ${absences} ${first?.id ?? ''} ${first?.entries ?? 0}`;
    // Said once for a whole snapshot, not for each of its parts.
    const fresh = this.#book.coming === null ? this.#fresh : 0;
    if (text === this.#sentSound && fresh === 0) return null;
    this.#sentSound = text;
    this.#fresh -= fresh;
    const row = first ? toRow(first) : null;
    const sounding = this.#stages.size;
    return { type: 'sound', sound: { sounding, arrivals, first: row, fresh, desks, absences } };
  }

  /** What has arrived, and how much of it this desk has heard enough of. */
  #look(): void {
    this.#arrivals = this.#book.arrivals();
    const there = new Set(this.#arrivals.map((one) => one.facility));
    for (const facility of this.#heardArrivals)
      if (!there.has(facility)) this.#heardArrivals.delete(facility);
  }

  #soundingArrivals(): number {
    let count = 0;
    for (const one of this.#arrivals)
      if (arrivalSounds(this.#desk, one) && !this.#heardArrivals.has(one.facility)) count += 1;
    return count;
  }

  #arrivalsMessage(): FromWorker | null {
    const count = this.#arrivals.length;
    const first = this.#arrivals.slice(0, SHOWN_ARRIVALS);
    const text = JSON.stringify([count, first]);
    if (text === this.#sentArrivals) return null;
    this.#sentArrivals = text;
    return { type: 'arrivals', count, first };
  }

  /** The desk of a province hears its control rooms; the national one those that nobody there looks after; a station asks nobody. */
  #soundingAbsences(): number {
    const { absences } = this.#book;
    for (const id of this.#heardAbsences) if (!absences.has(id)) this.#heardAbsences.delete(id);
    return this.#absencesHere().filter(({ id }) => !this.#heardAbsences.has(id)).length;
  }

  #absencesHere(): Absence[] {
    if (this.#desk.level === 'station') return [];
    const all = [...this.#book.absences.values()];
    return this.#desk.level === 'province' ? all : all.filter(({ raisedAt }) => raisedAt !== undefined);
  }

  #absencesMessage(): FromWorker | null {
    const absences = this.#absencesHere();
    const text = JSON.stringify(absences);
    if (text === this.#sentAbsences) return null;
    this.#sentAbsences = text;
    return { type: 'absences', absences };
  }

  #rightsMessage(): FromWorker | null {
    if (this.#rightsHeard === this.#sentRights) return null;
    this.#sentRights = this.#rightsHeard;
    return { type: 'rights', heard: this.#rightsHeard };
  }

  #silentMessage(): FromWorker | null {
    // Before all alarms are here, nobody knows how many wait.
    if (this.#book.coming !== null) return null;
    const all = silentDesks(this.#book);
    const desks = all.filter((one) => this.#isBelow(one));
    const own = all.find((one) => one.organisation === this.#desk.organisation) ?? null;
    const text = JSON.stringify([desks, own]);
    if (text === this.#sentSilent) return null;
    this.#sentSilent = text;
    return { type: 'silent', desks, own };
  }

  /** One level below this desk: provinces for the national desk, stations for a province; and what went on to the national desk. */
  #isBelow({
    organisation,
    level = 'province',
    raised,
  }: {
    readonly organisation: OrganisationCode;
    readonly level?: Level | undefined;
    readonly raised?: DeskSilenceState['raised'] | undefined;
  }): boolean {
    if (organisation === this.#desk.organisation) return false;
    return this.#desk.level === 'national'
      ? level === 'province' || raised !== undefined
      : this.#desk.level === 'province' && level === 'station';
  }

  #firstSounding(): IncidentState | undefined {
    if (this.#stages.size === 0) return undefined;
    return this.#book.list('open').find(({ id }) => this.#stages.has(id))?.incident;
  }

  #mapMessage(changed: ReadonlySet<IncidentId>): FromWorker | null {
    if (this.#map === null) return null;
    if (this.#mapReset) {
      this.#mapReset = false;
      return { type: 'map', diff: this.#map.reset(this.#book.all()) };
    }
    const diff = this.#map.diff(changed, (id) => this.#book.get(id));
    return diff && { type: 'map', diff };
  }

  #incidentMessage(): FromWorker | null {
    const id = this.#open;
    if (id === null) return null;
    const incident = this.#book.get(id) ?? null;
    const entries = this.#liveEntries;
    if (!this.#openChanged && incident === this.#sentIncident && entries.length === 0) return null;
    this.#openChanged = false;
    this.#liveEntries = [];
    this.#sentIncident = incident;
    return { type: 'incident', id, incident, entries, problem: null };
  }
}
