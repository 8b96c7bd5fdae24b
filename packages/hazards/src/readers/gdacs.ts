import { Collector } from './collector.ts';
import { ReadError, type ReadPlace } from './finding.ts';
import { pointOf } from './place.ts';
import { type AlertDetails, optionsOf, type Reading, type ReadOptions } from './reading.ts';
import type { Measure } from './row.ts';
import { decimal, quoted } from './text/number.ts';
import { rssTime } from './text/time.ts';
import { childOf, childText, readXml, type XmlElement } from './text/xml.ts';

const HAZARDS = new Set(['EQ', 'TC', 'FL', 'VO', 'DR', 'WF', 'TS']);
/** Scores seen with each colour in the files at hand, 0-1, 2, and 3 for red; the feed documents none. */
const MOST_SCORE: Readonly<Record<string, number>> = { green: 1, orange: 2, red: 3 };
const NEEDED = ['eventtype', 'eventid', 'alertlevel', 'alertscore', 'cap'];
/** Rounding of the feed: 92.592 km/h is "93 km/h". */
const SEVERITY_TOLERANCE = 1;

/**
 * GDACS RSS: alerts with colour, score, link to the CAP message. A feed that breaks off is read to there and says so.
 * Source: gdacs.org, feed reference; elements of the namespace http://www.gdacs.org.
 * @throws ReadError
 */
