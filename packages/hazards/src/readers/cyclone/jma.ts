import { Collector } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { pointOf } from '../place.ts';
import { optionsOf, type Reading, type ReadOptions, type WindRadius } from '../reading.ts';
import type { Measure } from '../row.ts';
import { readLines } from '../text/lines.ts';
import { decimal, quoted } from '../text/number.ts';
import { instantOf, utc } from '../text/time.ts';
import { KM_PER_NAUTICAL_MILE } from './wind.ts';

/** Columns of the document, counted from 1 there and from 0 here. */
const HEADER = /^66666 (.{4}) {1,2}(.{3}) (.{4}) (.{4}) (.) (.) (.{0,20})/;
const GRADES: Readonly<Record<string, string>> = {
  '2': 'TD',
  '3': 'TS',
  '4': 'STS',
  '5': 'TY',
  '6': 'L',
  '7': 'entering',
  '9': 'TS or higher',
};
/** `0`: no direction; `9`: the same all round. */
const DIRECTIONS: Readonly<Record<string, string>> = {
  '1': 'NE',
  '2': 'E',
  '3': 'SE',
  '4': 'S',
  '5': 'SW',
  '6': 'W',
  '7': 'NW',
  '8': 'N',
};
/** The archive begins in 1951. */
const FIRST_YEAR = 51;

interface Storm {
  readonly identity: string;
  readonly name: string | null;
  readonly announced: number;
  readonly revision: number | null;
  readonly at: ReadPlace;
  found: number;
}

/**
 * Best track of RSMC Tokyo (`bst_all.txt`): fixed columns, 10-minute winds in knots, radii in nautical miles, UTC.
 * Source: jma.go.jp, RSMC Tokyo, "Format of RSMC Best Track Data".
 * @throws ReadError
 */
export function readJmaBestTrack(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const lines = readLines(source, limits);
  if (!lines.some(({ text }) => text.startsWith('66666')))
    throw new ReadError('not-this-source', 'there is no header line "66666"', 1);
  const collector = new Collector('jma-best-track', options);
  let storm: Storm | null = null;
  let rows = 0;
  for (const { text, number } of lines) {
    const at = { path: `line ${number}`, line: number };
    if (text.startsWith('66666')) {
      endStorm(collector, storm);
      storm = headerOf(collector, text, at);
      continue;
    }
    rows += 1;
    if (rows > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} lines`, number);
    collector.row();
    if (storm === null) collector.reject('cyclone.orphan', at, 'no header that can be read stands above');
    else {
      storm.found += 1;
      readLine(collector, storm, text, at);
    }
  }
  endStorm(collector, storm);
  return collector.reading();
}

function endStorm(collector: Collector, storm: Storm | null): void {
  if (storm !== null && storm.found !== storm.announced)
    collector.say(
      'cyclone.count',
      storm.at,
      `${storm.identity}: ${storm.announced} lines announced, ${storm.found} found`,
    );
}

function fullYear(text: string): number {
  const year = Number(text);
  return year >= FIRST_YEAR ? 1900 + year : 2000 + year;
}

function headerOf(collector: Collector, text: string, at: ReadPlace): Storm | null {
  const found = HEADER.exec(text);
  const [, number = '', count = '', , again = '', , , name = ''] = found ?? [];
  const announced = decimal(count);
  if (found === null || !/^\d{4}$/.test(number) || announced === null) {
    collector.say('cyclone.header', at, `${quoted(text)} is no header`);
    return null;
  }
  if (again.trim() !== '' && again !== number)
    collector.say('cyclone.header', at, `the number stands as ${number} and as ${again}`);
  const date = /(\d{4})(\d{2})(\d{2})\s*$/.exec(text.slice(50));
  return {
    identity: `${fullYear(number.slice(0, 2))}${number.slice(2)}`,
    name: name.trim() || null,
    announced,
    revision: date === null ? null : utc(Number(date[1]), Number(date[2]), Number(date[3])),
    at,
    found: 0,
  };
}

function readLine(collector: Collector, storm: Storm, text: string, at: ReadPlace): void {
  const cut = (from: number, to: number): string => text.slice(from - 1, to);
  const stamp = /^(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(cut(1, 8));
  if (cut(10, 12) !== '002' || text.charAt(8) !== ' ') {
    collector.reject('row.broken', at, `${quoted(text)} has no indicator 002 in columns 10-12`);
    return;
  }
  const time =
    stamp === null
      ? null
      : utc(fullYear(stamp[1] ?? ''), Number(stamp[2]), Number(stamp[3]), Number(stamp[4]));
  if (time === null) {
    collector.reject('row.time-missing', at, `${quoted(cut(1, 8))} is no time`);
    return;
  }
  const tenths = (part: string): number | null => (/^ *\d+$/.test(part) ? Number(part) / 10 : null);
  const place = pointOf(tenths(cut(16, 18)), tenths(cut(20, 23)));
  if (place === null) {
    collector.reject(
      'row.place-missing',
      at,
      `latitude ${quoted(cut(16, 18))}, longitude ${quoted(cut(20, 23))}`,
    );
    return;
  }
  const grade = GRADES[cut(14, 14)];
  if (grade === undefined) collector.say('code.unknown', at, `grade ${quoted(cut(14, 14))}`);
  const number = (from: number, to: number): number | null => collector.number(cut(from, to).trim(), at);
  const wind = number(34, 36);
  if (wind === 0)
    collector.say('value.missing-code', at, 'wind 000: below 35 kn, or not analysed before 1977');
  const radii = [
    ...radiiOf(collector, 50, cut(42, 42), number(43, 46), number(48, 51), at),
    ...radiiOf(collector, 30, cut(53, 53), number(54, 57), number(59, 62), at),
  ];
  collector.accept({
    at,
    rows: 1,
    source: 'jma',
    identity: `${storm.identity}/${instantOf(time)}`,
    revision: storm.revision,
    time,
    place,
    measures: [
      { quantity: 'cyclone.wind-10min', value: wind === 0 ? null : wind },
      { quantity: 'cyclone.pressure', value: number(25, 28) },
      ...radii.map(
        ({ windKt, sector, radiusKm }): Measure => ({
          quantity: windKt === 50 ? 'cyclone.wind-radius-50kn' : 'cyclone.wind-radius-30kn',
          value: radiusKm,
          part: sector,
        }),
      ),
    ],
    details: {
      what: 'cyclone-fix',
      storm: storm.identity,
      name: storm.name,
      basin: 'WP',
      grade: grade ?? (cut(14, 14).trim() || null),
      windMeanMinutes: 10,
      radii,
      movementKmH: null,
      movementDegrees: null,
      landfall: cut(72, 72) === '#',
    },
  });
}

function radiiOf(
  collector: Collector,
  windKt: 30 | 50,
  code: string,
  longest: number | null,
  shortest: number | null,
  at: ReadPlace,
): readonly WindRadius[] {
  if (longest === null || longest <= 0) return [];
  if (shortest !== null && shortest > longest)
    collector.say(
      'cyclone.radius',
      at,
      `${windKt} kn: the shortest radius ${shortest} is longer than ${longest}`,
    );
  const direction = DIRECTIONS[code] ?? null;
  const of = (sector: 'longest' | 'shortest', radius: number): WindRadius => ({
    windKt,
    sector,
    direction: sector === 'longest' ? direction : null,
    radiusKm: radius * KM_PER_NAUTICAL_MILE,
  });
  return [of('longest', longest), ...(shortest !== null && shortest > 0 ? [of('shortest', shortest)] : [])];
}
