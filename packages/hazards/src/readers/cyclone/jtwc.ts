import { Collector } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { pointOf } from '../place.ts';
import type { QuantityName } from '../quantities.ts';
import { optionsOf, type Reading, type ReadOptions, type WindRadius } from '../reading.ts';
import type { Measure } from '../row.ts';
import { type Line, readLines } from '../text/lines.ts';
import { quoted } from '../text/number.ts';
import { instantOf, utc } from '../text/time.ts';
import { KM_H_PER_KNOT, KM_PER_NAUTICAL_MILE } from './wind.ts';

/** Fields of the document, from 0. */
const FIELD = {
  basin: 0,
  cyclone: 1,
  stamp: 2,
  minutes: 3,
  technique: 4,
  hours: 5,
  latitude: 6,
  longitude: 7,
  wind: 8,
  pressure: 9,
  type: 10,
  radiusWind: 11,
  radiusCode: 12,
  radius: 13,
  gust: 20,
  direction: 25,
  speed: 26,
  name: 27,
} as const;
const BASINS = new Set(['WP', 'IO', 'SH', 'CP', 'EP', 'AL', 'SL', 'LS']);
const TYPES = new Set([
  'DB',
  'TD',
  'TS',
  'TY',
  'ST',
  'TC',
  'HU',
  'SD',
  'SS',
  'EX',
  'PT',
  'IN',
  'DS',
  'LO',
  'WV',
  'ET',
  'MD',
  'XX',
]);
const CLOCKWISE = ['NE', 'SE', 'SW', 'NW'] as const;
const RADIUS_QUANTITIES: Readonly<Record<number, QuantityName>> = {
  34: 'cyclone.wind-radius-34kn',
  50: 'cyclone.wind-radius-50kn',
  64: 'cyclone.wind-radius-64kn',
};
const HOUR_MS = 3_600_000;
/** A cyclone of the southern half has the number of the season that ends in the next year. */
const SOUTHERN_SEASON_MONTH = 7;

/** Lines of one fix: the same storm, time, technique and hour, one line for each wind whose radii are given. */
interface Fix {
  readonly fields: readonly string[];
  readonly at: ReadPlace;
  readonly time: number;
  readonly validAt: number;
  readonly storm: string;
  readonly radii: WindRadius[];
  rows: number;
}

/**
 * Best track of the JTWC in ATCF form (b-deck), also of the a-deck: 1-minute winds in knots, radii in nautical miles, UTC.
 * Up to three lines make one fix. Source: science.nrlmry.navy.mil/atcf/docs/database/new/abrdeck.html.
 * @throws ReadError
 */
export function readJtwcBestTrack(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const lines = readLines(source, limits);
  if (lines.length > limits.rows) throw new ReadError('too-many-rows', `more than ${limits.rows} lines`);
  if (!lines.some(({ text }) => /^[A-Z]{2}, *\d{1,2}, *\d{10},/.test(text)))
    throw new ReadError('not-this-source', 'no line begins as one of ATCF: "WP, 01, 2024090100,"', 1);
  const collector = new Collector('jtwc-best-track', options);
  const fixes = new Map<string, Fix>();
  for (const line of lines) {
    collector.row();
    readLine(collector, fixes, line);
  }
  for (const fix of fixes.values()) acceptFix(collector, fix);
  return collector.reading();
}

function readLine(collector: Collector, fixes: Map<string, Fix>, { text, number }: Line): void {
  const at = { path: `line ${number}`, line: number };
  const fields = text.split(',').map((field) => field.trim());
  const cell = (name: keyof typeof FIELD): string => fields[FIELD[name]] ?? '';
  if (
    fields.length <= FIELD.longitude ||
    !/^[A-Z]{2}$/.test(cell('basin')) ||
    !/^\d{1,2}$/.test(cell('cyclone'))
  ) {
    collector.reject('row.broken', at, `${quoted(text)} is no line of ATCF`);
    return;
  }
  const stamp = /^(\d{4})(\d{2})(\d{2})(\d{2})$/.exec(cell('stamp'));
  const minutes =
    /^\d{1,2}$/.test(cell('minutes')) && cell('technique') === 'BEST' ? Number(cell('minutes')) : 0;
  const time =
    stamp === null
      ? null
      : utc(Number(stamp[1]), Number(stamp[2]), Number(stamp[3]), Number(stamp[4]), minutes);
  if (time === null || stamp === null || !/^-?\d{1,3}$/.test(cell('hours') || '0')) {
    collector.reject('row.time-missing', at, `${quoted(cell('stamp'))}, hour ${quoted(cell('hours'))}`);
    return;
  }
  if (!BASINS.has(cell('basin'))) collector.say('code.unknown', at, `basin ${quoted(cell('basin'))}`);
  if (cell('type') !== '' && !TYPES.has(cell('type')))
    collector.say('code.unknown', at, `type ${quoted(cell('type'))}`);
  const key = [
    cell('basin'),
    Number(cell('cyclone')),
    time,
    cell('technique'),
    Number(cell('hours') || '0'),
  ].join(' ');
  const radii = radiiOf(collector, fields, at);
  const known = fixes.get(key);
  if (known === undefined) {
    const year =
      Number(stamp[1]) + (cell('basin') === 'SH' && Number(stamp[2]) >= SOUTHERN_SEASON_MONTH ? 1 : 0);
    fixes.set(key, {
      fields,
      at,
      time,
      validAt: time + Number(cell('hours') || '0') * HOUR_MS,
      storm: `${cell('basin')}${cell('cyclone').padStart(2, '0')}${year}`,
      radii: [...radii],
      rows: 1,
    });
    return;
  }
  known.rows += 1;
  if (
    ['latitude', 'longitude', 'wind'].some(
      (name) => fields[FIELD[name as 'wind']] !== known.fields[FIELD[name as 'wind']],
    )
  )
    collector.say(
      'cyclone.radius',
      at,
      `position or wind are not those of line ${known.at.line}, which counts`,
    );
  if (radii.some((one) => known.radii.some((other) => other.windKt === one.windKt)))
    collector.say('cyclone.radius', at, 'the radii of this wind stand a second time; the first count');
  else known.radii.push(...radii);
}

