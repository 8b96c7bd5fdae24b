import {
  type AnyEntry,
  type IncidentId,
  type IncidentState,
  type LogEntry,
  newUuid,
  type UserId,
} from '@keng/model';
import { toProblem } from '../api/client.ts';
import { Feed } from './feed.ts';
import { IncidentBook, type Snapshot } from './incident-book.ts';
import { MapLayers } from './map-layers.ts';
import type { Desk, FromWorker, LinkState, ToWorker } from './messages.ts';
import { codeOf } from './problem-code.ts';
import { toRow } from './queue-row.ts';
import { Ringer, type Ringing } from './ringing.ts';
import { Screen } from './screen.ts';
import { PROOF_EVERY_MS, ScreenProof, type TabProof } from './screen-proof.ts';
import type { SnapshotHead } from './snapshot-reader.ts';

export interface TabPort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: FromWorker): void;
}

interface Tab {
  readonly port: TabPort;
  readonly screen: Screen;
}

/** Whoever announced a screen and never showed it has gone: nobody needs the feed. */
const WARM_MS = 30_000;

/** How often it is asked whether the tab that should ring does. */
const RINGING_WATCH_MS = 1_000;

/** A screen is told at most this often; in a storm, when nobody could read each change, still more rarely: drawing costs, too. */
const FLUSH_MS = 100;
const STORM_FLUSH_MS = 250;
/** Incidents changed at once that no eye tells from each other. */
const STORM_CHANGES = 40;

/** One feed and one book for all tabs; each tab has a Screen that knows what it shows. */
export class LiveHub {
  #book = new IncidentBook();
  readonly #tabs = new Map<TabPort, Tab>();
  #ringer = new Ringer<TabPort>();
  readonly #toldRinging = new Map<TabPort, Ringing>();
  #watch: ReturnType<typeof setInterval> | null = null;
  #proof = new ScreenProof<TabPort>(newUuid());
  #proving: ReturnType<typeof setInterval> | null = null;
  #saidProof = '';
  #feed: Feed | null = null;
  #user: string | null = null;
  /** Before the snapshot nothing is known, and "no alarms" would be a lie. */
  #loaded: 'nothing' | 'some' | 'all' = 'nothing';
  /** A snapshot that replaces a picture which is on screens: they keep the old one until all of it is here. */
  #next: (SnapshotHead & { incidents: IncidentState[] }) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #flushMs = FLUSH_MS;
  #lastFlush = 0;
  #layers = new MapLayers();

  connect(port: TabPort): void {
    // Only our own tabs reach this port, in the words of messages.ts.
    port.onmessage = (event) => this.#receive(port, event.data as ToWorker);
  }

