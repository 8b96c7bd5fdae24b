import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blastOrder404,
  type Contour,
  compare,
  distanceTo,
  farthest,
  fireballCcps,
  fireballGost,
  fireballOrder404,
  gaussianPlumeModel,
  gridOf,
  marchingSquares,
  modelOf,
  multiPolygon,
  Outside,
  type Position,
  plumeContour,
  poolFireTno,
  radialContour,
} from './index.ts';
import { readReference, referencePresent } from './testing/reference.ts';
import { outputOf } from './testing/row-values.ts';

const hanoi: Position = [105.85, 21.03];

/** Great-circle metres on the sphere of the mean radius. */
function metres([x1, y1]: Position, [x2, y2]: Position): number {
  const rad = Math.PI / 180;
  const a =
    Math.sin(((y2 - y1) * rad) / 2) ** 2 +
    Math.cos(y1 * rad) * Math.cos(y2 * rad) * Math.sin(((x2 - x1) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(a));
}

function ringOf(contour: Contour): readonly Position[] {
  if (contour.kind !== 'zone' || contour.zone.geometry.type !== 'Polygon')
    throw new Error(JSON.stringify(contour));
  return contour.zone.geometry.coordinates[0] ?? [];
}

function signedArea(ring: readonly Position[]): number {
  return ring.slice(0, -1).reduce((sum, [x, y], index) => {
    const [nx, ny] = ring[index + 1] ?? [x, y];
    return sum + (x * ny - nx * y);
  }, 0);
}

describe('farthest distance', () => {
  it('is found to a part in a million', () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 29_000, noNaN: true }), (where) => {
        const reach = farthest((x) => 1 / x, 1 / where);
        expect(reach.kind === 'reached' ? Math.abs(reach.distanceM / where - 1) : 1).toBeLessThan(1e-6);
      }),
    );
  });

  it('is the last of several', () => {
    const reach = farthest((x) => Math.exp(-((x - 500) ** 2) / 2e4), 0.5);
    expect(reach.kind === 'reached' ? reach.distanceM : 0).toBeCloseTo(500 + Math.sqrt(2e4 * Math.LN2), 3);
  });

  it('a level that is nowhere is not reached', () => {
    expect(farthest(() => 1, 2)).toEqual({ kind: 'not-reached' });
  });

  it('a level still exceeded where the method ends is outside range', () => {
    const cut = (x: number) => (x > 300 ? new Outside('x', x, 'm', { maximum: 300 }, 'end') : 1 / x);
    expect(farthest(cut, 1 / 400).kind).toBe('outside-range');
    const reach = farthest(cut, 1 / 299);
    expect(reach.kind === 'reached' ? reach.distanceM : 0).toBeCloseTo(299, 3);
    expect(farthest(() => 5, 1).kind).toBe('outside-range');
    expect(farthest((x) => new Outside('x', x, 'm', {}, 'never'), 1).kind).toBe('outside-range');
  });
});

