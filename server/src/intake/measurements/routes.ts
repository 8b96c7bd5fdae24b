import type { FacilityId, TransmitterId } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { MEASUREMENT_DAYS } from './keep-days.ts';
import { lastMeasurements, measurementSeries } from './store.ts';

const facility = z.uuid().transform((text) => text as FacilityId);
const transmitterId = z.uuid().transform((text) => text as TransmitterId);

const last = z.object({
  transmitterId: z.uuid(),
  part: z.string(),
  kind: z.string(),
  unit: z.string(),
  value: z.union([z.number(), z.string()]),
  at: z.string(),
});

const HOUR_MS = 3_600_000;

/** What devices measured: a series, read by whoever may see the device. */
export function measurementRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/measurements',
      access: 'device.read',
      summary: 'The newest values that the transmitters of a facility measured',
      schemas: { query: z.object({ facility }), response: z.object({ values: z.array(last) }) },
      handle: ({ query, context }) =>
        context.transaction(async (client) => ({
          values: await lastMeasurements(client, context.world, query.facility),
        })),
    }),
    defineRoute({
      method: 'GET',
      url: '/measurements/:transmitterId/series',
      access: 'device.read',
      summary:
        'A series of the last hours as a chart: seconds since 1970 with least, mean and greatest value',
      schemas: {
        params: z.object({ transmitterId }),
        query: z.object({
          part: z.string().max(32).default(''),
          kind: z.string().min(1).max(32),
          hours: z.coerce
            .number()
            .int()
            .min(1)
            .max(MEASUREMENT_DAYS * 24)
            .default(24),
        }),
        response: z.object({
          from: z.string(),
          to: z.string(),
          points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
        }),
      },
      handle: ({ params, query: { part, kind, hours }, context }) =>
        context.transaction(async (client) => {
          const to = context.now;
          const from = new Date(to.getTime() - hours * HOUR_MS);
          const question = { transmitter: params.transmitterId, part, kind, from, to };
          const points = await measurementSeries(client, context.world, question);
          return { from: from.toISOString(), to: to.toISOString(), points: points.map((one) => [...one]) };
        }),
    }),
  ];
}
