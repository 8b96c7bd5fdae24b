import { overwinterDrought } from '../indices/index.ts';
import {
  allenHypocentralIntensity,
  beaufort,
  blakeShebalinIntensity,
  exposures,
  greenHeight,
  hollandRadius,
  hollandWind,
  mskGrade,
  rankineRadius,
  saltLine,
  windOfOtherMean,
  wmoBeaufort,
} from '../physics/index.ts';
import type { CountryTables } from './countries.ts';
import { answerOf, shown, typedChoice, typedNumber } from './index-text.ts';
import { type Answer, UsageError, type Words } from './words.ts';

/** Indices whose inputs are `name=value`: what is typed, and the call. */
interface ValueIndex {
  readonly inputs: string;
  run(inputs: Readonly<Record<string, string>>, words: Words, countries: CountryTables): Answer;
}

const number = (inputs: Readonly<Record<string, string>>, name: string) => typedNumber(inputs[name], name);
const numberOr = (inputs: Readonly<Record<string, string>>, name: string, otherwise: number) =>
  inputs[name] === undefined ? otherwise : number(inputs, name);

function intensity(inputs: Readonly<Record<string, string>>): Answer {
  const quake = {
    magnitude: number(inputs, 'magnitude'),
    depthKm: number(inputs, 'depth'),
    epicentralKm: numberOr(inputs, 'distance', 0),
  };
  const relation = typedChoice(inputs.relation ?? 'allen-2012', 'relation', ['allen-2012', 'blake-shebalin']);
  const found = relation === 'allen-2012' ? allenHypocentralIntensity(quake) : blakeShebalinIntensity(quake);
  return answerOf(found, ({ intensity: value, sigma }) => {
    const spread =
      sigma === null
        ? 'no error stated'
        : `${shown(value - sigma)} to ${shown(value + sigma)} in two of three cases`;
    return `intensity ${shown(value)} (MSK-64 ${mskGrade(value, 'floor')} by the whole grade reached), ${spread}`;
  });
}

function wind(inputs: Readonly<Record<string, string>>): Answer {
  const times = ['3', '60', '120', '600'] as const;
  // The choices are these four numbers, written.
  const seconds = (name: 'from' | 'to') =>
    Number(typedChoice(inputs[name], name, times)) as 3 | 60 | 120 | 600;
  const exposure = typedChoice(inputs.exposure ?? 'at-sea', 'exposure', exposures);
  const found = windOfOtherMean(
    { windMS: number(inputs, 'windMS'), seconds: seconds('from') },
    seconds('to'),
    exposure,
  );
  return answerOf(
    found,
    ({ windMS, factor, leastMS, greatestMS }) =>
      `${shown(windMS)} m/s (factor ${shown(factor)} ${exposure}; ${shown(leastMS)} to ${shown(greatestMS)} over all exposures)`,
  );
}

function stormOf(inputs: Readonly<Record<string, string>>) {
  return {
    centralPressureHPa: number(inputs, 'centre'),
    ambientPressureHPa: numberOr(inputs, 'ambient', 1010),
    radiusOfMaximumWindKm: number(inputs, 'rmax'),
    b: number(inputs, 'b'),
    latitudeDeg: number(inputs, 'latitude'),
  };
}

function holland(inputs: Readonly<Record<string, string>>): Answer {
  if (inputs.radius !== undefined)
    return answerOf(
      hollandWind(stormOf(inputs), number(inputs, 'radius')),
      (value) => `${shown(value)} m/s, gradient wind`,
    );
  return answerOf(hollandRadius(stormOf(inputs), number(inputs, 'windMS')), (value) => `${shown(value)} km`);
}

function rankine(inputs: Readonly<Record<string, string>>): Answer {
  const vortex = {
    maximumWindMS: number(inputs, 'vmax'),
    radiusOfMaximumWindKm: number(inputs, 'rmax'),
    exponent: numberOr(inputs, 'exponent', 0.5),
  };
  return answerOf(rankineRadius(vortex, number(inputs, 'windMS')), (value) => `${shown(value)} km`);
}

function salt(inputs: Readonly<Record<string, string>>, words: Words): Answer {
  const stations = words.plain.slice(1).map((word) => {
    const [name = '', distance, salinity, ...more] = word.split(':');
    if (salinity === undefined || more.length > 0)
      throw new UsageError(`${word}: a station is NAME:KILOMETRES:GRAMS_PER_LITRE`);
    return {
      name,
      distanceFromMouthKm: typedNumber(distance, 'kilometres'),
      salinityGL: typedNumber(salinity, 'grams per litre'),
    };
  });
  const way = typedChoice(inputs.interpolation ?? 'straight', 'interpolation', ['straight', 'logarithmic']);
  return answerOf(
    saltLine(stations, numberOr(inputs, 'limit', 4), way),
    ({ distanceFromMouthKm, between }) =>
      `${shown(distanceFromMouthKm)} km from the mouth, between ${between.join(' and ')}`,
  );
}

function overwinter(inputs: Readonly<Record<string, string>>): Answer {
  const found = overwinterDrought({
    autumnDroughtCode: number(inputs, 'autumn'),
    winterPrecipitationMm: number(inputs, 'precipitation'),
    carryOverShare: number(inputs, 'carry'),
    wettingShare: number(inputs, 'wetting'),
  });
  return answerOf(found, (value) => `DC ${shown(value)}`);
}

export const valueIndices: Readonly<Record<string, ValueIndex>> = {
  beaufort: {
    inputs: 'windKmH=62 [scale=wmo]',
    run: (inputs, _words, countries) => {
      const scales = [...Object.values(countries).flatMap(({ windScale = [] }) => windScale), wmoBeaufort];
      const scale = scales.find(({ id }) => inputs.scale === undefined || id === inputs.scale);
      if (!scale) throw new UsageError(`scale must be one of ${scales.map(({ id }) => id).join(', ')}`);
      return answerOf(
        beaufort(number(inputs, 'windKmH'), scale),
        (value) => `Beaufort ${value} (${scale.source})`,
      );
    },
  },
  wind: { inputs: 'windMS=30 from=600 to=120 [exposure=at-sea]', run: wind },
  holland: {
    inputs: 'centre=950 rmax=40 b=1.5 latitude=18 windMS=17.2 (or radius=100) [ambient=1010]',
    run: holland,
  },
  rankine: { inputs: 'vmax=50 rmax=40 windMS=17.2 [exponent=0.5]', run: rankine },
  intensity: { inputs: 'magnitude=5 depth=8 [distance=10] [relation=blake-shebalin]', run: intensity },
  'salt-line': {
    inputs: 'mouth:0:24 ferry:20:12 town:40:2 [limit=4] [interpolation=logarithmic]',
    run: salt,
  },
  green: {
    inputs: 'height=1 depth=4000 coast=10 [width=1]',
    run: (inputs) =>
      answerOf(
        greenHeight({
          heightM: number(inputs, 'height'),
          depthM: number(inputs, 'depth'),
          coastDepthM: number(inputs, 'coast'),
          widthRatio: numberOr(inputs, 'width', 1),
        }),
        (value) => `${shown(value)} m`,
      ),
  },
  'overwinter-dc': { inputs: 'autumn=300 precipitation=110 carry=0.75 wetting=0.75', run: overwinter },
};
