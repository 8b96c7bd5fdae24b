import {
  DEVICE_CONDITIONS,
  type DevicePage,
  type DeviceState,
  Problem,
  type TransmitterPath,
} from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { countDevices, type DeviceFilter, listDevices } from './device-list.ts';
import type { LastHeard } from './last-heard.ts';
import { measurementRoutes } from './measurements/routes.ts';
import { outageRoutes } from './supervision/outage-routes.ts';
import { readOutage } from './supervision/outage-store.ts';

const query = z.object({
  state: z.enum(['all', ...DEVICE_CONDITIONS]).default('all'),
  facility: z.uuid().optional(),
  /** Only those whose loss belongs to this outage. */
  outage: z.uuid().optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const device = z.object({
  transmitterId: z.uuid(),
  facilityId: z.uuid(),
  facilityName: z.string(),
  organisation: z.string(),
  account: z.string(),
  protocol: z.string(),
  model: z.string().nullable(),
  reportingSeconds: z.number().nullable(),
  /** Supervision category; null: a time of its own. */
  category: z.string().nullable(),
  paths: z.custom<readonly TransmitterPath[]>(),
  condition: z.enum(DEVICE_CONDITIONS),
  link: z.enum(['unknown', 'up', 'lost']),
  changedAt: z.string().nullable(),
  /** Any message counts; null: never. A second or two old. */
  lastHeardAt: z.string().nullable(),
  /** Open faults, last test: null when nothing was ever reported. */
  health: z.custom<DeviceState>().nullable(),
});

const count = z.int().nonnegative();
const page = z.object({
  devices: z.array(device),
  next: z.string().nullable(),
  /** How many there are of each, whatever `state` was asked for; with the first page only. */
  counts: z
    .object({ all: count, never: count, lost: count, fault: count, unsupervised: count, ok: count })
    .nullable(),
});

export interface IntakeRoutesDeps {
  readonly lastHeard: LastHeard;
}

export function intakeRoutes({ lastHeard }: IntakeRoutesDeps): Route[] {
  return [
    ...measurementRoutes(),
    ...outageRoutes(),
    defineRoute({
      method: 'GET',
      url: '/devices',
      access: 'device.read',
      summary:
        'Transmitters, how they are and when they were last heard, by page; `state` narrows to one condition',
      schemas: { query, response: page },
      handle: ({ query: asked, context }) =>
        devicesOf(lastHeard, context, asked, (work) => context.transaction(work)),
    }),
    defineRoute({
      method: 'GET',
      url: '/my/devices',
      access: 'facility.own',
      summary: "The same for the transmitters of one's own facilities",
      evenExpired: true,
      schemas: { query, response: page },
      handle: ({ query: asked, context }) => {
        const { user } = context;
        if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
        return devicesOf(lastHeard, context, asked, (work) => context.withFacilities(user.facilities, work));
      },
    }),
  ];
}

async function devicesOf(
  lastHeard: LastHeard,
  { world }: RequestContext,
  asked: z.infer<typeof query>,
  transaction: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>,
): Promise<DevicePage> {
  const filter: Omit<DeviceFilter, 'outage'> = {
    state: asked.state,
    facility: asked.facility ?? null,
    after: asked.cursor ?? null,
    limit: asked.limit,
  };
  const never = await lastHeard.neverHeard();
  const { devices, next, counts } = await transaction(async (client) => {
    const outage = asked.outage === undefined ? null : await readOutage(client, world, asked.outage);
    return {
      ...(await listDevices(client, world, { ...filter, outage }, never)),
      counts: filter.after === null ? await countDevices(client, world, filter.facility, never) : null,
    };
  });
  const heardAt = await lastHeard.of(devices.map((one) => one.transmitterId));
  return {
    devices: devices.map((one) => ({ ...one, lastHeardAt: heardAt(one.transmitterId) })),
    next,
    counts,
  };
}
