import type {
  DutyCheckId,
  DutyCheckState,
  Limit,
  OrganisationCode,
  TransmitterId,
  TransmitterProtocol,
  World,
} from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { setTimers } from '../timers/index.ts';
import type { AskedTransmitter, DutyCheckProgress, StoredDutyCheck } from './rules.ts';

export const DUTY_CHECK_END = 'duty-check.end';
export const DUTY_CHECK_UNCLAIMED = 'duty-check.unclaimed';

interface Row {
  readonly state: DutyCheckState;
  readonly organisation: OrganisationCode;
}

/** Locked, in the order of their ids. */
export async function loadDutyChecks(
  client: PoolClient,
  world: World,
  ids: readonly DutyCheckId[],
): Promise<StoredDutyCheck[]> {
  const { rows } = await client.query<Row>({
    name: 'duty-check-load',
    text: `select state, organisation from duty_check where world = $1 and id = any($2::uuid[]) order by id for update`,
    values: [world, ids],
  });
  return rows;
}

/** The open one of a transmitter, locked. */
export async function loadOpenDutyCheck(
  client: PoolClient,
  world: World,
  transmitter: TransmitterId,
): Promise<StoredDutyCheck | null> {
  const { rows } = await client.query<Row>({
    name: 'duty-check-open',
    text: `select state, organisation from duty_check where world = $1 and transmitter = $2 and ended_at is null for update`,
    values: [world, transmitter],
  });
  return rows[0] ?? null;
}

/** Is a transmitter being asked now? */
export async function isBeingAsked(
  client: PoolClient,
  world: World,
  transmitter: TransmitterId,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'duty-check-is-open',
    text: 'select from duty_check where world = $1 and transmitter = $2 and ended_at is null',
    values: [world, transmitter],
  });
  return rowCount !== 0;
}

/** A question that no device has confirmed yet. */
export interface UndeliveredDutyCheck {
  readonly id: DutyCheckId;
  readonly protocol: TransmitterProtocol;
  readonly account: string;
  readonly minutes: number;
  readonly dueAt: Date;
}

/** Questions that one look carries at most; the rest follow in the next second. */
const MOST_CARRIED = 1_000;

export async function undeliveredDutyChecks(
  pool: Pool,
  world: World,
  now: Date,
): Promise<UndeliveredDutyCheck[]> {
  const { rows } = await pool.query<UndeliveredDutyCheck>({
    name: 'duty-check-undelivered',
    text: `select d.id, t.protocol, t.account, (d.state->>'minutes')::integer as minutes, d.due_at as "dueAt"
      from duty_check d join transmitter t on t.world = d.world and t.id = d.transmitter
      where d.world = $1 and d.ended_at is null and d.delivered_at is null and d.due_at > $2
      order by d.asked_at limit ${MOST_CARRIED}`,
    values: [world, now.toISOString()],
  });
  return rows;
}

/** What the register says of a transmitter; null: there is none that may be seen. */
export async function loadAsked(
  client: PoolClient,
  world: World,
  id: TransmitterId,
): Promise<(AskedTransmitter & { readonly protocol: TransmitterProtocol }) | null> {
  const { rows } = await client.query<AskedTransmitter & { readonly protocol: TransmitterProtocol }>({
    name: 'duty-check-transmitter',
    text: `select id as "transmitterId", facility as "facilityId", organisation, protocol from transmitter
      where world = $1 and id = $2`,
    values: [world, id],
  });
  return rows[0] ?? null;
}

/** Transmitters whose link is not lost and that were not asked since `before`, longest ago first. */
export async function transmittersToAsk(
  client: PoolClient,
  world: World,
  protocols: readonly TransmitterProtocol[],
  before: Date,
  limit: number,
): Promise<AskedTransmitter[]> {
  const { rows } = await client.query<AskedTransmitter>({
    name: 'duty-check-regular',
    text: `select t.id as "transmitterId", t.facility as "facilityId", t.organisation from transmitter t
      where t.world = $1 and t.protocol = any($2)
        and not exists (select from link_lost l where l.world = t.world and l.transmitter = t.id)
        and not exists (select from duty_check d where d.world = t.world and d.transmitter = t.id
          and (d.asked_at > $3 or d.ended_at is null))
      order by t.id limit $4`,
    values: [world, protocols, before.toISOString(), limit],
  });
  return rows;
}

export type ListedDutyCheck = DutyCheckState & {
  readonly facilityName: string;
  readonly account: string | null;
};

const LISTED = `select d.state || jsonb_build_object('facilityName', f.name, 'account', t.account) as state
  from duty_check d join facility f on f.world = d.world and f.id = d.facility
    left join transmitter t on t.world = d.world and t.id = d.transmitter`;

