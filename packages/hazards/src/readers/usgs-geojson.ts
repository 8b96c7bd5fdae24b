import { Collector } from './collector.ts';
import { ReadError, type ReadPlace } from './finding.ts';
import { pointOf } from './place.ts';
import {
  optionsOf,
  type ProductDetails,
  type ProductState,
  type Reading,
  type ReadOptions,
} from './reading.ts';
import { arrayOf, type JsonObject, objectOf, own, readJson, textAt } from './text/json.ts';
import { numberOf, quoted } from './text/number.ts';
import { isTime } from './text/time.ts';

/** Words that ComCat has for what shook; the others are named. (ANSS ComCat documentation, "Event Terms: type") */
const EARTHQUAKE_LIKE = new Set(['earthquake', 'induced or triggered event']);
const NONE: readonly never[] = [];
const ESTIMATED = ['estimated'] as const;
const PROVISIONAL = ['provisional'] as const;
const STATUSES = new Set(['automatic', 'reviewed', 'deleted']);
const ALERTS = new Set(['green', 'yellow', 'orange', 'red', 'pending']);

/**
 * USGS GeoJSON: summary feed, answer of an FDSN query, or the details of one event with its products.
 * Depth in km, time in milliseconds since 1970 UTC. Source: earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php and
 * geojson_detail.php, FDSN event web service of the USGS.
 * @throws ReadError
 */
export function readUsgsGeoJson(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const root = objectOf(readJson(source, limits));
  const type = own(root, 'type');
  const collector = new Collector('usgs-geojson', options);
  if (type === 'Feature') {
    readFeature(collector, root, 'feature');
    return collector.reading();
  }
  const features = arrayOf(own(root, 'features'));
  if (type !== 'FeatureCollection' || features === null) {
    throw new ReadError(
      'not-this-source',
      `a FeatureCollection or a Feature was expected, not ${quoted(type)}`,
    );
  }
  if (features.length > limits.rows)
    throw new ReadError('too-many-rows', `more than ${limits.rows} features`);
  const metadata = objectOf(own(root, 'metadata'));
  readMetadata(collector, metadata, features.length);
  features.forEach((feature, index) => {
    readFeature(collector, objectOf(feature), `features[${index}]`);
  });
  return collector.reading();
}

function readMetadata(collector: Collector, metadata: JsonObject | null, found: number): void {
  const at = { path: 'metadata', line: 0 };
  const generated = own(metadata, 'generated');
  if (typeof generated === 'number' && isTime(generated)) collector.generatedAt(generated);
  const status = numberOf(own(metadata, 'status'));
  if (status !== null && status !== 200)
    collector.say('feed.status', at, `the feed was made with status ${status}`);
  const count = numberOf(own(metadata, 'count'));
  if (count !== null && count !== found)
    collector.say('feed.count', at, `it announces ${count} events and has ${found}`);
  const limit = numberOf(own(metadata, 'limit'));
  if (limit !== null && found >= limit)
    collector.say('feed.cut', at, `the query was limited to ${limit} events`);
}

function readFeature(collector: Collector, feature: JsonObject | null, path: string): void {
  collector.row();
  const properties = objectOf(own(feature, 'properties'));
  if (feature === null || properties === null) {
    collector.reject('row.broken', { path, line: 0 }, 'it is no Feature with properties');
    return;
  }
  const at = { path, line: 0 };
  const identity = textAt(feature, 'id') ?? identityOf(properties);
  if (identity === null) {
    collector.reject('row.identity-missing', at, 'neither id nor net and code');
    return;
  }
  const status = textAt(properties, 'status')?.toLowerCase() ?? null;
  const cancelled = status === 'deleted';
  const time = millisecondsOf(own(properties, 'time'));
  const updated = millisecondsOf(own(properties, 'updated'));
  const aliases = aliasesOf(textAt(properties, 'ids'), identity);
  if (cancelled) collector.say('event.cancelled', at, `${identity} was deleted by its source`);
  // A deleted event may come without anything but its identity, and must still be taken: it withdraws the earlier one.
  if (time === null && !cancelled) {
    collector.reject('row.time-missing', at, `time is ${quoted(own(properties, 'time'))}`);
    return;
  }
  const coordinates = arrayOf(own(objectOf(own(feature, 'geometry')), 'coordinates'));
  const place = pointOf(numberOf(coordinates?.[1]), numberOf(coordinates?.[0]));
  if (place === null && !cancelled) {
    collector.reject('row.place-missing', at, `coordinates are ${quoted(coordinates)}`);
    return;
  }
  if (time !== null && updated !== null && updated < time)
    collector.say('time.before-event', at, `updated ${time - updated} ms before the event`);
  checkWords(collector, properties, at);
  const eventType = textAt(properties, 'type');
  const magnitudeType = textAt(properties, 'magType');
  const depthKm = collector.number(coordinates?.[2], at, '.geometry.coordinates[2]');
  collector.accept({
    at,
    rows: 1,
    source: 'usgs',
    identity,
    aliases,
    revision: updated,
    cancelled,
    time,
    place: place === null || depthKm === null || place.kind !== 'point' ? place : { ...place, depthKm },
    flags: status === 'automatic' ? PROVISIONAL : NONE,
    measures: [
      {
        quantity: 'earthquake.magnitude',
        value: collector.number(own(properties, 'mag'), at, '.properties.mag'),
      },
      { quantity: 'earthquake.depth', value: depthKm },
      // The greatest of the ShakeMap, modelled and not observed at the epicentre.
      {
        quantity: 'earthquake.intensity-mmi',
        value: collector.number(own(properties, 'mmi'), at, '.properties.mmi'),
        flags: ESTIMATED,
      },
    ],
    details: {
      what: 'earthquake',
      region: textAt(properties, 'place'),
      eventType,
      magnitudeType,
      review: status,
      tsunamiFlag: own(properties, 'tsunami') === 1,
      impactAlert: textAt(properties, 'alert')?.toLowerCase() ?? null,
      feltReports: numberOf(own(properties, 'felt')),
      reportedIntensity: numberOf(own(properties, 'cdi')),
      stationCount: numberOf(own(properties, 'nst')),
      azimuthalGapDegrees: numberOf(own(properties, 'gap')),
      magnitudeUncertainty: null,
      depthUncertaintyKm: null,
      horizontalUncertaintyKm: null,
      origins: 1,
      magnitudes: 1,
      products: readProducts(collector, objectOf(own(properties, 'products')), path),
    },
  });
}