  #receive(port: TabPort, message: ToWorker): void {
    if (message.type === 'warm') {
      this.#warm(message.userId);
      return;
    }
    if (message.type === 'start') {
      this.#start(port, message.desk);
      return;
    }
    const tab = this.#tabs.get(port);
    if (tab) this.#serve(tab, message);
  }

  #serve({ port, screen }: Tab, message: Exclude<ToWorker, { type: 'start' | 'warm' }>): void {
    switch (message.type) {
      case 'view':
        screen.setView(message.view);
        break;
      case 'hold':
        screen.hold(message.on);
        break;
      case 'audible':
        this.#ringer.allow(port, message.allowed, Date.now());
        this.#tellRinging();
        return;
      case 'proof':
        this.#prove(port, message.proof);
        return;
      case 'struck':
        this.#ringer.struck(port, Date.now());
        return;
      case 'open':
        screen.open(message.id);
        if (message.id !== null && !this.#book.get(message.id)) void this.#fetchIncident(port, message.id);
        break;
      case 'silence':
        // A person has one pair of ears, however many tabs are open.
        for (const tab of this.#tabs.values()) tab.screen.silence(message.id);
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
        void this.#layers.facilities().then((message) => port.postMessage(message));
        return;
      case 'communes':
        void this.#layers.communes().then((message) => port.postMessage(message));
        return;
      case 'retry':
        this.#feed?.retry();
        break;
      case 'bye':
        this.#leave(port);
        return;
    }
    this.#soon();
  }

  #warm(userId: UserId): void {
    if (this.#feed !== null) return;
    this.#user = userId;
    this.#feed = this.#follow();
    setTimeout(() => {
      if (this.#tabs.size === 0) this.#forget();
    }, WARM_MS);
  }

  #start(port: TabPort, desk: Desk): void {
    // Somebody else logged in at this desk: nothing of what the one before might see remains.
    if (this.#user !== null && this.#user !== desk.userId) this.#forget();
    this.#user = desk.userId;
    const known = this.#tabs.get(port);
    if (known) known.screen.setDesk(desk);
    else this.#tabs.set(port, { port, screen: new Screen(this.#book, desk) });
    this.#ringer.join(port);
    this.#tellRinging();
    this.#watch ??= setInterval(() => this.#watchRinging(), RINGING_WATCH_MS);
    this.#proving ??= setInterval(() => this.#askForProof(), PROOF_EVERY_MS);
    port.postMessage({ type: 'prove' });
    if (this.#feed) port.postMessage({ type: 'link', link: this.#feed.link, centreNow: null });
    else this.#feed = this.#follow();
    this.#soon();
  }

  #forget(): void {
    this.#feed?.stop();
    this.#feed = null;
    this.#user = null;
    this.#layers = new MapLayers();
    this.#book = new IncidentBook();
    this.#loaded = 'nothing';
    this.#next = null;
    this.#tabs.clear();
    this.#ringer = new Ringer();
    this.#toldRinging.clear();
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
    if (this.#proving !== null) clearInterval(this.#proving);
    this.#proving = null;
    this.#proof = new ScreenProof(newUuid());
    this.#saidProof = '';
  }

  #leave(port: TabPort): void {
    this.#tabs.delete(port);
    this.#toldRinging.delete(port);
    this.#ringer.leave(port, Date.now());
    this.#tellRinging();
    this.#closeScreen(port);
    if (this.#tabs.size === 0) this.#forget();
  }

  /** What the screen said last goes to the centre with the beat; what has changed goes at once. */
  #askForProof(): void {
    for (const { port } of this.#tabs.values()) port.postMessage({ type: 'prove' });
    this.#saidProof = '';
    // Tabs answer within milliseconds; one that cannot is frozen and counts no more.
    setTimeout(() => this.#sayProof(), 500);
  }

  #prove(port: TabPort, proof: TabProof): void {
    this.#proof.take(port, proof, Date.now());
    this.#sayProof();
  }

  #sayProof(): void {
    const report = this.#proof.report(Date.now());
    if (report === null) return;
    const text = JSON.stringify(report);
    if (text === this.#saidProof) return;
    this.#saidProof = text;
    void sendProof('/desk/screen', report, this.#proof.csrf);
  }

  #closeScreen(port: TabPort): void {
    const { csrf, screen } = this.#proof;
    this.#proof.leave(port);
    if (this.#tabs.size === 0) void sendProof('/desk/screen/closed', { screen }, csrf);
  }

  #follow(): Feed {
    const feed: Feed = new Feed({
      begin: (head) => this.#begin(head),
      more: (incidents) => this.#more(incidents),
      complete: () => this.#complete(),
      apply: (entries, position) => this.#apply(feed, entries, position),
      arrived: (news) => {
        this.#book.arrived(news);
        this.#soon();
      },
      link: (link, centreNow) => this.#tellLink(link, centreNow),
    });
    return feed;
  }

  #begin(head: SnapshotHead): void {
    if (this.#loaded === 'all') {
      this.#next = { ...head, incidents: [] };
      return;
    }
    this.#book.begin(head);
    this.#loaded = 'some';
    this.#reset();
  }

  #more(incidents: readonly IncidentState[]): void {
    if (this.#next) this.#next.incidents.push(...incidents);
    else {
      this.#book.add(incidents);
      this.#soon();
    }
  }

  #complete(): void {
    if (this.#next) {
      const snapshot: Snapshot = this.#next;
      this.#next = null;
      this.#book.load(snapshot);
      this.#reset();
    } else this.#book.complete();
    this.#loaded = 'all';
    this.#soon();
  }

  #reset(): void {
    for (const { screen } of this.#tabs.values()) screen.reset();
    this.#soon();
  }

  #apply(feed: Feed, entries: readonly AnyEntry[], position: number): void {
    const asideBefore = this.#book.setAside;
    const ways = entries.flatMap((entry) => (entry.kind === 'probe.heard' ? [wayOf(entry)] : []));
    // The synthetic alarm is on this screen: the centre hears so.
    if (ways.length > 0) void sendProof('/probes/shown', { ways }, this.#proof.csrf);
    for (const entry of entries) {
      this.#book.apply(entry);
      for (const { screen } of this.#tabs.values()) screen.heard(entry);
    }
    this.#book.position = Math.max(this.#book.position, position);
    if (this.#book.setAside !== asideBefore) feed.setAside(this.#book.setAside);
    if (entries.length > 0) this.#soon();
  }

  #watchRinging(): void {
    const sounding = [...this.#tabs.values()].some(({ screen }) => screen.sounding > 0);
    if (sounding) this.#ringer.look(Date.now());
    else this.#ringer.rest(Date.now());
    this.#tellRinging();
  }

  #tellRinging(): void {
    for (const { port } of this.#tabs.values()) {
      const ringing = this.#ringer.of(port);
      if (this.#toldRinging.get(port) === ringing) continue;
      this.#toldRinging.set(port, ringing);
      port.postMessage({ type: 'ringing', ringing });
    }
  }

  #tellLink(link: LinkState, centreNow: string | null): void {
    for (const { port } of this.#tabs.values()) port.postMessage({ type: 'link', link, centreNow });
  }

  #soon(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#lastFlush + this.#flushMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastFlush = Date.now();
      this.#flush();
    }, wait);
  }

  #flush(): void {
    if (this.#loaded === 'nothing') return;
    const settled = this.#book.settle();
    const arrived = settled.arrivals ? this.#book.arrivals().length : 0;
    this.#flushMs = settled.changed.size + arrived > STORM_CHANGES ? STORM_FLUSH_MS : FLUSH_MS;
    for (const { port, screen } of this.#tabs.values()) {
      for (const message of screen.flush(settled)) port.postMessage(message);
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
}

/** A report that does not arrive is its own message: the centre takes the screen for asleep. The next one follows in seconds. */
function wayOf({ body: { receiver, listener } }: LogEntry<'probe.heard'>) {
  return { receiver, listener };
}

async function sendProof(path: string, body: object, csrf: string | null): Promise<void> {
  if (csrf === null) return;
  try {
    await fetch(`/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-keng-csrf': csrf },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      keepalive: true,
    });
  } catch (error) {
    console.warn('the centre did not hear that this screen works', error);
  }
}
