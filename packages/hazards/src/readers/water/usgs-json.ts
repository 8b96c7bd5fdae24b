import type { Flag, Place } from '../../observation.ts';
import { Collector } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { pointOf } from '../place.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { arrayOf, type JsonObject, objectOf, own, readJson, textAt } from '../text/json.ts';
import { numberOf, quoted } from '../text/number.ts';
import { instantOf, isoTime } from '../text/time.ts';
import { datumOf, USGS_PARAMETERS, USGS_UNITS, type UsgsParameter } from './usgs-parameters.ts';

/** One series of one site: everything its values share. */
interface Series {
  readonly site: string;
  readonly name: string | null;
  readonly place: Place;
  readonly code: string;
  readonly parameter: UsgsParameter;
  readonly unit: string;
  readonly statistic: string | null;
  readonly noValue: number | null;
  /** Of the site: winter and summer, minutes east of Greenwich. */
  readonly offsets: readonly number[];
}

/**
 * USGS water services, WaterML as JSON: instantaneous and daily values. Level in m, discharge in m³/s, temperature in °C.
 * Source: waterservices.usgs.gov, "Instantaneous Values" and "Daily Values"; qualification codes of waterdata.usgs.gov.
 * @throws ReadError
 */
export function readUsgsWaterJson(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const value = objectOf(own(objectOf(readJson(source, limits)), 'value'));
  const series = arrayOf(own(value, 'timeSeries'));
  if (series === null) throw new ReadError('not-this-source', 'there is no value.timeSeries');
  const collector = new Collector('usgs-water-json', options);
  const asked = arrayOf(own(objectOf(own(value, 'queryInfo')), 'note'))
    ?.map(objectOf)
    .find((note) => textAt(note, 'title') === 'requestDT');
  const generated = isoTime(textAt(asked ?? null, 'value') ?? '');
  if (generated !== null) collector.generatedAt(generated.at);
  let rows = 0;
  series.forEach((one, index) => {
    const path = `value.timeSeries[${index}]`;
    const object = objectOf(one);
    const read = seriesOf(collector, object, path);
    (arrayOf(own(object, 'values')) ?? []).forEach((block, blockIndex) => {
      const values = arrayOf(own(objectOf(block), 'value')) ?? [];
      rows += values.length;
      if (rows > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} values`);
      const method = methodOf(objectOf(block));
      values.forEach((item, itemIndex) => {
        collector.row();
        const at = { path: `${path}.values[${blockIndex}].value[${itemIndex}]`, line: 0 };
        if (typeof read === 'string')
          collector.reject(
            read.startsWith('site') ? 'row.identity-missing' : 'row.quantity-unknown',
            at,
            read,
          );
        else readValue(collector, read, method, objectOf(item), at, options);
      });
    });
  });
  return collector.reading();
}

function methodOf(block: JsonObject | null): string {
  return textAt(objectOf(arrayOf(own(block, 'method'))?.[0]), 'methodID') ?? '';
}

/** The series, or why its values are of no use. */
function seriesOf(collector: Collector, series: JsonObject | null, path: string): Series | string {
  const info = objectOf(own(series, 'sourceInfo'));
  const variable = objectOf(own(series, 'variable'));
  const site = textAt(objectOf(arrayOf(own(info, 'siteCode'))?.[0]), 'value');
  const code = textAt(objectOf(arrayOf(own(variable, 'variableCode'))?.[0]), 'value');
  if (site === null) return 'site: the series has no siteCode';
  const parameter = code !== null && Object.hasOwn(USGS_PARAMETERS, code) ? USGS_PARAMETERS[code] : undefined;
  if (code === null || parameter === undefined) return `parameter ${quoted(code)} of site ${site}`;
  const at = { path: `${path}.variable`, line: 0 };
  const written = textAt(objectOf(own(variable, 'unit')), 'unitCode');
  if (written === null)
    collector.say('unit.assumed', at, `no unit: ${parameter.unit}, as parameter ${code} has it, was taken`);
  const location = objectOf(own(objectOf(own(info, 'geoLocation')), 'geogLocation'));
  const point = pointOf(numberOf(own(location, 'latitude')), numberOf(own(location, 'longitude')));
  const option = objectOf(arrayOf(own(objectOf(own(variable, 'options')), 'option'))?.[0]);
  const zones = objectOf(own(info, 'timeZoneInfo'));
  return {
    site,
    name: textAt(info, 'siteName'),
    place: {
      kind: 'station',
      station: site,
      ...(point?.kind === 'point' && { longitude: point.longitude, latitude: point.latitude }),
    },
    code,
    parameter,
    unit: written === null ? parameter.unit : (USGS_UNITS[written] ?? written),
    statistic: textAt(option, 'optionCode') ?? textAt(option, 'value'),
    noValue: numberOf(own(variable, 'noDataValue')),
    offsets: ['defaultTimeZone', 'daylightSavingsTimeZone'].flatMap((name) => {
      const zero = isoTime(`2000-01-01T00:00:00${textAt(objectOf(own(zones, name)), 'zoneOffset') ?? '?'}`);
      return zero === null ? [] : [(Date.UTC(2000, 0, 1) - zero.at) / 60_000];
    }),
  };
}

function readValue(
  collector: Collector,
  series: Series,
  method: string,
  item: JsonObject | null,
  at: ReadPlace,
  options: ReadOptions,
): void {
  const written = textAt(item, 'dateTime') ?? '';
  const assumed = series.offsets[0] ?? options.assumeOffsetMinutes ?? 0;
  const time = isoTime(written, assumed);
  if (time === null) {
    collector.reject('row.time-missing', at, `dateTime ${quoted(written)}`);
    return;
  }
  if (!time.zoned)
    collector.say('time.zone-assumed', at, `no zone: ${assumed} minutes east of Greenwich was taken`);
  else if (
    series.offsets.length > 0 &&
    !/Z$/.test(written) &&
    !series.offsets.some((one) => endsWithOffset(written, one))
  )
    collector.say('time.zone-contradicts', at, `${quoted(written)} is in no zone of site ${series.site}`);
  const number = collector.number(own(item, 'value'), at);
  const missing = number !== null && number === series.noValue;
  const qualifiers = qualifiersOf(item);
  if (missing)
    collector.say(
      'value.missing-code',
      at,
      `${number} is "no value" (${qualifiers.join(', ') || 'no reason given'})`,
    );
  const { parameter } = series;
  collector.accept({
    at,
    rows: 1,
    source: 'usgs-water',
    identity: ['USGS', series.site, series.code, series.statistic ?? '', method, instantOf(time.at)].join(
      '/',
    ),
    // Approved comes after provisional.
    revision: qualifiers.includes('A') ? 1 : 0,
    time: time.at,
    place: series.place,
    datum: datumOf(parameter, series.site),
    flags: usgsFlags(collector, qualifiers, at),
    measures: [{ quantity: parameter.quantity, value: missing ? null : number, unit: series.unit }],
    details: {
      what: 'station',
      station: series.site,
      name: series.name,
      parameter: series.code,
      statistic: series.statistic,
      qualifiers,
    },
  });
}

function endsWithOffset(text: string, minutes: number): boolean {
  const sign = minutes < 0 ? '-' : '+';
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return text.endsWith(`${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`);
}

/** A list, or one text as some proxies make of it. */
function qualifiersOf(item: JsonObject | null): readonly string[] {
  const value = own(item, 'qualifiers');
  const list = typeof value === 'string' ? value.split(/[\s,]+/) : (arrayOf(value) ?? []);
  return list.filter((one): one is string => typeof one === 'string' && one !== '').slice(0, 20);
}

/** `P` provisional, `e` estimated, `<` and `>` beyond what the instrument can say. */
export function usgsFlags(
  collector: Collector,
  qualifiers: readonly string[],
  at: ReadPlace,
): readonly Flag[] {
  if (qualifiers.includes('<') || qualifiers.includes('>'))
    collector.say('quality.flagged', at, 'the true value is less or greater than the one given');
  return [
    ...(qualifiers.includes('P') ? (['provisional'] as const) : []),
    ...(qualifiers.includes('e') || qualifiers.includes('E') ? (['estimated'] as const) : []),
  ];
}
