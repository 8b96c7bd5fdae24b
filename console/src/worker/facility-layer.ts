import { z } from 'zod';
import { toProblem } from '../api/client.ts';

const page = z.object({
  facilities: z.array(z.tuple([z.string(), z.number(), z.number(), z.string(), z.string()])),
  next: z.union([z.string(), z.number()]).nullish(),
});

/**
 * All facilities as one GeoJSON blob that the map's own worker reads by its URL: a hundred thousand points never pass
 * through the thread that draws the screen.
 * @throws Problem when the centre refuses a page.
 */
export async function loadFacilityLayer(): Promise<{ readonly url: string; readonly count: number }> {
  const parts: string[] = ['{"type":"FeatureCollection","features":['];
  let count = 0;
  let after: string | number | null = null;
  do {
    const path: string = `/facilities/map${after === null ? '' : `?after=${encodeURIComponent(after)}`}`;
    const response = await fetch(`/api${path}`, { credentials: 'same-origin' });
    if (!response.ok) throw toProblem(response.status, await response.text(), path);
    const { facilities, next } = page.parse(await response.json());
    for (const [id, lon, lat, category, name] of facilities) {
      const properties = { id, category, name };
      const feature = { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
      parts.push(count === 0 ? '' : ',', JSON.stringify(feature));
      count += 1;
    }
    after = next ?? null;
  } while (after !== null);
  parts.push(']}');
  return { url: URL.createObjectURL(new Blob(parts, { type: 'application/json' })), count };
}
