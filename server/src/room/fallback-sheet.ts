import type { IncidentState, LocalisedName, OrganisationCode, ShiftState, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { deskAndBelow } from './scope.ts';
import type { RoomCaller } from './service.ts';
import { lastShifts } from './shift-store.ts';

/** Open incidents and running works that are listed: paper ends somewhere, and says where. */
const MOST = 300;
/** Of dead links paper needs less than the desk does: which buildings nobody watches, and whom to call first. */
const MOST_LINKS = 100;

interface Telephone {
  readonly label: string;
  readonly number: string;
}

interface SheetDesk {
  readonly organisation: OrganisationCode;
  readonly name: LocalisedName;
  readonly level: string;
  readonly telephones: readonly Telephone[];
}

interface SheetLine {
  readonly name: string;
  readonly address: string;
  readonly detail: string;
  readonly since: string;
  readonly until: string | null;
  readonly contacts: readonly { readonly name: string; readonly telephone: string }[];
}

export interface FallbackSheet {
  readonly organisation: OrganisationCode;
  readonly at: string;
  readonly shift: ShiftState | null;
  readonly desks: readonly SheetDesk[];
  /** The most urgent first. */
  readonly incidents: readonly (SheetLine & { readonly number: number; readonly accepted: boolean })[];
  /** Those that end first. */
  readonly mutes: readonly SheetLine[];
  /** Those that were lost first, with the first contact. */
  readonly links: readonly SheetLine[];
  /** How many there are: a list may be shorter. */
  readonly totals: { readonly incidents: number; readonly mutes: number; readonly links: number };
}

/** What a room needs on paper when the screen is dark, as a desk sees it. */
export async function fallbackSheet(
  client: PoolClient,
  { world, organisation, now }: Pick<RoomCaller, 'world' | 'organisation' | 'now'>,
): Promise<FallbackSheet> {
  const below = await deskAndBelow(client, world, organisation);
  const [shift] = await lastShifts(client, world, organisation, 1);
  return {
    organisation,
    at: now.toISOString(),
    shift: shift !== undefined && shift.ended === null ? shift : null,
    desks: await desksOf(client, world, organisation, below),
    incidents: await openIncidents(client, world, below),
    mutes: await mutesOf(client, world, below),
    links: await linksOf(client, world, below),
    totals: await totalsOf(client, world, below),
  };
}

/** The own desk, the one above, and all below, with the telephones that each has given. */
async function desksOf(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
  below: readonly OrganisationCode[],
): Promise<SheetDesk[]> {
  const { rows } = await client.query<SheetDesk>({
    name: 'room-sheet-desks',
    text: `select o.code as organisation, o.name, o.level, coalesce(last.body->'telephones', '[]'::json) as telephones
      from organisation o left join lateral (select body from entry where world = $1 and subject = 'telephones/' || o.code
        order by id desc limit 1) last on true
      where o.world = $1 and (o.code = any($2::text[])
        or o.code = (select parent from organisation own where own.world = $1 and own.code = $3))
      order by case o.level when 'national' then 0 when 'province' then 1 else 2 end, o.code limit 600`,
    values: [world, below, organisation],
  });
  return rows;
}

interface PlaceRow {
  readonly name: string;
  readonly address: string | null;
  readonly contacts:
    | readonly { readonly name: string; readonly telephone: string; readonly order: number }[]
    | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly detail: string;
}

const lineOf = ({ name, address, contacts, since, until, detail }: PlaceRow): SheetLine => ({
  name,
  address: address ?? '',
  detail,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  contacts: (contacts ?? []).map((one) => ({ name: one.name, telephone: one.telephone })),
});

async function openIncidents(
  client: PoolClient,
  world: World,
  below: readonly OrganisationCode[],
): Promise<FallbackSheet['incidents']> {
  const { rows } = await client.query<PlaceRow & { readonly state: IncidentState }>({
    name: 'room-sheet-incidents',
    text: `select f.name, f.state->>'address' as address, f.state->'contacts' as contacts, i.opened_at as since,
        null::timestamptz as until, '' as detail, i.state
      from incident i join facility f on f.world = i.world and f.id = i.facility
      where i.world = $1 and i.status = 'open' and i.organisation = any($2::text[])
      order by i.urgency desc, i.opened_at limit ${MOST}`,
    values: [world, below],
  });
  return rows.map((row) => ({
    ...lineOf(row),
    number: row.state.number,
    accepted: row.state.desk !== null,
    detail: row.state.zones.map((zone) => [zone.zone, zone.label].filter(Boolean).join(' ')).join('; '),
  }));
}

async function mutesOf(
  client: PoolClient,
  world: World,
  below: readonly OrganisationCode[],
): Promise<SheetLine[]> {
  const { rows } = await client.query<PlaceRow>({
    name: 'room-sheet-mutes',
    text: `select f.name, f.state->>'address' as address, f.state->'contacts' as contacts, w.starts_at as since, w.ends_at as until,
        concat((select string_agg(value, ', ') from jsonb_array_elements_text(w.state->'zones')), ': ', w.state->>'reason') as detail
      from works w join facility f on f.world = w.world and f.id = w.facility
      where w.world = $1 and w.ended_at is null and w.organisation = any($2::text[]) order by w.ends_at limit ${MOST}`,
    values: [world, below],
  });
  return rows.map(lineOf);
}

async function linksOf(
  client: PoolClient,
  world: World,
  below: readonly OrganisationCode[],
): Promise<SheetLine[]> {
  const { rows } = await client.query<PlaceRow>({
    name: 'room-sheet-links',
    // Half a million may be lost at once: their places are looked up for the few that are listed.
    text: `with lost as materialized (
        select world, transmitter, facility, changed_at from device_state
        where world = $1 and link = 'lost' and organisation = any($2::text[]) order by changed_at, transmitter limit ${MOST_LINKS})
      select f.name, f.state->>'address' as address, f.state->'contacts' as contacts, d.changed_at as since,
        null::timestamptz as until, t.account as detail
      from lost d join facility f on f.world = d.world and f.id = d.facility
        join transmitter t on t.world = d.world and t.id = d.transmitter order by d.changed_at, t.id`,
    values: [world, below],
  });
  return rows.map(lineOf).map((line) => ({ ...line, contacts: line.contacts.slice(0, 1) }));
}

async function totalsOf(
  client: PoolClient,
  world: World,
  below: readonly OrganisationCode[],
): Promise<FallbackSheet['totals']> {
  const { rows } = await client.query<FallbackSheet['totals']>({
    name: 'room-sheet-totals',
    text: `select
      (select count(*) from incident where world = $1 and status = 'open' and organisation = any($2::text[])) as incidents,
      (select count(*) from works where world = $1 and ended_at is null and organisation = any($2::text[])) as mutes,
      (select count(*) from device_state where world = $1 and link = 'lost' and organisation = any($2::text[])) as links`,
    values: [world, below],
  });
  const [totals] = rows;
  if (totals === undefined) throw new Error('a select without a table returned no row');
  return totals;
}
