import { air, flashFire, order404Blast, order404Modes, tnt } from '../constants/blast.ts';
import { physics } from '../constants/physics.ts';
import {
  deflagration,
  energyScaled,
  gasDetonation,
  gostImpulse,
  gostOverpressure,
  impulsePaS,
  mixtureDetonation,
  smaller,
} from '../formulas/blast.ts';
import { at } from '../formulas/fire.ts';
import { choice, defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const fuelKg = number({ unit: 'kg', what: 'fuel in the cloud', ...positive });
const heatOfCombustionJKg = number({ unit: 'J/kg', what: 'heat of combustion', ...positive });
const distanceM = number({ unit: 'm', what: 'distance from the middle of the cloud', ...positive });
const wave = {
  overpressureKpa: output('kPa', 'overpressure'),
  impulsePaS: output('Pa s', 'impulse of the positive phase'),
};

/** Cloud explosion of GOST R 12.3.047-98. */
export const blastGost = defineModel({
  id: 'blast.gost-98',
  pack: 'gost-98',
  title: 'Explosion of a cloud, annex E',
  source: 'GOST R 12.3.047-98, annex E; exponents 1/3 and 2/3, from which alone its printed example follows',
  check: 'cases_blast: gost-E-dP, gost-E-i; cases_source_misprints as negative',
  inputs: {
    fuelKg,
    heatOfCombustionJKg,
    participation: number({
      unit: '1',
      what: 'share of the fuel that takes part (Z)',
      ...positive,
      maximum: 1,
    }),
    distanceM,
  },
  outputs: { reducedMassKg: output('kg', 'reduced mass'), ...wave },
  examples: [
    {
      inputs: { fuelKg: 254_000, heatOfCombustionJKg: 4.6e7, participation: 0.1, distanceM: 500 },
      output: 'overpressureKpa',
      expected: 16.2,
      tolerance: 6e-3,
      source: 'GOST R 12.3.047-98, annex E and probit example',
    },
    {
      inputs: { fuelKg: 254_000, heatOfCombustionJKg: 4.6e7, participation: 0.1, distanceM: 500 },
      output: 'impulsePaS',
      expected: 1000,
      tolerance: 5e-3,
      source: 'GOST R 12.3.047-98, annex E and probit example',
    },
  ],
  calculate: (i) => {
    const reducedMassKg = (i.heatOfCombustionJKg / tnt.energyGost) * i.fuelKg * i.participation;
    return {
      reducedMassKg,
      overpressureKpa: gostOverpressure(reducedMassKg, i.distanceM),
      impulsePaS: gostImpulse(reducedMassKg, i.distanceM),
    };
  },
});

/** Cloud explosion of Order 404 and RD 03-409-01. */
export const blastOrder404 = defineModel({
  id: 'blast.order-404',
  pack: 'order-404',
  title: 'Explosion of a cloud: deflagration with a speed of the front, or detonation',
  source: 'Order 404 of MChS Russia (2009), annex 3; RD 03-409-01',
  check: 'method_spread_example; second route; blast_ips_samples as an envelope',
  range: 'r/(E/p0)^(1/3) from 0.34 to 24',
  inputs: {
    fuelKg,
    heatOfCombustionJKg,
    mode: choice('how the cloud burns', ['deflagration', 'gas-detonation', 'mixture-detonation']),
    flameSpeedMS: number({
      unit: 'm/s',
      what: 'speed of the front (deflagration)',
      ...positive,
      default: 500,
    }),
    place: choice('where the cloud is', ['ground', 'air']),
    distanceM,
  },
  outputs: { scaledDistance: output('1', 'r/(E/p0)^(1/3)'), ...wave },
  examples: [
    {
      inputs: {
        fuelKg: 2000,
        heatOfCombustionJKg: 4.6e7,
        mode: 'deflagration',
        flameSpeedMS: 200,
        place: 'ground',
        distanceM: 194.3,
      },
      output: 'overpressureKpa',
      expected: 14,
      tolerance: 1e-3,
      source: 'method_spread_example (independent calculation)',
    },
    {
      inputs: {
        fuelKg: 2000,
        heatOfCombustionJKg: 4.6e7,
        mode: 'deflagration',
        flameSpeedMS: 500,
        place: 'ground',
        distanceM: 214.7,
      },
      output: 'overpressureKpa',
      expected: 14,
      tolerance: 1e-3,
      source: 'method_spread_example: the detonation branch is the smaller',
    },
    {
      inputs: {
        fuelKg: 2000,
        heatOfCombustionJKg: 4.6e7,
        mode: 'deflagration',
        flameSpeedMS: 150,
        place: 'ground',
        distanceM: 150,
      },
      output: 'impulsePaS',
      expected: 630.97067,
      tolerance: 1e-3,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const energy = i.fuelKg * i.heatOfCombustionJKg * (i.place === 'ground' ? order404Blast.groundFactor : 1);
    const scaled = energyScaled(i.distanceM, energy);
    const range = { minimum: order404Blast.fromScaled, maximum: order404Blast.toScaled };
    if (scaled < range.minimum || scaled > range.maximum)
      return new Outside(
        'scaledDistance',
        scaled,
        '1',
        range,
        'the deflagration formulas begin at 0.34, and the detonation fit rises again behind 24',
      );
    const blast =
      i.mode === 'mixture-detonation'
        ? mixtureDetonation(scaled)
        : i.mode === 'gas-detonation'
          ? gasDetonation(scaled)
          : smaller(deflagration(scaled, i.flameSpeedMS), gasDetonation(scaled));
    return {
      scaledDistance: scaled,
      overpressureKpa: (blast.pressure * physics.atmosphere) / 1000,
      impulsePaS: impulsePaS(blast.impulse, energy),
    };
  },
});

const classes = { minimum: 1, maximum: 4, whole: true } as const;

/** How a cloud burns, by class of its fuel and of the space around. */
export const blastModeOrder404 = defineModel({
  id: 'blast.order-404-mode',
  pack: 'order-404',
  title: 'Mode of combustion and speed of the front',
  source:
    'Order 404 of MChS Russia (2009), annex 3, table of modes; read in ProRaschety/tg_bot_master and in our own notes',
  check: 'four entries named in our notes; second route for the speeds',
  inputs: {
    fuelClass: number({ unit: '1', what: 'class of the fuel, 1 most sensitive', ...classes }),
    spaceClass: number({ unit: '1', what: 'class of the space, 1 most cluttered', ...classes }),
    fuelKg,
  },
  outputs: {
    mode: output('1', 'mode 1 (detonation or 500 m/s) to 6'),
    slowestMS: output('m/s', 'least speed of the front'),
    fastestMS: output('m/s', 'greatest speed of the front'),
  },
  examples: [
    {
      inputs: { fuelClass: 3, spaceClass: 4, fuelKg: 2000 },
      output: 'fastestMS',
      expected: 152.628,
      tolerance: 1e-4,
      source: 'second route: 43 x 2000^(1/6)',
    },
    {
      inputs: { fuelClass: 4, spaceClass: 4, fuelKg: 2000 },
      output: 'fastestMS',
      expected: 92.287,
      tolerance: 1e-4,
      source: 'second route: 26 x 2000^(1/6)',
    },
  ],
  calculate: (i) => {
    const mode = order404Modes.table[i.fuelClass - 1]?.[i.spaceClass - 1] ?? Number.NaN;
    const byMass = (k: number) => k * i.fuelKg ** order404Modes.exponent;
    if (mode === 1) return { mode, slowestMS: order404Modes.fastFrom, fastestMS: order404Modes.fastFrom };
    if (mode === 5 || mode === 6) {
      const speed = byMass(mode === 5 ? order404Modes.mode5 : order404Modes.mode6);
      return { mode, slowestMS: speed, fastestMS: speed };
    }
    const { mode2, mode3, mode4 } = order404Modes.bands;
    const band = mode === 2 ? mode2 : mode === 3 ? mode3 : mode4;
    return { mode, slowestMS: at(band, 0), fastestMS: Math.max(at(band, 1), byMass(order404Modes.mode5)) };
  },
  warnings: (_, o) =>
    o.mode === 1
      ? [{ code: 'detonation', text: 'Mode 1 is a detonation, or a deflagration with 500 m/s and more.' }]
      : [],
});

/** Flash fire of Order 404. */
export const flashFireOrder404 = defineModel({
  id: 'flash-fire.order-404',
  pack: 'order-404',
  title: 'Flash fire of a cloud',
  source: 'Order 404 of MChS Russia (2009), annex 3 (transcribed)',
  check: 'second route; factor and exponent also in ProRaschety/tg_bot_master',
  inputs: {
    fuelKg,
    gasDensityKgM3: number({
      unit: 'kg/m³',
      what: 'density of the gas at the temperature of the air',
      ...positive,
    }),
    lowerLimitPercent: number({
      unit: '% by volume',
      what: 'lower limit of flammability',
      ...positive,
      maximum: 100,
    }),
  },
  outputs: {
    flammableRadiusM: output('m', 'radius of the flammable zone'),
    lethalRadiusM: output('m', 'radius of the lethal zone'),
  },
  examples: [
    {
      inputs: { fuelKg: 1000, gasDensityKgM3: 1.8, lowerLimitPercent: 2.1 },
      output: 'flammableRadiusM',
      expected: 49.149863,
      tolerance: 1e-4,
      source: 'second route',
    },
    {
      inputs: { fuelKg: 1000, gasDensityKgM3: 1.8, lowerLimitPercent: 2.1 },
      output: 'lethalRadiusM',
      expected: 58.979835,
      tolerance: 1e-4,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const volume = i.fuelKg / (i.gasDensityKgM3 * i.lowerLimitPercent);
    const flammableRadiusM = flashFire.factor * volume ** flashFire.exponent;
    return { flammableRadiusM, lethalRadiusM: flashFire.lethal * flammableRadiusM };
  },
  warnings: () => [{ code: 'transcribed', text: 'Transcribed; no printed example is known.' }],
});

/** Energy of a cloud that is mixed with just enough air. */
export const cloudEnergy = defineModel({
  id: 'blast.cloud-energy',
  pack: 'ccps-tno',
  title: 'Energy of a cloud at the stoichiometric mixture',
  source:
    'CCPS (2010), Guidelines for Vapor Cloud Explosion, Pressure Vessel Burst, BLEVE and Flash Fire Hazards',
  check: 'cases_blast: butane-VCE-energy',
  inputs: {
    volumeM3: number({ unit: 'm³', what: 'volume of the cloud', ...positive }),
    oxygenMoles: number({ unit: '1', what: 'moles of oxygen for each mole of fuel', ...positive }),
    heatOfCombustionJMol: number({ unit: 'J/mol', what: 'heat of combustion', ...positive }),
    temperatureK: number({ unit: 'K', what: 'temperature of the cloud', ...positive }),
    pressurePa: number({ unit: 'Pa', what: 'pressure', ...positive, default: physics.atmosphere }),
  },
  outputs: { fuelShare: output('1', 'share of the fuel by volume'), energyJ: output('J', 'energy') },
  examples: [
    {
      inputs: {
        volumeM3: 136_857.23663,
        oxygenMoles: 6.5,
        heatOfCombustionJMol: 2_657_320,
        temperatureK: 272.55,
        pressurePa: 101_352.932,
      },
      output: 'energyJ',
      expected: 5.07786e11,
      tolerance: 1e-5,
      source: 'selenized.github.io, 2021-01-09',
    },
  ],
  calculate: (i) => {
    const fuelShare = 1 / (1 + i.oxygenMoles / air.oxygenShare);
    const moles = (i.pressurePa * i.volumeM3) / (physics.gasConstant * i.temperatureK);
    return { fuelShare, energyJ: fuelShare * moles * i.heatOfCombustionJMol };
  },
});

export const explosionModels = [blastGost, blastOrder404, blastModeOrder404, flashFireOrder404, cloudEnergy];
