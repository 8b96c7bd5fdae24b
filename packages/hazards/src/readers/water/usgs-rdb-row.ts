import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { Measure } from '../row.ts';
import { instantOf } from '../text/time.ts';
import { usgsFlags } from './usgs-json.ts';

/** The text of a column of the row; empty where there is no such column. */
export type Cell = (name: string) => string;

/** Hands a row of RDB over: values of a time, or the peak of a year. */
export function acceptRow(
  collector: Collector,
  site: string,
  time: number,
  measures: readonly Measure[],
  qualifiers: readonly string[],
  row: {
    readonly at: ReadPlace;
    readonly datum: string | null;
    readonly part: string;
    readonly statistic: string | null;
  },
): void {
  collector.accept({
    at: row.at,
    rows: 1,
    source: 'usgs-water',
    identity: ['USGS', site, row.part, instantOf(time)].join('/'),
    revision: qualifiers.includes('A') ? 1 : 0,
    time,
    place: { kind: 'station', station: site },
    datum: row.datum,
    flags: usgsFlags(collector, row.part === 'peak' ? [] : qualifiers, row.at),
    measures,
    details: {
      what: 'station',
      station: site,
      name: null,
      parameter: null,
      statistic: row.statistic,
      qualifiers,
    },
  });
}
