import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { vietNam } from '@keng/country-vn';
import {
  type AnyEntry,
  type Contact,
  type ContactId,
  type FacilityId,
  type IncidentId,
  type IncidentState,
  LIVE,
  newId,
  type OrganisationCode,
  type TransmitterId,
} from '@keng/model';
import { type FacilityDraft, keyEncryptionKey, registerFacilities } from '../facilities/index.ts';
import { event, STATION, ZONES } from '../incidents/incident.fixture.ts';
import { type Building, IncidentWorld } from '../incidents/incident-world.fixture.ts';
import { createHttpServer, type HttpServer } from '../platform/http/index.ts';
import { createLogger } from '../platform/index.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { createNotifier } from './notifier.ts';
import { ownerToken } from './owner-link.ts';
import { type RetryPolicy, retryPolicy } from './policy.ts';
import { notifyRoutes } from './routes.ts';
import { type RunningSender, startSender } from './sender.ts';

/** What the tests of notify share: a centre's database, its notifier, its routes on a real socket, and a sender. */
export const GATEWAY_SECRET = 'a secret shared with the gateway';
export const LINK_SECRET = 'a secret that makes links';
export const RETURNS_SECRET = 'a secret shared with the mail server';
export const PUSH_SECRET = 'a secret that makes the keys of web push';
export const WEBHOOKS_SECRET = 'a secret that seals secrets';

export class NotifyWorld {
  readonly world: IncidentWorld;
  readonly notifier = createNotifier({ country: vietNam, ownerLinkSecret: LINK_SECRET });
  readonly http: HttpServer;
  readonly url: string;
  readonly logged: string[] = [];
  readonly #senders: RunningSender[] = [];
  readonly #handled = new Set<string>();

  private constructor(world: IncidentWorld, server: HttpServer, address: string) {
    this.world = world;
    this.http = server;
    this.url = `http://${address}/api`;
  }

  static async create(): Promise<NotifyWorld> {
    const world = await IncidentWorld.create();
    // Signatures hold the time of the wall: this world begins there, and moves when a test says so.
    world.clock.set(LIVE, new Date());
    const server = await createHttpServer({
      routes: notifyRoutes({
        country: vietNam,
        gatewaySecret: GATEWAY_SECRET,
        webhooksSecret: WEBHOOKS_SECRET,
        webhookPrivateAddresses: true,
        pushSecret: PUSH_SECRET,
        pushPrivateAddresses: true,
        mail: true,
        returns: { secret: RETURNS_SECRET, signing: LINK_SECRET },
      }),
      // Nobody is logged in: every route of these tests carries its own proof.
      sessions: { find: async () => null, stillAllowed: async () => null },
      pools: { web: world.database.pool('keng_web') },
      clock: world.clock,
      world: LIVE,
      settings: { http: { host: '127.0.0.1', port: 0 }, publicUrl: null, tlsCertificate: null, tlsKey: null },
      log: createLogger('test', { write: (line) => world.logged.push(line) }),
    });
    return new NotifyWorld(world, server, await server.listen());
  }

  get now(): Date {
    return this.world.now;
  }

  advance(seconds: number): void {
    this.world.clock.advance(LIVE, seconds);
  }

  /** A synthetic school with three contacts, as the register has it. */
  async build(languages: readonly Contact['language'][] = ['vi', 'en', 'vi']): Promise<Building> {
    const facility = newId<FacilityId>();
    const transmitter = newId<TransmitterId>();
    const draft = facilityDraft(facility, languages, transmitter);
    await this.world.web('*', (client) =>
      registerFacilities(client, [draft], {
        world: LIVE,
        at: this.now,
        recordedAt: this.now,
        actor: { kind: 'system', id: 'test' },
        source: 'demonstration',
        kek: keyEncryptionKey('test'),
      }),
    );
    return { facility, transmitter, contacts: draft.contacts };
  }

  /** A detector of the building speaks, and the notifier hears of it. */
  async alarm(...buildings: readonly Building[]): Promise<IncidentState> {
    await this.world.hear(...buildings.map((one) => [one, event('1')] as const));
    await this.follow();
    const [first] = buildings;
    if (!first) throw new Error('nobody was alarmed');
    return await this.world.only(first);
  }

