import { below, exactly, from, fromTo, type RuleTable } from '@keng/hazards';
import { seaRegions } from '../regions.ts';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { region } from './attributes.ts';

/** Article 50. */
export const seaWind: RuleTable = {
  hazard: 'sea-wind',
  article: '50',
  names: words('gió mạnh trên biển', 'strong wind at sea', 'сильный ветер на море', '海上强风'),
  inputs: {
    wind: input(
      'sea.wind-force',
      'Beaufort',
      words(
        'cấp gió trên biển, trung bình 2 phút',
        'wind at sea, 2-minute mean',
        'ветер на море, среднее за 2 минуты',
        '海上风力（2分钟平均）',
      ),
      { take: 'highest', minimum: 0, maximum: 20, whole: true, freshForHours: 6 },
    ),
  },
  attributes: { region },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ region: oneOf(...seaRegions) })],
  rules: [
    rule('50.1.a', 2, when({ wind: exactly(6), region: oneOf('coastal-waters') })),
    rule('50.1.b', 2, when({ wind: fromTo(7, 8), region: oneOf('east-sea') })),
    rule('50.2.a', 3, when({ wind: from(7), region: oneOf('coastal-waters') })),
    rule('50.2.b', 3, when({ wind: from(9), region: oneOf('east-sea') })),
    gap(
      'sea-wind.offshore-6',
      '50.1',
      { 'level-2': 2 },
      when({ wind: exactly(6), region: oneOf('east-sea') }),
    ),
  ],
  below: [when({ wind: below(6) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['sea-wind.offshore-6', 'observation.same-table'],
};

/** Article 51. */
export const fog: RuleTable = {
  hazard: 'fog',
  article: '51',
  names: words('sương mù', 'fog', 'туман', '大雾'),
  inputs: {
    visibility: input(
      'visibility',
      'm',
      words('tầm nhìn xa ngang', 'horizontal visibility', 'горизонтальная видимость', '水平能见度'),
      { take: 'lowest', minimum: 0, freshForHours: 3 },
    ),
  },
  attributes: {
    traffic: {
      what: words(
        'loại giao thông trong khu vực',
        'what traffic there is in the area',
        'виды движения в районе',
        '区域内的交通类型',
      ),
      words: ['expressway', 'airport', 'sea', 'river', 'mountain-pass', 'none'],
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ traffic: oneOf('expressway', 'airport', 'sea', 'river', 'mountain-pass') })],
  rules: [
    rule(
      '51.1.a',
      1,
      when(
        { visibility: { min: 50, max: 1000, maxOpen: true }, traffic: oneOf('expressway', 'airport') },
        { 'fog.dense': ['article-5'] },
      ),
      when({ visibility: from(50), traffic: oneOf('expressway', 'airport') }, { 'fog.dense': ['no-limit'] }),
    ),
    rule('51.1.b', 1, when({ visibility: below(50), traffic: oneOf('sea', 'river', 'mountain-pass') })),
    rule('51.2', 2, when({ visibility: below(50), traffic: oneOf('expressway', 'airport') })),
  ],
  below: [when({ visibility: from(50) })],
  overlap: { choice: 'overlap.highest' },
  choices: ['fog.dense', 'overlap.highest', 'observation.same-table'],
};
