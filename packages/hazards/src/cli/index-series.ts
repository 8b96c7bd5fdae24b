import { parse } from 'csv-parse/sync';
import {
  fireWeather,
  monthlyRainLimits,
  nesterovClass,
  nesterovClassTable,
  nesterovClassTables,
  type RainLimit,
  russianNesterov,
  spells,
  standardizedPrecipitation,
  vietNamNesterov,
} from '../indices/index.ts';
import { depthGrid, riverState, tsunamiArrivals, tsunamiTravelTimes } from '../physics/index.ts';
import { answerOf, refusalText, shown, typedChoice, typedNumber } from './index-text.ts';
import {
  type Answer,
  fileOf,
  numberOption,
  onlyOptions,
  option,
  type Terminal,
  UsageError,
  type Words,
} from './words.ts';

/** Indices whose inputs are a file: days, months, stages or a grid. */
interface SeriesIndex {
  readonly inputs: string;
  run(words: Words, terminal: Terminal): Answer;
}

/** A file of 64 MB holds more days and cells than any method takes. */
const mostBytes = 64 * 1024 * 1024;

function textOf(words: Words, terminal: Terminal): string {
  const file = words.plain[1];
  if (file === undefined) throw new UsageError('which file?');
  const bytes = fileOf(terminal, file);
  if (bytes.length > mostBytes) throw new UsageError(`${file} is greater than 64 MB`);
  return new TextDecoder().decode(bytes);
}

