import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { ReadOptions } from '../reading.ts';
import type { Measure } from '../row.ts';
import { quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';
import { datumOf, USGS_PARAMETERS, USGS_ZONES, type UsgsParameter } from './usgs-parameters.ts';
import { acceptRow, type Cell } from './usgs-rdb-row.ts';

/** Words that stand where a number would, because there is none (NWIS help, real-time codes). */
const NO_VALUE = new Set([
  'Ssn',
  'Ice',
  'Pr',
  'Rat',
  'Nd',
  'Eqp',
  'Fld',
  'Dry',
  'Dis',
  'Bkw',
  'Mnt',
  '--',
  '***',
  'ZFl',
  '#',
  'Tst',
  'Zfl',
]);
/** `69928_00065`, of daily values `69928_00060_00003`. */
export const SERIES_COLUMN = /^(?:(\d+)_)?(\d{5})(?:_(\d{5}))?$/;

/** Instantaneous or daily values of a site. */
export function readValues(
  collector: Collector,
  names: readonly string[],
  cell: Cell,
  site: string,
  at: ReadPlace,
  options: ReadOptions,
): void {
  const zone = cell('tz_cd');
  const offset =
    zone === ''
      ? options.assumeOffsetMinutes
      : Object.hasOwn(USGS_ZONES, zone)
        ? USGS_ZONES[zone]
        : undefined;
  const time = isoTime(cell('datetime'), offset ?? 0);
  if (time === null || (zone !== '' && offset === undefined)) {
    collector.reject('row.time-missing', at, `datetime ${quoted(cell('datetime'))}, zone ${quoted(zone)}`);
    return;
  }
  if (offset === undefined) collector.say('time.zone-assumed', at, 'no zone: UTC was taken');
  if (time.dayOnly) collector.say('time.imprecise', at, 'the value is of a whole day');
  const measures: Measure[] = [];
  const qualifiers: string[] = [];
  const statistics: string[] = [];
  const datums = new Set<string>();
  for (const name of names) {
    const found = SERIES_COLUMN.exec(name);
    const parameter = found === null ? undefined : parameterOf(found[2]);
    if (found === null || parameter === undefined) continue;
    const value = numberOrNone(collector, cell(name), `${at.path}, column ${name}`, at.line);
    if (found[3] !== undefined && value !== null) statistics.push(found[3]);
    qualifiers.push(
      ...cell(`${name}_cd`)
        .split(/[\s,:]+/)
        .filter((one) => one !== ''),
    );
    const datum = datumOf(parameter, site);
    if (datum !== null && value !== null) datums.add(datum);
    measures.push({ quantity: parameter.quantity, value, unit: parameter.unit, part: name });
  }
  // Two heights of different datums in one row: neither may be taken for the other.
  if (datums.size > 1)
    collector.say('datum.missing', at, `heights of ${[...datums].join(' and ')} stand in one row`);
  acceptRow(collector, site, time.at, measures, qualifiers, {
    at,
    datum: datums.size === 1 ? ([...datums][0] ?? null) : null,
    part: 'values',
    statistic: statistics[0] ?? null,
  });
}

function parameterOf(code: string | undefined): UsgsParameter | undefined {
  return code !== undefined && Object.hasOwn(USGS_PARAMETERS, code) ? USGS_PARAMETERS[code] : undefined;
}

function numberOrNone(collector: Collector, text: string, path: string, line: number): number | null {
  const [word = ''] = text.split('_');
  if (NO_VALUE.has(text) || NO_VALUE.has(word)) {
    collector.say('value.missing-code', { path, line }, `${quoted(text)} stands for no value`);
    return null;
  }
  return collector.number(text, { path, line });
}
