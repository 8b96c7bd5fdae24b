import { readIbtracs } from './cyclone/ibtracs.ts';
import { readJmaBestTrack } from './cyclone/jma.ts';
import { readJtwcBestTrack } from './cyclone/jtwc.ts';
import { ReadError } from './finding.ts';
import { readFirms } from './firms.ts';
import { readGdacs } from './gdacs.ts';
import { DEFAULT_READ_LIMITS, type ReadLimits } from './limits.ts';
import { readQuakeMl } from './quakeml/read-quakeml.ts';
import { optionsOf, type ReaderName, type Reading, type ReadOptions } from './reading.ts';
import { readStationForm } from './station/read-station-form.ts';
import { decodeText } from './text/decode.ts';
import { readUsgsGeoJson } from './usgs-geojson.ts';
import { readShakeMap } from './usgs-shakemap.ts';
import { readNoaaCoops } from './water/noaa-coops.ts';
import { readUsgsWaterJson } from './water/usgs-json.ts';
import { readUsgsWaterRdb } from './water/usgs-rdb.ts';

export type Reader = (source: Uint8Array | string, options?: ReadOptions) => Reading;

export const READERS: Readonly<Record<ReaderName, Reader>> = {
  'usgs-geojson': readUsgsGeoJson,
  'usgs-shakemap': readShakeMap,
  quakeml: readQuakeMl,
  gdacs: readGdacs,
  firms: readFirms,
  ibtracs: readIbtracs,
  'jma-best-track': readJmaBestTrack,
  'jtwc-best-track': readJtwcBestTrack,
  'noaa-coops': readNoaaCoops,
  'usgs-water-json': readUsgsWaterJson,
  'usgs-water-rdb': readUsgsWaterRdb,
  'station-form': readStationForm,
};

/** Enough to see the root of a document or the header of a table. */
const HEAD_CHARACTERS = 4_096;

/** What a text looks like, by its first signs; null: like nothing that is read here. */
export function readerFor(
  source: Uint8Array | string,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
): ReaderName | null {
  const text = decodeText(source, limits);
  const head = text.slice(0, HEAD_CHARACTERS).trimStart();
  if (head.startsWith('<')) return xmlReader(head);
  if (head.startsWith('{') || head.startsWith('[')) return jsonReader(head, text);
  if (head.startsWith('#')) return 'usgs-water-rdb';
  if (head.startsWith('66666')) return 'jma-best-track';
  if (/^[A-Z]{2}, *\d{1,2}, *\d{10},/.test(head)) return 'jtwc-best-track';
  return tableReader(
    new Set(
      (head.split(/[\r\n]/, 1)[0] ?? '')
        .toLowerCase()
        .split(/[,;\t]/)
        .map((one) => one.trim().replaceAll('"', '')),
    ),
  );
}

function xmlReader(head: string): ReaderName | null {
  if (/<(?:[\w-]+:)?quakeml[\s>]/.test(head)) return 'quakeml';
  return /<rss[\s>]/.test(head) ? 'gdacs' : null;
}

function jsonReader(head: string, text: string): ReaderName | null {
  const has = (name: string, within = head): boolean => within.includes(`"${name}"`);
  if (has('timeSeries') || has('ns1:timeSeriesResponseType')) return 'usgs-water-json';
  if (has('FeatureCollection') || (has('Feature') && has('properties'))) return 'usgs-geojson';
  if (has('station') && has('quantity')) return 'station-form';
  if ((has('metadata') && has('data')) || has('predictions') || has('error')) return 'noaa-coops';
  // A ShakeMap begins with its equations, which may be long.
  return has('event_information', text) && has('ground_motions', text) ? 'usgs-shakemap' : null;
}

function tableReader(columns: ReadonlySet<string>): ReaderName | null {
  const all = (...names: readonly string[]): boolean => names.every((name) => columns.has(name));
  if (all('sid', 'iso_time')) return 'ibtracs';
  if (all('acq_date', 'latitude')) return 'firms';
  return all('station', 'quantity', 'value') ? 'station-form' : null;
}

/**
 * Reads whatever it is, by its first signs.
 * @throws ReadError `not-this-source` where it is like nothing that is read here, or what the reader throws
 */
export function readAny(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const name = readerFor(source, optionsOf(options).limits);
  if (name === null) throw new ReadError('not-this-source', 'it is like no source that is read here');
  return READERS[name](source, options);
}
