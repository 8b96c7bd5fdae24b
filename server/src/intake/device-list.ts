import {
  BEFORE_EVERY_ID,
  type DeviceCondition,
  type DeviceCounts,
  type DeviceItem,
  type DeviceState,
  type FacilityId,
  type OutageState,
  type TransmitterId,
  type TransmitterPath,
  type World,
} from '@keng/model';
import type { Queryable } from '../platform/index.ts';

export interface DeviceFilter {
  readonly state: 'all' | DeviceCondition;
  readonly facility: string | null;
  /** Only those whose loss, of the link or of a path, belongs to this outage. */
  readonly outage?: Pick<OutageState, 'id'> | null;
  readonly after: string | null;
  readonly limit: number;
}

/** What the list itself says; when it was last heard is known elsewhere. */
export type DeviceListItem = Omit<DeviceItem, 'lastHeardAt'>;

interface Row {
  readonly id: TransmitterId;
  readonly facility: FacilityId;
  readonly name: string;
  readonly organisation: string;
  readonly account: string;
  readonly protocol: string;
  readonly model: string | null;
  readonly reporting_seconds: number | null;
  readonly category: string | null;
  readonly paths: readonly TransmitterPath[] | null;
  readonly condition: DeviceCondition;
  readonly link: DeviceState['link'] | null;
  readonly changed_at: Date | null;
  readonly state: DeviceState | null;
}

const DEVICES =
  'transmitter t left join device_state d on d.world = t.world and d.transmitter = t.id where t.world = $1';

// A subselect is hashed once, however many there are; an array would be searched anew for each row, and a join would keep the
// page from being read in the order of its index.
const NEVER = 't.id in (select unnest($2::uuid[]))';
const CONDITION = `case
    when t.reporting_seconds is not null and ${NEVER} then 'never'
    when t.reporting_seconds is not null and d.link = 'lost' then 'lost'
    when d.faults > 0 then 'fault'
    when t.reporting_seconds is null then 'unsupervised'
    else 'ok' end`;

// What leads to the few: the partial indexes of device_state, the list itself. The rest is walked by the key of transmitter. Where the page
// begins is said of device_state, too: PostgreSQL does not conclude it from the join, and read the index from its first row.
const LEADS: Readonly<Record<DeviceFilter['state'], string>> = {
  all: '',
  never: `and ${NEVER} and ${CONDITION} = 'never'`,
  lost: `and d.link = 'lost' and d.transmitter > $3 and ${CONDITION} = 'lost'`,
  fault: `and d.faults > 0 and d.transmitter > $3 and ${CONDITION} = 'fault'`,
  unsupervised: `and t.reporting_seconds is null and ${CONDITION} = 'unsupervised'`,
  ok: `and ${CONDITION} = 'ok'`,
};

// By the losses and not by area and carrier: what was lost before for a reason of its own does not come back with the others.
const ofOutage = (parameter: number): string => `and (d.link = 'lost' or d.faults > 0)
  and t.id in (select l.transmitter from link_lost l where l.world = $1 and l.outage = $${parameter} and l.transmitter > $3)`;

/**
 * A page of the transmitters that the session may see, in the order of their ids.
 * @param neverHeard those who must report and were never heard
 */
export async function listDevices(
  db: Queryable,
  world: World,
  filter: DeviceFilter,
  neverHeard: readonly TransmitterId[],
): Promise<{ devices: DeviceListItem[]; next: string | null }> {
  const { outage = null } = filter;
  const { name, and, values } = narrowed(filter.facility, [
    world,
    neverHeard,
    filter.after ?? BEFORE_EVERY_ID,
    filter.limit,
  ]);
  const { rows } = await db.query<Row>({
    name: `device-list-${filter.state}${name}${outage === null ? '' : '-outage'}`,
    text: `with page as materialized (
        select t.id, t.facility, t.organisation, t.account, t.protocol, t.model, t.reporting_seconds,
          t.category, t.paths,
          ${CONDITION} as condition, d.link, d.changed_at, d.state
        from ${DEVICES} ${and} and t.id > $3
          ${LEADS[filter.state]} ${outage === null ? '' : ofOutage(values.length + 1)} order by t.id limit $4
      )
      select page.*, f.name from page join facility f on f.world = $1 and f.id = page.facility order by page.id`,
    values: outage === null ? values : [...values, outage.id],
  });
  const last = rows.length === filter.limit ? rows.at(-1) : undefined;
  return { devices: rows.map(itemOf), next: last?.id ?? null };
}

/** How many of each condition the session may see. Walks all of them: asked for with the first page only. */
export async function countDevices(
  db: Queryable,
  world: World,
  facility: string | null,
  neverHeard: readonly TransmitterId[],
): Promise<DeviceCounts> {
  const { name, and, values } = narrowed(facility, [world, neverHeard]);
  const { rows } = await db.query<{ condition: DeviceCondition; count: number }>({
    name: `device-counts${name}`,
    text: `select ${CONDITION} as condition, count(*)::integer as count from ${DEVICES} ${and} group by 1`,
    values,
  });
  const counts = { all: 0, never: 0, lost: 0, fault: 0, unsupervised: 0, ok: 0 };
  for (const { condition, count } of rows) {
    counts[condition] = count;
    counts.all += count;
  }
  return counts;
}

/** A statement of its own for the devices of one facility: a plan that serves both would walk the register for a handful. */
function narrowed(facility: string | null, values: readonly unknown[]) {
  if (facility === null) return { name: '', and: '', values: [...values] };
  return { name: '-facility', and: `and t.facility = $${values.length + 1}`, values: [...values, facility] };
}

function itemOf(row: Row): DeviceListItem {
  return {
    transmitterId: row.id,
    facilityId: row.facility,
    facilityName: row.name,
    organisation: row.organisation,
    account: row.account,
    protocol: row.protocol,
    model: row.model,
    reportingSeconds: row.reporting_seconds,
    category: row.category,
    paths: row.paths ?? [],
    condition: row.condition,
    link: row.link ?? 'unknown',
    changedAt: row.changed_at?.toISOString() ?? null,
    health: row.state,
  };
}
