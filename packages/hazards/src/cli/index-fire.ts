import {
  fireWeather,
  type MonthlyRainLimit,
  type NesterovClassTable,
  nesterovClass,
  type RainLimit,
  russianClassTables,
  russianNesterov,
  vietNamNesterov,
} from '../indices/index.ts';
import type { CountryTables } from './countries.ts';
import { cellOf, rowsOf } from './index-files.ts';
import { answerOf, typedChoice, typedNumber } from './index-text.ts';
import {
  type Answer,
  numberOption,
  onlyOptions,
  option,
  type Terminal,
  UsageError,
  type Words,
} from './words.ts';

/** `hazards index fwi DAYS.csv`. */
export function fwi(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['latitude', 'constants', 'before']);
  const days = rowsOf(words, terminal, ['date']).map((row) => ({
    date: row.date ?? '',
    temperatureC: cellOf(row, 'temperatureC'),
    relativeHumidityPercent: cellOf(row, 'relativeHumidityPercent'),
    windKmH: cellOf(row, 'windKmH'),
    rainMm: cellOf(row, 'rainMm'),
  }));
  const latitudeDeg = typedNumber(option(words, 'latitude'), '--latitude');
  const before = option(words, 'before')
    ?.split(',')
    .map((one) => typedNumber(one, '--before'));
  if (before && before.length !== 3) throw new UsageError('--before is FFMC,DMC,DC');
  const [fine = 0, duff = 0, dry = 0] = before ?? [];
  const found = fireWeather(days, {
    latitudeDeg,
    constants: typedChoice(option(words, 'constants') ?? 'cffdrs', '--constants', ['cffdrs', 'printed']),
    ...(before && { before: { fineFuelMoistureCode: fine, duffMoistureCode: duff, droughtCode: dry } }),
  });
  return answerOf(found, (list) =>
    ['date        FFMC   DMC    DC     ISI    BUI    FWI    DSR']
      .concat(
        list.map(({ date, ...values }) =>
          [date, ...Object.values(values).map((value) => Number(value).toFixed(1).padStart(6))].join(' '),
        ),
      )
      .join('\n'),
  );
}

function limitOf(text: string | undefined, known: readonly MonthlyRainLimit[]): RainLimit | undefined {
  if (text === undefined) return undefined;
  const ids = known.map(({ id }) => id);
  return (
    known.find(({ id }) => id === text) ??
    typedNumber(text, `--limit is a number or one of ${ids.join(', ')}`)
  );
}

/** The tables of all countries that are installed; each names its source. */
function tablesOf(countries: CountryTables): readonly NesterovClassTable[] {
  return [...Object.values(countries).flatMap(({ fireClasses = [] }) => fireClasses), ...russianClassTables];
}

/** `hazards index nesterov DAYS.csv`. */
export function nesterov(words: Words, terminal: Terminal, countries: CountryTables): Answer {
  onlyOptions(words, ['variant', 'limit', 'classes', 'at-limit', 'below-zero', 'rain', 'before']);
  const days = rowsOf(words, terminal, ['date']).map((row) => ({
    date: row.date ?? '',
    temperatureC: cellOf(row, 'temperatureC'),
    relativeHumidityPercent: cellOf(row, 'relativeHumidityPercent'),
    dewPointC: cellOf(row, 'dewPointC'),
    rainMm: cellOf(row, 'rainMm'),
  }));
  const name = option(words, 'classes');
  const tables = tablesOf(countries);
  const table = name === undefined ? undefined : tables.find(({ id }) => id === name);
  if (name !== undefined && !table)
    throw new UsageError(`--classes is one of ${tables.map(({ id }) => id).join(', ')}`);
  const limit = limitOf(
    option(words, 'limit'),
    Object.values(countries).flatMap(({ rainLimits = [] }) => rainLimits),
  );
  const indexBefore = numberOption(words, 'before');
  const from = indexBefore === undefined ? {} : { indexBefore };
  const variant = typedChoice(option(words, 'variant'), '--variant', ['viet-nam', 'russia']);
  if (table && table.index !== variant) throw new UsageError(`the classes ${table.id} are of ${table.index}`);
  const found =
    variant === 'viet-nam'
      ? vietNamNesterov(days, { ...from, ...(limit !== undefined && { rainLimit: limit }) })
      : russianNesterov(days, {
          ...from,
          ...(typeof limit === 'number' && { resetMm: limit }),
          atExactlyTheLimit: typedChoice(option(words, 'at-limit'), '--at-limit', ['accumulates', 'resets']),
          belowZero: typedChoice(option(words, 'below-zero'), '--below-zero', ['adds-nothing', 'resets']),
          rain: typedChoice(option(words, 'rain') ?? 'reset', '--rain', ['reset', 'factor']),
        });
  return answerOf(found, (list) =>
    list
      .map(({ date, index, reset }) =>
        [
          date,
          index.toFixed(1).padStart(9),
          table ? `class ${nesterovClass(table, index)}` : '',
          reset ? 'reset' : '',
        ]
          .join('  ')
          .trimEnd(),
      )
      .join('\n'),
  );
}
