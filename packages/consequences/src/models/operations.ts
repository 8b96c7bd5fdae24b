import { growth } from '../constants/fire.ts';
import { evacuation, forces } from '../constants/operations.ts';
import {
  greatestFlow,
  hoseLimit,
  iowaFlow,
  nfaFlow,
  pumpersNeeded,
  specificFlow,
  squadsNeeded,
  wholeUp,
} from '../formulas/operations.ts';
import { choice, defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const count = { minimum: 0, whole: true } as const;
const length = number({ unit: 'ft', what: 'length of the building', ...positive });
const width = number({ unit: 'ft', what: 'width of the building', ...positive });

/** Growth of a fire with the square of time. */
export const fireGrowth = defineModel({
  id: 'fire.t-squared',
  pack: 'sfpe',
  title: 't-squared fire',
  source: 'NFPA 72 and 92: 1,055 kW after 600, 300, 150 and 75 s',
  check: 'cases_fire_growth: t2-*',
  inputs: {
    speed: choice('growth', Object.keys(growth) as (keyof typeof growth)[]),
    seconds: number({ unit: 's', what: 'time since the start of the growth', minimum: 0 }),
    limitKw: number({ unit: 'kW', what: 'limit by fuel or air, 0: none', minimum: 0, default: 0 }),
  },
  outputs: { heatReleaseKw: output('kW', 'heat release') },
  examples: (['slow', 'medium', 'fast', 'ultraFast'] as const).map((speed, index) => ({
    inputs: { speed, seconds: 600 / 2 ** index },
    output: 'heatReleaseKw',
    expected: 1055,
    tolerance: 1e-3,
    source: 'NFPA 72 and 92',
  })),
  calculate: (i) => {
    const free = growth[i.speed] * i.seconds * i.seconds;
    return { heatReleaseKw: i.limitKw > 0 ? Math.min(free, i.limitKw) : free };
  },
  warnings: (i) =>
    i.limitKw === 0
      ? [{ code: 'no-limit', text: 'No limit by air or fuel was given; real fires have one.' }]
      : [],
});

/** Water by the US National Fire Academy. */
export const waterNfa = defineModel({
  id: 'water.nfa',
  pack: 'us-water',
  title: 'Fire flow of the National Fire Academy',
  source: 'National Fire Academy (firefighternation.com)',
  check: 'cases_water_demand: nfa-*',
  inputs: {
    lengthFt: length,
    widthFt: width,
    floors: number({ unit: '1', what: 'floors on fire', minimum: 1, whole: true, default: 1 }),
    burningShare: number({ unit: '1', what: 'share on fire', minimum: 0, maximum: 1 }),
    exposures: number({ unit: '1', what: 'exposed buildings', ...count, default: 0 }),
  },
  outputs: { flowGpm: output('gal/min', 'flow'), flowLS: output('l/s', 'flow') },
  examples: [
    {
      inputs: { lengthFt: 100, widthFt: 150, floors: 2, burningShare: 0.75 },
      output: 'flowGpm',
      expected: 7500,
      tolerance: 1e-9,
      source: 'clevercalculator.com',
    },
    {
      inputs: { lengthFt: 50, widthFt: 30, burningShare: 0.5, exposures: 1 },
      output: 'flowGpm',
      expected: 312.5,
      tolerance: 1e-9,
      source: 'second route: 250 and 25 per cent',
    },
  ],
  calculate: (i) => {
    const flowGpm = nfaFlow(i.lengthFt, i.widthFt, i.floors, i.burningShare, i.exposures);
    return { flowGpm, flowLS: (flowGpm * litresPerGallon) / 60 };
  },
});

/** One US gallon, l, exact. */
const litresPerGallon = 3.785411784;

/** Water by Iowa State University. */
export const waterIowa = defineModel({
  id: 'water.iowa',
  pack: 'us-water',
  title: 'Fire flow of Iowa State University',
  source: 'Iowa State University: volume/100',
  check: 'worked example 125 x 175 x 10 ft, 2,188 gpm',
  inputs: {
    lengthFt: length,
    widthFt: width,
    heightFt: number({ unit: 'ft', what: 'height of the room', ...positive }),
  },
  outputs: { flowGpm: output('gal/min', 'flow'), flowLS: output('l/s', 'flow') },
  examples: [
    {
      inputs: { lengthFt: 125, widthFt: 175, heightFt: 10 },
      output: 'flowGpm',
      expected: 2188,
      tolerance: 3e-4,
      source: 'worked example, 2,188 gpm',
    },
  ],
  calculate: (i) => {
    const flowGpm = iowaFlow(i.lengthFt, i.widthFt, i.heightFt);
    return { flowGpm, flowLS: (flowGpm * litresPerGallon) / 60 };
  },
});

/** The Russian chain from the burning area to squads; every link is an output that a commander can correct. */
export const forcesAndMeans = defineModel({
  id: 'forces.russian',
  pack: 'ru-forces',
  title: 'Forces and means: nozzles, water, pumpers, hose line, squads',
  source: 'Russian calculation of forces and means (grain elevator, 3-net.ru sign-14969)',
  check: 'cases_water_demand: ru-pa, ru-hose, ru-otd',
  range: 'at least one nozzle; head of the pump above the head needed',
  inputs: {
    areaM2: number({ unit: 'm²', what: 'area to put out', minimum: 0 }),
    intensityLSM2: number({ unit: 'l/(s m²)', what: 'intensity of water', ...positive }),
    nozzleLS: number({ unit: 'l/s', what: 'flow of one nozzle', ...positive }),
    protectionNozzles: number({ unit: '1', what: 'nozzles for protection', ...count, default: 0 }),
    protectionNozzleLS: number({ unit: 'l/s', what: 'flow of one of these', minimum: 0, default: 0 }),
    extraAttackNozzles: number({
      unit: '1',
      what: 'attack nozzles beyond those calculated',
      ...count,
      default: 0,
    }),
    pumpLS: number({ unit: 'l/s', what: 'flow of one pumper', ...positive }),
    pumpHeadM: number({ unit: 'm', what: 'head at the pump', ...positive }),
    nozzleHeadM: number({ unit: 'm', what: 'head at the nozzle and the branching', ...positive }),
    liftM: number({ unit: 'm', what: 'rise of ground and nozzle', default: 0 }),
    hoseResistance: number({ unit: '(s/l)² m', what: 'resistance of one 20 m hose', ...positive }),
    people: number({ unit: '1', what: 'people at work', ...count }),
  },
  outputs: {
    nozzlesExact: output('1', 'attack nozzles before rounding'),
    attackNozzles: output('1', 'attack nozzles'),
    flowLS: output('l/s', 'water of all nozzles'),
    pumpersExact: output('1', 'pumpers before rounding'),
    pumpers: output('1', 'pumpers on the source'),
    hoseLimitM: output('m', 'longest hose line'),
    squadsExact: output('1', 'squads before rounding'),
    squads: output('1', 'squads'),
  },
  examples: [
    {
      inputs: elevator(),
      output: 'hoseLimitM',
      expected: 78,
      tolerance: 2e-3,
      source: '3-net.ru sign-14969',
    },
    {
      inputs: elevator(),
      output: 'pumpersExact',
      expected: 0.58,
      tolerance: 5e-3,
      source: '3-net.ru sign-14969',
    },
    {
      inputs: elevator(),
      output: 'squadsExact',
      expected: 2.8,
      tolerance: 1e-9,
      source: '3-net.ru sign-14969: 14 people, 3 squads',
    },
    {
      inputs: elevator(),
      output: 'nozzlesExact',
      expected: 0.81,
      tolerance: 2e-3,
      source: '3-net.ru sign-14969: 40 x 0.15 / 7.4',
    },
  ],
  calculate: (i) => {
    const nozzlesExact = (i.areaM2 * i.intensityLSM2) / i.nozzleLS;
    const attackNozzles = wholeUp(nozzlesExact) + i.extraAttackNozzles;
    const flowLS = attackNozzles * i.nozzleLS + i.protectionNozzles * i.protectionNozzleLS;
    if (flowLS === 0)
      return new Outside(
        'flowLS',
        0,
        'l/s',
        { minimum: 0 },
        'without a nozzle there is no line to calculate',
      );
    const hoseLimitM = hoseLimit(i.pumpHeadM, i.nozzleHeadM, i.liftM, i.hoseResistance, flowLS);
    if (hoseLimitM <= 0)
      return new Outside(
        'hoseLimitM',
        hoseLimitM,
        'm',
        { minimum: 0 },
        'the head of the pump does not reach the nozzle',
      );
    const pumpersExact = pumpersNeeded(flowLS, i.pumpLS);
    const squadsExact = squadsNeeded(i.people);
    return {
      nozzlesExact,
      attackNozzles,
      flowLS,
      pumpersExact,
      pumpers: wholeUp(pumpersExact),
      hoseLimitM,
      squadsExact,
      squads: wholeUp(squadsExact),
    };
  },
  warnings: () => [
    {
      code: 'reserve',
      text: `Reserve is not included. Pumps count with ${forces.pumpShare * 100} per cent of their flow.`,
    },
  ],
});

/** The grain elevator of the source: 2 nozzles of 7.4 and one of 3.7 l/s. */
function elevator() {
  return {
    areaM2: 40,
    intensityLSM2: 0.15,
    nozzleLS: 7.4,
    extraAttackNozzles: 1,
    protectionNozzles: 1,
    protectionNozzleLS: 3.7,
    pumpLS: 40,
    pumpHeadM: 100,
    nozzleHeadM: 80,
    hoseResistance: 0.015,
    people: 14,
  };
}

/** Foam for a tank or a spill. All norms come from the caller: no checked source was found for them. */
export const foamDemand = defineModel({
  id: 'foam.area',
  pack: 'ru-forces',
  title: 'Foam: solution, concentrate and stock for an area',
  source: 'definition: flow = intensity x area; norms are the inputs of the authority',
  check: 'second route',
  inputs: {
    areaM2: number({ unit: 'm²', what: 'burning area', ...positive }),
    intensityLSM2: number({ unit: 'l/(s m²)', what: 'intensity of the solution', ...positive }),
    minutes: number({ unit: 'min', what: 'time of the attack', ...positive }),
    concentrateShare: number({ unit: '1', what: 'concentrate in the solution', ...positive, maximum: 1 }),
    stockFactor: number({ unit: '1', what: 'stock over one attack', minimum: 1 }),
    generatorLS: number({ unit: 'l/s', what: 'solution of one generator', ...positive }),
  },
  outputs: {
    solutionLS: output('l/s', 'flow of solution'),
    generators: output('1', 'foam generators'),
    concentrateL: output('l', 'stock of concentrate'),
    waterL: output('l', 'stock of water'),
  },
  examples: [
    {
      inputs: {
        areaM2: 100,
        intensityLSM2: 0.08,
        minutes: 15,
        concentrateShare: 0.06,
        stockFactor: 3,
        generatorLS: 6,
      },
      output: 'concentrateL',
      expected: 1296,
      tolerance: 1e-9,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const solutionLS = i.areaM2 * i.intensityLSM2;
    const stock = solutionLS * i.minutes * 60 * i.stockFactor;
    return {
      solutionLS,
      generators: wholeUp(solutionLS / i.generatorLS),
      concentrateL: stock * i.concentrateShare,
      waterL: stock * (1 - i.concentrateShare),
    };
  },
});

/** Flow of people, hydraulic model. */
export const evacuationFlow = defineModel({
  id: 'evacuation.hydraulic',
  pack: 'sfpe',
  title: 'Flow of people through a route',
  source: 'SFPE Handbook, hydraulic model',
  check: 'cases_evacuation: sfpe-Fsm-1.4; three more printed maxima',
  range: 'density below 1/0.266 = 3.76 people a square metre',
  inputs: {
    route: choice('route', Object.keys(evacuation.k) as (keyof typeof evacuation.k)[]),
    densityM2: number({ unit: '1/m²', what: 'people a square metre', minimum: 0 }),
    effectiveWidthM: number({ unit: 'm', what: 'width less the boundary layers', ...positive }),
    people: number({ unit: '1', what: 'people who pass', ...count }),
  },
  outputs: {
    specificFlow: output('1/(s m)', 'people a second and metre of width'),
    greatestSpecificFlow: output('1/(s m)', 'the most the route takes'),
    flow: output('1/s', 'people a second'),
    shortestPassageS: output('s', 'time of passage at the greatest flow'),
  },
  examples: [
    {
      inputs: { route: 'corridor', densityM2: 1, effectiveWidthM: 1, people: 1 },
      output: 'greatestSpecificFlow',
      expected: 1.32,
      tolerance: 5e-3,
      source: 'SFPE Handbook',
    },
    {
      inputs: { route: 'stairsFlat', densityM2: 1, effectiveWidthM: 1, people: 1 },
      output: 'greatestSpecificFlow',
      expected: 1.09,
      tolerance: 5e-3,
      source: 'SFPE Handbook',
    },
    {
      inputs: { route: 'stairsMiddle', densityM2: 1, effectiveWidthM: 1, people: 1 },
      output: 'greatestSpecificFlow',
      expected: 1.01,
      tolerance: 6e-3,
      source: 'SFPE Handbook',
    },
    {
      inputs: { route: 'stairsSteep', densityM2: 1, effectiveWidthM: 1, people: 1 },
      output: 'greatestSpecificFlow',
      expected: 0.94,
      tolerance: 5e-3,
      source: 'SFPE Handbook',
    },
  ],
  calculate: (i) => {
    const still = 1 / evacuation.a;
    if (i.densityM2 >= still)
      return new Outside(
        'densityM2',
        i.densityM2,
        '1/m²',
        { maximum: still },
        'at this density people stand still',
      );
    const k = evacuation.k[i.route];
    const greatestSpecificFlow = greatestFlow(k);
    const flow = specificFlow(k, i.densityM2);
    return {
      specificFlow: flow,
      greatestSpecificFlow,
      flow: flow * i.effectiveWidthM,
      shortestPassageS: i.people / (greatestSpecificFlow * i.effectiveWidthM),
    };
  },
});

export const operationsModels = [fireGrowth, waterNfa, waterIowa, forcesAndMeans, foamDemand, evacuationFlow];
