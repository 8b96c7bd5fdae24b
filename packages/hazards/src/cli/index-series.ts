import { spells, standardizedPrecipitation } from '../indices/index.ts';
import {
  analyseTide,
  depthGrid,
  predictTide,
  riverState,
  tsunamiArrivals,
  tsunamiTravelTimes,
} from '../physics/index.ts';
import type { CountryTables } from './countries.ts';
import { cellOf, rowsOf, textOf } from './index-files.ts';
import { fwi, nesterov } from './index-fire.ts';
import { answerOf, refusalText, shown, typedChoice, typedNumber } from './index-text.ts';
import {
  type Answer,
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
  run(words: Words, terminal: Terminal, countries: CountryTables): Answer;
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

/** A record of heights, and the times at which the tide is asked. */
function tide(words: Words, terminal: Terminal): Answer {
  onlyOptions(words, ['datum', 'at']);
  const points = rowsOf(words, terminal, ['time', 'levelM']).flatMap((row) => {
    const heightM = cellOf(row, 'levelM');
    return heightM === undefined ? [] : [{ atMs: Date.parse(row.time ?? ''), heightM }];
  });
  const found = analyseTide({ datum: option(words, 'datum') ?? 'not stated', points });
  const times = words.options.at ?? [];
  if (found.kind !== 'result' || times.length === 0)
    return answerOf(found, ({ meanM, constituents, notSeparated, restM }) =>
      [
        `mean ${meanM.toFixed(3)} m, rest ${restM.toFixed(3)} m`,
        ...constituents.map(
          ({ name, amplitudeM, phaseDeg }) =>
            `${name.padEnd(4)} ${amplitudeM.toFixed(3)} m ${phaseDeg.toFixed(1)}°`,
        ),
        `too short to tell apart: ${notSeparated.join(', ') || 'none'}`,
      ].join('\n'),
    );
  const predicted = predictTide(
    found.value,
    times.map((time) => Date.parse(time)),
  );
  return answerOf(predicted, ({ datum, points: list }) =>
    list
      .map(
        ({ heightM }, index) =>
          `${times[index]}  ${heightM.toFixed(2)} m above ${datum} (rest of the record ${found.value.restM.toFixed(2)} m)`,
      )
      .join('\n'),
  );
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
  tide: { inputs: 'STAGES.csv [--datum NAME] [--at TIME ...]', run: tide },
  'travel-time': { inputs: 'GRID.json --source LAT,LON --place NAME,LAT,LON', run: travelTime },
};
