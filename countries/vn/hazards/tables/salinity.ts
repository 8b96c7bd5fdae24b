import {
  above,
  aboveTo,
  below,
  from,
  fromTo,
  type InputRule,
  type Interval,
  type RuleTable,
  upTo,
} from '@keng/hazards';
import { bacBo, landRegions } from '../regions.ts';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { region } from './attributes.ts';

const regionsOfSalt4 = {
  centre: ['trung-trung-bo', 'nam-trung-bo'],
  centreAndSouth: ['trung-trung-bo', 'nam-trung-bo', 'nam-bo'],
  north: [...bacBo, 'bac-trung-bo'],
};

/** "In many estuaries": how many that is, the text does not say. */
function inManyEstuaries(conditions: Parameters<typeof when>[0]) {
  return [
    when({ ...conditions, estuaries: from(2) }, { 'salinity.many-estuaries': ['from-2'] }),
    when({ ...conditions, estuaries: from(3) }, { 'salinity.many-estuaries': ['from-3'] }),
    when(conditions, { 'salinity.many-estuaries': ['one-is-enough'] }),
  ];
}
const salt1 = (interval: Interval) => inManyEstuaries({ boundary1: interval });
const salt4 = (interval: Interval, regions?: readonly string[]) =>
  inManyEstuaries({ boundary4: interval, ...(regions && { region: oneOf(...regions) }) });

const boundary = (quantity: string, concentration: string): InputRule =>
  input(
    quantity,
    'km',
    words(
      `khoảng cách từ cửa sông tới ranh giới độ mặn ${concentration}`,
      `distance of the ${concentration} boundary from the river mouth`,
      `расстояние границы ${concentration} от устья`,
      `${concentration} 咸界距河口距离`,
    ),
    { take: 'highest', minimum: 0, maximum: 500, freshForHours: 240 },
  );

/** Article 49. */
export const salinity: RuleTable = {
  hazard: 'salinity',
  article: '49',
  names: words('xâm nhập mặn', 'saltwater intrusion', 'проникновение солёной воды', '咸水入侵'),
  inputs: {
    boundary1: boundary('salinity.distance-1-permille', '1 ‰'),
    boundary4: boundary('salinity.distance-4-permille', '4 ‰'),
    estuaries: input(
      'salinity.estuaries',
      'count',
      words(
        'số cửa sông bị xâm nhập tới mức đó',
        'number of estuaries it reaches that far in',
        'число эстуариев, где граница достигла этого расстояния',
        '达到该距离的河口数',
      ),
      { minimum: 0, maximum: 1000, whole: true, freshForHours: 240 },
    ),
  },
  attributes: {
    region,
    permanentSalinity: {
      what: words(
        'nhiễm mặn thường xuyên hoặc trên 2/3 diện tích (khoản 5)',
        'permanent salinity, or over two thirds of the area affected (clause 5)',
        'постоянное засоление или более 2/3 площади (пункт 5)',
        '常年咸水或三分之二以上面积受影响（第5款）',
      ),
      words: ['yes', 'no'],
    },
  },
  anyOf: [['boundary1', 'boundary4']],
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ region: oneOf(...landRegions) })],
  rules: [
    rule('49.1.a', 1, ...salt1(aboveTo(25, 50))),
    rule('49.1.b', 1, ...salt4(fromTo(15, 25), regionsOfSalt4.centre)),
    rule('49.2.a', 2, ...salt1(aboveTo(50, 90))),
    rule(
      '49.2.b',
      2,
      ...salt4(aboveTo(25, 50), regionsOfSalt4.centreAndSouth),
      ...salt4(fromTo(15, 25), regionsOfSalt4.north),
    ),
    rule('49.3.a', 3, ...salt1(above(90))),
    rule(
      '49.3.b',
      3,
      ...salt4(aboveTo(25, 50), regionsOfSalt4.north),
      ...salt4(aboveTo(50, 90), regionsOfSalt4.centreAndSouth),
    ),
    rule('49.4.a', 4, ...salt4(aboveTo(50, 90), regionsOfSalt4.north)),
    rule('49.4.b', 4, ...salt4(above(90))),
    rule('49.5', 'elsewhere', when({ permanentSalinity: oneOf('yes') })),
    gap('salinity.nam-bo-15-25', '49.1.b', { 'level-1': 1 }, ...salt4(fromTo(15, 25), ['nam-bo'])),
    gap(
      'salinity.many-estuaries',
      '49',
      {},
      when({ boundary1: above(25), estuaries: below(3) }),
      when({ boundary4: from(15), estuaries: below(3) }),
    ),
  ],
  below: [when({ boundary1: upTo(25), boundary4: below(15) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['salinity.many-estuaries', 'salinity.nam-bo-15-25', 'overlap.highest', 'observation.same-table'],
};
