import type {
  AnyDraft,
  IncidentState,
  LocalisedName,
  OrganisationCode,
  ShiftState,
  World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { appendEntries } from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import { deskAndBelow } from './scope.ts';
import { lastShifts } from './shift-store.ts';

const MOST = 300;

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
  readonly incidents: readonly (SheetLine & { readonly number: number; readonly accepted: boolean })[];
  readonly mutes: readonly SheetLine[];
  readonly links: readonly SheetLine[];
  /** How many links are lost; the sheet lists the first. */
  readonly linksLost: number;
}

const telephones = z
  .array(z.object({ label: z.string().trim().min(1).max(200), number: z.string().trim().min(1).max(64) }))
  .max(32);

/** What a room needs on paper when the screen is dark, and the telephones on it. */
export function fallbackRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/room/fallback-sheet',
      access: 'shift.read',
      summary: 'Telephones, stations, open incidents, mutes and dead links, to be printed at each shift',
      schemas: { response: z.custom<FallbackSheet>() },
      handle: ({ context }) => context.transaction((client) => sheetOf(client, context)),
    }),
    defineRoute({
      method: 'POST',
      url: '/room/telephones',
      access: 'shift.write',
      summary: 'The telephones of one’s own desk',
      schemas: { body: z.object({ telephones }), response: z.object({ telephones }) },
      handle: async ({ body, context }) => {
        const { organisation, person, world, actor, now } = callerOf(context);
        const draft: AnyDraft = {
          world,
          kind: 'room.telephones-set',
          lane: 2,
          subject: `telephones/${organisation}`,
          organisation,
          facility: null,
          revision: null,
          at: now,
          actor,
          body: { organisation, by: person, telephones: body.telephones },
        };
        await context.transaction((client) => appendEntries(client, [draft], now));
        return body;
      },
    }),
  ];
}

async function sheetOf(client: PoolClient, context: RequestContext): Promise<FallbackSheet> {
  const { world, organisation, now } = callerOf(context);
  const below = await deskAndBelow(client, world, organisation);
  const [shift] = await lastShifts(client, world, organisation, 1);
  const links = await linksOf(client, world, below);
  return {
    organisation,
    at: now.toISOString(),
    shift: shift !== undefined && shift.ended === null ? shift : null,
    desks: await desksOf(client, world, organisation, below),
    incidents: await openIncidents(client, world, below),
    mutes: await mutesOf(client, world, below),
    links: links.slice(0, MOST),
    linksLost: links.length,
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
    text: `select f.name, f.state->>'address' as address, f.state->'contacts' as contacts, d.changed_at as since,
        null::timestamptz as until, t.account as detail
      from device_state d join facility f on f.world = d.world and f.id = d.facility
        join transmitter t on t.world = d.world and t.id = d.transmitter
      where d.world = $1 and d.link = 'lost' and d.organisation = any($2::text[]) order by d.changed_at limit 20000`,
    values: [world, below],
  });
  return rows.map(lineOf);
}
