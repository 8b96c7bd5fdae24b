import {
  above,
  aboveTo,
  below,
  exactly,
  from,
  fromTo,
  type Interval,
  type Rule,
  type RuleTable,
} from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { dailyMaximum } from './heat.ts';

const zone = (zones: readonly string[], days: Interval, reading: string) =>
  when({ maximum: above(35), days, fireZone: oneOf(...zones) }, { 'wildfire.reading': [reading] });
/** The bands of the text have an upper bound only. Read as successive, each begins where the one before ends. */
const band = (zones: readonly string[], after: number, last: number) => [
  when(
    { maximum: above(35), days: { min: 1, max: last }, fireZone: oneOf(...zones) },
    { 'wildfire.reading': ['upper-bounds-only'] },
  ),
  when(
    {
      maximum: above(35),
      days: after === 0 ? fromTo(1, last) : aboveTo(after, last),
      fireZone: oneOf(...zones),
    },
    { 'wildfire.reading': ['successive'] },
  ),
];

const hot = (conditions: Readonly<Record<string, Interval | ReturnType<typeof oneOf>>>) =>
  when({ maximum: above(35), ...conditions });

/** The exact 35 °C, which is neither above nor below, counted as above if so chosen. */
function withExactly35(one: Rule): Rule {
  const more = one.cases
    .filter(({ when: { maximum } }) => maximum !== undefined && 'minOpen' in maximum)
    .map(({ when: conditions, under }) =>
      when({ ...conditions, maximum: exactly(35) }, { ...under, 'wildfire.exactly-35': ['as-above-35'] }),
    );
  return { ...one, cases: [...one.cases, ...more] };
}

/** Article 54. */
export const wildfire: RuleTable = {
  hazard: 'wildfire',
  article: '54',
  names: words('cháy rừng do tự nhiên', 'wildfire', 'природный лесной пожар', '自然森林火灾'),
  inputs: {
    maximum: dailyMaximum,
    days: input(
      'wildfire.days',
      'day',
      words(
        'số ngày liên tiếp',
        'consecutive days of such maxima',
        'дней подряд с такими максимумами',
        '连续天数',
      ),
      { minimum: 0, maximum: 366, freshForHours: 36 },
    ),
    driedOut: input(
      'wildfire.dried-out',
      'word',
      words('đã dẫn đến khô cạn nước', 'the water has dried out', 'вода пересохла', '已导致水源干涸'),
      { words: ['yes', 'no'], freshForHours: 72 },
    ),
  },
  attributes: {
    fireZone: {
      what: words(
        'vùng trọng điểm cháy rừng (Bảng 11 Phụ lục XII)',
        'wildfire zone (Annex XII table 11)',
        'зона лесных пожаров (таблица 11 Приложения XII)',
        '森林火险区（附录十二表11）',
      ),
      words: ['1', '2', '3', '4', 'none'],
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ fireZone: oneOf('1', '2', '3', '4') })],
  rules: [
    ...[
      rule(
        '54.1.a',
        1,
        when({ maximum: below(35), days: fromTo(1, 25), fireZone: oneOf('2') }),
        ...band(['2'], 0, 15),
      ),
      rule('54.1.b', 1, ...band(['3', '4'], 0, 10)),
      rule('54.2.a', 2, hot({ days: above(35), fireZone: oneOf('1'), driedOut: oneOf('yes') })),
      rule(
        '54.2.b',
        2,
        ...band(['2'], 15, 35).map((one) => ({
          ...one,
          under: { ...one.under, 'wildfire.zone-2-contradiction': ['level-2'] },
        })),
      ),
      rule('54.2.c', 2, ...band(['3', '4'], 10, 15)),
      rule(
        '54.3.a',
        3,
        ...band(['2'], 15, 35).map((one) => ({
          ...one,
          under: { ...one.under, 'wildfire.zone-2-contradiction': ['level-3'] },
        })),
      ),
      rule('54.3.b', 3, ...band(['3', '4'], 15, 25)),
      rule('54.4.a', 4, hot({ days: above(35), fireZone: oneOf('3') })),
      rule(
        '54.4.b',
        4,
        zone(['4'], above(25), 'upper-bounds-only'),
        zone(['4'], aboveTo(25, 35), 'successive'),
      ),
      rule('54.5', 5, hot({ days: above(35), fireZone: oneOf('4') })),
      gap(
        'wildfire.zone-3-26-35',
        '54',
        { 'level-3': 3, 'level-4': 4 },
        hot({ days: aboveTo(25, 35), fireZone: oneOf('3') }),
      ),
      gap(
        'wildfire.zone-2-over-35',
        '54',
        { 'level-2': 2, 'level-3': 3 },
        hot({ days: above(35), fireZone: oneOf('2') }),
      ),
      gap(
        'wildfire.zone-1-up-to-35',
        '54.2.a',
        { 'level-1': 1 },
        hot({ days: fromTo(1, 35), fireZone: oneOf('1') }),
      ),
      gap(
        'wildfire.zone-2-mild-over-25',
        '54.1.a',
        { 'level-1': 1 },
        when({ maximum: below(35), days: above(25), fireZone: oneOf('2') }),
      ),
    ].map(withExactly35),
    gap('wildfire.exactly-35', '54', {}, when({ maximum: exactly(35), days: from(1) })),
  ],
  below: [
    when({ days: below(1) }),
    when({ maximum: below(35), fireZone: oneOf('1', '3', '4') }),
    when({ fireZone: oneOf('1'), driedOut: oneOf('no') }),
  ],
  overlap: { choice: 'overlap.highest' },
  choices: [
    'wildfire.reading',
    'wildfire.zone-2-contradiction',
    'wildfire.zone-3-26-35',
    'wildfire.zone-2-over-35',
    'wildfire.zone-1-up-to-35',
    'wildfire.zone-2-mild-over-25',
    'wildfire.exactly-35',
    'overlap.highest',
    'observation.same-table',
  ],
};
