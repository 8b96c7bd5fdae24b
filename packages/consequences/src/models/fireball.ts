import { ccpsFireball, gostFireball, lngFireball, order404Fireball } from '../constants/fire.ts';
import { gostTransmissivity } from '../formulas/fire.ts';
import { gostSphere, groundSphere, order404Sphere } from '../formulas/view-factor.ts';
import { defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

interface PowerLaw {
  readonly factor: number;
  readonly exponent: number;
}

const power = ({ factor, exponent }: PowerLaw, mass: number) => factor * mass ** exponent;

const massKg = number({ unit: 'kg', what: 'fuel in the fireball', minimum: 0, openMinimum: true });
const distanceM = number({
  unit: 'm',
  what: 'distance on the ground from below the centre',
  minimum: 0,
  default: 0,
});
const outputs = {
  diameterM: output('m', 'diameter'),
  durationS: output('s', 'duration'),
  viewFactor: output('1', 'view factor'),
  transmissivity: output('1', 'share of the heat that passes the air'),
  heatFluxKwM2: output('kW/m²', 'heat on a target'),
};

/** Fireball of a BLEVE by CCPS: sphere on the ground, upright target. */
export const fireballCcps = defineModel({
  id: 'fireball.ccps',
  pack: 'ccps-tno',
  title: 'BLEVE fireball, sphere on the ground, upright target',
  source: 'CCPS (1999), Guidelines for Consequence Analysis of Chemical Releases',
  check: 'cases_fireball: ccps-truck-*, neqsim-1000kg-D; method_spread_example',
  range: 'target outside the fireball',
  inputs: {
    massKg,
    distanceM,
    emissivePowerKwM2: number({
      unit: 'kW/m²',
      what: 'emissive power',
      minimum: 0,
      default: 350,
    }),
    transmissivity: number({
      unit: '1',
      what: 'transmissivity of the air',
      minimum: 0,
      maximum: 1,
      default: 1,
    }),
  },
  outputs,
  examples: [
    {
      inputs: { massKg: 11_957.7, distanceM: 100 },
      output: 'heatFluxKwM2',
      expected: 89.1,
      tolerance: 2e-3,
      source: 'tank truck of 22.7 m³, public scan 529343808',
    },
    {
      inputs: { massKg: 254_000, distanceM: 500 },
      output: 'durationS',
      expected: 20.69,
      tolerance: 1e-3,
      source: 'second route: 2.6 x 254000^(1/6); the small-mass form gives 28.5 s',
    },
  ],
  calculate: (i) => {
    const diameterM = power(ccpsFireball.diameter, i.massKg);
    if (i.distanceM !== 0 && i.distanceM < diameterM / 2)
      return new Outside(
        'distanceM',
        i.distanceM,
        'm',
        { minimum: diameterM / 2 },
        'the target is inside the fireball',
      );
    const large = i.massKg >= ccpsFireball.largeFromKg;
    const viewFactor = groundSphere(diameterM, i.distanceM);
    return {
      diameterM,
      durationS: power(large ? ccpsFireball.large : ccpsFireball.small, i.massKg),
      viewFactor,
      transmissivity: i.transmissivity,
      heatFluxKwM2: i.emissivePowerKwM2 * viewFactor * i.transmissivity,
    };
  },
  warnings: (i) =>
    i.distanceM === 0
      ? [{ code: 'no-target', text: 'Without a distance only diameter and duration have a meaning.' }]
      : [],
});

type Sphere = (diameterM: number, heightM: number, distanceM: number) => number;

function russian(
  c: { readonly diameter: PowerLaw; readonly duration: PowerLaw },
  sphere: Sphere,
  i: { massKg: number; distanceM: number; emissivePowerKwM2: number; heightShare: number },
) {
  const diameterM = power(c.diameter, i.massKg);
  const heightM = i.heightShare * diameterM;
  const viewFactor = sphere(diameterM, heightM, i.distanceM);
  // A target at the foot of a sphere that touches the ground has no air between: 1, not a hair more by rounding.
  const path = Math.max(0, Math.hypot(i.distanceM, heightM) - diameterM / 2);
  const transmissivity = gostTransmissivity(path);
  return {
    diameterM,
    durationS: power(c.duration, i.massKg),
    viewFactor,
    transmissivity,
    heatFluxKwM2: i.emissivePowerKwM2 * viewFactor * transmissivity,
  };
}

const heightShare = {
  unit: '1',
  what: 'height of the centre over the diameter',
  minimum: 0.5,
} as const;

/** Fireball of GOST R 12.3.047-98. */
export const fireballGost = defineModel({
  id: 'fireball.gost-98',
  pack: 'gost-98',
  title: 'Fireball, annex D',
  source: 'GOST R 12.3.047-98, annex D; SP 12.13130',
  check: 'cases_fireball: gost-D-q; method_spread_example',
  inputs: {
    massKg,
    distanceM,
    emissivePowerKwM2: number({
      unit: 'kW/m²',
      what: 'emissive power',
      minimum: 0,
      default: 450,
    }),
    heightShare: number({ ...heightShare, default: 0.5 }),
  },
  outputs,
  examples: [
    {
      inputs: { massKg: 254_000, distanceM: 500 },
      output: 'heatFluxKwM2',
      expected: 12.9,
      tolerance: 8e-3,
      source: 'GOST R 12.3.047-98, annex D: sphere of 600 m³ propane, 500 m',
    },
    {
      inputs: { massKg: 254_000, distanceM: 500 },
      output: 'durationS',
      expected: 40,
      tolerance: 2e-3,
      source: 'annex D, the 40 s of the probit example',
    },
  ],
  calculate: (i) => russian(gostFireball, gostSphere, i),
});

/** Fireball of Order 404 as amended in 2010, and of GOST R 12.3.047-2012. */
export const fireballOrder404 = defineModel({
  id: 'fireball.order-404',
  pack: 'order-404',
  title: 'Fireball, centre at the height of its diameter',
  source: 'Order 404 of MChS Russia as amended 2010; GOST R 12.3.047-2012; view factor recalled',
  check: 'method_spread_example; second route',
  inputs: {
    massKg,
    distanceM,
    emissivePowerKwM2: number({
      unit: 'kW/m²',
      what: 'emissive power',
      minimum: 0,
      default: 350,
    }),
    heightShare: number({ ...heightShare, default: 1 }),
  },
  outputs,
  examples: [
    {
      inputs: { massKg: 12_000, distanceM: 330.5 },
      output: 'heatFluxKwM2',
      expected: 10.5,
      tolerance: 1e-3,
      source: 'method_spread_example (independent calculation)',
    },
    {
      inputs: { massKg: 12_000 },
      output: 'durationS',
      expected: 9.798,
      tolerance: 1e-3,
      source: 'second route',
    },
  ],
  calculate: (i) => russian(order404Fireball, order404Sphere, i),
  warnings: () => [
    { code: 'view-factor-recalled', text: 'The view factor is recalled, not read in the amended order.' },
  ],
});

/** Size of a fireball of liquefied natural gas; no heat. */
export const fireballLng = defineModel({
  id: 'fireball.lng-davis',
  pack: 'ccps-tno',
  title: 'Fireball of liquefied natural gas: diameter and duration',
  source: 'Davis (transcribed)',
  check: 'second route only',
  inputs: { massKg },
  outputs: { diameterM: outputs.diameterM, durationS: outputs.durationS },
  examples: [
    {
      inputs: { massKg: 10_000 },
      output: 'diameterM',
      expected: 75.22139,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: { massKg: 10_000 },
      output: 'durationS',
      expected: 6.421252,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => ({
    diameterM: power(lngFireball.diameter, i.massKg),
    durationS: power(lngFireball.duration, i.massKg),
  }),
  warnings: () => [
    { code: 'transcribed', text: 'The coefficients are transcribed and no worked example is known.' },
  ],
});

export const fireballModels = [fireballCcps, fireballGost, fireballOrder404, fireballLng];
