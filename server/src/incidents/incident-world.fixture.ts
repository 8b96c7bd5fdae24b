import {
  type AnyDraft,
  type AnyEntry,
  asEntry,
  type Contact,
  type ContactId,
  type FacilityId,
  type IncidentId,
  type IncidentState,
  LIVE,
  newId,
  type SignalEvent,
  type TransmitterId,
  type UserId,
  type Zone,
} from '@keng/model';
import type { PoolClient } from 'pg';
import type { Consumer } from '../log/index.ts';
import { ManualClock, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { type RunningTimers, startTimers } from '../timers/index.ts';
import { WorksService, worksTimers } from '../works/index.ts';
import { incidentTimers } from './clocks.ts';
import { createCorrelator } from './correlator.ts';
import { OTHER_STATION, PROVINCE, STATION, signal, T0, TEST_POLICY, ZONES } from './incident.fixture.ts';
import type { IncidentPolicy } from './policy.ts';
import { type Caller, IncidentService } from './service.ts';

export const FAR_PROVINCE = 'VN-PC07-79' as Caller['organisation'] & string;
const ORGANISATIONS = [
  ['VN-C07', 'national', null],
  [PROVINCE, 'province', 'VN-C07'],
  [FAR_PROVINCE, 'province', 'VN-C07'],
  [STATION, 'station', PROVINCE],
  [OTHER_STATION, 'station', PROVINCE],
  ['VN-PC07-79-S1', 'station', FAR_PROVINCE],
] as const;

export interface Building {
  readonly facility: FacilityId;
  readonly transmitter: TransmitterId;
  readonly contacts: readonly Contact[];
}

export interface BuildingOptions {
  readonly organisation?: string;
  readonly category?: string;
  readonly zones?: readonly Zone[];
}

function syntheticBuilding(): Building {
  const contacts: Contact[] = [1, 2, 3].map((order) => ({
    id: newId<ContactId>(),
    order,
    name: `Synthetic contact ${order}`,
    role: 'guard',
    telephone: `+8490000000${order}`,
    email: null,
    language: 'vi',
  }));
  return { facility: newId<FacilityId>(), transmitter: newId<TransmitterId>(), contacts };
}

/** A scope as the web's sessions set it. */
export type Scope = '*' | readonly string[];

/** A centre in a test: real PostgreSQL, correlator, timers and services; time moves only when the test says so. */
export class IncidentWorld {
  readonly database: TestDatabase;
  readonly clock = new ManualClock(T0);
  readonly incidents = new IncidentService();
  readonly works = new WorksService(TEST_POLICY);
  readonly correlator: Consumer;
  readonly timers: RunningTimers;
  readonly logged: string[] = [];

  constructor(database: TestDatabase, policy: IncidentPolicy) {
    this.database = database;
    this.correlator = createCorrelator(policy);
    this.timers = startTimers({
      pool: database.pool('keng_core'),
      world: LIVE,
      clock: this.clock,
      handlers: [incidentTimers, ...worksTimers],
      log: (message) => this.logged.push(message),
      beatMs: 0,
    });
  }

  static async create(policy = TEST_POLICY): Promise<IncidentWorld> {
    const world = new IncidentWorld(await createTestDatabase(), policy);
    await world.core(async (client) => {
      for (const [code, level, parent] of ORGANISATIONS) {
        await client.query(
          `insert into organisation (world, code, level, parent, name, synthetic) values ('live', $1, $2, $3, '{}', true)`,
          [code, level, parent],
        );
      }
    });
    return world;
  }

  async stop(): Promise<void> {
    await this.timers.stop();
    await this.database.drop();
  }

  get now(): Date {
    return this.clock.now(LIVE);
  }

  core<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return transaction(this.database.pool('keng_core'), work);
  }

  /** A request of somebody with this scope. */
  web<Result>(scope: Scope, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return transaction(this.database.pool('keng_web'), async (client) => {
      await client.query(
        `select set_config('keng.scope', $1, true), set_config('keng.facilities', '', true)`,
        [scope === '*' ? '*' : scope.join(',')],
      );
      return work(client);
    });
  }

  /** A synthetic building with one panel. */
  async build(more: BuildingOptions = {}): Promise<Building> {
    const [building] = await this.builds(1, more);
    if (building === undefined) throw new Error('nothing was built');
    return building;
  }

  /** Many of them, in one transaction. */
  async builds(count: number, more: BuildingOptions = {}): Promise<Building[]> {
    const buildings = Array.from({ length: count }, syntheticBuilding);
    const organisation = more.organisation ?? STATION;
    await this.web('*', async (client) => {
      await client.query(
        `insert into facility (world, id, revision, organisation, name, category, area_code, managing_level,
          longitude, latitude, synthetic, changed_at, state)
        select 'live', id, 1, $2, 'Synthetic school', $3, '01', 'province', 105.8, 21, true, $4, state
        from unnest($1::uuid[], $5::jsonb[]) as building(id, state)`,
        [
          buildings.map((one) => one.facility),
          organisation,
          more.category ?? 'school',
          this.now,
          buildings.map(({ contacts }) => JSON.stringify({ address: '1 Synthetic street', contacts })),
        ],
      );
      await client.query(
        `insert into transmitter (world, id, facility, organisation, protocol, account, zones)
        select 'live', id, facility, $3, 'dc09', upper(right(id::text, 12)), $4
        from unnest($1::uuid[], $2::uuid[]) as panel(id, facility)`,
        [
          buildings.map((one) => one.transmitter),
          buildings.map((one) => one.facility),
          organisation,
          JSON.stringify(more.zones ?? ZONES),
        ],
      );
    });
    return buildings;
  }

  /** Frames of a building, now, handled as one batch of the correlator. */
  async hear(...frames: readonly (readonly [Building, ...SignalEvent[]])[]): Promise<void> {
    const entries = frames.map(([building, ...events]) =>
      signal(events, { at: this.now, facility: building.facility, transmitter: building.transmitter }),
    );
    await this.core((client) => this.correlator.handle(client, entries, { world: LIVE, now: this.now }));
  }

  /** Time passes, and what is due by then happens. */
  async wait(seconds: number): Promise<void> {
    this.clock.advance(LIVE, seconds);
    await this.timers.poke();
  }

  async states(building?: Building): Promise<IncidentState[]> {
    const { rows } = await this.database
      .pool('keng_core')
      .query<{ state: IncidentState }>(
        `select state from incident where world = 'live' and ($1::uuid is null or facility = $1) order by number`,
        [building?.facility ?? null],
      );
    return rows.map((row) => row.state);
  }

  /** The only incident of a building. */
  async only(building: Building): Promise<IncidentState> {
    const [state, ...rest] = await this.states(building);
    if (state === undefined || rest.length > 0)
      throw new Error(`${rest.length + (state ? 1 : 0)} incidents, not one`);
    return state;
  }

  /** Every entry that was appended, in the order of its id. */
  async entries(subject?: string): Promise<AnyEntry[]> {
    const { rows } = await this.database.pool('keng_core').query<AnyDraft & { readonly lane: 0 | 1 | 2 }>(
      `select world, kind, lane, subject, organisation, facility, revision, at,
        json_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name) as actor, body
      from entry where world = 'live' and ($1::text is null or subject = $1) order by id`,
      [subject ?? null],
    );
    return rows.map((row) => asEntry(row));
  }

  async kinds(id: IncidentId): Promise<string[]> {
    return (await this.entries(id)).map((entry) => entry.kind);
  }

  caller(name: string, organisation: string = PROVINCE): Caller {
    const id = newId<UserId>();
    return {
      world: LIVE,
      now: this.now,
      actor: { kind: 'user', id, name },
      person: { id, name },
      // Test data: the codes above are codes of organisations.
      organisation: organisation as Caller['organisation'],
    };
  }
}