function rowsOf(
  words: Words,
  terminal: Terminal,
  columns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  const text = textOf(words, terminal);
  let rows: readonly Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (error) {
    throw new UsageError(`no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
  const lacking = columns.filter((name) => rows[0] !== undefined && !Object.hasOwn(rows[0], name));
  if (lacking.length > 0) throw new UsageError(`the file has no column ${lacking.join(', ')}`);
  return rows;
}

/** Nothing in the cell: not known. Anything else that is no number is NaN and refused by name. */
function cellOf(row: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = row[name];
  return text === undefined || text === '' ? undefined : Number(text);
}

function fwi(words: Words, terminal: Terminal): Answer {
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

function limitOf(text: string | undefined): RainLimit | undefined {
  if (text === undefined) return undefined;
  const table = monthlyRainLimits.find(({ id }) => id === text);
  return (
    table ??
    typedNumber(text, `--limit is a number or one of ${monthlyRainLimits.map(({ id }) => id).join(', ')}`)
  );
}

function nesterov(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['variant', 'limit', 'classes', 'at-limit', 'below-zero', 'rain', 'before']);
  const days = rowsOf(words, terminal, ['date']).map((row) => ({
    date: row.date ?? '',
    temperatureC: cellOf(row, 'temperatureC'),
    relativeHumidityPercent: cellOf(row, 'relativeHumidityPercent'),
    dewPointC: cellOf(row, 'dewPointC'),
    rainMm: cellOf(row, 'rainMm'),
  }));
  const name = option(words, 'classes');
  const table = name === undefined ? undefined : nesterovClassTable(name);
  if (name !== undefined && !table)
    throw new UsageError(`--classes is one of ${nesterovClassTables.map(({ id }) => id).join(', ')}`);
  const limit = limitOf(option(words, 'limit'));
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

function spi(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['months', 'distribution', 'calibration']);
  const rows = rowsOf(words, terminal, ['year', 'month', 'precipitationMm']);
  const [first] = rows;
  const months = rows.map((row) => 12 * Number(row.year) + Number(row.month));
  const gap = months.findIndex((month, index) => index > 0 && month !== Number(months[index - 1]) + 1);
  if (gap > 0)
    throw new UsageError(
      `row ${gap + 1} is not the month after the one before; leave the cell of a missing month empty`,
    );
  const calibration = option(words, 'calibration')
    ?.split(',')
    .map((one) => typedNumber(one, '--calibration'));
  const found = standardizedPrecipitation(
    {
      firstYear: Number(first?.year),
      firstMonth: Number(first?.month),
      precipitationMm: rows.map((row) => cellOf(row, 'precipitationMm') ?? null),
    },
    {
      months: typedNumber(option(words, 'months'), '--months'),
      distribution: typedChoice(option(words, 'distribution') ?? 'gamma', '--distribution', [
        'gamma',
        'pearson-3',
      ]),
      ...(calibration && { calibration: [Number(calibration[0]), Number(calibration[1])] as const }),
    },
  );
  return answerOf(found, ({ values }) =>
    values
      .map(
        (value, index) =>
          `${rows[index]?.year}-${rows[index]?.month?.padStart(2, '0')}  ${value === null ? '-' : value.toFixed(2)}`,
      )
      .join('\n'),
  );
}

function spellList(words: Words, terminal: Terminal): Answer {
  const comparisons = ['above', 'at-least', 'below', 'at-most'] as const;
  onlyOptions(words, [...comparisons, 'days', 'missing']);
  const given = comparisons.filter((one) => option(words, one) !== undefined);
  const [comparison] = given;
  if (comparison === undefined || given.length > 1)
    throw new UsageError('one of --above, --at-least, --below, --at-most');
  const days = rowsOf(words, terminal, ['date', 'value']).map((row) => ({
    date: row.date ?? '',
    value: cellOf(row, 'value') ?? null,
  }));
  const found = spells(days, {
    comparison,
    threshold: typedNumber(option(words, comparison), `--${comparison}`),
    minimumDays: numberOption(words, 'days') ?? 1,
    missingDay: typedChoice(option(words, 'missing') ?? 'breaks', '--missing', ['breaks', 'bridges']),
  });
  return answerOf(
    found,
    (list) =>
      list
        .map(
          ({ from, to, days: length, extreme, unknownDays, mayHaveBegunBefore, mayGoOn }) =>
            `${mayHaveBegunBefore ? '?' : ' '}${from} to ${to}${mayGoOn ? '?' : ' '}  ${length} days, extreme ${shown(extreme)}${unknownDays > 0 ? `, ${unknownDays} of them not known` : ''}`,
        )
        .join('\n') || 'none',
  );
}

function river(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['alarms', 'datum', 'alarm-datum']);
  const stages = rowsOf(words, terminal, ['time', 'levelM']).map((row) => ({
    atMs: Date.parse(row.time ?? ''),
    levelM: cellOf(row, 'levelM') ?? Number.NaN,
  }));
  const alarmLevels = (option(words, 'alarms') ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map((one) => {
      const [name = '', level] = one.split(':');
      return { name, levelM: typedNumber(level, '--alarms NAME:METRES,NAME:METRES') };
    });
  const datum = option(words, 'datum') ?? 'not stated';
  const found = riverState(stages, { datum, alarmDatum: option(words, 'alarm-datum') ?? datum, alarmLevels });
  return answerOf(found, (state) => {
    const reached = state.reached
      ? `${shown(state.reached.aboveM)} m above ${state.reached.name}`
      : 'below every alarm level';
    const next = state.reachesNext;
    const latest = next?.latestHours === null ? 'not sure' : shown(Number(next?.latestHours));
    return `${state.levelM} m, ${reached}, ${state.trend} ${shown(state.slopeMPerH)} +- ${shown(state.slopeUncertaintyMPerH)} m/h${next ? `; ${next.name} in ${shown(next.hours)} h (${shown(next.earliestHours)} to ${latest})` : ''}`;
  });
}

/** Grid file: { rows, columns, southDeg, westDeg, stepLatitudeDeg, stepLongitudeDeg, depthM: [...] }, depths positive. */
function travelTime(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['source', 'place', 'search']);
  let file: Record<string, unknown>;
  try {
    file = JSON.parse(textOf(words, terminal));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('the grid is no JSON');
  }
  if (file === null || !Array.isArray(file.depthM)) throw new UsageError('the grid has no depthM');
  const depthM = Float64Array.from(file.depthM, (depth) => (typeof depth === 'number' ? depth : Number.NaN));
  const size = (name: string) => Number(file[name]);
  const grid = depthGrid({
    rows: size('rows'),
    columns: size('columns'),
    southDeg: size('southDeg'),
    westDeg: size('westDeg'),
    stepLatitudeDeg: size('stepLatitudeDeg'),
    stepLongitudeDeg: size('stepLongitudeDeg'),
    depthM,
  });
  if (grid.kind !== 'result') return { json: grid, text: refusalText(grid), given: false };
  const sources = (words.options.source ?? []).map((one) => placeOf(one.split(','), '--source LAT,LON'));
  const times = tsunamiTravelTimes(grid.value, sources);
  if (times.kind !== 'result') return { json: times, text: refusalText(times), given: false };
  const places = (words.options.place ?? []).map((one) => {
    const [name = '', ...rest] = one.split(',');
    return { name, ...placeOf(rest, '--place NAME,LAT,LON') };
  });
  return answerOf(tsunamiArrivals(times.value, places, numberOption(words, 'search')), (list) =>
    list
      .map(
        (one) =>
          `${one.kind === 'arrival' ? `${(one.seconds / 60).toFixed(0).padStart(5)} min` : one.kind.padStart(9)}  ${one.name}`,
      )
      .join('\n'),
  );
}

function placeOf(
  parts: readonly string[],
  what: string,
): { readonly latitudeDeg: number; readonly longitudeDeg: number } {
  if (parts.length !== 2) throw new UsageError(what);
  return { latitudeDeg: typedNumber(parts[0], what), longitudeDeg: typedNumber(parts[1], what) };
}

export const seriesIndices: Readonly<Record<string, SeriesIndex>> = {
  fwi: { inputs: 'DAYS.csv --latitude 21 [--before FFMC,DMC,DC] [--constants printed]', run: fwi },
  nesterov: {
    inputs:
      'DAYS.csv --variant viet-nam [--limit 5 or hue-zone-1] [--classes hue-33-2022] (russia: --at-limit accumulates --below-zero adds-nothing [--rain factor])',
    run: nesterov,
  },
  spi: { inputs: 'MONTHS.csv --months 6 [--distribution pearson-3] [--calibration 1981,2010]', run: spi },
  spells: { inputs: 'DAYS.csv --above 35 [--days 3] [--missing bridges]', run: spellList },
  river: { inputs: 'STAGES.csv [--alarms BĐ1:9.5,BĐ2:10.5] [--datum NAME] [--alarm-datum NAME]', run: river },
  'travel-time': { inputs: 'GRID.json --source LAT,LON --place NAME,LAT,LON', run: travelTime },
};