function identityOf(properties: JsonObject): string | null {
  const net = textAt(properties, 'net');
  const code = textAt(properties, 'code');
  return net === null || code === null ? null : `${net}${code}`;
}

/** `,us1000778i,gcmt20161113110256,`: the event under the names of every network that located it. */
function aliasesOf(text: string | null, identity: string): readonly string[] {
  // Most events have one name.
  if (text === null || text === `,${identity},`) return NONE;
  return text
    .split(',')
    .filter((one) => one !== '' && one !== identity)
    .slice(0, 100);
}

function millisecondsOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && isTime(number) ? number : null;
}

function checkWords(collector: Collector, properties: JsonObject, at: ReadPlace): void {
  const status = textAt(properties, 'status')?.toLowerCase();
  if (status !== undefined && !STATUSES.has(status))
    collector.say('code.unknown', at, `status ${quoted(status)}`);
  const alert = textAt(properties, 'alert')?.toLowerCase();
  if (alert !== undefined && !ALERTS.has(alert)) collector.say('code.unknown', at, `alert ${quoted(alert)}`);
  const type = textAt(properties, 'type');
  if (type !== null && !EARTHQUAKE_LIKE.has(type.toLowerCase()))
    collector.say('event.not-earthquake', at, `the event is ${quoted(type)}`);
}

/**
 * Of every type the preferred product, and what stands beside it. A product is one of source and code; its latest version
 * counts, and when that is a DELETE the product is withdrawn, whatever earlier versions stand in the list.
 */
function readProducts(
  collector: Collector,
  products: JsonObject | null,
  path: string,
): readonly ProductDetails[] {
  if (products === null) return [];
  const found: ProductDetails[] = [];
  for (const type of Object.keys(products)) {
    const versions = (arrayOf(products[type]) ?? []).map(objectOf);
    const read = versions.map((one) => ({
      type,
      source: textAt(one, 'source') ?? '',
      code: textAt(one, 'code') ?? '',
      updated: millisecondsOf(own(one, 'updateTime')),
      deleted: textAt(one, 'status')?.toUpperCase() === 'DELETE',
      weight: numberOf(own(one, 'preferredWeight')) ?? 0,
    }));
    const latest = new Map<string, number>();
    read.forEach((one, index) => {
      const key = JSON.stringify([one.source, one.code]);
      const known = latest.get(key);
      if (known === undefined || (one.updated ?? 0) > (read[known]?.updated ?? 0)) latest.set(key, index);
    });
    const current = new Set(latest.values());
    const preferred = preferredOf(read, current);
    read.forEach((one, index) => {
      const state = stateOf(one.deleted, current.has(index), index === preferred);
      const at = { path: `${path}.properties.products.${type}[${index}]`, line: 0 };
      if (state === 'superseded')
        collector.say('product.superseded', at, `${type} ${one.source}/${one.code} has a later version`);
      if (state === 'deleted') collector.say('product.deleted', at, `${type} ${one.source}/${one.code}`);
      found.push({
        type,
        source: one.source,
        code: one.code,
        updated: one.updated,
        weight: one.weight,
        state,
      });
    });
  }
  return found;
}

function preferredOf(
  read: readonly { readonly deleted: boolean; readonly weight: number; readonly updated: number | null }[],
  current: ReadonlySet<number>,
): number {
  let best = -1;
  read.forEach((one, index) => {
    if (one.deleted || !current.has(index)) return;
    const other = read[best];
    if (
      other === undefined ||
      one.weight > other.weight ||
      (one.weight === other.weight && (one.updated ?? 0) > (other.updated ?? 0))
    )
      best = index;
  });
  return best;
}

function stateOf(deleted: boolean, current: boolean, preferred: boolean): ProductState {
  if (!current) return 'superseded';
  if (deleted) return 'deleted';
  return preferred ? 'preferred' : 'alternative';
}
