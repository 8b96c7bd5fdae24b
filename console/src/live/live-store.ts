import type { AnyEntry, Arrival, IncidentId, IncidentState, LogEntry, WorksState } from '@keng/model';
import { setCentreTime } from '../components/now.ts';
import type { MapDiff } from '../worker/map-diff.ts';
import type {
  FromWorker,
  LinkState,
  QueueCounts,
  QueueView,
  SilentDesk,
  SoundState,
  ToWorker,
} from '../worker/messages.ts';
import type { QueueRow } from '../worker/queue-row.ts';
import type { Ringing } from '../worker/ringing.ts';
import type { Absence } from '../worker/snapshot-reader.ts';
import type { LivePort } from './connect-worker.ts';

export interface QueueWindow {
  readonly view: QueueView;
  readonly total: number;
  readonly ids: readonly IncidentId[];
  readonly rows: ReadonlyMap<IncidentId, QueueRow>;
  /** The order is held: so many rows wait to be shown above. null: it is not held. */
  readonly above: number | null;
}

export interface OpenIncident {
  readonly id: IncidentId;
  readonly incident: IncidentState | null;
  readonly entries: readonly AnyEntry[];
  readonly problem: string | null;
}

export interface FacilityLayer {
  readonly status: 'off' | 'loading' | 'ready' | 'failed';
  readonly url: string | null;
  readonly count: number;
  readonly problem: string | null;
}

export interface CommuneLayer {
  /** `none`: this centre has no communes. */
  readonly status: 'off' | 'loading' | 'ready' | 'none' | 'failed';
  readonly url: string | null;
}

/** Everything the screen knows, in slices: a component listens to one and is drawn again only when that one changes. */
export interface LiveSlices {
  readonly link: LinkState;
  readonly queue: QueueWindow | null;
  readonly counts: QueueCounts;
  /** Alarms without an incident yet. */
  readonly arrivals: { readonly count: number; readonly first: readonly Arrival[] };
  readonly sound: SoundState;
  readonly ringing: Ringing;
  /** Desks one level below; null: it is not known yet. */
  readonly silent: readonly SilentDesk[] | null;
  /** This very desk cannot be counted on, and why; null: it can. */
  readonly ownSilence: SilentDesk | null;
  /** Control rooms where nobody answered a duty check and that nobody looks after yet. */
  readonly absences: readonly Absence[];
  /** Grows whenever somebody has raised, ended or reviewed rights. */
  readonly rights: number;
  readonly open: OpenIncident | null;
  readonly lists: {
    readonly refused: readonly LogEntry<'signal.refused'>[];
    readonly works: readonly WorksState[];
  };
  readonly facilities: FacilityLayer;
  readonly communes: CommuneLayer;
}

export type SliceName = keyof LiveSlices;

const START: LiveSlices = {
  link: {
    status: 'connecting',
    heardAt: null,
    position: 0,
    storage: 'ok',
    storageSince: null,
    setAside: 0,
    problem: null,
  },
  queue: null,
  counts: {
    complete: false,
    open: 0,
    unaccepted: 0,
    mine: 0,
    shelved: 0,
    closed: 0,
    refused: 0,
    muted: 0,
    mutedSignals: 0,
  },
  arrivals: { count: 0, first: [] },
  sound: { sounding: 0, arrivals: 0, first: null, fresh: 0, desks: 0, absences: 0 },
  ringing: 'elsewhere',
  silent: null,
  ownSilence: null,
  absences: [],
  rights: 0,
  open: null,
  lists: { refused: [], works: [] },
  facilities: { status: 'off', url: null, count: 0, problem: null },
  communes: { status: 'off', url: null },
};

/** The main thread's side of the worker: keeps the last message of each kind and tells who listens. */
export class LiveStore {
  readonly #port: LivePort;
  #slices: LiveSlices = START;
  readonly #listeners = new Map<SliceName, Set<() => void>>();
  readonly #mapListeners = new Set<(diff: MapDiff) => void>();
  readonly #proveListeners = new Set<() => void>();
  readonly #finds = new Map<number, (rows: readonly QueueRow[]) => void>();
  #lastFind = 0;

