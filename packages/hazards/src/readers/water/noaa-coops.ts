import type { Flag, Place } from '../../observation.ts';
import { Collector, pointOf } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { arrayOf, type JsonObject, objectOf, own, readJson, textAt } from '../text/json.ts';
import { numberOf, quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';

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
  rows.forEach((row, index) => {
    collector.row();
    const at = { path: `${name}[${index}]`, line: 0 };
    if (station === null) collector.reject('row.identity-missing', at, 'metadata has no id of the station');
    else readRow(collector, objectOf(row), { station, metadata, prediction: data === null, at, options });
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

interface RowContext {
  readonly station: string;
  readonly metadata: JsonObject | null;
  readonly prediction: boolean;
  readonly at: ReadPlace;
  readonly options: ReadOptions;
}

function readRow(collector: Collector, row: JsonObject | null, context: RowContext): void {
  const { station, metadata, prediction, at, options } = context;
  const time = isoTime(textAt(row, 't') ?? '', options.assumeOffsetMinutes ?? 0);
  if (time === null || time.dayOnly) {
    collector.reject('row.time-missing', at, `t ${quoted(own(row, 't'))}`);
    return;
  }
  const verified = textAt(row, 'q') === 'v';
  const flags = (textAt(row, 'f') ?? '').split(',').map((one) => one.trim());
  const raised = FLAGS.filter((_, index) => index > 0 && Number(flags[index]) > 0);
  if (raised.length > 0)
    collector.say('quality.flagged', at, `flags ${quoted(textAt(row, 'f'))}: ${raised.join(', ')}`);
  const type = textAt(row, 'type');
  collector.accept({
    at,
    rows: 1,
    source: 'noaa-coops',
    identity: [
      station,
      prediction ? 'prediction' : 'water-level',
      options.datum ?? '',
      new Date(time.at).toISOString(),
    ].join('/'),
    // The verified value comes months after the preliminary one of the same minute.
    revision: verified ? 1 : 0,
    time: time.at,
    ...(prediction && { kind: 'forecast' as const, validFrom: time.at, validTo: time.at }),
    place: placeOf(station, metadata),
    datum: options.datum ?? null,
    flags: flagsOf(textAt(row, 'q'), verified && Number(flags[0]) > 0),
    measures: [
      {
        quantity: 'water.level',
        value: collector.number(own(row, 'v'), `${at.path}.v`),
        unit: options.units === 'english' ? 'ft' : 'm',
      },
    ],
    details: {
      what: 'station',
      station,
      name: textAt(metadata, 'name'),
      parameter: prediction ? 'predictions' : 'water_level',
      statistic: type === 'H' ? 'high water' : type === 'L' ? 'low water' : null,
      qualifiers: [...raised],
    },
  });
}

function flagsOf(quality: string | null, inferred: boolean): readonly Flag[] {
  return [
    ...(quality === 'p' ? (['provisional'] as const) : []),
    ...(inferred ? (['estimated'] as const) : []),
  ];
}

function placeOf(station: string, metadata: JsonObject | null): Place {
  const point = pointOf(numberOf(own(metadata, 'lat')), numberOf(own(metadata, 'lon')));
  return {
    kind: 'station',
    station,
    ...(point?.kind === 'point' && { longitude: point.longitude, latitude: point.latitude }),
  };
}
