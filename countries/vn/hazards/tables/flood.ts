import {
  above,
  type Bound,
  below,
  from,
  fromBelow,
  fromTo,
  type Interval,
  type RuleTable,
} from '@keng/hazards';
import { input, oneOf, rule, when, words } from '../write.ts';

const alarm1: Bound = { attribute: 'alarm1' };
const alarm2: Bound = { attribute: 'alarm2' };
const alarm3: Bound = { attribute: 'alarm3' };
const alarm3And = (plus: number): Bound => ({ attribute: 'alarm3', plus });
const historic: Bound = { attribute: 'historic' };
const design: Bound = { attribute: 'design' };

const flooded = (interval: Interval, basins: 'one' | 'several' | 'any', ...areas: readonly string[]) =>
  when({
    stationArea: oneOf(...areas),
    level: interval,
    ...(basins !== 'any' && { basins: oneOf(basins) }),
  });

/** Where flood works stand, the design flood replaces the historic one (Article 45.8). */
const worksAt = (works: 'yes' | 'no', interval: Interval) =>
  when({ stationArea: oneOf('4'), floodWorks: oneOf(works), level: interval });

/** A level in metres at a station. The attribute names the unit, the table keeps the number. */
const metres = (vi: string, en: string, ru: string, zh: string) => ({
  what: words(vi, en, ru, zh),
  unit: 'm',
});

/** Article 45. */
export const flood: RuleTable = {
  hazard: 'flood',
  article: '45',
  names: words('lũ, ngập lụt', 'flood, inundation', 'паводок, затопление', '洪水、内涝'),
  inputs: {
    level: input(
      'water.level',
      'm',
      words('mực nước lũ tại trạm', 'flood level at the station', 'уровень паводка на посту', '测站洪水位'),
      { freshForHours: 6, datum: 'stationDatum' },
    ),
    basins: input(
      'flood.basins',
      'word',
      words(
        'trên một hay nhiều lưu vực sông',
        'in one river basin or several',
        'в одном или нескольких бассейнах',
        '一个或多个流域',
      ),
      { words: ['one', 'several'], freshForHours: 24 },
    ),
  },
  attributes: {
    stationArea: {
      what: words(
        'khu vực của trạm (Phụ lục XIII)',
        'area of the station (Annex XIII)',
        'зона поста (Приложение XIII)',
        '测站分区（附录十三）',
      ),
      words: ['1', '2', '3', '4'],
    },
    alarm1: metres('báo động 1', 'alarm level 1', 'уровень тревоги 1', '一级警戒水位'),
    alarm2: metres('báo động 2', 'alarm level 2', 'уровень тревоги 2', '二级警戒水位'),
    alarm3: metres('báo động 3', 'alarm level 3', 'уровень тревоги 3', '三级警戒水位'),
    historic: metres('lũ lịch sử', 'historic flood', 'исторический паводок', '历史最高洪水位'),
    design: metres('lũ thiết kế', 'design flood', 'расчётный паводок', '设计洪水位'),
    floodWorks: {
      what: words(
        'có công trình phòng, chống lũ',
        'flood works stand here',
        'есть противопаводковые сооружения',
        '有防洪工程',
      ),
      words: ['yes', 'no'],
    },
    stationDatum: {
      what: words('mốc cao độ của trạm', 'datum of the station', 'нуль поста', '测站高程基准'),
    },
  },
  atStations: { article: '45', clause: '7' },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  rules: [
    rule('45.1.a', 1, flooded(fromBelow(alarm1, alarm2), 'one', '1', '2', '3')),
    rule('45.1.b', 1, flooded(fromBelow(alarm2, alarm3), 'one', '1')),
    rule('45.2.a', 2, flooded(fromBelow(alarm1, alarm2), 'one', '4')),
    rule('45.2.b', 2, flooded(fromBelow(alarm2, alarm3), 'one', '2', '3')),
    rule('45.2.c', 2, flooded(fromBelow(alarm3, alarm3And(1)), 'one', '1', '2')),
    rule(
      '45.2.d',
      2,
      flooded(fromBelow(alarm1, alarm3), 'several', '1'),
      flooded(fromBelow(alarm1, alarm2), 'several', '2', '3'),
    ),
    rule('45.3.a', 3, flooded(fromBelow(alarm2, alarm3And(0.3)), 'any', '4')),
    rule('45.3.b', 3, flooded(from(alarm3), 'any', '3')),
    rule('45.3.c', 3, flooded(from(alarm3And(1)), 'any', '1', '2')),
    rule(
      '45.3.d',
      3,
      flooded(fromBelow(alarm1, alarm2), 'several', '4'),
      flooded(fromBelow(alarm2, alarm3), 'several', '3'),
      flooded(fromBelow(alarm2, alarm3And(1)), 'several', '2'),
      flooded(fromBelow(alarm3, alarm3And(1)), 'several', '1'),
    ),
    rule(
      '45.4',
      4,
      worksAt('no', fromTo(alarm3And(0.3), historic)),
      worksAt('yes', fromTo(alarm3And(0.3), design)),
    ),
    rule('45.5', 5, worksAt('no', above(historic)), worksAt('yes', above(design))),
  ],
  below: [when({ level: below(alarm1) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['overlap.highest', 'observation.same-table'],
};
