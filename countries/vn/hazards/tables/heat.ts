import { above, aboveTo, below, from, fromTo, type Interval, type RuleTable, upTo } from '@keng/hazards';
import { bacBo, landRegions, southAndHighlands, trungBo } from '../regions.ts';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { region } from './attributes.ts';

const north = bacBo;
const centre = trungBo;
const northAndCentre = [...bacBo, ...trungBo];
const south = southAndHighlands;

const spell = (maximum: Interval, days: Interval, regions?: readonly string[]) =>
  when({ maximum, days, ...(regions && { region: oneOf(...regions) }) });

/** Of the days of a spell, heat or fire weather. */
export const dailyMaximum = input(
  'air-temperature.daily-maximum',
  'degC',
  words(
    'nhiệt độ cao nhất trong ngày của đợt',
    'daily maximum temperature of the spell',
    'суточный максимум температуры периода',
    '过程日最高气温',
  ),
  { minimum: -60, maximum: 60, freshForHours: 36 },
);

/** Article 47. */
export const heat: RuleTable = {
  hazard: 'heat',
  article: '47',
  names: words('nắng nóng', 'heat', 'жара', '高温'),
  inputs: {
    maximum: dailyMaximum,
    days: input(
      'heat.days',
      'day',
      words('số ngày của đợt nắng nóng', 'days of the heat spell', 'дней жары', '高温持续天数'),
      { minimum: 0, maximum: 366, freshForHours: 36 },
    ),
  },
  attributes: { region },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ region: oneOf(...landRegions) })],
  rules: [
    rule(
      '47.1.a',
      1,
      when({ maximum: fromTo(35, 37), days: from(3) }, { 'heat.exactly-35': ['article-47'] }),
      when({ maximum: aboveTo(35, 37), days: from(3) }, { 'heat.exactly-35': ['article-5'] }),
    ),
    rule(
      '47.1.b',
      1,
      spell(aboveTo(37, 39), fromTo(3, 25), northAndCentre),
      spell(aboveTo(37, 39), fromTo(3, 10), south),
    ),
    rule('47.1.c', 1, spell(aboveTo(39, 41), fromTo(3, 5), northAndCentre)),
    rule(
      '47.1.d',
      1,
      when(
        { maximum: above(41), days: fromTo(3, 5), region: oneOf(...centre) },
        { 'heat.centre-above-41': ['as-written'] },
      ),
    ),
    rule(
      '47.2.a',
      2,
      spell(aboveTo(37, 39), aboveTo(10, 25), south),
      spell(aboveTo(37, 39), above(25), northAndCentre),
    ),
    rule(
      '47.2.b',
      2,
      spell(aboveTo(39, 41), fromTo(3, 10), south),
      spell(aboveTo(39, 41), aboveTo(5, 25), northAndCentre),
    ),
    rule(
      '47.2.c',
      2,
      spell(above(41), fromTo(3, 10), north),
      spell(above(41), fromTo(3, 5), south),
      spell(above(41), aboveTo(5, 10), centre),
    ),
    rule('47.3.a', 3, spell(aboveTo(37, 39), above(25), south)),
    rule(
      '47.3.b',
      3,
      spell(aboveTo(39, 41), aboveTo(10, 25), south),
      spell(aboveTo(39, 41), above(25), northAndCentre),
    ),
    rule(
      '47.3.c',
      3,
      spell(above(41), aboveTo(5, 10), south),
      spell(above(41), aboveTo(10, 25), northAndCentre),
    ),
    rule('47.4.a', 4, spell(aboveTo(39, 41), above(25), south)),
    rule('47.4.b', 4, spell(above(41), above(10), south), spell(above(41), above(25), northAndCentre)),
    gap('heat.centre-above-41', '47.1.d', { 'level-2': 2 }, spell(above(41), fromTo(3, 5), centre)),
  ],
  below: [when({ maximum: upTo(35) }), when({ days: below(3) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['heat.exactly-35', 'heat.centre-above-41', 'observation.same-table'],
};

const dry = (months: Interval, surface: Interval, ...regions: readonly string[]) =>
  when({ rainDeficit: above(50), months, surfaceDeficit: surface, region: oneOf(...regions) });

/** Article 48, with landslide and subsidence from drought. */
export const drought: RuleTable = {
  hazard: 'drought',
  article: '48',
  names: words(
    'hạn hán; sạt lở đất, sụt lún đất do hạn hán',
    'drought; landslide, subsidence from drought',
    'засуха; оползень, просадка от засухи',
    '干旱；干旱引起的滑坡、地面沉陷',
  ),
  inputs: {
    rainDeficit: input(
      'rain.monthly-deficit',
      '%',
      words(
        'thiếu hụt tổng lượng mưa tháng so với trung bình nhiều năm',
        'monthly rainfall below the many-year mean',
        'дефицит месячных осадков к норме',
        '月降水量较多年平均偏少',
      ),
      { minimum: -10_000, maximum: 100, freshForHours: 1080 },
    ),
    months: input(
      'rain.deficit-months',
      'month',
      words('số tháng thiếu hụt', 'months it has lasted', 'сколько месяцев', '持续月数'),
      { minimum: 0, maximum: 120, freshForHours: 1080 },
    ),
    surfaceDeficit: input(
      'surface-water.deficit',
      '%',
      words(
        'thiếu hụt nguồn nước mặt so với trung bình nhiều năm',
        'surface water below the many-year mean',
        'дефицит поверхностных вод к норме',
        '地表水较多年平均偏少',
      ),
      { minimum: -10_000, maximum: 100, freshForHours: 1080 },
    ),
  },
  attributes: { region },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ region: oneOf(...landRegions) })],
  rules: [
    rule('48.1.a', 1, dry(fromTo(2, 3), fromTo(20, 50), ...centre, ...south)),
    rule('48.1.b', 1, dry(fromTo(2, 3), aboveTo(50, 70), ...north)),
    rule('48.1.c', 1, dry(aboveTo(3, 5), fromTo(20, 50), ...northAndCentre)),
    rule('48.2.a', 2, dry(fromTo(2, 3), aboveTo(50, 70), ...centre, ...south)),
    rule('48.2.b', 2, dry(aboveTo(3, 5), fromTo(20, 50), ...south)),
    rule('48.2.c', 2, dry(aboveTo(3, 5), aboveTo(50, 70), ...north)),
    rule('48.2.d', 2, dry(above(5), fromTo(20, 50), ...northAndCentre)),
    rule('48.3.a', 3, dry(fromTo(2, 3), above(70), ...landRegions)),
    rule('48.3.b', 3, dry(aboveTo(3, 5), aboveTo(50, 70), ...centre, ...south)),
    rule('48.3.c', 3, dry(above(5), aboveTo(50, 70), ...northAndCentre)),
    rule('48.3.d', 3, dry(above(5), fromTo(20, 50), ...south)),
    rule('48.4.a', 4, dry(above(3), above(70), ...landRegions)),
    rule('48.4.b', 4, dry(above(5), aboveTo(50, 70), ...south)),
  ],
  below: [
    when({ rainDeficit: upTo(50) }),
    when({ months: below(2) }),
    when({ surfaceDeficit: below(20) }),
    when({ months: fromTo(2, 3), surfaceDeficit: fromTo(20, 50), region: oneOf(...north) }),
  ],
  overlap: { choice: 'overlap.highest' },
  choices: ['observation.same-table'],
};
