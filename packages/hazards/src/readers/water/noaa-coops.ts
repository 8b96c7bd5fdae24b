import type { Flag, Place } from '../../observation.ts';
import { Collector } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { pointOf } from '../place.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { arrayOf, type JsonObject, objectOf, own, readJson, textAt } from '../text/json.ts';
import { numberOf, quoted } from '../text/number.ts';
import { instantOf, isoTime } from '../text/time.ts';

/** Flags in their order; the first of a verified value says that it was inferred, of a preliminary one it counts outliers. */
const FLAGS = ['inferred or outliers', 'flat', 'rate of change', 'limit'] as const;

/**
 * NOAA CO-OPS data API: water levels (preliminary or verified) and tide predictions. Height in m above the datum that was
 * asked for: **the answer names neither datum nor unit nor zone**, so the caller gives what the request asked for.
 * Source: api.tidesandcurrents.noaa.gov/api/prod/responseHelp.html.
 * @throws ReadError
 */
export function readNoaaCoops(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const root = objectOf(readJson(source, limits));
  const refusal = textAt(objectOf(own(root, 'error')), 'message');
  if (refusal !== null) throw new ReadError('source-refused', `the service answered ${quoted(refusal)}`);
  const data = arrayOf(own(root, 'data'));
  const predictions = arrayOf(own(root, 'predictions'));
  const rows = data ?? predictions;
  if (rows === null) throw new ReadError('not-this-source', 'there is neither data nor predictions');
  if (rows.length > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} values`);
  const collector = new Collector('noaa-coops', options);
  const metadata = objectOf(own(root, 'metadata'));
  const station = textAt(metadata, 'id');
  sayAssumptions(collector, options, rows.length);
  const name = data === null ? 'predictions' : 'data';
  const context = contextOf(station ?? '', metadata, data === null, options);
  rows.forEach((row, index) => {
    collector.row();
    const at = { path: `${name}[${index}]`, line: 0 };
    if (station === null) collector.reject('row.identity-missing', at, 'metadata has no id of the station');
    else readRow(collector, objectOf(row), at, context);
  });
  return collector.reading();
}

function sayAssumptions(collector: Collector, options: ReadOptions, rows: number): void {
  if (rows === 0) return;
  const at = { path: 'metadata', line: 0 };
  if (options.datum === undefined)
    collector.say('datum.missing', at, 'the answer does not name the datum; give the one that was asked for');
  if (options.units === undefined)
    collector.say('unit.assumed', at, 'the answer names no unit: metric was taken');
  if (options.assumeOffsetMinutes === undefined)
    collector.say('time.zone-assumed', at, 'the answer names no zone: time_zone=gmt was taken');
}

/** What all values of an answer share. */
interface Answer {
  readonly station: string;
  readonly name: string | null;
  readonly place: Place;
  readonly prediction: boolean;
  /** What stands before the time in the identity of a value. */
  readonly series: string;
  readonly offsetMinutes: number;
  readonly datum: string | null;
  readonly unit: 'ft' | 'm';
}

function contextOf(
  station: string,
  metadata: JsonObject | null,
  prediction: boolean,
  options: ReadOptions,
): Answer {
  return {
    station,
    name: textAt(metadata, 'name'),
    place: placeOf(station, metadata),
    prediction,
    series: `${station}/${prediction ? 'prediction' : 'water-level'}/${options.datum ?? ''}/`,
    offsetMinutes: options.assumeOffsetMinutes ?? 0,
    datum: options.datum ?? null,
    unit: options.units === 'english' ? 'ft' : 'm',
  };
}

function readRow(collector: Collector, row: JsonObject | null, at: ReadPlace, answer: Answer): void {
  const { station, name, place, prediction, series, datum, unit } = answer;
  const time = isoTime(textAt(row, 't') ?? '', answer.offsetMinutes);
  if (time === null || time.dayOnly) {
    collector.reject('row.time-missing', at, `t ${quoted(own(row, 't'))}`);
    return;
  }
  const quality = textAt(row, 'q');
  const flags = textAt(row, 'f');
  const raised = flags === null || flags === NO_FLAG ? NONE : raisedOf(flags);
  if (raised.length > 0) collector.say('quality.flagged', at, `flags ${quoted(flags)}: ${raised.join(', ')}`);
  const type = textAt(row, 'type');
  collector.accept({
    at,
    rows: 1,
    source: 'noaa-coops',
    identity: series + instantOf(time.at),
    // The verified value comes months after the preliminary one of the same minute.
    revision: quality === 'v' ? 1 : 0,
    time: time.at,
    ...(prediction && { kind: 'forecast' as const, validFrom: time.at, validTo: time.at }),
    place,
    datum,
    flags: quality === 'p' ? PROVISIONAL : quality === 'v' && inferred(flags) ? ESTIMATED : NONE,
    measures: [{ quantity: 'water.level', value: collector.number(own(row, 'v'), at, '.v'), unit }],
    details: {
      what: 'station',
      station,
      name,
      parameter: prediction ? 'predictions' : 'water_level',
      statistic: type === 'H' ? 'high water' : type === 'L' ? 'low water' : null,
      qualifiers: raised,
    },
  });
}

const NO_FLAG = '0,0,0,0';
const NONE: readonly never[] = [];
const PROVISIONAL: readonly Flag[] = ['provisional'];
const ESTIMATED: readonly Flag[] = ['estimated'];

function raisedOf(flags: string): readonly string[] {
  const counts = flags.split(',');
  return FLAGS.filter((_, index) => index > 0 && Number(counts[index]) > 0);
}

/** Of a verified value the first flag says that it was not measured. */
const inferred = (flags: string | null): boolean => Number(flags?.split(',', 1)[0]) > 0;

function placeOf(station: string, metadata: JsonObject | null): Place {
  const point = pointOf(numberOf(own(metadata, 'lat')), numberOf(own(metadata, 'lon')));
  return {
    kind: 'station',
    station,
    ...(point?.kind === 'point' && { longitude: point.longitude, latitude: point.latitude }),
  };
}
