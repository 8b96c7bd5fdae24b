import { kingeryBulmash } from '../constants/blast.ts';
import { physics } from '../constants/physics.ts';
import { type AirblastQuantity, airblast, kinneyGrahamRatio, scaledDistance } from '../formulas/blast.ts';
import { type AnyModel, defineModel, type Example, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const charge = {
  tntKg: number({ unit: 'kg', what: 'mass of TNT', ...positive }),
  distanceM: number({ unit: 'm', what: 'distance', ...positive }),
};

/** The mass of TNT that stands for a share of the heat of a fuel. */
export const tntMass = defineModel({
  id: 'blast.tnt-mass',
  pack: 'ccps-tno',
  title: 'TNT that stands for a cloud',
  source: 'CCPS (2000), Guidelines for Chemical Process Quantitative Risk Analysis',
  check: 'cases_blast: hyram-tnt-mass',
  inputs: {
    fuelKg: number({ unit: 'kg', what: 'fuel in the cloud', ...positive }),
    heatOfCombustionJKg: number({ unit: 'J/kg', what: 'heat of combustion', ...positive }),
    yieldShare: number({
      unit: '1',
      what: 'share of the heat that goes into the blast',
      ...positive,
      maximum: 1,
    }),
    tntEnergyJKg: number({ unit: 'J/kg', what: 'energy of TNT', ...positive, default: 4.68e6 }),
  },
  outputs: { tntKg: output('kg', 'mass of TNT') },
  examples: [
    {
      inputs: { fuelKg: 1, heatOfCombustionJKg: 1.2e8, yieldShare: 0.03 },
      output: 'tntKg',
      expected: 0.7692307692,
      tolerance: 1e-9,
      source: 'HyRAM+ test_overpressure',
    },
  ],
  calculate: (i) => ({ tntKg: (i.yieldShare * i.fuelKg * i.heatOfCombustionJKg) / i.tntEnergyJKg }),
  warnings: (i) =>
    i.yieldShare > 0.1
      ? [{ code: 'high-yield', text: 'Vapour clouds have given 1 to 10 per cent of their heat (CCPS).' }]
      : [],
});

interface Named {
  readonly name: string;
  readonly output: string;
  readonly what: string;
}

const quantities: Readonly<Record<AirblastQuantity, Named>> = {
  timeOfArrival: { name: 'time-of-arrival', output: 'timeOfArrivalMs', what: 'time of arrival' },
  incidentPressure: { name: 'incident-pressure', output: 'overpressureKpa', what: 'incident overpressure' },
  reflectedPressure: {
    name: 'reflected-pressure',
    output: 'overpressureKpa',
    what: 'reflected overpressure',
  },
  positivePhaseDuration: { name: 'duration', output: 'durationMs', what: 'duration of the positive phase' },
  incidentImpulse: { name: 'incident-impulse', output: 'impulseKpaMs', what: 'incident impulse' },
  reflectedImpulse: { name: 'reflected-impulse', output: 'impulseKpaMs', what: 'reflected impulse' },
  shockFrontVelocity: { name: 'shock-velocity', output: 'velocityKmS', what: 'velocity of the front' },
};

/** The run of an open program for 10 t at 500 m. */
const printed: Readonly<Record<AirblastQuantity, readonly Example[]>> = {
  timeOfArrival: [],
  incidentPressure: [],
  reflectedPressure: [peer('overpressureKpa', 10.244621193146642)],
  positivePhaseDuration: [peer('durationMs', 133.23344980362697)],
  incidentImpulse: [peer('impulseKpaMs', 295.87689480141484)],
  reflectedImpulse: [peer('impulseKpaMs', 528.7645063440389)],
  shockFrontVelocity: [peer('velocityKmS', 0.3473295095310771)],
};

function peer(name: string, expected: number): Example {
  return {
    inputs: { tntKg: 10_000, distanceM: 500 },
    output: name,
    expected,
    tolerance: 1e-9,
    source: 'kingery-bulmash 194c3c7, run 2026-11-21',
  };
}

function airblastModel(quantity: AirblastQuantity) {
  const { name, output: outputName, what } = quantities[quantity];
  const table = kingeryBulmash[quantity];
  return defineModel({
    id: `blast.kingery-bulmash.${name}`,
    pack: 'swisdak',
    title: `TNT on the ground: ${what}`,
    source: 'Swisdak (1994), ADA526744, metric table',
    check: 'cases_kingery_bulmash_table (256 rows), cases_blast: kb-10t-500m-*',
    range: `Z from ${table.from} to ${table.pieces.at(-1)?.to} m/kg^(1/3)`,
    inputs: charge,
    outputs: { [outputName]: output(table.unit, what) } as Record<string, { unit: string; what: string }>,
    examples: printed[quantity],
    calculate: (i) => {
      const scaled = scaledDistance(i.distanceM, i.tntKg);
      const value = airblast(quantity, scaled);
      if (value === undefined) return outsideFit(quantity, scaled);
      return { [outputName]: table.scales ? value * Math.cbrt(i.tntKg) : value };
    },
    warnings: (i) =>
      quantity === 'incidentImpulse' && scaledDistance(i.distanceM, i.tntKg) < 2
        ? [
            {
              code: 'not-monotone',
              text: 'Near the charge the impulse first rises with the distance: an impulse has several distances.',
            },
          ]
        : [],
  });
}

/** The bounds of a fit by Z, from its first piece to its last. */
function outsideFit(quantity: AirblastQuantity, scaled: number): Outside {
  const { from: minimum, pieces } = kingeryBulmash[quantity];
  const maximum = Math.max(...pieces.map(({ to }) => to));
  return new Outside(
    'scaledDistance',
    scaled,
    'm/kg^(1/3)',
    { minimum, maximum },
    'the fit has no piece here',
  );
}

export const airblastTimeOfArrival = airblastModel('timeOfArrival');
export const airblastIncidentPressure = airblastModel('incidentPressure');
export const airblastReflectedPressure = airblastModel('reflectedPressure');
export const airblastDuration = airblastModel('positivePhaseDuration');
export const airblastIncidentImpulse = airblastModel('incidentImpulse');
export const airblastReflectedImpulse = airblastModel('reflectedImpulse');
export const airblastShockVelocity = airblastModel('shockFrontVelocity');

/** Chemical explosion in free air. */
export const kinneyGrahamBlast = defineModel({
  id: 'blast.kinney-graham',
  pack: 'kinney-graham',
  title: 'TNT in free air: overpressure',
  source: 'Kinney and Graham (1985), its range recalled',
  check: 'cases_blast: four cbu rows; blast_ips_samples as an envelope',
  range: 'Z from 0.053 to 500 m/kg^(1/3) (recalled)',
  inputs: {
    ...charge,
    airPa: number({ unit: 'Pa', what: 'pressure of the air', ...positive, default: physics.atmosphere }),
  },
  outputs: { overpressureKpa: output('kPa', 'overpressure') },
  examples: [
    {
      inputs: { tntKg: 1, distanceM: 5 },
      output: 'overpressureKpa',
      expected: 29.24,
      tolerance: 5e-4,
      source: 'CBU conference, Prague 2020 (transcribed)',
    },
    {
      inputs: { tntKg: 0.1, distanceM: 1 },
      output: 'overpressureKpa',
      expected: 174.87,
      tolerance: 5e-4,
      source: 'CBU conference, Prague 2020 (transcribed)',
    },
  ],
  calculate: (i) => {
    const scaled = scaledDistance(i.distanceM, i.tntKg);
    const range = { minimum: 0.053, maximum: 500 };
    if (scaled < range.minimum || scaled > range.maximum)
      return new Outside('scaledDistance', scaled, 'm/kg^(1/3)', range, 'the table of the book ends here');
    return { overpressureKpa: (kinneyGrahamRatio(scaled) * i.airPa) / 1000 };
  },
});

export const airblastModels: readonly AnyModel[] = [
  tntMass,
  airblastTimeOfArrival,
  airblastIncidentPressure,
  airblastReflectedPressure,
  airblastDuration,
  airblastIncidentImpulse,
  airblastReflectedImpulse,
  airblastShockVelocity,
  kinneyGrahamBlast,
];