/** The newest of a facility, or of all that may be seen. */
export async function listDutyChecks(
  client: PoolClient,
  world: World,
  filter: { readonly facility: string | null; readonly limit: number },
): Promise<ListedDutyCheck[]> {
  const { rows } = await client.query<{ state: ListedDutyCheck }>({
    name: filter.facility === null ? 'duty-check-list' : 'duty-check-list-facility',
    text: `${LISTED}
      where d.world = $1 ${filter.facility === null ? '' : 'and d.facility = $3'}
      order by d.asked_at desc, d.id limit $2`,
    values: [world, filter.limit, ...(filter.facility === null ? [] : [filter.facility])],
  });
  return rows.map((row) => row.state);
}

/** Those that nobody answered and that wait for a person: unclaimed before claimed, longest first. */
export async function listAbsences(
  client: PoolClient,
  world: World,
  limit: number,
): Promise<ListedDutyCheck[]> {
  const { rows } = await client.query<{ state: ListedDutyCheck }>({
    name: 'duty-check-absences',
    text: `${LISTED}
      where d.world = $1 and d.state->>'absence' in ('open', 'claimed')
      order by d.state->>'absence' desc, d.due_at, d.id limit $2`,
    values: [world, limit],
  });
  return rows.map((row) => row.state);
}

/** Those that nobody looks after and that no timer takes up to the nation: they are from before there was one. */
export async function absencesWithoutTimer(client: PoolClient, world: World): Promise<StoredDutyCheck[]> {
  const { rows } = await client.query<Row>({
    name: 'duty-check-without-timer',
    text: `select d.state, d.organisation from duty_check d
      where d.world = $1 and d.state->>'absence' = 'open' and not d.state ? 'raised'
        and not exists (select from timer t where t.world = d.world and t.kind = $2 and t.subject = d.id::text)
      order by d.due_at, d.id`,
    values: [world, DUTY_CHECK_UNCLAIMED],
  });
  return rows;
}

/** The time that each province has to look after control rooms where nobody answered. */
export async function setUnclaimedTimers(
  client: PoolClient,
  world: World,
  checks: readonly StoredDutyCheck[],
  limitOf: (areaCode: string) => Limit,
): Promise<void> {
  const absent = checks.filter(({ state }) => state.absence === 'open');
  if (absent.length === 0) return;
  const { rows } = await client.query<{ code: OrganisationCode; areaCode: string }>({
    name: 'duty-check-areas',
    text: `select code, coalesce(area_code, '') as "areaCode" from organisation where world = $1 and code = any($2::text[])`,
    values: [world, absent.map(({ organisation }) => organisation)],
  });
  const areas = new Map(rows.map(({ code, areaCode }) => [code, areaCode]));
  await setTimers(
    client,
    absent.map(({ state, organisation }) => {
      const limit = limitOf(areas.get(organisation) ?? '');
      const since = Date.parse(state.endedAt ?? state.dueAt);
      const dueAt = new Date(since + limit.seconds * 1000);
      return { world, kind: DUTY_CHECK_UNCLAIMED, subject: state.id, dueAt, body: { limit } };
    }),
  );
}

/** Writes what became of one that nobody answered. */
export async function storeAbsence(
  client: PoolClient,
  world: World,
  { state, draft }: DutyCheckProgress,
  now: Date,
): Promise<void> {
  await client.query({
    name: 'duty-check-absence',
    text: 'update duty_check set revision = $3, state = $4 where world = $1 and id = $2',
    values: [world, state.id, state.entries, JSON.stringify(state)],
  });
  await appendEntries(client, [draft], now);
}

/** Writes what became of duty checks, with their entries, and the timers of new ones. */
export async function storeDutyChecks(
  client: PoolClient,
  world: World,
  changes: readonly DutyCheckProgress[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const isNew = ({ state }: DutyCheckProgress): boolean => state.entries === 1;
  const asked = changes.filter(isNew);
  if (asked.length > 0) {
    await client.query({
      name: 'duty-check-insert',
      text: `insert into duty_check (world, id, transmitter, facility, organisation, asked_at, due_at, revision, state)
        select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[],
          $8::integer[], $9::jsonb[])`,
      values: [
        world,
        asked.map(({ state }) => state.id),
        asked.map(({ state }) => state.transmitterId),
        asked.map(({ state }) => state.facilityId),
        asked.map(({ organisation }) => organisation),
        asked.map(({ state }) => state.askedAt),
        asked.map(({ state }) => state.dueAt),
        asked.map(({ state }) => state.entries),
        asked.map(({ state }) => JSON.stringify(state)),
      ],
    });
    const timer = { world, kind: DUTY_CHECK_END, body: {} };
    await setTimers(
      client,
      asked.map(({ state }) => ({ ...timer, subject: state.id, dueAt: new Date(state.dueAt) })),
    );
  }
  for (const { state } of changes.filter((one) => !isNew(one))) {
    await client.query({
      name: 'duty-check-update',
      text: `update duty_check set delivered_at = $3, ended_at = $4, revision = $5, state = $6 where world = $1 and id = $2`,
      values: [world, state.id, state.deliveredAt, state.endedAt, state.entries, JSON.stringify(state)],
    });
  }
  await appendEntries(
    client,
    changes.map(({ draft }) => draft),
    now,
  );
}
