import {
  DESK_FAULTS,
  type DeskFault,
  type OrganisationCode,
  type ShiftState,
  SOUND_STATES,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { claimDesk } from '../incidents/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import { forgetScreen, noteScreen } from './screens.ts';
import { currentShifts } from './shift-store.ts';

const screen = z.uuid();
const stored = z.object({ stored: z.boolean() });

/** Where the browser proves that it can be seen and heard, and where the level above reads who cannot. */
export function screenRoutes(): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/desk/screen',
      access: 'desk.read',
      summary: 'A screen says whether it can be heard and seen; every ten seconds',
      bodyLimit: 1_024,
      schemas: {
        body: z.object({ screen, sound: z.enum(SOUND_STATES), visible: z.boolean() }),
        response: stored,
      },
      handle: async ({ body, context }) => {
        const by = deskOf(context);
        if (by === null) return { stored: false };
        await context.transaction((client) => noteScreen(client, context.world, by, body, context.now));
        return { stored: true };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/desk/screen/closed',
      access: 'desk.read',
      summary: 'A screen was closed on purpose',
      bodyLimit: 1_024,
      schemas: { body: z.object({ screen }), response: stored },
      handle: async ({ body, context }) => {
        const by = deskOf(context);
        if (by === null) return { stored: false };
        await context.transaction((client) =>
          forgetScreen(client, context.world, by.organisation, body.screen),
        );
        return { stored: true };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/room/desks',
      access: 'shift.read',
      summary: 'Desks that one may see: their shift, and what they cannot prove now',
      schemas: {
        response: z.object({
          desks: z.array(
            z.object({
              organisation: z.string(),
              leader: z.string().nullable(),
              officers: z.number(),
              faults: z.array(z.object({ fault: z.enum(DESK_FAULTS), since: z.string() })),
            }),
          ),
        }),
      },
      handle: ({ context }) =>
        context.transaction(async (client) => ({ desks: await desksOf(client, context) })),
    }),
    defineRoute({
      method: 'POST',
      url: '/room/desks/:organisation/claim',
      access: 'incident.accept',
      summary: 'Look after a desk below that cannot be counted on: it rings no more',
      schemas: {
        params: z.object({
          organisation: z
            .string()
            .max(64)
            .transform((text) => text as OrganisationCode),
        }),
        response: z.object({}),
      },
      handle: async ({ params, context }) => {
        const { world, now, actor, person, organisation } = callerOf(context);
        await context.transaction((client) =>
          claimDesk(client, world, params.organisation, { ...person, organisation }, { actor, at: now }),
        );
        return {};
      },
    }),
  ];
}

/** Only the screen of somebody who can take an alarm proves anything. */
function deskOf({ user }: RequestContext) {
  if (user === null || user.organisation === null) return null;
  if (!user.permissions.has('incident.accept') && !user.permissions.has('incident.station')) return null;
  return { organisation: user.organisation, id: user.id, name: user.name };
}

interface DeskLine {
  readonly organisation: OrganisationCode;
  readonly leader: string | null;
  readonly officers: number;
  readonly faults: readonly { readonly fault: DeskFault; readonly since: string }[];
}

async function desksOf(client: PoolClient, { world }: RequestContext): Promise<DeskLine[]> {
  const shifts = await currentShifts(client, world);
  const { rows } = await client.query<{ organisation: OrganisationCode; faults: DeskLine['faults'] }>({
    name: 'room-proofs',
    text: `select o.code as organisation, last.body->'faults' as faults from organisation o
      cross join lateral (select body from entry where world = $1 and subject = 'proof/' || o.code order by id desc limit 1) last
      where o.world = $1 order by o.code`,
    values: [world],
  });
  const byDesk = new Map<OrganisationCode, ShiftState>(shifts.map((one) => [one.organisation, one]));
  const faults = new Map(rows.map((row) => [row.organisation, row.faults]));
  return [...new Set([...byDesk.keys(), ...faults.keys()])].sort().map((organisation) => ({
    organisation,
    leader: byDesk.get(organisation)?.leader.name ?? null,
    officers: byDesk.get(organisation)?.officers.length ?? 0,
    faults: faults.get(organisation) ?? [],
  }));
}
