import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { ReadOptions } from '../reading.ts';
import { decimal, quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';
import { acceptRow, type Cell } from './usgs-rdb-row.ts';

/** Qualification of a peak: 1 a daily mean, 2 estimated, 4 and 8 beyond the record, B and A a date in doubt. */
const DOUBTFUL_PEAK = new Set(['1', '4', '8', 'O']);
/** Gauge height: 3 another site or datum, 4 below what is recorded, 6 the datum changed in the year. */
const DOUBTFUL_HEIGHT = new Set(['1', '2', '3', '4', '6', '7']);

/** The greatest discharge of a year, and its height. */
export function readPeak(
  collector: Collector,
  cell: Cell,
  site: string,
  at: ReadPlace,
  options: ReadOptions,
): void {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell('peak_dt')) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    collector.reject('row.time-missing', at, `peak_dt ${quoted(cell('peak_dt'))}`);
    return;
  }
  const hour = /^\d{2}:\d{2}$/.test(cell('peak_tm')) ? `T${cell('peak_tm')}` : '';
  const first = (part: string): string => (part === '00' ? '01' : part);
  const time = isoTime(`${year}-${first(month)}-${first(day)}${hour}`, options.assumeOffsetMinutes ?? 0);
  if (time === null) {
    collector.reject('row.time-missing', at, `${quoted(cell('peak_dt'))} ${quoted(cell('peak_tm'))}`);
    return;
  }
  if (hour === '' || month === '00' || day === '00')
    collector.say('time.imprecise', at, `only ${quoted(cell('peak_dt'))} is known`);
  if (options.assumeOffsetMinutes === undefined)
    collector.say('time.zone-assumed', at, 'the time is local and the file has no zone: UTC was taken');
  const peakCodes = codesOf(cell('peak_cd'));
  const heightCodes = codesOf(cell('gage_ht_cd'));
  if (
    peakCodes.some((code) => DOUBTFUL_PEAK.has(code)) ||
    heightCodes.some((code) => DOUBTFUL_HEIGHT.has(code))
  )
    collector.say(
      'quality.flagged',
      at,
      `peak ${quoted(cell('peak_cd'))}, height ${quoted(cell('gage_ht_cd'))}`,
    );
  const number = (name: string): number | null => collector.number(cell(name), at, `, column ${name}`);
  const estimated = ['estimated'] as const;
  acceptRow(
    collector,
    site,
    time.at,
    [
      {
        quantity: 'water.discharge',
        value: number('peak_va'),
        unit: 'ft3/s',
        flags: peakCodes.includes('2') ? estimated : [],
      },
      {
        quantity: 'water.level',
        value: number('gage_ht'),
        unit: 'ft',
        flags: heightCodes.includes('5') ? estimated : [],
      },
    ],
    [...peakCodes, ...heightCodes.map((code) => `gage-height:${code}`)],
    {
      at,
      datum: decimal(cell('gage_ht')) === null ? null : `gage ${site}`,
      part: 'peak',
      statistic: 'annual peak',
    },
  );
}

function codesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
