import { below, from, fromTo, type RuleTable } from '@keng/hazards';
import { landRegions, seaRegions } from '../regions.ts';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { region } from './attributes.ts';

const withoutSouth = landRegions.filter((one) => one !== 'nam-bo');
const northAndCentre = ['dong-bac', 'dong-bang-bac-bo', 'bac-trung-bo', 'trung-trung-bo'];
const westAndSouth = ['tay-bac', 'viet-bac', 'nam-trung-bo', 'tay-nguyen', 'nam-bo'];

/** Article 42. The wind is the cyclone's strongest 2-minute mean in the area (Article 5.3), not at its centre. */
export const storm: RuleTable = {
  hazard: 'storm',
  article: '42',
  names: words(
    'áp thấp nhiệt đới, bão',
    'tropical depression, storm',
    'тропическая депрессия, тайфун',
    '热带低压、台风',
  ),
  inputs: {
    wind: input(
      'cyclone.wind-force',
      'Beaufort',
      words(
        'sức gió mạnh nhất của bão tại khu vực, trung bình 2 phút',
        'strongest wind of the cyclone in the area, 2-minute mean',
        'наибольший ветер циклона в районе, среднее за 2 минуты',
        '该区域台风最大风力（2分钟平均）',
      ),
      { take: 'highest', minimum: 0, maximum: 20, whole: true, freshForHours: 6 },
    ),
  },
  attributes: {
    region,
    coastOf: {
      what: words(
        'vùng biển ven bờ thuộc khu vực nào',
        'the region whose coast these waters are',
        'район, побережью которого принадлежат воды',
        '该近岸海域所属区域',
      ),
      words: landRegions,
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  rules: [
    rule('42.1.a', 3, when({ wind: fromTo(6, 9), region: oneOf(...seaRegions, ...landRegions) })),
    rule('42.1.b', 3, when({ wind: fromTo(10, 11), region: oneOf(...seaRegions, ...withoutSouth) })),
    rule('42.1.c', 3, when({ wind: fromTo(12, 13), region: oneOf('east-sea') })),
    rule('42.2.a', 4, when({ wind: fromTo(10, 11), region: oneOf('nam-bo') })),
    rule('42.2.b', 4, when({ wind: fromTo(12, 13), region: oneOf('coastal-waters', ...withoutSouth) })),
    rule(
      '42.2.c',
      4,
      when({ wind: fromTo(14, 15), region: oneOf(...northAndCentre) }),
      when({ wind: fromTo(14, 15), region: oneOf('coastal-waters') }, { 'storm.coastal-waters': ['all'] }),
      when(
        { wind: fromTo(14, 15), region: oneOf('coastal-waters'), coastOf: oneOf(...northAndCentre) },
        { 'storm.coastal-waters': ['named-coasts'] },
      ),
    ),
    rule('42.2.d', 4, when({ wind: from(14), region: oneOf('east-sea') })),
    rule('42.3.a', 5, when({ wind: fromTo(12, 13), region: oneOf('nam-bo') })),
    rule('42.3.b', 5, when({ wind: fromTo(14, 15), region: oneOf(...westAndSouth) })),
    rule('42.3.c', 5, when({ wind: from(16), region: oneOf('coastal-waters', ...landRegions) })),
    gap(
      'storm.east-sea-super',
      '42.2.d',
      { 'level-5': 5 },
      when({ wind: from(16), region: oneOf('east-sea') }),
    ),
    gap(
      'storm.coastal-waters',
      '42.2.c',
      {},
      when({ wind: fromTo(14, 15), region: oneOf('coastal-waters') }),
    ),
  ],
  below: [when({ wind: below(6) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['storm.coastal-waters', 'storm.east-sea-super', 'observation.same-table'],
};
