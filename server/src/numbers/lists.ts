import type { ListedIncident, ListedLoss, Measure, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { Conditions } from './conditions.ts';
import type { Asked } from './where.ts';

/** The list behind a number: what the number was narrowed to, and one property more. */
export interface ListAsked extends Asked {
  /** In which the days begin and end. */
  readonly timeZone: string;
  readonly outcome: string | null;
  readonly model: string | null;
  readonly family: string | null;
  readonly facility: string | null;
  readonly measure: Measure | null;
  /** Of the measure: later than its own limit, never done, done; or over so many seconds. */
  readonly met: 'late' | 'never' | 'done' | null;
  readonly overSeconds: number | null;
}

export interface Cursor {
  readonly at: string;
  readonly id: string;
}

interface IncidentRow extends Omit<ListedIncident, 'openedAt' | 'seconds'> {
  readonly openedAt: Date;
  readonly ownerMs: number | null;
  readonly deskMs: number | null;
  readonly stationMs: number | null;
  readonly turnoutMs: number | null;
  readonly arrivalMs: number | null;
}

/** Columns of the table by the measure: constants, never input. */
const COLUMN: Readonly<Record<Measure, string>> = {
  owner: 'owner_ms',
  desk: 'desk_ms',
  station: 'station_ms',
  turnout: 'turnout_ms',
  arrival: 'arrival_ms',
};

/**
 * A page of incidents, the newest first. The conditions that are asked for are written out, so that the planner can choose the index
 * of the narrowest; every value is a parameter.
 */
export async function listIncidents(
  client: PoolClient,
  world: World,
  asked: ListAsked,
  after: Cursor | null,
  limit: number,
): Promise<ListedIncident[]> {
  const conditions = new Conditions();
  conditions.add('d.world = ?', world);
  addPeriod(conditions, 'd.opened_at', asked);
  conditions.addIf('d.area_code = ?', asked.area);
  conditions.addIf('d.category = ?', asked.category);
  conditions.addIf('d.cause = ?', asked.cause);
  conditions.addIf('d.outcome = ?', asked.outcome);
  conditions.addIf('d.model = ?', asked.model);
  conditions.addIf('d.family = ?', asked.family);
  conditions.addIf('d.facility = ?::uuid', asked.facility);
  addMeasure(conditions, asked);
  if (after !== null) {
    conditions.add('d.opened_at <= ?::timestamptz', after.at);
    conditions.addTwo('(d.opened_at, d.incident) < (?::timestamptz, ?::uuid)', after.at, after.id);
  }
  const { rows } = await client.query<IncidentRow>(
    `with page as materialized (
       select d.* from numbers_incident d where ${conditions.text} order by d.opened_at desc, d.incident desc limit ${limit}
     )
     select d.incident as id, (d.state->>'number')::integer as number, d.opened_at as "openedAt", d.facility,
       s.name as "facilityName", d.area_code as "areaCode", d.category, d.model, d.family, d.outcome, d.cause,
       d.owner_ms as "ownerMs", d.desk_ms as "deskMs", d.station_ms as "stationMs", d.turnout_ms as "turnoutMs",
       d.arrival_ms as "arrivalMs"
     from page d left join facility_search s on s.world = d.world and s.id = d.facility
     order by d.opened_at desc, d.incident desc`,
    conditions.values,
  );
  return rows.map(({ ownerMs, deskMs, stationMs, turnoutMs, arrivalMs, openedAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    seconds: {
      owner: inSeconds(ownerMs),
      desk: inSeconds(deskMs),
      station: inSeconds(stationMs),
      turnout: inSeconds(turnoutMs),
      arrival: inSeconds(arrivalMs),
    },
  }));
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 100) / 10);

function addPeriod(
  conditions: Conditions,
  column: string,
  asked: Pick<ListAsked, 'from' | 'to' | 'timeZone'>,
): void {
  conditions.addTwo(`${column} >= (?::date)::timestamp at time zone ?`, asked.from, asked.timeZone);
  conditions.addTwo(`${column} < (?::date + 1)::timestamp at time zone ?`, asked.to, asked.timeZone);
}

function addMeasure(conditions: Conditions, { measure, met, overSeconds }: ListAsked): void {
  if (measure === null) return;
  const column = `d.${COLUMN[measure]}`;
  if (overSeconds !== null) conditions.add(`${column} > ?::integer`, overSeconds * 1_000);
  // Written out, as in the predicate of the index: the measure is one of the constants above, never input.
  else if (met === 'late') conditions.raw(`d.late @> array['${measure}']`);
  else if (met === 'never') {
    conditions.raw(`${column} is null and d.outcome <> ''`);
    // As the sums have it: nobody had to go where nothing was ordered.
    if (measure === 'turnout' || measure === 'arrival') conditions.raw(`d.state->'done' ? 'order'`);
  } else conditions.raw(`${column} is not null`);
}

/** A page of lost links, the newest first. */
export async function listLosses(
  client: PoolClient,
  world: World,
  asked: Pick<ListAsked, 'from' | 'to' | 'timeZone' | 'area' | 'category' | 'model'>,
  after: Cursor | null,
  limit: number,
): Promise<ListedLoss[]> {
  const conditions = new Conditions();
  conditions.add('l.world = ?', world);
  addPeriod(conditions, 'l.lost_at', asked);
  conditions.addIf('l.area_code = ?', asked.area);
  conditions.addIf('l.category = ?', asked.category);
  conditions.addIf('l.model = ?', asked.model);
  if (after !== null) {
    conditions.add('l.lost_at <= ?::timestamptz', after.at);
    conditions.addTwo('(l.lost_at, l.transmitter) < (?::timestamptz, ?::uuid)', after.at, after.id);
  }
  const { rows } = await client.query<
    Omit<ListedLoss, 'lostAt' | 'restoredAt'> & { readonly lostAt: Date; readonly restoredAt: Date | null }
  >(
    `with page as materialized (
       select l.* from numbers_link l where ${conditions.text} order by l.lost_at desc, l.transmitter desc limit ${limit}
     )
     select l.transmitter, t.account, l.facility, s.name as "facilityName", l.area_code as "areaCode", l.model,
       l.lost_at as "lostAt", l.restored_at as "restoredAt"
     from page l left join transmitter t on t.world = l.world and t.id = l.transmitter
     left join facility_search s on s.world = l.world and s.id = l.facility
     order by l.lost_at desc, l.transmitter desc`,
    conditions.values,
  );
  return rows.map((row) => ({
    ...row,
    lostAt: row.lostAt.toISOString(),
    restoredAt: row.restoredAt?.toISOString() ?? null,
  }));
}
