import { order404Pool, poolFlame } from '../constants/fire.ts';
import { physics } from '../constants/physics.ts';
import {
  burningRate,
  combustionNumber,
  gostTransmissivity,
  mudanEmissivePower,
  type Order404Fuel,
  order404EmissivePower,
  stillFlame,
  tiltAngle,
  tiltNumber,
  windFlame,
  windRatio,
} from '../formulas/fire.ts';
import { tiltedCylinder, uprightCylinder } from '../formulas/view-factor.ts';
import { choice, defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const pool = {
  diameterM: number({ unit: 'm', what: 'diameter of the pool', ...positive }),
  burningRateKgM2S: number({ unit: 'kg/(m² s)', what: 'burning rate', ...positive }),
  airDensityKgM3: number({ unit: 'kg/m³', what: 'density of the air', ...positive }),
  distanceM: number({ unit: 'm', what: 'distance from the axis of the pool', ...positive }),
};

function inside(distanceM: number, diameterM: number): Outside | undefined {
  return distanceM <= diameterM / 2
    ? new Outside('distanceM', distanceM, 'm', { minimum: diameterM / 2 }, 'the target is inside the flame')
    : undefined;
}

const degrees = 180 / Math.PI;

interface LeaningFire {
  readonly diameterM: number;
  readonly burningRateKgM2S: number;
  readonly airDensityKgM3: number;
  readonly airViscosityM2S: number;
  readonly windMS: number;
  readonly direction: 'downwind' | 'upwind';
  readonly heatOfCombustionJKg: number;
  readonly radiantShare: number;
  readonly sootShare: number;
  readonly transmissivity: number;
}

/** The flame first, then its heat at any distance. */
function fluxOf(i: LeaningFire) {
  const n = combustionNumber(i.burningRateKgM2S, i.airDensityKgM3, i.diameterM);
  const ratio = Math.max(1, windRatio(i.windMS, i.burningRateKgM2S, i.diameterM, i.airDensityKgM3));
  const lengthOverDiameter = i.windMS === 0 ? stillFlame(n) : windFlame(n, ratio);
  const froude = (i.windMS * i.windMS) / (physics.gravity * i.diameterM);
  const reynolds = (i.windMS * i.diameterM) / i.airViscosityM2S;
  const c = i.windMS === 0 ? 0 : tiltNumber(froude, reynolds);
  const tilt = tiltAngle(c);
  const maximum =
    (i.radiantShare * i.burningRateKgM2S * i.heatOfCombustionJKg) / (1 + 4 * lengthOverDiameter);
  const actual = (1 - i.sootShare) * maximum + i.sootShare * poolFlame.soot;
  // Under the leaning flame the formula of the cylinder no longer holds: its tip stands over the target.
  const reach = i.diameterM / 2 + lengthOverDiameter * i.diameterM * Math.sin(tilt);
  const towards = i.direction === 'upwind' ? -tilt : tilt;
  return (distanceM: number) => {
    const near = inside(distanceM, i.diameterM);
    if (near) return near;
    if (i.direction === 'downwind' && distanceM <= reach)
      return new Outside('distanceM', distanceM, 'm', { minimum: reach }, 'the flame leans over the target');
    const factor = tiltedCylinder(2 * lengthOverDiameter, (2 * distanceM) / i.diameterM, towards);
    return {
      flameLengthM: lengthOverDiameter * i.diameterM,
      lengthOverDiameter,
      windRatio: ratio,
      froude,
      reynolds,
      tiltNumber: c,
      tiltDeg: tilt * degrees,
      emissivePowerMaximumWM2: maximum,
      emissivePowerWM2: actual,
      viewFactorVertical: factor.vertical,
      viewFactorHorizontal: factor.horizontal,
      viewFactor: factor.maximum,
      heatFluxKwM2: (actual * factor.maximum * i.transmissivity) / 1000,
    };
  };
}

/** The whole chain of the Yellow Book, 6.6.3, with tilt by the wind; the target stands where the flame leans. */
export const poolFireTno = defineModel({
  id: 'pool-fire.tno',
  pack: 'ccps-tno',
  title: 'Pool fire, solid flame tilted by the wind',
  source: 'Yellow Book CPR 14E (2005), 6.6.3; flame lengths of Thomas, view factor of Mudan',
  check: 'cases_pool_fire: all yb663 rows; cases_view_factor_table',
  range: 'target outside the flame, downwind beyond its tip',
  inputs: {
    ...pool,
    windMS: number({ unit: 'm/s', what: 'wind at 10 m', minimum: 0 }),
    /** From the axis of the wind: 0 downwind, 180 upwind. Between, the plane of the tilt is seen at an angle. */
    direction: choice('side of the pool', ['downwind', 'upwind']),
    airViscosityM2S: number({ unit: 'm²/s', what: 'kinematic viscosity of the air', ...positive }),
    heatOfCombustionJKg: number({ unit: 'J/kg', what: 'heat of combustion', ...positive }),
    radiantShare: number({ unit: '1', what: 'share of the heat that is radiated', ...positive, maximum: 1 }),
    sootShare: number({ unit: '1', what: 'share of the flame covered by soot', minimum: 0, maximum: 1 }),
    transmissivity: number({
      unit: '1',
      what: 'transmissivity of the air',
      minimum: 0,
      maximum: 1,
      default: 1,
    }),
  },
  outputs: {
    flameLengthM: output('m', 'length of the flame'),
    lengthOverDiameter: output('1', 'length over diameter'),
    windRatio: output('1', 'wind over its characteristic speed, at least 1'),
    froude: output('1', 'Froude number'),
    reynolds: output('1', 'Reynolds number'),
    tiltNumber: output('1', 'tan over cos of the tilt'),
    tiltDeg: output('°', 'tilt from the vertical'),
    emissivePowerMaximumWM2: output('W/m²', 'emissive power without soot'),
    emissivePowerWM2: output('W/m²', 'emissive power with soot'),
    viewFactorVertical: output('1', 'view factor of an upright target'),
    viewFactorHorizontal: output('1', 'view factor of a lying target'),
    viewFactor: output('1', 'greatest view factor'),
    heatFluxKwM2: output('kW/m²', 'heat on a target turned to the flame'),
  },
  examples: [
    {
      inputs: {
        diameterM: 42.445,
        burningRateKgM2S: 0.085,
        windMS: 5,
        direction: 'downwind',
        airDensityKgM3: 1.2243,
        airViscosityM2S: 7.5133e-6,
        distanceM: 100,
        transmissivity: 0.71474,
        radiantShare: 0.4,
        heatOfCombustionJKg: 4.015e7,
        sootShare: 0.8,
      },
      output: 'viewFactorVertical',
      expected: 0.091915,
      tolerance: 2e-4,
      source: 'Yellow Book 6.6.3, benzene, 100 m from the centre (transcribed)',
    },
  ],
  calculate: (i) => fluxOf(i)(i.distanceM),
  alongDistance: fluxOf,
});

const standing = {
  flameLengthM: output('m', 'length of the flame'),
  emissivePowerKwM2: output('kW/m²', 'emissive power'),
  viewFactorVertical: output('1', 'view factor of an upright target'),
  viewFactorHorizontal: output('1', 'view factor of a lying target'),
  viewFactor: output('1', 'greatest view factor'),
  transmissivity: output('1', 'share of the heat that passes the air'),
  heatFluxKwM2: output('kW/m²', 'heat on a target turned to the flame'),
};

function upright(diameterM: number, distanceM: number, lengthM: number, emissivePowerKwM2: number) {
  const factor = uprightCylinder((2 * lengthM) / diameterM, (2 * distanceM) / diameterM);
  const transmissivity = gostTransmissivity(distanceM - diameterM / 2);
  return {
    flameLengthM: lengthM,
    emissivePowerKwM2,
    viewFactorVertical: factor.vertical,
    viewFactorHorizontal: factor.horizontal,
    viewFactor: factor.maximum,
    transmissivity,
    heatFluxKwM2: emissivePowerKwM2 * factor.maximum * transmissivity,
  };
}

/** Pool fire of GOST R 12.3.047-98: an upright flame in still air. */
export const poolFireGost = defineModel({
  id: 'pool-fire.gost-98',
  pack: 'gost-98',
  title: 'Pool fire, upright flame in still air',
  source: 'GOST R 12.3.047-98, annex V (recalled); SP 12.13130',
  check: 'cases_view_factor_table (223 cells); second route for the rest',
  range: 'target outside the flame',
  inputs: {
    ...pool,
    emissivePowerKwM2: number({ unit: 'kW/m²', what: 'emissive power', ...positive }),
  },
  outputs: standing,
  examples: [
    {
      inputs: {
        diameterM: 20,
        burningRateKgM2S: 0.06,
        airDensityKgM3: 1.2,
        distanceM: 40,
        emissivePowerKwM2: 47,
      },
      output: 'heatFluxKwM2',
      expected: 4.659828,
      tolerance: 1e-5,
      source: 'second route: view factor by numerical integration over the cylinder',
    },
  ],
  calculate: (i) => {
    const near = inside(i.distanceM, i.diameterM);
    if (near) return near;
    const n = combustionNumber(i.burningRateKgM2S, i.airDensityKgM3, i.diameterM);
    return upright(i.diameterM, i.distanceM, stillFlame(n) * i.diameterM, i.emissivePowerKwM2);
  },
});

/** Pool fire of Order 404 with its table of emissive powers, in weak wind only. */
export const poolFireOrder404 = defineModel({
  id: 'pool-fire.order-404',
  pack: 'order-404',
  title: 'Pool fire with the table of emissive powers, in weak wind',
  source: 'Order 404 of MChS Russia (2009), annex 3',
  check: 'cases_view_factor_table (223 cells); second route for the rest',
  range: 'target outside the flame; wind below (g m D/density)^(1/3)',
  inputs: {
    diameterM: pool.diameterM,
    airDensityKgM3: pool.airDensityKgM3,
    distanceM: pool.distanceM,
    fuel: choice('fuel', Object.keys(order404Pool.fuels) as Order404Fuel[]),
    windMS: number({ unit: 'm/s', what: 'wind', minimum: 0, default: 0 }),
    vapourDensityKgM3: number({
      unit: 'kg/m³',
      what: 'density of the saturated vapour at the boiling point',
      ...positive,
    }),
  },
  outputs: standing,
  examples: [
    {
      inputs: { diameterM: 25, airDensityKgM3: 1.2, distanceM: 40, fuel: 'petrol', vapourDensityKgM3: 3 },
      output: 'heatFluxKwM2',
      expected: 5.699153,
      tolerance: 1e-5,
      source: 'second route: view factor by numerical integration over the cylinder',
    },
  ],
  calculate: (i) => {
    const near = inside(i.distanceM, i.diameterM);
    if (near) return near;
    const rate = order404Pool.fuels[i.fuel].burningRate;
    const ratio = windRatio(i.windMS, rate, i.diameterM, i.vapourDensityKgM3);
    if (ratio >= 1)
      return new Outside(
        'windRatio',
        ratio,
        '1',
        { maximum: 1 },
        'the order has another flame for stronger wind, whose printed text could not be checked',
      );
    const n = combustionNumber(rate, i.airDensityKgM3, i.diameterM);
    return upright(
      i.diameterM,
      i.distanceM,
      stillFlame(n) * i.diameterM,
      order404EmissivePower(i.fuel, i.diameterM),
    );
  },
  warnings: (i) => {
    const [least, most] = [Math.min(...order404Pool.diameterM), Math.max(...order404Pool.diameterM)];
    return i.diameterM < least || i.diameterM > most
      ? [
          {
            code: 'table-end',
            text: `Outside ${least} to ${most} m the order takes the emissive power of the end of its table.`,
          },
        ]
      : [];
  },
});

/** Emissive power of smoky flames. */
export const mudanPower = defineModel({
  id: 'pool-fire.mudan-emissive-power',
  pack: 'ccps-tno',
  title: 'Emissive power of a smoky pool fire',
  source: 'Mudan and Croce; Yellow Book CPR 14E (2005) 6.6.3',
  check: 'cases_pool_fire: yb663-SEPmudan; second route',
  inputs: { diameterM: pool.diameterM },
  outputs: { emissivePowerKwM2: standing.emissivePowerKwM2 },
  examples: [
    {
      inputs: { diameterM: 5 },
      output: 'emissivePowerKwM2',
      expected: 85.8574,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => ({ emissivePowerKwM2: mudanEmissivePower(i.diameterM) }),
});

/** Heat release of a liquid pool. */
export const poolHeatRelease = defineModel({
  id: 'pool-fire.heat-release',
  pack: 'nureg-1805',
  title: 'Heat release of a liquid pool',
  source: 'NUREG-1805, chapter 3; Babrauskas (1983)',
  check: 'cases_fire_growth: nureg-HRR-*',
  inputs: {
    areaM2: number({ unit: 'm²', what: 'area of the pool', ...positive }),
    burningRateKgM2S: pool.burningRateKgM2S,
    heatOfCombustionKjKg: number({ unit: 'kJ/kg', what: 'effective heat of combustion', ...positive }),
    kBetaPerM: number({ unit: '1/m', what: 'empirical constant k beta', ...positive }),
  },
  outputs: {
    heatReleaseKw: output('kW', 'heat release'),
    burningRateKgM2S: output('kg/(m² s)', 'burning rate of this pool'),
    diameterM: output('m', 'diameter of a round pool of this area'),
  },
  examples: [
    {
      inputs: { areaM2: 0.8361, burningRateKgM2S: 0.039, heatOfCombustionKjKg: 46_000, kBetaPerM: 0.7 },
      output: 'heatReleaseKw',
      expected: 771.5,
      tolerance: 1e-3,
      source: 'NUREG-1805, spreadsheet of chapter 3',
    },
  ],
  calculate: (i) => {
    const diameterM = Math.sqrt((4 * i.areaM2) / Math.PI);
    const rate = burningRate(i.burningRateKgM2S, i.kBetaPerM, diameterM);
    return { heatReleaseKw: rate * i.heatOfCombustionKjKg * i.areaM2, burningRateKgM2S: rate, diameterM };
  },
});

export const poolFireModels = [poolFireTno, poolFireGost, poolFireOrder404, mudanPower, poolHeatRelease];
