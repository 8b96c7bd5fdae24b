import type { FacilityId, HandoverCounts, HandoverKind, ShiftState, WorksState, World } from '@keng/model';
import type { PoolClient } from 'pg';

/** What the shift before has left, and nobody of this one has taken over yet. */
export interface PendingItem {
  readonly kind: HandoverKind;
  readonly id: string;
  readonly label: string;
  readonly place: string;
  readonly facilityId: FacilityId;
  /** Since when it burns, is muted, or is not heard. ISO. */
  readonly since: string;
  /** Until when a mute lasts; null for the others. */
  readonly until: string | null;
  /** Number of the incident; null for the others. */
  readonly number: number | null;
}

export interface Pending {
  readonly items: readonly PendingItem[];
  readonly counts: HandoverCounts;
}

/** A power cut loses thousands of links at once: the list shows so many of each kind, the counts say how many there are. */
const MOST_SHOWN = 1_000;
const MOST_READ = 20_000;

interface Row {
  readonly id: string;
  readonly label: string;
  readonly place: string | null;
  readonly facility: FacilityId;
  readonly since: Date;
  readonly until: Date | null;
  readonly number: number | null;
}

/** What of before the beginning of this shift it has not accepted, the oldest first. */
export async function pendingHandover(client: PoolClient, world: World, shift: ShiftState): Promise<Pending> {
  const accepted = await acceptedItems(client, world, shift.id);
  const all = [
    ...(await incidentsBefore(client, world, shift)).map((row) => itemOf('incident', row)),
    ...(await worksBefore(client, world, shift)).map((row) => itemOf('works', row)),
    ...(await linksBefore(client, world, shift)).map((row) => itemOf('link', row)),
  ].filter(({ kind, id }) => !accepted.has(`${kind}/${id}`));
  const of = (kind: HandoverKind): PendingItem[] => all.filter((one) => one.kind === kind);
  const kinds = { incident: of('incident'), works: of('works'), link: of('link') };
  return {
    items: [...kinds.incident, ...kinds.works, ...kinds.link.slice(0, MOST_SHOWN)],
    counts: { incident: kinds.incident.length, works: kinds.works.length, link: kinds.link.length },
  };
}

/**
 * How many there are, and nothing else: every screen of the room asks for it three times a minute, and after a power cut the list has
 * thousands of lines.
 */
export async function pendingCounts(
  client: PoolClient,
  world: World,
  shift: ShiftState,
): Promise<HandoverCounts> {
  const { rows } = await client.query<HandoverCounts>({
    name: 'room-pending-counts',
    text: `with accepted as materialized (
        select distinct item->>'kind' as kind, (item->>'id')::uuid as id
        from entry e cross join lateral json_array_elements(e.body->'items') item
        where e.world = $1 and e.subject = $5 and e.kind = 'shift.handover-accepted'),
      desk as materialized (${DESKS})
      select
        (select count(*)::integer from incident i
          where i.world = $1 and i.status = 'open' and i.opened_at < $4 and i.organisation in (select code from desk)
            and ($3 <> 'national' or i.state->>'escalatedTo' = 'national' or (i.state->>'nationalSounds')::boolean)
            and i.id not in (select id from accepted where kind = 'incident')) as incident,
        (select count(*)::integer from works w
          where w.world = $1 and w.ended_at is null and w.organisation in (select code from desk)
            and ${PLANNED_AT} < $4 and w.id not in (select id from accepted where kind = 'works')) as works,
        (select count(*)::integer from device_state d
          where d.world = $1 and d.link = 'lost' and d.changed_at < $4 and d.organisation in (select code from desk)
            and d.transmitter not in (select id from accepted where kind = 'link')) as link`,
    values: [world, shift.organisation, shift.level, shift.startedAt, shift.id],
  });
  return rows[0] ?? { incident: 0, works: 0, link: 0 };
}

function itemOf(kind: HandoverKind, { id, label, place, facility, since, until, number }: Row): PendingItem {
  return {
    kind,
    id,
    label,
    place: place ?? '',
    facilityId: facility,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    number,
  };
}

/** There is no table of what was accepted: the entries of the shift say it. */
async function acceptedItems(client: PoolClient, world: World, shift: string): Promise<Set<string>> {
  const { rows } = await client.query<{ item: string }>({
    name: 'room-accepted',
    text: `select concat(item->>'kind', '/', item->>'id') as item
      from entry e cross join lateral json_array_elements(e.body->'items') item
      where e.world = $1 and e.subject = $2 and e.kind = 'shift.handover-accepted'`,
    values: [world, shift],
  });
  return new Set(rows.map((row) => row.item));
}

/** Whose things a desk hands over: a station its own, a province all of its stations', the national desk what reached it. */
const DESKS = `select o.code from organisation o where o.world = $1 and ($3 = 'national' or o.code = $2 or o.parent = $2)`;
const OF_DESK = `in (${DESKS})`;
/** Works carry the time of their planning in their id (UUID version 7). */
const PLANNED_AT = `to_timestamp(('x' || left(replace(w.id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)`;

async function incidentsBefore(client: PoolClient, world: World, shift: ShiftState): Promise<Row[]> {
  const { rows } = await client.query<Row>({
    name: 'room-incidents-before',
    text: `select i.id, f.name as label, f.state->>'address' as place, i.facility, i.opened_at as since, null::timestamptz as until, i.number
      from incident i join facility f on f.world = i.world and f.id = i.facility
      where i.world = $1 and i.status = 'open' and i.opened_at < $4 and i.organisation ${OF_DESK}
        and ($3 <> 'national' or i.state->>'escalatedTo' = 'national' or (i.state->>'nationalSounds')::boolean)
      order by i.opened_at, i.number limit ${MOST_READ}`,
    values: [world, shift.organisation, shift.level, shift.startedAt],
  });
  return rows;
}

async function worksBefore(client: PoolClient, world: World, shift: ShiftState): Promise<Row[]> {
  const { rows } = await client.query<Row & { readonly state: WorksState }>({
    name: 'room-works-before',
    text: `select w.id, f.name as label, f.state->>'address' as place, w.facility, w.starts_at as since, w.ends_at as until,
        null::integer as number, w.state
      from works w join facility f on f.world = w.world and f.id = w.facility
      where w.world = $1 and w.ended_at is null and w.organisation ${OF_DESK}
        and ${PLANNED_AT} < $4
      order by w.starts_at, w.id limit ${MOST_READ}`,
    values: [world, shift.organisation, shift.level, shift.startedAt],
  });
  return rows.map((row) => ({ ...row, label: `${row.label}: ${row.state.zones.join(', ')}` }));
}

async function linksBefore(client: PoolClient, world: World, shift: ShiftState): Promise<Row[]> {
  const { rows } = await client.query<Row>({
    name: 'room-links-before',
    text: `select d.transmitter as id, concat(f.name, ': ', t.account) as label, f.state->>'address' as place, d.facility,
        d.changed_at as since, null::timestamptz as until, null::integer as number
      from device_state d join facility f on f.world = d.world and f.id = d.facility
        join transmitter t on t.world = d.world and t.id = d.transmitter
      where d.world = $1 and d.link = 'lost' and d.changed_at < $4 and d.organisation ${OF_DESK}
      order by d.changed_at, d.transmitter limit ${MOST_READ}`,
    values: [world, shift.organisation, shift.level, shift.startedAt],
  });
  return rows;
}