  constructor(port: LivePort) {
    this.#port = port;
    port.listen((message) => this.#receive(message));
  }

  get<Name extends SliceName>(name: Name): LiveSlices[Name] {
    return this.#slices[name];
  }

  subscribe(name: SliceName, listener: () => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  send(message: ToWorker): void {
    this.#port.send(message);
  }

  open(id: IncidentId | null): void {
    if (this.#slices.open?.id === id) return;
    this.#set('open', id === null ? null : { id, incident: null, entries: [], problem: null });
    this.send({ type: 'open', id });
  }

  find(text: string, limit = 8): Promise<readonly QueueRow[]> {
    this.#lastFind += 1;
    const request = this.#lastFind;
    return new Promise((resolve) => {
      this.#finds.set(request, resolve);
      this.send({ type: 'find', request, text, limit });
    });
  }

  /** The worker wants to know what this tab can prove. */
  onProve(listener: () => void): () => void {
    this.#proveListeners.add(listener);
    return () => this.#proveListeners.delete(listener);
  }

  /** The map hears diffs itself: ten thousand points are no business of React's. */
  onMap(listener: (diff: MapDiff) => void): () => void {
    this.#mapListeners.add(listener);
    this.send({ type: 'map', wanted: true });
    return () => {
      this.#mapListeners.delete(listener);
      if (this.#mapListeners.size === 0) this.send({ type: 'map', wanted: false });
    };
  }

  loadFacilities(): void {
    if (this.#slices.facilities.status === 'loading' || this.#slices.facilities.status === 'ready') return;
    this.#set('facilities', { status: 'loading', url: null, count: 0, problem: null });
    this.send({ type: 'facilities' });
  }

  loadCommunes(): void {
    const { status } = this.#slices.communes;
    if (status !== 'off' && status !== 'failed') return;
    this.#set('communes', { status: 'loading', url: null });
    this.send({ type: 'communes' });
  }

  close(): void {
    this.send({ type: 'bye' });
    this.#port.close();
  }

  #set<Name extends SliceName>(name: Name, value: LiveSlices[Name]): void {
    this.#slices = { ...this.#slices, [name]: value };
    for (const listener of this.#listeners.get(name) ?? []) listener();
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'link':
        if (message.centreNow !== null) setCentreTime(Date.parse(message.centreNow));
        this.#set('link', message.link);
        break;
      case 'queue':
        this.#set('queue', this.#window(message));
        break;
      case 'counts':
        this.#set('counts', message.counts);
        break;
      case 'arrivals':
        this.#set('arrivals', { count: message.count, first: message.first });
        break;
      case 'sound':
        this.#set('sound', message.sound);
        break;
      case 'ringing':
        this.#set('ringing', message.ringing);
        break;
      case 'silent':
        this.#set('silent', message.desks);
        this.#set('ownSilence', message.own);
        break;
      case 'absences':
        this.#set('absences', message.absences);
        break;
      case 'rights':
        this.#set('rights', message.heard);
        break;
      case 'prove':
        for (const listener of this.#proveListeners) listener();
        break;
      case 'map':
        for (const listener of this.#mapListeners) listener(message.diff);
        break;
      case 'incident':
        this.#incident(message);
        break;
      case 'lists':
        this.#set('lists', { refused: message.refused, works: message.works });
        break;
      case 'found':
        this.#finds.get(message.request)?.(message.rows);
        this.#finds.delete(message.request);
        break;
      case 'communes':
        this.#set('communes', { url: message.url, status: communeStatus(message) });
        break;
      case 'facilities':
        this.#set('facilities', { ...message, status: message.url === null ? 'failed' : 'ready' });
        break;
    }
  }

  #window(message: Extract<FromWorker, { type: 'queue' }>): QueueWindow {
    const before = this.#slices.queue?.rows;
    const fresh = new Map(message.changed.map((row) => [row.id, row]));
    const rows = new Map<IncidentId, QueueRow>();
    for (const id of message.ids) {
      const row = fresh.get(id) ?? before?.get(id);
      if (row) rows.set(id, row);
    }
    return { view: message.view, total: message.total, ids: message.ids, rows, above: message.above };
  }

  #incident(message: Extract<FromWorker, { type: 'incident' }>): void {
    const open = this.#slices.open;
    if (open?.id !== message.id) return;
    this.#set('open', {
      id: open.id,
      incident: message.incident ?? open.incident,
      entries: message.entries.length === 0 ? open.entries : [...open.entries, ...message.entries],
      problem: message.incident === null ? (message.problem ?? open.problem) : null,
    });
  }
}

function communeStatus({ url, problem }: Extract<FromWorker, { type: 'communes' }>): CommuneLayer['status'] {
  if (url !== null) return 'ready';
  return problem === null ? 'none' : 'failed';
}