/** `0` and negative numbers are "not known" in all fields of the form. */
function known(collector: Collector, text: string | undefined, what: string, at: ReadPlace): number | null {
  const number = collector.number(text, at, `, ${what}`);
  if (number !== null && number <= 0) {
    collector.say('value.missing-code', at, `${what} ${number} is "not known"`);
    return null;
  }
  return number;
}

function radiiOf(collector: Collector, fields: readonly string[], at: ReadPlace): readonly WindRadius[] {
  const windKt = Number(fields[FIELD.radiusWind] ?? '');
  const code = fields[FIELD.radiusCode] ?? '';
  const given = fields.slice(FIELD.radius, FIELD.radius + 4).map((text) => collector.number(text, at));
  if (!Number.isFinite(windKt) || windKt <= 0 || !given.some((radius) => radius !== null && radius > 0))
    return [];
  if (!Object.hasOwn(RADIUS_QUANTITIES, windKt))
    collector.say('cyclone.radius', at, `radii of ${windKt} kn: 34, 50 and 64 are known`);
  const of = (sector: WindRadius['sector'], radius: number | null | undefined): readonly WindRadius[] =>
    radius != null && radius > 0
      ? [{ windKt, sector, direction: null, radiusKm: radius * KM_PER_NAUTICAL_MILE }]
      : [];
  if (code === 'AAA') return of('circle', given[0]);
  const start = CLOCKWISE.findIndex((quadrant) => code === `${quadrant}Q`);
  if (start < 0) {
    collector.say('cyclone.radius', at, `radius code ${quoted(code)}`);
    return [];
  }
  return given.flatMap((radius, index) => of(CLOCKWISE[(start + index) % 4] ?? 'NE', radius));
}

function acceptFix(collector: Collector, fix: Fix): void {
  const { fields, at, radii } = fix;
  const cell = (name: keyof typeof FIELD): string => fields[FIELD[name]] ?? '';
  const place = pointOf(tenths(cell('latitude'), 'N', 'S'), tenths(cell('longitude'), 'E', 'W'));
  if (place === null) {
    // Every line of the fix is lost with it.
    for (let row = 0; row < fix.rows; row += 1)
      collector.reject('row.place-missing', at, `${quoted(cell('latitude'))}, ${quoted(cell('longitude'))}`);
    return;
  }
  const technique = cell('technique');
  const forecast = fix.validAt > fix.time;
  const speed = collector.number(cell('speed'), at, ', speed');
  const moves = speed !== null && speed >= 0 && cell('direction') !== '';
  collector.accept({
    at,
    rows: fix.rows,
    source: technique === 'BEST' ? 'jtwc' : `jtwc:${technique.toLowerCase()}`,
    identity: [fix.storm, technique, instantOf(fix.validAt)].join('/'),
    // Of two forecasts of the same hour the later one counts.
    revision: technique === 'BEST' ? null : fix.time,
    time: forecast ? fix.time : fix.validAt,
    ...(forecast && { kind: 'forecast' as const, validFrom: fix.validAt, validTo: fix.validAt }),
    place,
    measures: [
      { quantity: 'cyclone.wind-1min', value: known(collector, cell('wind'), 'wind', at) },
      { quantity: 'cyclone.pressure', value: known(collector, cell('pressure'), 'pressure', at) },
      { quantity: 'cyclone.gust', value: positive(collector, cell('gust'), at) },
      ...radii.flatMap(({ windKt, sector, radiusKm }): readonly Measure[] => {
        const quantity = RADIUS_QUANTITIES[windKt];
        return quantity === undefined ? [] : [{ quantity, value: radiusKm, part: sector }];
      }),
    ],
    details: {
      what: 'cyclone-fix',
      storm: fix.storm,
      name: cell('name') || null,
      basin: cell('basin'),
      grade: cell('type') || null,
      windMeanMinutes: 1,
      radii,
      movementKmH: moves ? speed * KM_H_PER_KNOT : null,
      movementDegrees: moves ? collector.number(cell('direction'), at, ', direction') : null,
      landfall: null,
    },
  });
}

function positive(collector: Collector, text: string, at: ReadPlace): number | null {
  const number = collector.number(text, at, ', gust');
  return number !== null && number > 0 ? number : null;
}

function tenths(text: string, plus: string, minus: string): number | null {
  const found = /^(\d{1,4})([NSEW])$/.exec(text);
  if (found === null || (found[2] !== plus && found[2] !== minus)) return null;
  return ((found[2] === minus ? -1 : 1) * Number(found[1])) / 10;
}