describe('contours', () => {
  it('a fireball is a closed ring, counter-clockwise, each point at the distance of the level', () => {
    const contour = radialContour({
      model: fireballCcps,
      inputs: { massKg: 12_000 },
      output: 'heatFluxKwM2',
      level: 12.5,
      origin: hanoi,
      search: { fromM: 70, toM: 20_000, steps: 64 },
    });
    const ring = ringOf(contour);
    expect(ring).toHaveLength(361);
    expect(ring[0]).toEqual(ring[360]);
    expect(signedArea(ring)).toBeGreaterThan(0);
    for (const point of ring) expect(metres(hanoi, point)).toBeCloseTo(341.7, 0);
    expect(contour.kind === 'zone' && contour.zone.properties).toMatchObject({
      model: 'fireball.ccps',
      pack: 'ccps-tno',
      level: 12.5,
      unit: 'kW/m²',
    });
  });

  it('a leaning pool fire reaches farther downwind than upwind', () => {
    const inputs = {
      diameterM: 20,
      burningRateKgM2S: 0.055,
      airDensityKgM3: 1.2,
      windMS: 5,
      direction: 'downwind',
      airViscosityM2S: 1.5e-5,
      heatOfCombustionJKg: 4.37e7,
      radiantShare: 0.35,
      sootShare: 0.8,
    };
    const contour = radialContour(
      {
        model: poolFireTno,
        inputs,
        output: 'heatFluxKwM2',
        level: 5,
        origin: hanoi,
        search: { fromM: 5, toM: 2000, steps: 64 },
      },
      (bearing) => ({
        direction: Math.cos((bearing * Math.PI) / 180) > 0 ? 'downwind' : 'upwind',
      }),
    );
    const ring = ringOf(contour);
    const north = Math.max(...ring.map(([, y]) => y)) - hanoi[1];
    const south = hanoi[1] - Math.min(...ring.map(([, y]) => y));
    expect(north).toBeGreaterThan(1.2 * south);
  });

  it('a plume lies downwind; its edge has the level', () => {
    const inputs = { massFlowKgS: 1, windMS: 3, stability: 'F', sigmaSet: 'briggs-rural' } as const;
    const contour = plumeContour({
      model: gaussianPlumeModel,
      inputs,
      output: 'concentrationKgM3',
      level: 1e-5,
      origin: hanoi,
      windToDeg: 90,
    });
    const ring = ringOf(contour);
    expect(Math.min(...ring.map(([x]) => x))).toBeGreaterThanOrEqual(hanoi[0] - 1e-9);
    const widest = ring.reduce((one, two) =>
      Math.abs(two[1] - hanoi[1]) > Math.abs(one[1] - hanoi[1]) ? two : one,
    );
    const acrossM = (widest[1] - hanoi[1]) * (Math.PI / 180) * 6_371_008.8;
    const distanceM = Math.sqrt(metres(hanoi, widest) ** 2 - acrossM ** 2);
    expect(
      outputOf('dispersion.gaussian-plume', { ...inputs, distanceM, acrossM }, 'concentrationKgM3'),
    ).toBeCloseTo(1e-5, 6);
    expect(signedArea(ring)).toBeGreaterThan(0);
  });

  it('a plume from a height touches the ground late: the zone does not begin at the source', () => {
    const inputs = {
      massFlowKgS: 1,
      windMS: 3,
      stability: 'F',
      sigmaSet: 'briggs-rural',
      releaseHeightM: 40,
    } as const;
    const contour = plumeContour({
      model: gaussianPlumeModel,
      inputs,
      output: 'concentrationKgM3',
      level: 1e-5,
      origin: hanoi,
      windToDeg: 0,
    });
    expect(Math.min(...ringOf(contour).map(([, y]) => y))).toBeGreaterThan(hanoi[1] + 0.001);
  });

  it('outside the range there is no zone', () => {
    const contour = radialContour({
      model: blastOrder404,
      inputs: {
        fuelKg: 2000,
        heatOfCombustionJKg: 4.6e7,
        mode: 'deflagration',
        flameSpeedMS: 500,
        place: 'ground',
      },
      output: 'overpressureKpa',
      level: 2,
      origin: hanoi,
    });
    expect(contour).toMatchObject({
      kind: 'outside-range',
      outside: { quantity: 'scaledDistance', maximum: 24 },
    });
    expect(
      radialContour({ model: fireballCcps, inputs: {}, output: 'heatFluxKwM2', level: 5, origin: hanoi })
        .kind,
    ).toBe('invalid-input');
    expect(
      radialContour({
        model: fireballGost,
        inputs: { massKg: 1 },
        output: 'heatFluxKwM2',
        level: 5000,
        origin: hanoi,
      }).kind,
    ).toBe('not-reached');
  });
});

describe('marching squares', () => {
  it('a cone gives a circle', () => {
    const rings = marchingSquares(
      gridOf((x, y) => -Math.hypot(x, y), 100, 5),
      -60,
    );
    expect(rings).toHaveLength(1);
    for (const { east, north } of rings[0] ?? []) expect(Math.hypot(east, north)).toBeCloseTo(60, 0);
  });

  it('two sources give two zones, a crater gives a hole', () => {
    const two = gridOf((x, y) => Math.max(-Math.hypot(x - 50, y), -Math.hypot(x + 50, y)), 100, 5);
    expect(marchingSquares(two, -20)).toHaveLength(2);
    const crater = marchingSquares(
      gridOf((x, y) => -Math.abs(Math.hypot(x, y) - 50), 100, 5),
      -20,
    );
    const shape = multiPolygon(crater, hanoi);
    expect(shape.coordinates).toHaveLength(1);
    expect(shape.coordinates[0]).toHaveLength(2);
  });

  it('is closed at the edge of the grid, and every ring is closed whatever the field', () => {
    expect(
      marchingSquares(
        gridOf(() => 1, 20, 5),
        0,
      ),
    ).toHaveLength(1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 36, maxLength: 36 }), (values) => {
        const grid = { values, columns: 6, rows: 6, stepM: 1, southWest: { east: 0, north: 0 } };
        const rings = marchingSquares(grid, 0.5);
        expect(rings.length > 0).toBe(values.some((value) => value >= 0.5));
        for (const ring of rings) expect(ring.length).toBeGreaterThan(2);
      }),
    );
  });
});

