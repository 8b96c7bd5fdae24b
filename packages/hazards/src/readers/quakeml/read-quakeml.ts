import { Collector } from '../collector.ts';
import { ReadError } from '../finding.ts';
import { pointOf } from '../place.ts';
import { type EarthquakeDetails, optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { decimal, quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';
import { childOf, childText, readXml, type XmlElement } from '../text/xml.ts';
import { checkAgainstSchema } from './check.ts';

const ROOT_NAMESPACE = 'http://quakeml.org/xmlns/quakeml/1.2';
const EVENT_NAMESPACE = 'http://quakeml.org/xmlns/bed/1.2';
const EARTHQUAKE_TYPES = new Set([
  'earthquake',
  'induced or triggered event',
  'reservoir loading',
  'not reported',
]);
const REGION_TYPES = ['Flinn-Engdahl region', 'region name', 'earthquake name'];
/** A depth in metres that is one in kilometres all over the world. */
const DEEPEST_KM = 800;

/**
 * QuakeML 1.2 (Basic Event Description): the preferred origin and magnitude of every event, and everything that is not as
 * the schema has it. Depth comes in metres there and goes out in km. Source: quakeml.org, QuakeML-BED-1.2.xsd.
 * @throws ReadError
 */
export function readQuakeMl(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const { root, fault } = readXml(source, limits);
  if (root.name !== 'quakeml')
    throw new ReadError('not-this-source', `a quakeml element was expected, not ${quoted(root.name)}`);
  const collector = new Collector('quakeml', options);
  const parameters = childOf(root, 'eventParameters');
  checkNamespaces(collector, root, parameters);
  const events = parameters?.children.filter((child) => child.name === 'event') ?? [];
  if (events.length > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} events`);
  if (parameters !== undefined) {
    const made = isoTime(childText(childOf(parameters, 'creationInfo'), 'creationTime') ?? '');
    if (made !== null) collector.generatedAt(made.at);
  }
  if (fault !== null) collector.broken({ path: 'quakeml', line: fault.line }, fault.text);
  // What broke off lacks elements for that reason alone.
  else if (parameters !== undefined)
    checkAgainstSchema(collector, parameters, 'EventParameters', 'eventParameters');
  events.forEach((event, index) => {
    collector.row();
    const at = { path: `eventParameters/event[${index + 1}]`, line: event.line };
    if (event.closed) readEvent(collector, event, at, options);
    else collector.reject('row.broken', at, 'the event is not complete');
  });
  return collector.reading();
}

function checkNamespaces(collector: Collector, root: XmlElement, parameters: XmlElement | undefined): void {
  const say = (element: XmlElement): void =>
    collector.say(
      'quakeml.namespace',
      { path: element.name, line: element.line },
      `the namespace is ${quoted(element.uri)}`,
    );
  if (root.uri !== ROOT_NAMESPACE) say(root);
  if (parameters !== undefined && parameters.uri !== EVENT_NAMESPACE) say(parameters);
}

interface At {
  readonly path: string;
  readonly line: number;
}

function readEvent(collector: Collector, event: XmlElement, at: At, options: ReadOptions): void {
  const identity = event.attributes?.publicID?.trim() || null;
  if (identity === null) {
    collector.reject('row.identity-missing', at, 'the event has no publicID');
    return;
  }
  const origins = event.children.filter((child) => child.name === 'origin');
  const magnitudes = event.children.filter((child) => child.name === 'magnitude');
  const origin = preferred(collector, event, origins, 'preferredOriginID', at);
  const magnitude = preferred(collector, event, magnitudes, 'preferredMagnitudeID', at);
  const written = childText(event, 'type');
  // A service that has no type for an event writes so.
  const type = written === 'null' ? null : written;
  const review = childText(origin, 'evaluationStatus') ?? childText(origin, 'evaluationMode');
  const cancelled = type === 'not existing' || review === 'rejected';
  if (cancelled) collector.say('event.cancelled', at, `type ${quoted(type)}, review ${quoted(review)}`);
  if (type !== null && type !== 'not existing' && !EARTHQUAKE_TYPES.has(type))
    collector.say('event.not-earthquake', at, `the event is ${quoted(type)}`);
  const place = pointOf(
    quantity(collector, origin, 'latitude', at),
    quantity(collector, origin, 'longitude', at),
  );
  const time = timeOf(collector, origin, at, options);
  if (!cancelled && (origin === undefined || place === null)) {
    collector.reject(
      'row.place-missing',
      at,
      origin ? 'the origin has no position' : 'the event has no origin',
    );
    return;
  }
  if (!cancelled && time === null) {
    collector.reject(
      'row.time-missing',
      at,
      `time is ${quoted(childText(childOf(origin, 'time'), 'value'))}`,
    );
    return;
  }
  const depthKm = depthOf(collector, origin, type, at);
  collector.accept({
    at,
    rows: 1,
    source: childText(childOf(event, 'creationInfo'), 'agencyID') ?? 'quakeml',
    identity,
    aliases: aliasesOf(event),
    revision: revisionOf([event, origin, magnitude]),
    cancelled,
    time,
    place: place?.kind === 'point' && depthKm !== null ? { ...place, depthKm } : place,
    flags: review === 'automatic' || review === 'preliminary' ? ['provisional'] : [],
    measures: [
      { quantity: 'earthquake.magnitude', value: quantity(collector, magnitude, 'mag', at) },
      { quantity: 'earthquake.depth', value: depthKm },
    ],
    details: detailsOf(event, origin, magnitude, {
      type,
      review,
      origins: origins.length,
      magnitudes: magnitudes.length,
    }),
  });
}

/** By its identifier; where that leads nowhere, the last made of those that were not rejected, else the first. */
function preferred(
  collector: Collector,
  event: XmlElement,
  found: readonly XmlElement[],
  reference: string,
  at: At,
): XmlElement | undefined {
  const wanted = childText(event, reference);
  if (wanted !== null) {
    const one = found.find((element) => element.attributes?.publicID?.trim() === wanted);
    if (one !== undefined) return one;
    collector.say('quakeml.reference', at, `${reference} ${quoted(wanted)} is not in the event`);
  } else if (found.length > 1) {
    collector.say(
      'quakeml.reference',
      at,
      `${found.length} stand there and none is preferred (${reference})`,
    );
  }
  const standing = found.filter((element) => childText(element, 'evaluationStatus') !== 'rejected');
  const made = (element: XmlElement): number => revisionOf([element]) ?? Number.NEGATIVE_INFINITY;
  return (standing.length > 0 ? standing : found).reduce<XmlElement | undefined>(
    (best, element) => (best === undefined || made(element) > made(best) ? element : best),
    undefined,
  );
}

function quantity(
  collector: Collector,
  element: XmlElement | undefined,
  name: string,
  at: At,
): number | null {
  const child = childOf(element, name);
  return collector.number(childText(child, 'value'), at, `/${element?.name ?? ''}/${name}`);
}

function timeOf(
  collector: Collector,
  origin: XmlElement | undefined,
  at: At,
  options: ReadOptions,
): number | null {
  const time = isoTime(childText(childOf(origin, 'time'), 'value') ?? '', options.assumeOffsetMinutes ?? 0);
  if (time !== null && !time.zoned)
    collector.say('time.zone-assumed', at, 'the time has no zone; UTC, as QuakeML has it, was taken');
  return time?.at ?? null;
}

function depthOf(
  collector: Collector,
  origin: XmlElement | undefined,
  type: string | null,
  at: At,
): number | null {
  const metres = quantity(collector, origin, 'depth', at);
  if (metres === null) return null;
  if (metres > 1 && metres < DEEPEST_KM && (type === null || EARTHQUAKE_TYPES.has(type)))
    collector.say('quakeml.depth-unit', at, `${metres} m was taken; ${metres} km may be meant`);
  return metres / 1_000;
}

/** The ANSS catalogue gives the identity of GeoJSON in attributes of its own: `us` and `1000778i`. */
function aliasesOf(event: XmlElement): readonly string[] {
  const source = event.attributes?.['catalog:eventsource'];
  const code = event.attributes?.['catalog:eventid'];
  return source !== undefined && code !== undefined ? [`${source}${code}`] : [];
}

function revisionOf(elements: readonly (XmlElement | undefined)[]): number | null {
  let latest: number | null = null;
  for (const element of elements) {
    const made = isoTime(childText(childOf(element, 'creationInfo'), 'creationTime') ?? '');
    if (made !== null && (latest === null || made.at > latest)) latest = made.at;
  }
  return latest;
}

function detailsOf(
  event: XmlElement,
  origin: XmlElement | undefined,
  magnitude: XmlElement | undefined,
  known: { type: string | null; review: string | null; origins: number; magnitudes: number },
): EarthquakeDetails {
  const descriptions = event.children.filter((child) => child.name === 'description');
  const named = REGION_TYPES.map((type) => descriptions.find((one) => childText(one, 'type') === type)).find(
    (one) => one !== undefined,
  );
  const number = (element: XmlElement | undefined, name: string): number | null =>
    decimal(childText(element, name) ?? '');
  const inKm = (metres: number | null): number | null => (metres === null ? null : metres / 1_000);
  const quality = childOf(origin, 'quality');
  return {
    what: 'earthquake',
    region: childText(named, 'text') ?? childText(origin, 'region'),
    eventType: known.type,
    magnitudeType: childText(magnitude, 'type'),
    review: known.review,
    tsunamiFlag: false,
    impactAlert: null,
    feltReports: null,
    reportedIntensity: null,
    stationCount: number(quality, 'usedStationCount'),
    azimuthalGapDegrees: number(quality, 'azimuthalGap'),
    magnitudeUncertainty: number(childOf(magnitude, 'mag'), 'uncertainty'),
    depthUncertaintyKm: inKm(number(childOf(origin, 'depth'), 'uncertainty')),
    horizontalUncertaintyKm: inKm(number(childOf(origin, 'originUncertainty'), 'horizontalUncertainty')),
    origins: known.origins,
    magnitudes: known.magnitudes,
    products: [],
  };
}
