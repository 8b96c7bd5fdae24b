import { type AnyEntry, type ArrivalNews, Problem } from '@keng/model';
import { z } from 'zod';
import { toProblem } from '../api/client.ts';
import { GIVE_UP_MS, type LinkFacts, linkStatus, retryDelayMs, SNAPSHOT_GIVE_UP_MS } from './link-watch.ts';
import type { LinkState } from './messages.ts';
import { type SnapshotHead, type SnapshotPart, SnapshotReader } from './snapshot-reader.ts';
import { type ServerSentEvent, SseParser } from './sse-parser.ts';

const tick = z.object({
  position: z.number(),
  now: z.string(),
  storage: z.enum(['ok', 'failing']),
  since: z.string().nullish(),
});
type Tick = z.infer<typeof tick>;

export interface FeedListener {
  /** A snapshot begins: its incidents come by `more`, and only after `complete` are they all. */
  begin(head: SnapshotHead): void;
  more(incidents: SnapshotPart['incidents']): void;
  complete(): void;
  /** @throws when they do not fit what is known: everything is then loaded anew. */
  apply(entries: readonly AnyEntry[], position: number): void;
  /** Alarms that are not an incident yet. */
  arrived(news: ArrivalNews): void;
  link(link: LinkState, centreNow: string | null): void;
}

/** A resync that does not help is not tried in a loop: the centre has others to serve. */
const RESYNC_PAUSE_MS = 10_000;

/** Snapshot, then the stream from its position on, then again from the last position whenever the line breaks. */
export class Feed {
  readonly #listener: FeedListener;
  #facts: LinkFacts = {
    startedAt: Date.now(),
    heardAt: null,
    position: 0,
    storage: 'ok',
    storageSince: null,
    setAside: 0,
    problem: null,
    loggedOut: false,
    loading: false,
  };
  #needsSnapshot = true;
  #resyncs: number[] = [];
  #attempt = 0;
  #abort: AbortController | null = null;
  /** When anything last came over the attempt that is under way, or when it began. */
  #attemptAliveAt = 0;
  #giveUpMs = GIVE_UP_MS;
  #wake: (() => void) | null = null;
  #stopped = false;
  #lastStatus: LinkState['status'] = 'connecting';
  readonly #watch: ReturnType<typeof setInterval>;

  constructor(listener: FeedListener) {
    this.#listener = listener;
    this.#watch = setInterval(() => this.#look(), 200);
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#watch);
    this.#abort?.abort();
    this.#wake?.();
  }

  /** The person pressed the button, or logged in again: try now. */
  retry(): void {
    this.#attempt = 0;
    this.#wake?.();
  }

  get link(): LinkState {
    const { startedAt: _startedAt, loggedOut: _loggedOut, loading: _loading, ...rest } = this.#facts;
    return { ...rest, status: linkStatus(this.#facts, Date.now()) };
  }

  setAside(count: number): void {
    this.#learn({ setAside: count });
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (this.#needsSnapshot) await this.#load();
        await this.#follow();
      } catch (error) {
        if (this.#stopped) return;
        this.#failed(error);
      }
      await this.#pause(retryDelayMs(this.#attempt, Math.random()));
      this.#attempt += 1;
    }
  }

  #failed(error: unknown): void {
    const code = error instanceof Problem ? error.code : error instanceof Error ? error.name : 'unknown';
    const loggedOut = error instanceof Problem && error.status === 401;
    // What came after its position has left the database: only a new picture helps.
    if (error instanceof Problem && error.status === 410) this.#needsSnapshot = true;
    this.#learn({ problem: code, loggedOut });
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  async #open(path: string, accept: string, giveUpMs: number): Promise<Response> {
    this.#abort = new AbortController();
    this.#attemptAliveAt = Date.now();
    this.#giveUpMs = giveUpMs;
    const response = await fetch(`/api${path}`, {
      headers: { accept },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: this.#abort.signal,
    });
    if (!response.ok) throw toProblem(response.status, await response.text(), path);
    return response;
  }

  async #load(): Promise<void> {
    const response = await this.#open('/desk/snapshot', 'application/json', SNAPSHOT_GIVE_UP_MS);
    const reader = new SnapshotReader();
    await this.#read(response, (text) => {
      const { head, incidents } = reader.push(text);
      this.#heard(head === null ? {} : { position: head.position, setAside: head.setAside, loading: true });
      if (head !== null) {
        this.#listener.begin(head);
        this.#listener.link(this.link, head.now);
      }
      if (incidents.length > 0) this.#listener.more(incidents);
    });
    if (!reader.complete) throw new TypeError('the snapshot broke off');
    this.#needsSnapshot = false;
    this.#heard({ loading: false });
    this.#listener.complete();
    this.#listener.link(this.link, null);
  }

  /** A slow line may take long over a large snapshot: as long as something comes, it is not given up. */
  async #read(response: Response, take: (part: string) => void): Promise<void> {
    if (response.body === null) throw new TypeError('the answer has no body');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#attemptAliveAt = Date.now();
      take(value);
    }
  }

  async #follow(): Promise<void> {
    const response = await this.#open(`/feed?after=${this.#facts.position}`, 'text/event-stream', GIVE_UP_MS);
    const parser = new SseParser();
    await this.#read(response, (part) => {
      for (const event of parser.push(part)) this.#receive(event);
    });
  }

  #receive(event: ServerSentEvent): void {
    this.#attempt = 0;
    if (event.event === 'tick') {
      this.#tick(tick.parse(JSON.parse(event.data)));
      return;
    }
    if (event.event === 'arrivals') {
      // Checked by the centre: see `trusted` in api/client.ts.
      this.#listener.arrived(JSON.parse(event.data) as ArrivalNews);
      return;
    }
    if (event.event !== 'entries') return;
    const entries = JSON.parse(event.data) as readonly AnyEntry[];
    const position =
      event.id === null ? (entries.at(-1)?.position ?? this.#facts.position) : Number(event.id);
    this.#apply(entries, position);
  }

  #tick(told: Tick): void {
    this.#heard({ storage: told.storage, storageSince: told.since ?? null });
    this.#listener.link(this.link, told.now);
  }

  #apply(entries: readonly AnyEntry[], position: number): void {
    try {
      this.#listener.apply(entries, position);
      this.#heard({ position });
    } catch (error) {
      this.#resync(error);
      throw error;
    }
  }

  /** One full load, and if entries still do not fit, the next one only after a pause. */
  #resync(error: unknown): void {
    const now = Date.now();
    this.#resyncs = [...this.#resyncs.filter((at) => now - at < RESYNC_PAUSE_MS), now];
    this.#needsSnapshot = true;
    this.#attempt = this.#resyncs.length > 1 ? 8 : 0;
    this.#learn({ problem: error instanceof Error ? error.name : 'apply' });
  }

  #heard(facts: Partial<LinkFacts>): void {
    this.#facts = { ...this.#facts, ...facts, heardAt: Date.now(), problem: null, loggedOut: false };
  }

  #learn(facts: Partial<LinkFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
    this.#listener.link(this.link, null);
  }

  #look(): void {
    const link = this.link;
    if (link.status !== this.#lastStatus) {
      this.#lastStatus = link.status;
      this.#listener.link(link, null);
    }
    if (this.#abort && Date.now() - this.#attemptAliveAt > this.#giveUpMs) {
      this.#abort.abort();
      this.#abort = null;
    }
  }
}