export function readGdacs(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const { root, fault } = readXml(source, limits);
  const channel = childOf(root, 'channel');
  if (root.name !== 'rss' || (channel === undefined && fault === null))
    throw new ReadError(
      'not-this-source',
      `an rss element with a channel was expected, not ${quoted(root.name)}`,
    );
  const collector = new Collector('gdacs', options);
  const published = rssTime(childText(channel, 'pubDate') ?? '');
  if (published !== null) collector.generatedAt(published);
  const items = channel?.children.filter((child) => child.name === 'item') ?? [];
  if (items.length > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} items`);
  if (fault !== null) collector.broken({ path: 'rss/channel', line: fault.line }, fault.text);
  items.forEach((item, index) => {
    collector.row();
    const at = { path: `rss/channel/item[${index + 1}]`, line: item.line };
    if (item.closed) readItem(collector, item, at);
    else collector.reject('row.broken', at, 'the item is not complete');
  });
  return collector.reading();
}

function readItem(collector: Collector, item: XmlElement, at: ReadPlace): void {
  const hazard = childText(item, 'eventtype')?.toUpperCase() ?? null;
  const event = childText(item, 'eventid');
  const guid = childText(item, 'guid');
  const identity = hazard !== null && event !== null ? `${hazard}${event}` : guid;
  if (identity === null) {
    collector.reject('row.identity-missing', at, 'neither event type and number nor guid');
    return;
  }
  const place = placeOf(item);
  if (place === null) {
    collector.reject('gdacs.no-point', at, `${identity} has no point`);
    return;
  }
  for (const name of NEEDED)
    if (childText(item, name) === null) collector.say('gdacs.missing', at, `${identity} has no ${name}`);
  if (hazard !== null && !HAZARDS.has(hazard))
    collector.say('code.unknown', at, `event type ${quoted(hazard)}`);
  const details = detailsOf(collector, item, identity, hazard ?? '', at);
  const published = timeOf(collector, item, 'pubDate', at);
  const modified = timeOf(collector, item, 'datemodified', at);
  const time = hazard === 'EQ' ? (details.from ?? published) : (published ?? details.from);
  if (time === null) {
    collector.reject('row.time-missing', at, `${identity} has neither pubDate nor fromdate`);
    return;
  }
  collector.accept({
    at,
    rows: 1,
    source: 'gdacs',
    identity,
    aliases: guid !== null && guid !== identity ? [guid] : [],
    revision: modified ?? published,
    time,
    ...(details.from !== null && { validFrom: details.from }),
    ...(details.to !== null && { validTo: details.to }),
    place,
    flags: details.temporary ? ['provisional'] : [],
    measures: hazard === 'EQ' ? earthquake(collector, details, at) : [],
    statements: details.level === null ? [] : [{ quantity: 'alert.level', value: details.level }],
    details,
  });
}

function placeOf(item: XmlElement): ReturnType<typeof pointOf> {
  const point = childOf(item, 'Point');
  const fromGeo = pointOf(decimal(childText(point, 'lat') ?? ''), decimal(childText(point, 'long') ?? ''));
  if (fromGeo !== null) return fromGeo;
  const [latitude = '', longitude = ''] = (childText(item, 'point') ?? '').split(/\s+/);
  return pointOf(decimal(latitude), decimal(longitude));
}

function timeOf(collector: Collector, item: XmlElement, name: string, at: ReadPlace): number | null {
  const text = childText(item, name);
  if (text === null) return null;
  const time = rssTime(text);
  if (time === null) collector.say('value.not-a-number', at, `${name} ${quoted(text)} is no time`);
  return time;
}

/** `Magnitude 5.5M, Depth:10km`: the depth stands in words only. */
function earthquake(collector: Collector, details: AlertDetails, at: ReadPlace): readonly Measure[] {
  const depth = /Depth:\s*(-?[\d.]+)\s*km/i.exec(details.severityText ?? '')?.[1];
  return [
    {
      quantity: 'earthquake.magnitude',
      value: details.severityUnit === 'M' ? details.severityValue : null,
    },
    { quantity: 'earthquake.depth', value: collector.number(depth, at, '/severity') },
  ];
}

function detailsOf(
  collector: Collector,
  item: XmlElement,
  identity: string,
  hazard: string,
  at: ReadPlace,
): AlertDetails {
  const number = (text: string | null | undefined, name: string): number | null =>
    collector.number(text?.trim(), at, `/${name}`);
  const severity = childOf(item, 'severity');
  const population = childOf(item, 'population');
  const level = childText(item, 'alertlevel');
  const score = number(childText(item, 'alertscore'), 'alertscore');
  checkLevel(collector, identity, level, score, at);
  const severityValue = number(severity?.attributes?.value, 'severity');
  checkSeverity(collector, identity, severity?.text ?? '', severityValue, at);
  return {
    what: 'alert',
    hazard,
    title: childText(item, 'title') ?? '',
    level,
    score,
    episode: childText(item, 'episodeid'),
    episodeLevel: childText(item, 'episodealertlevel'),
    episodeScore: number(childText(item, 'episodealertscore'), 'episodealertscore'),
    from: timeOf(collector, item, 'fromdate', at),
    to: timeOf(collector, item, 'todate', at),
    current: truthOf(childText(item, 'iscurrent')),
    temporary: truthOf(childText(item, 'temporary') ?? childText(item, 'istemporary')),
    capUrl: childText(item, 'cap'),
    severityText: severity?.text.trim() || null,
    severityValue,
    severityUnit: severity?.attributes?.unit?.trim() || null,
    populationValue: number(population?.attributes?.value, 'population'),
    populationUnit: population?.attributes?.unit?.trim() || null,
    countries: (childText(item, 'country') ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .slice(0, 250),
    glide: childText(item, 'glide'),
    box: boxOf(childText(item, 'bbox')),
  };
}

function checkLevel(
  collector: Collector,
  identity: string,
  level: string | null,
  score: number | null,
  at: ReadPlace,
): void {
  if (level === null) return;
  const most = Object.hasOwn(MOST_SCORE, level.toLowerCase()) ? MOST_SCORE[level.toLowerCase()] : undefined;
  if (most === undefined) {
    collector.say('code.unknown', at, `alert level ${quoted(level)}`);
    return;
  }
  if (score === null) return;
  const least = most === 1 ? 0 : most - 1;
  if (score > most || score < least || (most > 1 && score === least))
    collector.say('gdacs.level-contradicts', at, `${identity} is ${level} with the score ${score}`);
}

/** A storm of "129.6 km/h" whose words say "maximum wind speed of 111 km/h": one is the event, one the episode. */
function checkSeverity(
  collector: Collector,
  identity: string,
  text: string,
  value: number | null,
  at: ReadPlace,
): void {
  const inWords = /(?:wind speed of|Magnitude)\s*([\d.]+)/i.exec(text)?.[1];
  const words = inWords === undefined ? null : decimal(inWords);
  if (value !== null && words !== null && Math.abs(words - value) > SEVERITY_TOLERANCE)
    collector.say('gdacs.severity-contradicts', at, `${identity} has the value ${value} and says ${words}`);
}

function truthOf(text: string | null): boolean | null {
  const lower = text?.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : null;
}

/** West, east, south, north, in the order of the feed. */
function boxOf(text: string | null): AlertDetails['box'] {
  const numbers = (text ?? '').split(/\s+/).map(decimal);
  const [west, east, south, north] = numbers;
  if (numbers.length !== 4 || west == null || east == null || south == null || north == null) return null;
  return [west, east, south, north];
}
