import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  distanceKm,
  pathOf,
  readLonLat,
  scaleBar,
  toLonLat,
  toPixel,
  type View,
  viewOf,
} from './locator-projection.ts';

const VIEW: View = { centre: [105.85, 21.03], kmPerPixel: 0.02, width: 400, height: 300 };

describe('the flat ground of the small map', () => {
  test('its centre is in the middle, north is up and east is right', () => {
    expect(toPixel(VIEW, VIEW.centre)).toEqual([200, 150]);
    const [x, y] = toPixel(VIEW, [105.86, 21.04]);
    expect(x).toBeGreaterThan(200);
    expect(y).toBeLessThan(150);
  });

  test('a pixel that was pointed at leads back to the same place', () => {
    const near = fc.record({
      x: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      y: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(near, ({ x, y }) => {
        const place = [VIEW.centre[0] + x, VIEW.centre[1] + y] as const;
        const back = toLonLat(VIEW, toPixel(VIEW, place));
        expect(back[0]).toBeCloseTo(place[0], 9);
        expect(back[1]).toBeCloseTo(place[1], 9);
      }),
    );
  });

  test('a length on the screen is the length on the ground', () => {
    const [x] = toPixel(VIEW, [105.95, 21.03]);
    const km = (x - 200) * VIEW.kmPerPixel;
    expect(Math.abs(km - distanceKm([105.85, 21.03], [105.95, 21.03]))).toBeLessThan(0.01);
  });

  test('rings far away are not drawn, the one around the view is', () => {
    const far = [
      [10, 50],
      [11, 50],
      [11, 51],
    ] as const;
    const around = [
      [100, 15],
      [110, 15],
      [110, 25],
      [100, 25],
    ] as const;
    expect(pathOf(VIEW, [far])).toBe('');
    expect(pathOf(VIEW, [around])).toMatch(/^M.*Z$/);
  });
});

test('the view holds all points, and one point has ground around it', () => {
  const size = { width: 400, height: 300 };
  const points = [
    [105.8, 21],
    [105.9, 21.2],
  ] as const;
  const view = viewOf(points, size, 2);
  for (const point of points) {
    const [x, y] = toPixel(view, point);
    expect(x > 0 && x < 400 && y > 0 && y < 300).toBe(true);
  }
  expect(viewOf([[105.8, 21]], size, 3).kmPerPixel * 300).toBeCloseTo(3, 9);
});

test.each([
  [0.02, { km: 1, pixels: 50 }],
  [0.1, { km: 5, pixels: 50 }],
  [1.5, { km: 100, pixels: 100 / 1.5 }],
])('a scale bar of a round length at %d km a pixel', (kmPerPixel, expected) => {
  expect(scaleBar(kmPerPixel, 80)).toEqual(expected);
});

test.each([
  ['21.0285, 105.8542', [105.8542, 21.0285]],
  ['105.8542 21.0285', [105.8542, 21.0285]],
  ['geo:21.0285,105.8542', [105.8542, 21.0285]],
  ['21.0285', null],
  ['200, 300', null],
  ['phố Huế', null],
])('a position as people paste it: %s', (text, expected) => {
  expect(readLonLat(text)).toEqual(expected);
});
