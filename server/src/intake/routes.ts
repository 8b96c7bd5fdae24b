import type { DeviceState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { type DeviceFilter, listDevices } from './device-list.ts';

const query = z.object({
  state: z.enum(['all', 'lost', 'fault', 'ok']).default('all'),
  facility: z.uuid().optional(),
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
  link: z.enum(['unknown', 'up', 'lost']),
  changedAt: z.string().nullable(),
  /** Open faults, last test: null when nothing was ever reported. */
  health: z.custom<DeviceState>().nullable(),
});

export function intakeRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/devices',
      access: 'device.read',
      summary:
        'Transmitters and their health, by page; `state` narrows to lost links, open faults, or neither.',
      schemas: { query, response: z.object({ devices: z.array(device), next: z.string().nullable() }) },
      handle: ({ query: asked, context }) => {
        const filter: DeviceFilter = {
          state: asked.state,
          facility: asked.facility ?? null,
          after: asked.cursor ?? null,
          limit: asked.limit,
        };
        return context.transaction((client) => listDevices(client, context.world, filter));
      },
    }),
  ];
}