  /** Gives the notifier what was appended since, as one batch. */
  async follow(): Promise<void> {
    const fresh = await this.#fresh();
    if (fresh.length === 0) return;
    await this.world.core((client) => this.notifier.handle(client, fresh, { world: LIVE, now: this.now }));
  }

  /** What was appended by now is nothing for the notifier. */
  async skip(): Promise<void> {
    await this.#fresh();
  }

  async #fresh(): Promise<AnyEntry[]> {
    return (await this.world.entries()).filter((entry) => {
      const key = `${entry.subject} ${entry.revision} ${entry.kind}`;
      if (!this.notifier.kinds.includes(entry.kind) || this.#handled.has(key)) return false;
      this.#handled.add(key);
      return true;
    });
  }

  send(adapters: readonly ChannelAdapter[], policy: RetryPolicy = retryPolicy(vietNam)): RunningSender {
    const sender = startSender({
      pool: this.world.database.pool('keng_sender'),
      adapters,
      clock: this.world.clock,
      log: createLogger('sender', { write: (line) => this.logged.push(line) }),
      policy,
      publicUrl: 'http://keng.example',
      ownerLinkSecret: LINK_SECRET,
      beatMs: 20,
    });
    this.#senders.push(sender);
    return sender;
  }

  async state(id: IncidentId): Promise<IncidentState> {
    const found = (await this.world.states()).find((one) => one.id === id);
    if (!found) throw new Error(`there is no incident ${id}`);
    return found;
  }

  async jobs(incident: IncidentId): Promise<JobRow[]> {
    const { rows } = await this.world.database.pool('keng_core').query<JobRow>(
      `select id, contact, webhook, channel, purpose, address, status, attempts, round, phase, last_error as error, payload
       from notify_job where world = 'live' and incident = $1 order by id`,
      [incident],
    );
    return rows;
  }

  token(incident: IncidentId, contact: ContactId): string {
    return ownerToken(LINK_SECRET, { world: LIVE, incident, contact });
  }

  async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    // Tests look into answers of every shape.
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#senders.map((sender) => sender.stop()));
    await this.http.close();
    await this.world.stop();
  }
}

export function facilityDraft(
  id: FacilityId,
  languages: readonly Contact['language'][] = ['vi'],
  transmitter: TransmitterId = newId<TransmitterId>(),
): FacilityDraft {
  return {
    id,
    name: 'Synthetic school',
    address: '1 Synthetic street',
    areaCode: '01',
    communeCode: null,
    communeName: null,
    position: [105.8, 21],
    category: 'school',
    managingLevel: 'province',
    organisation: STATION,
    contacts: languages.map(
      (language, index): Contact => ({
        id: newId<ContactId>(),
        order: index + 1,
        name: `Synthetic contact ${index + 1}`,
        role: 'guard',
        telephone: `+8490000000${index + 1}`,
        email: null,
        language,
      }),
    ),
    transmitters: [
      {
        id: transmitter,
        protocol: 'dc09',
        account: transmitter.replaceAll('-', '').slice(-12).toUpperCase(),
        model: null,
        reportingSeconds: null,
        zones: [...ZONES],
      },
    ],
    hazards: [],
    onSiteForce: { people: 1, description: '' },
    water: [],
    synthetic: true,
  };
}

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly code?: string };
}

export interface JobRow {
  readonly id: string;
  readonly contact: ContactId | null;
  readonly webhook: string | null;
  readonly channel: string;
  readonly purpose: string;
  readonly address: string;
  readonly status: string;
  readonly attempts: number;
  readonly round: number;
  readonly phase: string | null;
  readonly error: string | null;
  readonly payload: Record<string, unknown>;
}

export const organisation = (code: string): OrganisationCode => code as OrganisationCode;

/** What somebody on the other end of a socket got. */
export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** null: never answers. */
  answer: { status: number; body?: string; headers?: Record<string, string> } | null;
  stop(): Promise<void>;
}

/** A receiver on a real socket that answers what it is told to. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const { answer } = receiver;
      if (answer === null) return;
      response.writeHead(answer.status, answer.headers ?? {});
      response.end(answer.body ?? '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: { status: 204 },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

/** Waits until something is so; says what it last was when it never became so. */
export async function until<Value>(
  look: () => Promise<Value> | Value,
  holds: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`it never became so; it is ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
