import type { AnyEntry, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { emptyStates, type LinkLoss, linkKey, type NumberStates, type Sums } from './fold.ts';
import { type IncidentFacts, NEVER, type TransmitterFacts, timingsOf } from './rules.ts';
import { addSums } from './sum-tables.ts';

/** The states that a batch touches, as they are now: three statements, however many entries. */
export async function loadStates(
  client: PoolClient,
  world: World,
  entries: readonly AnyEntry[],
): Promise<NumberStates> {
  const states = emptyStates();
  const transmitters = new Set<string>();
  const incidents = new Set<string>();
  const losses: { transmitter: string; lostAt: string }[] = [];
  for (const entry of entries) {
    if (entry.kind === 'incident.opened') {
      const first = entry.body.signals[0]?.transmitterId;
      if (first !== undefined) transmitters.add(first);
    } else if (entry.kind === 'link.lost') {
      transmitters.add(entry.body.transmitterId);
      losses.push({ transmitter: entry.body.transmitterId, lostAt: entry.at });
    } else if (entry.kind === 'link.restored') {
      losses.push({ transmitter: entry.body.transmitterId, lostAt: entry.body.lostAt });
    }
    if (entry.kind.startsWith('incident.')) incidents.add(entry.subject);
  }
  if (transmitters.size > 0) {
    const { rows } = await client.query<TransmitterFacts>({
      name: 'numbers-transmitters',
      text: `select transmitter, facility, organisation, area_code as "areaCode", category, model
        from numbers_transmitter where world = $1 and transmitter = any($2::uuid[])`,
      values: [world, [...transmitters]],
    });
    for (const row of rows) states.transmitters.set(row.transmitter, row);
  }
  if (incidents.size > 0) {
    const { rows } = await client.query<{ state: IncidentFacts }>({
      name: 'numbers-incidents',
      text: 'select state from numbers_incident where world = $1 and incident = any($2::uuid[])',
      values: [world, [...incidents]],
    });
    for (const { state } of rows) states.incidents.set(state.incident, state);
  }
  if (losses.length > 0) {
    const { rows } = await client.query<LinkRow>({
      name: 'numbers-links',
      text: `select ${LINK_COLUMNS} from unnest($2::uuid[], $3::timestamptz[]) as asked(transmitter, lost_at)
        join numbers_link l on l.world = $1 and l.transmitter = asked.transmitter and l.lost_at = asked.lost_at`,
      values: [world, losses.map((one) => one.transmitter), losses.map((one) => one.lostAt)],
    });
    for (const row of rows) {
      const loss = lossOf(row);
      states.links.set(linkKey(loss.transmitter, loss.lostAt), loss);
    }
  }
  return states;
}

export interface LinkRow extends Omit<LinkLoss, 'lostAt' | 'restoredAt'> {
  readonly lostAt: Date;
  readonly restoredAt: Date | null;
}

export const LINK_COLUMNS = `l.transmitter, l.facility, l.organisation, l.area_code as "areaCode", l.category, l.model,
  l.lost_at as "lostAt", l.restored_at as "restoredAt"`;

export function lossOf(row: LinkRow): LinkLoss {
  return { ...row, lostAt: row.lostAt.toISOString(), restoredAt: row.restoredAt?.toISOString() ?? null };
}

/** Writes the states that a batch changed, and adds its sums. */
export async function storeNumbers(
  client: PoolClient,
  world: World,
  changed: NumberStates,
  sums: Sums,
): Promise<void> {
  await storeTransmitters(client, world, [...changed.transmitters.values()]);
  await storeIncidents(client, world, [...changed.incidents.values()]);
  await storeLinks(client, world, [...changed.links.values()]);
  await addSums(client, world, sums);
}

// One document instead of a column each: as array literals every value would be quoted, escaped and parsed twice over.
async function storeTransmitters(client: PoolClient, world: World, facts: readonly TransmitterFacts[]) {
  if (facts.length === 0) return;
  await client.query({
    name: 'numbers-transmitters-store',
    text: `insert into numbers_transmitter (world, transmitter, facility, organisation, area_code, category, model)
      select $1, transmitter, facility, organisation, "areaCode", category, model from jsonb_to_recordset($2::jsonb)
        as t(transmitter uuid, facility uuid, organisation text, "areaCode" text, category text, model text)
      on conflict (world, transmitter) do update set facility = excluded.facility, organisation = excluded.organisation,
        area_code = excluded.area_code, category = excluded.category, model = excluded.model`,
    values: [world, JSON.stringify(facts)],
  });
}

async function storeIncidents(client: PoolClient, world: World, facts: readonly IncidentFacts[]) {
  if (facts.length === 0) return;
  await client.query({
    name: 'numbers-incidents-store',
    text: `insert into numbers_incident (world, incident, day, opened_at, organisation, area_code, category, facility, model, family,
        outcome, cause, owner_ms, desk_ms, station_ms, turnout_ms, arrival_ms, late, state)
      select $1, (s->>'incident')::uuid, (s->>'day')::date, (s->>'openedAt')::timestamptz, s->>'organisation', s->>'areaCode',
        s->>'category', (s->>'facility')::uuid, s->>'model', s->>'family', s->>'outcome', s->>'cause',
        (took->>'owner')::integer, (took->>'desk')::integer, (took->>'station')::integer, (took->>'turnout')::integer,
        (took->>'arrival')::integer, array(select jsonb_array_elements_text(late)), s
      from jsonb_to_recordset($2::jsonb) as given(s jsonb, took jsonb, late jsonb)
      on conflict (world, incident) do update set outcome = excluded.outcome, cause = excluded.cause, owner_ms = excluded.owner_ms,
        desk_ms = excluded.desk_ms, station_ms = excluded.station_ms, turnout_ms = excluded.turnout_ms,
        arrival_ms = excluded.arrival_ms, late = excluded.late, state = excluded.state`,
    values: [world, JSON.stringify(facts.map((s) => ({ s, ...tookOf(s) })))],
  });
}

/** A column holds some 24 days; nothing that takes longer is a time of an alarm any more. */
const MOST_MS = 2_000_000_000;

function tookOf(facts: IncidentFacts) {
  const done = timingsOf(facts).filter((one) => one.bucket !== NEVER);
  return {
    took: Object.fromEntries(done.map(({ measure, ms }) => [measure, Math.min(ms, MOST_MS)])),
    late: done.filter(({ measure, within }) => measure in facts.limits && !within).map((one) => one.measure),
  };
}

async function storeLinks(client: PoolClient, world: World, losses: readonly LinkLoss[]) {
  if (losses.length === 0) return;
  await client.query({
    name: 'numbers-links-store',
    text: `insert into numbers_link (world, transmitter, lost_at, restored_at, facility, organisation, area_code, category, model)
      select $1, transmitter, "lostAt", "restoredAt", facility, organisation, "areaCode", category, model
      from jsonb_to_recordset($2::jsonb) as l(transmitter uuid, "lostAt" timestamptz, "restoredAt" timestamptz, facility uuid,
        organisation text, "areaCode" text, category text, model text)
      on conflict (world, transmitter, lost_at) do update set restored_at = excluded.restored_at`,
    values: [world, JSON.stringify(losses)],
  });
}