describe('methods side by side', () => {
  it('gives each distance with its method, and the spread', () => {
    const one = { inputs: { massKg: 12_000 }, output: 'heatFluxKwM2', level: 12.5 };
    const { methods, spread } = compare([
      { model: fireballCcps, ...one, search: { fromM: 70, toM: 20_000, steps: 96 } },
      { model: fireballGost, ...one },
      { model: fireballOrder404, ...one },
    ]);
    expect(methods.map(({ pack }) => pack)).toEqual(['ccps-tno', 'gost-98', 'order-404']);
    expect(spread?.leastM).toBeCloseTo(200.2, 1);
    expect(spread?.greatestM).toBeCloseTo(341.7, 1);
    expect(spread?.ratio).toBeCloseTo(1.71, 2);
  });

  it('a method outside its range is named and does not take part', () => {
    const inputs = {
      fuelKg: 2000,
      heatOfCombustionJKg: 4.6e7,
      mode: 'deflagration',
      flameSpeedMS: 500,
      place: 'ground',
    };
    const { methods, spread } = compare([
      { model: blastOrder404, inputs, output: 'overpressureKpa', level: 2 },
    ]);
    expect(methods[0]?.reach.kind).toBe('outside-range');
    expect(spread).toBeNull();
  });

  describe.skipIf(!referencePresent)('method_spread_example', () => {
    interface Spread {
      readonly fireball_12t_propane: Readonly<Record<string, Readonly<Record<string, number>>>>;
      readonly cloud_2t_propane_kPa_radii: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
    }
    const example = (): Spread => readReference('method_spread_example.json') as Spread;
    const search = { fromM: 5, toM: 20_000, steps: 200 };

    it('fireball of 12 t propane, all three methods', () => {
      for (const [name, values] of Object.entries(example().fireball_12t_propane)) {
        const model = name.startsWith('CCPS')
          ? fireballCcps
          : name.startsWith('GOST')
            ? fireballGost
            : fireballOrder404;
        const inputs = { massKg: 12_000 };
        for (const [key, expected] of Object.entries(values)) {
          if (key === 'D') expect(outputOf(model.id, inputs, 'diameterM')).toBeCloseTo(expected, 1);
          else if (key === 't') expect(outputOf(model.id, inputs, 'durationS')).toBeCloseTo(expected, 1);
          else {
            const reach = distanceTo({ model, inputs, output: 'heatFluxKwM2', level: Number(key), search });
            expect(reach.kind === 'reached' ? reach.distanceM : 0).toBeCloseTo(expected, 1);
          }
        }
      }
    });

    it('cloud of 2 t propane: TNT and Order 404', () => {
      for (const [name, values] of Object.entries(example().cloud_2t_propane_kPa_radii)) {
        if (name.startsWith('GOST')) continue;
        const speed = /u=(\d+)/.exec(name)?.[1];
        const tntKg = (Number(/yield ([\d.]+)/.exec(name)?.[1]) * 2000 * 4.6e7) / 4.52e6;
        const model = speed ? blastOrder404 : modelOf('blast.kingery-bulmash.incident-pressure');
        if (!model) throw new Error('no model');
        const inputs = speed
          ? {
              fuelKg: 2000,
              heatOfCombustionJKg: 4.6e7,
              mode: 'deflagration',
              flameSpeedMS: Number(speed),
              place: 'ground',
            }
          : { tntKg };
        for (const [key, expected] of Object.entries(values)) {
          const reach = distanceTo({ model, inputs, output: 'overpressureKpa', level: Number(key), search });
          if (expected === null) expect(reach.kind).toBe('outside-range');
          else if (expected === 0) expect(reach.kind).not.toBe('reached');
          else
            expect(Math.abs((reach.kind === 'reached' ? reach.distanceM : 0) - expected)).toBeLessThan(0.15);
        }
      }
    });

    it('the row of GOST-98 follows from the printed exponents 0.33 and 0.66, so ours lie 1.5 to 2.5 per cent farther', () => {
      const [, values] =
        Object.entries(example().cloud_2t_propane_kPa_radii).find(([name]) => name.startsWith('GOST')) ?? [];
      const model = modelOf('blast.gost-98');
      for (const [key, printed] of Object.entries(values ?? {})) {
        const reach =
          model &&
          distanceTo({
            model,
            inputs: { fuelKg: 2000, heatOfCombustionJKg: 4.6e7, participation: 0.1 },
            output: 'overpressureKpa',
            level: Number(key),
            search,
          });
        const ratio = (reach?.kind === 'reached' ? reach.distanceM : 0) / Number(printed);
        expect(ratio).toBeGreaterThan(1.014);
        expect(ratio).toBeLessThan(1.027);
      }
    });
  });
});
