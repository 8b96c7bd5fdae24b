import { above, aboveTo, below, fromTo, type Interval, type RuleTable, upTo } from '@keng/hazards';
import { coasts } from '../regions.ts';
import { input, oneOf, rule, when, words } from '../write.ts';

/** The text has "from Phú Yên to Cà Mau" and "from Cà Mau to Kiên Giang": the two coasts of Cà Mau, or both twice. */
const both = { 'surge.ca-mau': ['both'] };
const level = (interval: Interval, ...where: readonly string[]) =>
  when({ level: interval, coast: oneOf(...where) });
const eastOfCaMau = (interval: Interval) => when({ level: interval, coast: oneOf('ca-mau-east') }, both);
const westOfCaMau = (interval: Interval) => when({ level: interval, coast: oneOf('ca-mau-west') }, both);

/** Article 43. */
export const surge: RuleTable = {
  hazard: 'surge',
  article: '43',
  names: words('nước dâng', 'storm surge', 'нагон', '风暴潮'),
  inputs: {
    level: input(
      'sea.total-level',
      'm',
      words(
        'mực nước tổng cộng: nước dâng kết hợp thủy triều',
        'total water level: surge with the tide',
        'полный уровень: нагон вместе с приливом',
        '总水位：增水加潮位',
      ),
      { take: 'highest', minimum: -5, maximum: 30, freshForHours: 6, datum: 'seaDatum' },
    ),
  },
  attributes: {
    coast: {
      what: words('đoạn bờ biển', 'stretch of coast', 'участок побережья', '海岸段'),
      words: [...coasts, 'none'],
    },
    seaDatum: {
      what: words(
        'mốc cao độ mực nước biển',
        'datum of sea levels',
        'отсчётный уровень моря',
        '海面高程基准',
      ),
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ coast: oneOf(...coasts) })],
  rules: [
    rule(
      '43.1.a',
      2,
      level(fromTo(1, 2), 'quang-binh-hue', 'da-nang-binh-dinh', 'ca-mau-west', 'kien-giang'),
      eastOfCaMau(fromTo(1, 2)),
    ),
    rule(
      '43.1.b',
      2,
      level(
        aboveTo(2, 3),
        ...['nghe-an-ha-tinh', 'phu-yen-ninh-thuan', 'binh-thuan-bac-lieu', 'ca-mau-east'],
      ),
      westOfCaMau(aboveTo(2, 3)),
    ),
    rule('43.1.c', 2, level(aboveTo(3, 4), 'quang-ninh-thanh-hoa')),
    rule(
      '43.2.a',
      3,
      level(aboveTo(2, 3), 'quang-binh-hue', 'da-nang-binh-dinh', 'ca-mau-west', 'kien-giang'),
      eastOfCaMau(aboveTo(2, 3)),
    ),
    rule(
      '43.2.b',
      3,
      level(aboveTo(3, 4), 'nghe-an-ha-tinh', 'binh-thuan-bac-lieu', 'ca-mau-east'),
      westOfCaMau(aboveTo(3, 4)),
    ),
    rule('43.2.c', 3, level(aboveTo(4, 5), 'quang-ninh-thanh-hoa')),
    rule('43.2.d', 3, level(above(3), 'phu-yen-ninh-thuan')),
    rule('43.3.a', 4, level(aboveTo(3, 4), 'quang-binh-hue')),
    rule('43.3.b', 4, level(aboveTo(4, 5), 'nghe-an-ha-tinh', 'quang-binh-hue')),
    rule('43.3.c', 4, level(aboveTo(5, 6), 'quang-ninh-thanh-hoa', 'nghe-an-ha-tinh')),
    rule(
      '43.3.d',
      4,
      level(above(3), 'da-nang-binh-dinh', 'ca-mau-west', 'kien-giang'),
      eastOfCaMau(above(3)),
    ),
    rule('43.3.đ', 4, level(above(4), 'binh-thuan-bac-lieu', 'ca-mau-east'), westOfCaMau(above(4))),
    rule('43.4.a', 5, level(above(5), 'quang-binh-hue')),
    rule('43.4.b', 5, level(above(6), 'quang-ninh-thanh-hoa', 'nghe-an-ha-tinh')),
  ],
  below: [
    level(upTo(3), 'quang-ninh-thanh-hoa'),
    level(upTo(2), 'nghe-an-ha-tinh', 'phu-yen-ninh-thuan', 'binh-thuan-bac-lieu', 'ca-mau-east'),
    level(below(1), 'quang-binh-hue', 'da-nang-binh-dinh', 'ca-mau-west', 'kien-giang'),
  ],
  overlap: { choice: 'overlap.highest' },
  choices: ['surge.ca-mau', 'overlap.highest', 'observation.same-table'],
};
