import type { IncidentId } from '@keng/model';
import { newId } from '@keng/model';
import fc from 'fast-check';
import type { GeoJSONSourceDiff } from 'maplibre-gl';
import { expect, test } from 'vitest';
import type { MapDiff, MapPoint } from '../worker/map-diff.ts';
import { DiffQueue } from './diff-queue.ts';

const IDS = Array.from({ length: 6 }, () => newId<IncidentId>());
const BANDS = ['fire', 'unaccepted', 'working'] as const;

/** What MapLibre does with a diff: remove all, remove, add, update. */
function applyTo(drawn: Map<string, string>, diff: GeoJSONSourceDiff): void {
  if (diff.removeAll) drawn.clear();
  for (const id of diff.remove ?? []) drawn.delete(String(id));
  for (const one of diff.add ?? []) drawn.set(one.properties?.id, one.properties?.band);
  for (const one of diff.update ?? []) {
    if (drawn.has(String(one.id))) drawn.set(String(one.id), one.addOrUpdateProperties?.[0]?.value);
  }
}

const step = fc.record({
  id: fc.constantFrom(...IDS),
  band: fc.option(fc.constantFrom(...BANDS), { nil: null }),
  reset: fc.integer({ min: 0, max: 9 }),
  take: fc.boolean(),
});

test('however diffs are folded together, the map ends up as if each had been applied', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const queue = new DiffQueue();
      const truth = new Map<string, string>();
      const drawn = new Map<string, string>();
      const takeAll = () => {
        const diff = queue.take();
        if (diff) applyTo(drawn, diff);
      };
      for (const { id, band, reset, take } of steps) {
        const point = (of: (typeof BANDS)[number]): MapPoint => ({
          id,
          position: [105, 21],
          band: of,
          number: 1,
        });
        let diff: MapDiff;
        if (reset === 0) {
          const add = [...truth].map(([one, of]) => ({
            ...point(of as (typeof BANDS)[number]),
            id: one as IncidentId,
          }));
          diff = { reset: true, add, update: [], remove: [] };
        } else if (band === null) {
          diff = { reset: false, add: [], update: [], remove: truth.delete(id) ? [id] : [] };
        } else {
          const known = truth.has(id);
          truth.set(id, band);
          diff = {
            reset: false,
            add: known ? [] : [point(band)],
            update: known ? [point(band)] : [],
            remove: [],
          };
        }
        queue.push(diff);
        if (take) takeAll();
      }
      takeAll();
      expect(drawn).toEqual(truth);
    }),
  );
});
