import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearingDeg, distanceKm, normalLongitude, placeBetween } from './geodesy.ts';
import { nearestApproach, type TrackFix, trackAt, windArrival } from './storm-track.ts';
import { cell, referencePresent, referenceRows } from './testing/reference.ts';
import { resultOf } from './testing/value.ts';

const hour = 3_600_000;

/** Westward along the equator, 20 km an hour, a fix every six hours. */
function westward(radiusKm: number | null = 100): readonly TrackFix[] {
  const degrees = 120 / 111.194_926_644_558_73;
  return Array.from({ length: 6 }, (_, index) => ({
    atMs: index * 6 * hour,
    latitudeDeg: 0,
    longitudeDeg: 115 - index * degrees,
    windMS: 30 + index,
    radiusKm,
  }));
}

describe('on the sphere', () => {
  it('a degree is 111.195 km, a quarter of the earth 10,007.5 km', () => {
    expect(distanceKm({ latitudeDeg: 0, longitudeDeg: 0 }, { latitudeDeg: 1, longitudeDeg: 0 })).toBeCloseTo(
      111.195,
      3,
    );
    expect(
      distanceKm({ latitudeDeg: 0, longitudeDeg: 170 }, { latitudeDeg: 0, longitudeDeg: -100 }),
    ).toBeCloseTo(10_007.543, 2);
  });

  it('Hà Nội to Thành phố Hồ Chí Minh: about 1,140 km to the south-south-east', () => {
    const [hanoi, saigon] = [
      { latitudeDeg: 21.03, longitudeDeg: 105.85 },
      { latitudeDeg: 10.78, longitudeDeg: 106.7 },
    ];
    expect(distanceKm(hanoi, saigon)).toBeCloseTo(1143, -1);
    expect(bearingDeg(hanoi, saigon)).toBeCloseTo(175.3, 0);
  });

  it('a share of the way lies on the way, also across the antimeridian', () => {
    const place = fc.record({
      latitudeDeg: fc.double({ min: -70, max: 70, noNaN: true }),
      longitudeDeg: fc.double({ min: -180, max: 179, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const whole = distanceKm(from, to);
        fc.pre(whole < 19_000);
        const middle = placeBetween(from, to, share);
        expect(distanceKm(from, middle)).toBeCloseTo(share * whole, 4);
        expect(distanceKm(middle, to)).toBeCloseTo((1 - share) * whole, 4);
      }),
    );
    expect(
      placeBetween({ latitudeDeg: 0, longitudeDeg: 179 }, { latitudeDeg: 0, longitudeDeg: -179 }, 0.75)
        .longitudeDeg,
    ).toBeCloseTo(-179.5, 9);
    expect([180, -180, 539, -181].map(normalLongitude)).toEqual([-180, -180, 179, 179]);
  });
});

describe('track', () => {
  it('between fixes it is linear in time on the great circle, wind and radius too', () => {
    const found = resultOf(trackAt(westward(), 9 * hour));
    expect(found.longitudeDeg).toBeCloseTo(115 - 1.5 * (120 / 111.194_926_6), 6);
    expect(found).toMatchObject({ windMS: 31.5, radiusKm: 100 });
    expect(resultOf(trackAt(westward(), 12 * hour)).windMS).toBe(32);
    expect(resultOf(trackAt(westward(), 0)).windMS).toBe(30);
  });

  it('a wind that only one neighbour has is not known between them, at the fix it is', () => {
    const track = westward().map((fix, index) => (index === 2 ? { ...fix, windMS: null } : fix));
    expect(resultOf(trackAt(track, 9 * hour)).windMS).toBeNull();
    expect(resultOf(trackAt(track, 6 * hour)).windMS).toBe(31);
    expect(resultOf(trackAt(track, 12 * hour)).windMS).toBeNull();
  });

  it('is not continued before the first or behind the last fix', () => {
    expect(trackAt(westward(), -1)).toMatchObject({ kind: 'outside-range', quantity: 'atMs' });
    expect(trackAt(westward(), 30 * hour + 1)).toMatchObject({ kind: 'outside-range', maximum: 30 * hour });
  });

  it.each([
    [(track: readonly TrackFix[]) => [...track].reverse(), { code: 'order' }],
    [
      (track: readonly TrackFix[]) => track.filter((_, index) => index === 0 || index > 2),
      { quantity: 'gapHours' },
    ],
    [
      (track: readonly TrackFix[]) =>
        track.map((fix, index) => (index === 3 ? { ...fix, longitudeDeg: 80 } : fix)),
      { quantity: 'speedKmH', at: 'fix 4' },
    ],
    [
      (track: readonly TrackFix[]) =>
        track.map((fix, index) => (index === 3 ? { ...fix, latitudeDeg: Number.NaN } : fix)),
      { code: 'not-a-number' },
    ],
    [() => [], { kind: 'missing-input', quantity: 'track' }],
    [
      () =>
        Array.from({ length: 5001 }, (_, index) => ({ atMs: index * hour, latitudeDeg: 0, longitudeDeg: 0 })),
      { code: 'too-large' },
    ],
  ])('a track that cannot be is refused by name (%#)', (change, expected) => {
    expect(trackAt(change(westward()), 6 * hour)).toMatchObject(expected);
  });
});

describe('nearest approach', () => {
  it('a place beside the way is nearest when the centre is abreast', () => {
    const found = resultOf(nearestApproach(westward(), { latitudeDeg: 1, longitudeDeg: 113 }));
    expect(found.distanceKm).toBeCloseTo(111.195, 2);
    expect(found.atMs / hour).toBeCloseTo((2 * 111.195) / 20, 2);
    expect(found.bearingDeg).toBeCloseTo(180, 1);
  });

  it('a place behind the last fix is nearest at the last fix', () => {
    expect(resultOf(nearestApproach(westward(), { latitudeDeg: 0, longitudeDeg: 100 })).atMs).toBe(30 * hour);
  });

  it('is never farther than any fix', () => {
    const place = fc.record({
      latitudeDeg: fc.double({ min: -5, max: 5, noNaN: true }),
      longitudeDeg: fc.double({ min: 107, max: 117, noNaN: true }),
    });
    fc.assert(
      fc.property(place, (one) => {
        const near = resultOf(nearestApproach(westward(), one)).distanceKm;
        for (const fix of westward()) expect(near).toBeLessThanOrEqual(distanceKm(one, fix) + 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe('arrival of a wind', () => {
  const place = { latitudeDeg: 0, longitudeDeg: 112 };

  it('begins when the radius reaches the place and ends when it has left', () => {
    const [only, second] = resultOf(windArrival(westward(), place));
    const abreast = (3 * 111.195) / 20;
    expect(Number(only?.fromMs) / hour).toBeCloseTo(abreast - 5, 2);
    expect(Number(only?.toMs) / hour).toBeCloseTo(abreast + 5, 2);
    expect(only).toMatchObject({ opensBefore: false, openAfter: false });
    expect(second).toBeUndefined();
  });

  it('a storm that weakens below the wind has radius 0 and no arrival', () => {
    expect(resultOf(windArrival(westward(0), place))).toEqual([]);
    expect(resultOf(windArrival(westward(0), { latitudeDeg: 0, longitudeDeg: 115 }))).toEqual([]);
  });

  it('is open at the ends of the track', () => {
    expect(resultOf(windArrival(westward(), { latitudeDeg: 0, longitudeDeg: 115 }))).toMatchObject([
      { opensBefore: true, openAfter: false, fromMs: 0 },
    ]);
    expect(resultOf(windArrival(westward(), { latitudeDeg: 0, longitudeDeg: 109.6 }))).toMatchObject([
      { opensBefore: false, openAfter: true, toMs: 30 * hour },
    ]);
  });

  it('a storm that comes back gives two times', () => {
    const there = westward();
    const back = [...there]
      .reverse()
      .slice(1)
      .map((fix, index) => ({ ...fix, atMs: (36 + 6 * index) * hour }));
    expect(resultOf(windArrival([...there, ...back], { latitudeDeg: 0, longitudeDeg: 114 }))).toHaveLength(2);
  });

  it('names the fix without a radius', () => {
    const track = westward().map((fix, index) => (index === 4 ? { ...fix, radiusKm: null } : fix));
    expect(windArrival(track, place)).toMatchObject({
      kind: 'missing-input',
      quantity: 'radiusKm',
      at: 'fix 5',
    });
  });
});

describe.skipIf(!referencePresent)('Yagi 2024', () => {
  const track = (): readonly TrackFix[] =>
    referenceRows('cyclone/ibtracs_2024_yagi.csv').map((row) => ({
      atMs: Date.parse(`${row.ISO_TIME?.replace(' ', 'T')}Z`),
      latitudeDeg: cell(row, 'LAT'),
      longitudeDeg: cell(row, 'LON'),
      windMS: row.WMO_WIND?.trim() ? cell(row, 'WMO_WIND') * 0.514444 : null,
    }));

  it('came nearest to Hải Phòng on 7 September, within 60 km', () => {
    const found = resultOf(nearestApproach(track(), { latitudeDeg: 20.86, longitudeDeg: 106.68 }));
    expect(found.distanceKm).toBeLessThan(60);
    expect(new Date(found.atMs).toISOString()).toMatch(/^2024-09-07T(0[5-9]|1[0-2])/);
  });

  it('each fix left out is found again within 75 km', () => {
    const all = track();
    for (let index = 1; index < all.length - 1; index += 1) {
      const fix = all[index];
      if (!fix) continue;
      const found = trackAt(
        all.filter((one) => one !== fix),
        fix.atMs,
      );
      expect(distanceKm(resultOf(found), fix)).toBeLessThan(75);
    }
  });
});
