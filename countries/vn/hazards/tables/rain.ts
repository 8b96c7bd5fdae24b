import {
  above,
  aboveTo,
  below,
  from,
  fromTo,
  type Interval,
  type Matcher,
  type RuleTable,
} from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { extents, extentWhat } from './attributes.ts';

type Conditions = Readonly<Record<string, Matcher>>;
type Under = Readonly<Record<string, readonly string[]>>;

const hilly = oneOf('midland', 'mountain');
const flat = oneOf('plain', 'coast');
const oneProvince = oneOf('under-half', 'exactly-half', 'over-half');

/** "100 to 200 mm in 24 hours or 50 to 100 mm in 12 hours": either is enough. */
const moderate = (conditions: Conditions, under?: Under) => [
  when({ rain24: fromTo(100, 200), ...conditions }, under),
  when({ rain12: fromTo(50, 100), ...conditions }, under),
];
const heavy = (conditions: Conditions, under?: Under) =>
  when({ rain24: aboveTo(200, 400), ...conditions }, under);
const veryHeavy = (conditions: Conditions, under?: Under) =>
  when({ rain24: above(400), ...conditions }, under);

/** "Many different provinces"; several that are not adjacent are many too, if so chosen. */
const inManyProvinces = (
  write: (conditions: Conditions, under?: Under) => ReturnType<typeof when> | ReturnType<typeof when>[],
  conditions: Conditions,
) =>
  [
    write({ ...conditions, extent: oneOf('many') }),
    write({ ...conditions, extent: oneOf('several-apart') }, { 'rain.apart-is-many': ['many'] }),
  ].flat();

const asUnder = { 'rain.exactly-half': ['as-under-half'] };
const asOver = { 'rain.exactly-half': ['as-over-half'] };
const days = (interval: Interval, terrain?: Matcher): Conditions => ({
  days: interval,
  ...(terrain && { terrain }),
});

