import { flareTip, order404Jet } from '../constants/fire.ts';
import { pointSource, wayneTransmissivity, yellowBookTransmissivity } from '../formulas/fire.ts';
import { choice, defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const share = { minimum: 0, maximum: 1 } as const;

/** A flame as a point that radiates, standing `centreHeightM` up and `centreOffsetM` downwind. */
export const pointSourceFire = defineModel({
  id: 'jet-fire.point-source',
  pack: 'api-521',
  title: 'Heat from the middle of a flame',
  source: 'API 521 (2007), simple approach, C.2',
  check: 'cases_jet_fire: api521-K0 to K500, api521-Q',
  inputs: {
    massFlowKgS: number({ unit: 'kg/s', what: 'flow of fuel', ...positive }),
    heatOfCombustionKjKg: number({ unit: 'kJ/kg', what: 'heat of combustion', ...positive }),
    radiantShare: number({ unit: '1', what: 'share of the heat that is radiated', ...share }),
    transmissivity: number({ unit: '1', what: 'transmissivity of the air', ...share, default: 1 }),
    distanceM: number({ unit: 'm', what: 'distance on the ground from the source, downwind positive' }),
    centreHeightM: number({ unit: 'm', what: 'height of the middle of the flame', minimum: 0, default: 0 }),
    centreOffsetM: number({ unit: 'm', what: 'how far downwind the middle of the flame is', default: 0 }),
  },
  outputs: {
    heatReleaseKw: output('kW', 'heat release'),
    pathM: output('m', 'distance from the middle of the flame'),
    heatFluxKwM2: output('kW/m²', 'heat on a target turned to the flame'),
  },
  examples: [
    {
      inputs: {
        massFlowKgS: 12.6,
        heatOfCombustionKjKg: 50_000,
        radiantShare: 0.3,
        distanceM: 45.72,
        centreHeightM: 42.7,
        centreOffsetM: 22.04,
      },
      output: 'heatFluxKwM2',
      expected: 6.308699,
      tolerance: 1e-5,
      source: 'API RP 521 C.2, example 1 at 150 ft: 2000 Btu/(h ft²) = 6.309 kW/m²',
    },
  ],
  calculate: (i) => {
    const heatReleaseKw = i.massFlowKgS * i.heatOfCombustionKjKg;
    const pathM = Math.hypot(i.distanceM - i.centreOffsetM, i.centreHeightM);
    if (pathM === 0) return new Outside('pathM', 0, 'm', { minimum: 0 }, 'the target is the point itself');
    return {
      heatReleaseKw,
      pathM,
      heatFluxKwM2: pointSource(heatReleaseKw, i.radiantShare, i.transmissivity, pathM),
    };
  },
  warnings: () => [{ code: 'near-field', text: 'A point source gives too much close to the flame.' }],
});

/** Size of a jet flame by Order 404. */
export const jetOrder404 = defineModel({
  id: 'jet-fire.order-404',
  pack: 'order-404',
  title: 'Length and width of a jet flame',
  source: 'Order 404 of MChS Russia (2009), annex 3',
  check: 'second route only',
  inputs: {
    massFlowKgS: number({ unit: 'kg/s', what: 'flow of fuel', ...positive }),
    fuel: choice('what flows out', ['gas', 'lpgVapour', 'lpgLiquid']),
  },
  outputs: { flameLengthM: output('m', 'length'), flameWidthM: output('m', 'width') },
  examples: [
    {
      inputs: { massFlowKgS: 10, fuel: 'gas' },
      output: 'flameLengthM',
      expected: 31.3986,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: { massFlowKgS: 10, fuel: 'lpgVapour' },
      output: 'flameLengthM',
      expected: 33.9105,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: { massFlowKgS: 10, fuel: 'lpgLiquid' },
      output: 'flameWidthM',
      expected: 5.65175,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const flameLengthM = order404Jet[i.fuel] * i.massFlowKgS ** order404Jet.exponent;
    return { flameLengthM, flameWidthM: order404Jet.widthShare * flameLengthM };
  },
});

/** Diameter of a flare tip for a Mach number. */
export const flareTipSize = defineModel({
  id: 'jet-fire.flare-tip',
  pack: 'api-521',
  title: 'Diameter of a flare tip',
  source: 'API 521 (2007), simple approach',
  check: 'second route only',
  inputs: {
    massFlowKgS: number({ unit: 'kg/s', what: 'flow of gas', ...positive }),
    pressurePa: number({ unit: 'Pa', what: 'absolute pressure at the tip', ...positive }),
    mach: number({ unit: '1', what: 'Mach number at the tip', ...positive, maximum: 1 }),
    compressibility: number({ unit: '1', what: 'compressibility factor', ...positive, default: 1 }),
    temperatureK: number({ unit: 'K', what: 'temperature', ...positive }),
    molarMassKgMol: number({ unit: 'kg/mol', what: 'molar mass', ...positive }),
  },
  outputs: { diameterM: output('m', 'diameter') },
  examples: [
    {
      inputs: {
        massFlowKgS: 12.6,
        pressurePa: 101_300,
        mach: 0.2,
        temperatureK: 422,
        molarMassKgMol: 0.0461,
      },
      output: 'diameterM',
      expected: 0.4677577,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const kilogramsPerHour = i.massFlowKgS * 3600;
    const kilopascals = i.pressurePa / 1000;
    const root = Math.sqrt((i.compressibility * i.temperatureK) / (i.molarMassKgMol * 1000));
    return { diameterM: Math.sqrt(((flareTip.factor * kilogramsPerHour) / (kilopascals * i.mach)) * root) };
  },
});

/** Transmissivity by Wayne. */
export const wayneModel = defineModel({
  id: 'transmissivity.wayne',
  pack: 'ccps-tno',
  title: 'Heat that passes the air, by temperature, humidity and path',
  source: 'Wayne (1991), J. Loss Prev. Process Ind. 4, 86; range of its printed table',
  check: 'cases_transmissivity (10 rows; formula and printed table differ by up to 2.6 %)',
  inputs: {
    temperatureK: number({ unit: 'K', what: 'temperature of the air', minimum: 253, maximum: 303 }),
    pathM: number({ unit: 'm', what: 'path', minimum: 10, maximum: 1000 }),
    humidity: number({ unit: '1', what: 'relative humidity', ...positive, maximum: 1 }),
    carbonDioxidePpm: number({ unit: 'ppm', what: 'carbon dioxide in the air', ...positive, default: 335 }),
  },
  outputs: { transmissivity: output('1', 'share that passes') },
  examples: [
    {
      inputs: { temperatureK: 293, pathM: 100, humidity: 0.5 },
      output: 'transmissivity',
      expected: 0.71,
      tolerance: 0.01,
      source: 'Wayne (1991), printed table',
    },
    {
      inputs: { temperatureK: 260, pathM: 700, humidity: 0.8 },
      output: 'transmissivity',
      expected: 0.6642981,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => ({
    transmissivity: wayneTransmissivity(i.temperatureK, i.pathM, i.humidity, i.carbonDioxidePpm),
  }),
});

/** The short form of the Yellow Book. */
export const yellowBookAir = defineModel({
  id: 'transmissivity.yellow-book',
  pack: 'ccps-tno',
  title: 'Heat that passes the air, by water vapour',
  source: 'Yellow Book CPR 14E (2005), equation and range recalled',
  check: 'second route',
  range: 'pressure times path from 10,000 to 100,000 Pa m (recalled)',
  inputs: {
    waterPressurePa: number({ unit: 'Pa', what: 'partial pressure of water vapour', ...positive }),
    pathM: number({ unit: 'm', what: 'path', ...positive }),
  },
  outputs: { transmissivity: output('1', 'share that passes') },
  examples: [
    {
      inputs: { waterPressurePa: 1200, pathM: 50 },
      output: 'transmissivity',
      expected: 0.7504431,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const product = i.waterPressurePa * i.pathM;
    if (product < 1e4 || product > 1e5)
      return new Outside(
        'pressure times path',
        product,
        'Pa m',
        { minimum: 1e4, maximum: 1e5 },
        'the short form holds between these',
      );
    return { transmissivity: yellowBookTransmissivity(i.waterPressurePa, i.pathM) };
  },
});

export const jetFireModels = [pointSourceFire, jetOrder404, flareTipSize, wayneModel, yellowBookAir];
