import {
  above,
  aboveTo,
  below,
  exactly,
  from,
  fromTo,
  type Interval,
  type RuleTable,
  upTo,
} from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';

const plains = ['plain-north', 'plain-centre'];
const highlandsOfCentre = { 'cold.highlands-of-centre': ['whole-regions'] };
const cold = (mean: Interval, days: Interval) => ({
  plains: [
    when({ mean, days, coldRegion: oneOf(...plains) }),
    when({ mean, days, coldRegion: oneOf('highland-centre') }, highlandsOfCentre),
  ],
  highlands: [when({ mean, days, coldRegion: oneOf('highland-north') })],
});
/** Art. 53 goes to 13 °C itself; Art. 5.18 has severe cold below 13. */
const mild = (days: Interval) => ({
  plains: [
    ...cold(aboveTo(8, 13), days).plains.map((one) => ({
      ...one,
      under: { ...one.under, 'cold.exactly-13': ['article-53'] },
    })),
    ...cold({ min: 8, minOpen: true, max: 13, maxOpen: true }, days).plains.map((one) => ({
      ...one,
      under: { ...one.under, 'cold.exactly-13': ['article-5'] },
    })),
  ],
  highlands: [
    when(
      { mean: aboveTo(8, 13), days, coldRegion: oneOf('highland-north') },
      { 'cold.exactly-13': ['article-53'] },
    ),
    when(
      {
        mean: { min: 8, minOpen: true, max: 13, maxOpen: true },
        days,
        coldRegion: oneOf('highland-north'),
      },
      { 'cold.exactly-13': ['article-5'] },
    ),
  ],
});

/** Article 53. Hoar-frost has no condition of its own there: it goes with the cold spell. */
export const coldFrost: RuleTable = {
  hazard: 'cold-frost',
  article: '53',
  names: words('rét hại, sương muối', 'severe cold, hoar-frost', 'сильный холод, иней', '严寒、霜冻'),
  inputs: {
    mean: input(
      'air-temperature.daily-mean',
      'degC',
      words(
        'nhiệt độ không khí trung bình ngày',
        'daily mean air temperature',
        'среднесуточная температура воздуха',
        '日平均气温',
      ),
      { minimum: -60, maximum: 60, freshForHours: 36 },
    ),
    days: input(
      'cold.days',
      'day',
      words('số ngày của đợt rét hại', 'days of the cold spell', 'дней холода', '严寒持续天数'),
      { minimum: 0, maximum: 200, freshForHours: 36 },
    ),
  },
  attributes: {
    coldRegion: {
      what: words(
        'đồng bằng, hoặc vùng núi và trung du, thuộc khu vực nào',
        'plain, or mountains and midlands, of which region',
        'равнина либо горы и предгорья какого района',
        '平原或山区丘陵及其所属区域',
      ),
      words: ['plain-north', 'highland-north', 'plain-centre', 'highland-centre', 'none'],
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ coldRegion: oneOf('plain-north', 'highland-north', 'plain-centre', 'highland-centre') })],
  rules: [
    rule('53.1.a', 1, ...mild(aboveTo(5, 10)).plains, ...mild(above(10)).highlands),
    rule('53.1.b', 1, ...cold(aboveTo(4, 8), aboveTo(5, 10)).highlands),
    rule('53.1.c', 1, ...cold(fromTo(0, 4), fromTo(3, 5)).highlands),
    rule('53.1.d', 1, ...cold(upTo(8), fromTo(3, 5)).plains),
    rule('53.2.a', 2, ...mild(above(10)).plains),
    rule('53.2.b', 2, ...cold(aboveTo(4, 8), above(10)).highlands),
    rule('53.2.c', 2, ...cold(upTo(8), aboveTo(5, 10)).plains),
    rule('53.2.d', 2, ...cold(fromTo(0, 4), aboveTo(5, 10)).highlands),
    rule('53.2.đ', 2, ...cold(below(0), fromTo(3, 5)).highlands),
    rule('53.3.a', 3, ...cold(upTo(8), above(10)).plains),
    rule('53.3.b', 3, ...cold(upTo(4), above(10)).highlands),
    rule('53.3.c', 3, ...cold(below(0), aboveTo(5, 10)).highlands),
    gap(
      'cold.highlands-of-centre',
      '53',
      {},
      when({ mean: upTo(8), days: from(3), coldRegion: oneOf('highland-centre') }),
      when({ mean: aboveTo(8, 13), days: above(5), coldRegion: oneOf('highland-centre') }),
    ),
  ],
  below: [
    when({ mean: above(13) }),
    when({ mean: exactly(13) }),
    when({ days: below(3) }),
    when({ mean: aboveTo(8, 13), days: upTo(5) }),
    when({ mean: aboveTo(8, 13), days: upTo(10), coldRegion: oneOf('highland-north') }),
    when({ mean: aboveTo(4, 8), days: upTo(5), coldRegion: oneOf('highland-north') }),
  ],
  overlap: { choice: 'overlap.highest' },
  choices: ['cold.exactly-13', 'cold.highlands-of-centre', 'observation.same-table'],
};
