import { type FacilityId, newId, type OrganisationCode } from '@keng/model';
import { expect, it } from 'vitest';
import { type KeptArrival, KeptArrivals } from './kept-arrivals.ts';

const province = 'P' as OrganisationCode;

function row(facility: FacilityId, position: number): KeptArrival {
  const arrival = {
    ...{ facility, name: '', address: '', province, station: null, synthetic: true },
    at: new Date(position).toISOString(),
    from: position,
    upto: position,
    signals: 1,
  };
  return { arrival, concern: { organisation: province, facility } };
}

it('buildings that speak again and again are one row each, with all their signals and their first time', () => {
  const buildings = Array.from({ length: 50 }, () => newId<FacilityId>());
  const kept = new KeptArrivals();
  for (let position = 1; position <= 10_000; position += 1)
    kept.add([row(buildings[position % 50] as FacilityId, position)]);
  expect(kept.length).toBeLessThanOrEqual(2_000);
  const all = kept.after(0).map((one) => one.arrival);
  expect(all.reduce((sum, one) => sum + one.signals, 0)).toBe(10_000);
  expect(all.map((one) => one.upto)).toEqual(
    all.map((one) => one.upto).toSorted((one, other) => one - other),
  );
  expect(all.find((one) => one.from === 1)).toMatchObject({ at: new Date(1).toISOString() });
});

it('what is told is what came behind a position; what is forgotten does not come back', () => {
  const [one, other] = [newId<FacilityId>(), newId<FacilityId>()];
  const kept = new KeptArrivals();
  kept.add([row(one, 3), row(other, 5)]);
  expect(kept.after(3).map(({ concern }) => concern.facility)).toEqual([other]);
  kept.forget(3);
  expect(kept.after(0).map(({ arrival }) => arrival.upto)).toEqual([5]);
});
