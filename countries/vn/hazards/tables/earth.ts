import { above, below, exactly, fromBelow, fromTo, type Interval, type RuleTable } from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';

const shaken = (intensity: Interval, ...landUse: readonly string[]) =>
  when({ intensity, landUse: oneOf(...landUse) });
const atReservoirs = (intensity: Interval) =>
  when({ intensity, landUse: oneOf('reservoir') }, { 'earthquake.reservoirs': ['as-written'] });

/** Article 55: intensity on the ground, MSK-64. */
export const earthquake: RuleTable = {
  hazard: 'earthquake',
  article: '55',
  names: words('động đất', 'earthquake', 'землетрясение', '地震'),
  inputs: {
    intensity: input(
      'earthquake.intensity',
      'MSK-64',
      words(
        'cường độ chấn động trên mặt đất, thang MSK-64',
        'intensity on the ground, MSK-64 scale',
        'интенсивность на поверхности, шкала MSK-64',
        '地面震动烈度（MSK-64）',
      ),
      { take: 'highest', minimum: 0, maximum: 12, freshForHours: 24 },
    ),
  },
  attributes: {
    landUse: {
      what: words(
        'nông thôn, đô thị, có hồ chứa thủy lợi hoặc thủy điện',
        'rural, urban, with irrigation or hydropower reservoirs',
        'сельская местность, город, водохранилища',
        '农村、城市、有灌溉或水电水库',
      ),
      words: ['rural', 'urban', 'reservoir'],
    },
  },
  forecast: { choice: 'earthquake.estimated', allow: 'accepted' },
  observation: 'written',
  rules: [
    rule('55.1', 1, when({ intensity: fromTo(5, 6) })),
    rule('55.2', 2, shaken(fromTo(6, 7), 'rural', 'urban')),
    rule('55.3', 3, atReservoirs(fromTo(6, 7)), shaken(fromTo(7, 8), 'rural')),
    rule('55.4', 4, shaken(fromTo(7, 8), 'urban'), atReservoirs(fromTo(7, 8))),
    rule('55.5', 5, when({ intensity: above(8) })),
  ],
  below: [when({ intensity: below(5) })],
  zero: 'earthquake.level-zero',
  overlap: { choice: 'earthquake.boundaries' },
  choices: [
    'earthquake.boundaries',
    'earthquake.reservoirs',
    'earthquake.estimated',
    'earthquake.level-zero',
  ],
};

/** Height and intensity are joined by "and"; where they are not of one grade, the choice decides. */
const waves = (height: Interval, intensity: Interval) => [
  when({ height, intensity }, { 'tsunami.disagree': ['as-written'] }),
  when({ height }, { 'tsunami.disagree': ['the-higher', 'height-alone'] }),
  when({ intensity }, { 'tsunami.disagree': ['intensity-alone'] }),
  // At exactly 16 m the height has no level: a lower one by intensity must not stand in for it.
  when({ intensity, height: below(16) }, { 'tsunami.disagree': ['the-higher'] }),
  when({ intensity, height: above(16) }, { 'tsunami.disagree': ['the-higher'] }),
];

/** Article 56. */
export const tsunami: RuleTable = {
  hazard: 'tsunami',
  article: '56',
  names: words('sóng thần', 'tsunami', 'цунами', '海啸'),
  inputs: {
    height: input(
      'tsunami.height',
      'm',
      words('độ cao sóng ở bờ', 'wave height at the coast', 'высота волны у берега', '沿岸浪高'),
      { take: 'highest', minimum: 0, maximum: 600, freshForHours: 12 },
    ),
    intensity: input(
      'tsunami.intensity',
      'tsunami-intensity',
      words(
        'cường độ sóng thần, 12 cấp',
        'tsunami intensity, 12 grades',
        'интенсивность цунами, 12 степеней',
        '海啸烈度（12级）',
      ),
      { take: 'highest', minimum: 1, maximum: 12, whole: true, freshForHours: 12 },
    ),
  },
  attributes: {
    coastal: {
      what: words('giáp biển', 'on the sea', 'у моря', '临海'),
      words: ['yes', 'no'],
    },
  },
  forecast: 'written',
  observation: 'written',
  where: [when({ coastal: oneOf('yes') })],
  rules: [
    rule('56.1', 1, ...waves(below(2), exactly(6))),
    rule('56.2', 2, ...waves(fromBelow(2, 4), fromTo(7, 8))),
    rule('56.3', 3, ...waves(fromBelow(4, 8), fromTo(9, 10))),
    rule('56.4', 4, ...waves(fromBelow(8, 16), exactly(11))),
    rule('56.5', 5, ...waves(above(16), exactly(12))),
    gap(
      'tsunami.exactly-16',
      '56',
      { 'level-4': 4, 'level-5': 5 },
      when({ height: exactly(16), intensity: fromTo(11, 12) }, { 'tsunami.disagree': ['as-written'] }),
      when({ height: exactly(16) }, { 'tsunami.disagree': ['the-higher', 'height-alone'] }),
    ),
    gap('tsunami.disagree', '56', {}, when({ height: { min: 0 }, intensity: { min: 6 } })),
  ],
  below: [when({ height: below(2), intensity: below(6) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['tsunami.disagree', 'tsunami.exactly-16', 'overlap.highest'],
};