/** Article 44. */
export const rain: RuleTable = {
  hazard: 'rain',
  article: '44',
  names: words('mưa lớn', 'heavy rain', 'сильный дождь', '暴雨'),
  inputs: {
    rain24: input(
      'rain.24-hours',
      'mm',
      words('lượng mưa trong 24 giờ', 'rain in 24 hours', 'осадки за 24 часа', '24小时降雨量'),
      { take: 'highest', minimum: 0, maximum: 3000, freshForHours: 24 },
    ),
    rain12: input(
      'rain.12-hours',
      'mm',
      words('lượng mưa trong 12 giờ', 'rain in 12 hours', 'осадки за 12 часов', '12小时降雨量'),
      { take: 'highest', minimum: 0, maximum: 2000, freshForHours: 12 },
    ),
    days: input(
      'rain.days',
      'day',
      words('số ngày mưa kéo dài', 'how many days it lasts', 'сколько дней длится', '持续天数'),
      { minimum: 0, maximum: 60, freshForHours: 24 },
    ),
    extent: input('rain.extent', 'word', extentWhat, { words: extents, freshForHours: 24 }),
  },
  attributes: {
    terrain: {
      what: words('địa hình', 'terrain', 'рельеф', '地形'),
      words: ['midland', 'mountain', 'plain', 'coast'],
    },
  },
  anyOf: [['rain24', 'rain12']],
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  rules: [
    rule(
      '44.1',
      1,
      ...moderate({ ...days(fromTo(1, 2)), extent: oneOf('under-half', 'several-apart') }),
      ...moderate({ ...days(fromTo(1, 2)), extent: oneOf('exactly-half') }, asUnder),
    ),
    rule(
      '44.2.a',
      2,
      ...moderate({ ...days(aboveTo(2, 4), hilly), extent: oneOf('over-half') }),
      ...moderate({ ...days(above(2), flat), extent: oneOf('over-half') }),
      ...moderate({ ...days(aboveTo(2, 4), hilly), extent: oneOf('exactly-half') }, asOver),
      ...moderate({ ...days(above(2), flat), extent: oneOf('exactly-half') }, asOver),
    ),
    rule(
      '44.2.b',
      2,
      heavy({ ...days(fromTo(1, 2)), extent: oneOf('over-half') }),
      heavy({ ...days(fromTo(1, 2)), extent: oneOf('exactly-half') }, asOver),
    ),
    rule('44.3.a', 3, ...inManyProvinces(moderate, days(above(4), hilly))),
    rule(
      '44.3.b',
      3,
      ...inManyProvinces(heavy, days(aboveTo(2, 4), hilly)),
      ...inManyProvinces(heavy, days(above(2), flat)),
    ),
    rule(
      '44.3.c',
      3,
      ...inManyProvinces(veryHeavy, days(fromTo(1, 2), hilly)),
      ...inManyProvinces(veryHeavy, days(fromTo(1, 4), flat)),
    ),
    rule('44.4.a', 4, ...inManyProvinces(heavy, days(above(4), hilly))),
    rule(
      '44.4.b',
      4,
      ...inManyProvinces(veryHeavy, days(above(2), hilly)),
      ...inManyProvinces(veryHeavy, days(above(4), flat)),
    ),
    gap(
      'rain.heavy-under-half',
      '44.2.b',
      { 'level-1': 1, 'level-2': 2 },
      heavy({ days: from(1), extent: oneOf('under-half', 'exactly-half') }),
      heavy({ days: fromTo(1, 2), extent: oneOf('several-apart') }),
    ),
    gap(
      'rain.very-heavy-one-province',
      '44.3.c',
      { 'level-2': 2, 'level-3': 3 },
      veryHeavy({ days: from(1), extent: oneProvince }),
    ),
    gap(
      'rain.moderate-many-provinces',
      '44.3.a',
      { 'level-1': 1, 'level-2': 2 },
      ...moderate({ ...days(fromTo(1, 4), hilly), extent: oneOf('many') }),
      ...moderate({ ...days(from(1), flat), extent: oneOf('many') }),
      ...moderate({ days: above(2), extent: oneOf('several-apart') }),
    ),
    gap(
      'rain.moderate-one-province',
      '44.2.a',
      { 'level-1': 1, 'level-2': 2 },
      ...moderate({ days: fromTo(1, 2), extent: oneOf('over-half') }),
      ...moderate({ ...days(above(4), hilly), extent: oneOf('over-half') }),
      ...moderate({ days: above(2), extent: oneOf('under-half') }),
    ),
    gap(
      'rain.heavy-one-province-long',
      '44.2.b',
      { 'level-2': 2, 'level-3': 3 },
      heavy({ days: above(2), extent: oneOf('over-half') }),
    ),
    gap(
      'rain.heavy-many-short',
      '44.3.b',
      { 'level-2': 2, 'level-3': 3 },
      heavy({ days: fromTo(1, 2), extent: oneOf('many') }),
    ),
    gap('rain.exactly-half', '44', {}, ...moderate({ days: from(1), extent: oneOf('exactly-half') })),
    gap(
      'rain.apart-is-many',
      '44.3',
      {},
      heavy({ days: above(2), extent: oneOf('several-apart') }),
      veryHeavy({ days: from(1), extent: oneOf('several-apart') }),
    ),
  ],
  below: [
    when({ rain24: below(100), rain12: below(50) }),
    when({ days: below(1) }),
    when({ extent: oneOf('none') }),
  ],
  overlap: { choice: 'overlap.highest' },
  choices: [
    'rain.heavy-under-half',
    'rain.very-heavy-one-province',
    'rain.moderate-many-provinces',
    'rain.moderate-one-province',
    'rain.heavy-one-province-long',
    'rain.heavy-many-short',
    'rain.exactly-half',
    'rain.apart-is-many',
    'overlap.highest',
    'observation.same-table',
  ],
};
