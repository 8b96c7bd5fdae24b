import type { AttributeRule } from '@keng/hazards';
import { words } from '../write.ts';

const yesNo = ['yes', 'no'];
const hours = (vi: string, en: string, ru: string, zh: string): AttributeRule => ({
  what: words(vi, en, ru, zh),
  unit: 'h',
});

/** What a situation is described by, for the bulletins of Articles 8 to 32. */
export const bulletinFacts: Readonly<Record<string, AttributeRule>> = {
  cyclone: {
    what: words('loại xoáy thuận nhiệt đới', 'kind of cyclone', 'вид циклона', '热带气旋类别'),
    words: ['depression', 'storm'],
  },
  cycloneAt: {
    what: words('vị trí tâm', 'where its centre is', 'где его центр', '中心位置'),
    words: ['outside', 'east-sea', 'inland', 'neighbour'],
  },
  cycloneWind: {
    what: words('sức gió mạnh nhất', 'its strongest wind', 'наибольший ветер', '最大风力'),
    unit: 'Beaufort',
  },
  hoursToEastSea: hours(
    'vào Biển Đông sau',
    'enters the East Sea in',
    'войдёт в Восточное море через',
    '进入东海时间',
  ),
  hoursToLand: hours(
    'ảnh hưởng trực tiếp đất liền sau',
    'affects the land directly in',
    'затронет сушу через',
    '直接影响陆地时间',
  ),
  complex: {
    what: words('diễn biến phức tạp', 'it develops in a complex way', 'развивается сложно', '发展复杂'),
    words: yesNo,
  },
  cycloneEnded: {
    what: words('đã kết thúc thế nào', 'how it has ended', 'чем закончился', '结束情况'),
    words: ['no', 'weakened', 'no-more-effect', 'left-east-sea'],
  },
  hoursToHeavyRain: hours('mưa lớn sau', 'heavy rain in', 'сильный дождь через', '暴雨时间'),
  alarmReached: {
    what: words('mức báo động đã đạt', 'alarm level reached', 'достигнутый уровень тревоги', '已达警戒级别'),
    unit: 'count',
  },
  alarmExpected: {
    what: words(
      'mức báo động có khả năng đạt',
      'alarm level that may be reached',
      'ожидаемый уровень тревоги',
      '可能达到的警戒级别',
    ),
    unit: 'count',
  },
  waterTrend: {
    what: words('xu thế mực nước', 'trend of the water', 'тенденция уровня', '水位趋势'),
    words: ['rising', 'falling', 'steady'],
  },
  abnormalFlood: {
    what: words('lũ bất thường', 'abnormal flood', 'необычный паводок', '异常洪水'),
    words: yesNo,
  },
  river: {
    what: words('hệ thống sông', 'river system', 'речная система', '河流系统'),
    words: ['mekong-delta', 'other'],
  },
  inundationRisk: {
    what: words('có khả năng ngập lụt', 'inundation is possible', 'возможно затопление', '可能内涝'),
    words: yesNo,
  },
  flashFloodRisk: {
    what: words(
      'có khả năng lũ quét, sạt lở đất, sụt lún đất',
      'flash flood, landslide or subsidence is possible',
      'возможны внезапный паводок, оползень, просадка',
      '可能山洪、滑坡、沉陷',
    ),
    words: yesNo,
  },
  hoursToHeat: hours('nắng nóng sau', 'heat in', 'жара через', '高温时间'),
  drought: {
    what: words('hạn hán có khả năng xuất hiện', 'drought is possible', 'возможна засуха', '可能干旱'),
    words: yesNo,
  },
  salinity: {
    what: words('xâm nhập mặn', 'saltwater intrusion', 'проникновение солёной воды', '咸水入侵'),
    words: ['no', 'possible', 'present'],
  },
  hoursToSeaWind: hours(
    'gió mạnh trên biển sau',
    'strong wind at sea in',
    'сильный ветер через',
    '海上强风时间',
  ),
  hoursToFog: hours('sương mù sau', 'fog in', 'туман через', '大雾时间'),
  convectiveRisk: {
    what: words(
      'có khả năng lốc, sét, mưa đá',
      'tornado, lightning or hail is possible',
      'возможны смерч, молния, град',
      '可能龙卷、雷电、冰雹',
    ),
    words: yesNo,
  },
  hoursToCold: hours(
    'rét hại, sương muối sau',
    'severe cold or frost in',
    'холод или иней через',
    '严寒霜冻时间',
  ),
  fireForecastLevel: {
    what: words(
      'cấp dự báo cháy rừng I-V',
      'forest-fire forecast level I-V',
      'класс пожарной опасности I-V',
      '森林火险预报等级I-V',
    ),
    unit: 'count',
  },
  magnitude: { what: words('độ lớn', 'magnitude', 'магнитуда', '震级'), unit: 'magnitude' },
  affectsCountry: {
    what: words('ảnh hưởng đến Việt Nam', 'it affects Viet Nam', 'затрагивает Вьетнам', '影响越南'),
    words: yesNo,
  },
  quakeAtSea: {
    what: words(
      'ở biển, có khả năng gây sóng thần',
      'at sea, a tsunami is possible',
      'в море, возможно цунами',
      '发生在海上，可能引发海啸',
    ),
    words: yesNo,
  },
  tsunami: {
    what: words('sóng thần', 'tsunami', 'цунами', '海啸'),
    words: ['possible', 'detected-harmless', 'detected-destructive', 'not-happening', 'ended'],
  },
};
