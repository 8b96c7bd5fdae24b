import { type AnyEntry, type IncidentId, type IncidentState, Problem } from '@keng/model';
import { toProblem } from '../api/client.ts';
import { loadFacilityLayer } from './facility-layer.ts';
import { Feed } from './feed.ts';
import { IncidentBook, type Snapshot } from './incident-book.ts';
import type { Desk, FromWorker, LinkState, ToWorker } from './messages.ts';
import { toRow } from './queue-row.ts';
import { Screen } from './screen.ts';

export interface TabPort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: FromWorker): void;
}

interface Tab {
  readonly port: TabPort;
  readonly screen: Screen;
}

/** A screen is told at most this often; at a thousand alarms a second that is a hundred a message. */
const FLUSH_MS = 100;

/** One feed and one book for all tabs; each tab has a Screen that knows what it shows. */
export class LiveHub {
  #book = new IncidentBook();
  readonly #tabs = new Map<TabPort, Tab>();
  #feed: Feed | null = null;
  #user: string | null = null;
  /** Before the snapshot nothing is known, and "no alarms" would be a lie. */
  #loaded = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastFlush = 0;
  #facilities: ReturnType<typeof loadFacilityLayer> | null = null;

  connect(port: TabPort): void {
    // Only our own tabs reach this port, in the words of messages.ts.
    port.onmessage = (event) => this.#receive(port, event.data as ToWorker);
  }

  #receive(port: TabPort, message: ToWorker): void {
    if (message.type === 'start') {
      this.#start(port, message.desk);
      return;
    }
    const tab = this.#tabs.get(port);
    if (tab) this.#serve(tab, message);
  }

  #serve({ port, screen }: Tab, message: Exclude<ToWorker, { type: 'start' }>): void {
    switch (message.type) {
      case 'view':
        screen.setView(message.view);
        break;
      case 'open':
        screen.open(message.id);
        if (message.id !== null && !this.#book.get(message.id)) void this.#fetchIncident(port, message.id);
        break;
      case 'silence':
        screen.silence(message.id);
        break;
      case 'adopt':
        this.#book.adopt(message.incident);
        break;
      case 'map':
        screen.showMap(message.wanted);
        break;
      case 'find': {
        const rows = this.#book.find(message.text, message.limit).map(toRow);
        port.postMessage({ type: 'found', request: message.request, rows });
        break;
      }
      case 'facilities':
        void this.#sendFacilities(port);
        break;
      case 'retry':
        this.#feed?.retry();
        break;
      case 'bye':
        this.#leave(port);
        return;
    }
    this.#soon();
  }

  #start(port: TabPort, desk: Desk): void {
    // Somebody else logged in at this desk: nothing of what the one before might see remains.
    if (this.#user !== null && this.#user !== desk.userId) this.#forget();
    this.#user = desk.userId;
    const known = this.#tabs.get(port);
    if (known) known.screen.setDesk(desk);
    else this.#tabs.set(port, { port, screen: new Screen(this.#book, desk) });
    if (this.#feed) port.postMessage({ type: 'link', link: this.#feed.link, centreNow: null });
    else this.#feed = this.#follow();
    this.#soon();
  }

  #forget(): void {
    this.#feed?.stop();
    this.#feed = null;
    this.#facilities = null;
    this.#book = new IncidentBook();
    this.#loaded = false;
    this.#tabs.clear();
  }

  #leave(port: TabPort): void {
    this.#tabs.delete(port);
    if (this.#tabs.size > 0) return;
    this.#feed?.stop();
    this.#feed = null;
    this.#user = null;
    this.#book = new IncidentBook();
    this.#loaded = false;
  }

  #follow(): Feed {
    const feed: Feed = new Feed({
      load: (snapshot) => this.#load(snapshot),
      apply: (entries, position) => this.#apply(feed, entries, position),
      link: (link, centreNow) => this.#tellLink(link, centreNow),
    });
    return feed;
  }

  #load(snapshot: Snapshot): void {
    this.#book.load(snapshot);
    this.#loaded = true;
    for (const { screen } of this.#tabs.values()) screen.reset();
    this.#soon();
  }

  #apply(feed: Feed, entries: readonly AnyEntry[], position: number): void {
    const asideBefore = this.#book.setAside;
    for (const entry of entries) {
      this.#book.apply(entry);
      for (const { screen } of this.#tabs.values()) screen.heard(entry);
    }
    this.#book.position = Math.max(this.#book.position, position);
    if (this.#book.setAside !== asideBefore) feed.setAside(this.#book.setAside);
    if (entries.length > 0) this.#soon();
  }

  #tellLink(link: LinkState, centreNow: string | null): void {
    for (const { port } of this.#tabs.values()) port.postMessage({ type: 'link', link, centreNow });
  }

  #soon(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#lastFlush + FLUSH_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastFlush = Date.now();
      this.#flush();
    }, wait);
  }

  #flush(): void {
    if (!this.#loaded) return;
    const { changed, lists } = this.#book.settle();
    for (const { port, screen } of this.#tabs.values()) {
      for (const message of screen.flush(changed, lists)) port.postMessage(message);
    }
  }

  /** Closed long ago, so not in the snapshot: asked for by itself. */
  async #fetchIncident(port: TabPort, id: IncidentId): Promise<void> {
    const path = `/incidents/${id}`;
    let incident: IncidentState | null = null;
    let problem: string | null = null;
    try {
      const response = await fetch(`/api${path}`, { credentials: 'same-origin' });
      if (!response.ok) throw toProblem(response.status, await response.text(), path);
      // Checked by the centre: see `trusted` in api/client.ts.
      incident = (await response.json()) as IncidentState;
    } catch (error) {
      problem = codeOf(error);
    }
    port.postMessage({ type: 'incident', id, incident, entries: [], problem });
  }

  async #sendFacilities(port: TabPort): Promise<void> {
    try {
      this.#facilities ??= loadFacilityLayer();
      const { url, count } = await this.#facilities;
      port.postMessage({ type: 'facilities', url, count, problem: null });
    } catch (error) {
      // The next request tries again.
      this.#facilities = null;
      port.postMessage({ type: 'facilities', url: null, count: 0, problem: codeOf(error) });
    }
  }
}

/** A word the console can translate: the Problem's code, or that no answer came. */
function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : 'network.unreachable';
}
