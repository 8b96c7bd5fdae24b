import type { CountryPack } from '@keng/country-vn';
import { Problem } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { loadCommunes } from './store.ts';

export interface AreaRoutesDeps {
  readonly country: CountryPack;
}

/** The country pack was checked when it was loaded, the communes when they were imported. */
const checkedElsewhere = z.unknown();

export function areaRoutes({ country }: AreaRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/areas/provinces',
      access: 'session',
      summary: 'Outlines of the provinces and special zones, as TopoJSON',
      schemas: { response: checkedElsewhere },
      handle: async () => country.areas.topology,
    }),
    defineRoute({
      method: 'GET',
      url: '/areas/communes',
      access: 'session',
      summary: 'Outlines of the communes that were imported, as TopoJSON',
      schemas: { response: checkedElsewhere },
      streams: true,
      handle: async ({ context }) => {
        const stored = await context.transaction((client) => loadCommunes(client));
        if (stored === null) {
          throw new Problem(
            404,
            'areas.no-communes',
            'No communes were imported here: "keng import areas FILE".',
          );
        }
        context.reply.header('content-type', 'application/json; charset=utf-8');
        context.reply.header('content-encoding', 'gzip');
        return stored.packed;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/country',
      access: 'session',
      summary: 'What is national: categories, words, times with their sources, first measures',
      schemas: { response: checkedElsewhere },
      handle: async () => factsOf(country),
    }),
  ];
}

/** The pack without its outlines, which have routes of their own. */
function factsOf(country: CountryPack) {
  const { areas, ...facts } = country;
  const named = (area: (typeof areas.provinces)[number]) => {
    const { geometry: _geometry, ...rest } = area;
    return rest;
  };
  return {
    ...facts,
    provinces: areas.provinces.map(named),
    specialZones: areas.specialZones.map(named),
  };
}
