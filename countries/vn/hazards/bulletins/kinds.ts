import {
  above,
  aboveTo,
  type BulletinRule,
  type Case,
  from,
  fromBelow,
  fromTo,
  type Schedule,
  upTo,
  type Words,
} from '@keng/hazards';
import { oneOf, placeInLaw, when, words } from '../write.ts';

const weather = 'khí tượng thủy văn (Điều 6.1)';
const forestry = 'lâm nghiệp (Điều 6.2)';
const geophysics = 'Viện Vật lý địa cầu (Điều 6.3)';

const ifComplex = words(
  'khi diễn biến phức tạp',
  'when it develops in a complex way',
  'при сложном развитии',
  '发展复杂时',
);
const ifDangerous = words(
  'khi đặc biệt nguy hiểm, kéo dài',
  'when especially dangerous and lasting',
  'когда особо опасно и длительно',
  '特别危险且持续时',
);

const four: Schedule = { times: ['02:00', '08:00', '14:00', '20:00'] };
const eight: Schedule = {
  times: ['02:00', '05:00', '08:00', '11:00', '14:00', '17:00', '20:00', '23:00'],
};
/** The text gives the days, not the hour: from the beginning of the day. */
const tenDays: Schedule = { times: ['00:00'], monthDays: [10, 20, 'last'] };

interface Written {
  readonly id: string;
  readonly hazard: string;
  /** Where the kind stands, and where its times stand. */
  readonly at: readonly [kind: string, schedule: string];
  readonly names: Parameters<typeof words>;
  readonly cases: readonly Case[];
  readonly schedule?: Schedule;
  readonly issuer?: string;
  readonly interim?: Words;
  readonly rest?: Pick<BulletinRule, 'atOnce' | 'aheadMinutes' | 'final'>;
}

function bulletin({ id, hazard, at, names, cases, schedule, issuer, interim, rest }: Written): BulletinRule {
  return {
    id,
    hazard,
    ...placeInLaw(at[0]),
    names: words(...names),
    issuer: issuer ?? weather,
    cases,
    schedule: schedule ?? {},
    scheduleAt: placeInLaw(at[1]),
    ...(interim && { interim }),
    ...rest,
  };
}

const depression = oneOf('depression');
const storm = oneOf('storm');
const going = oneOf('no');

/** Articles 8, 9 and 13. */
const cyclones: readonly BulletinRule[] = [
  bulletin({
    id: 'depression-near',
    hazard: 'storm',
    at: ['8.1', '13.1'],
    names: [
      'Tin áp thấp nhiệt đới gần Biển Đông',
      'Depression near the East Sea',
      'Тропическая депрессия у Восточного моря',
      '东海附近热带低压消息',
    ],
    cases: [when({ cyclone: depression, cycloneAt: oneOf('outside'), hoursToEastSea: upTo(48) })],
    schedule: four,
  }),
  bulletin({
    id: 'depression-east-sea',
    hazard: 'storm',
    at: ['8.2', '13.1'],
    names: [
      'Tin áp thấp nhiệt đới trên Biển Đông',
      'Depression in the East Sea',
      'Тропическая депрессия в Восточном море',
      '东海热带低压消息',
    ],
    cases: [
      when({
        cyclone: depression,
        cycloneAt: oneOf('east-sea'),
        hoursToLand: above(24),
        cycloneEnded: going,
      }),
    ],
    schedule: four,
    interim: ifComplex,
  }),
  bulletin({
    id: 'depression-urgent',
    hazard: 'storm',
    at: ['8.3', '13.2'],
    names: [
      'Tin áp thấp nhiệt đới khẩn cấp',
      'Urgent depression bulletin',
      'Срочное сообщение о тропической депрессии',
      '热带低压紧急消息',
    ],
    cases: [
      when({
        cyclone: depression,
        cycloneAt: oneOf('outside', 'east-sea'),
        hoursToLand: upTo(24),
        cycloneEnded: going,
      }),
    ],
    schedule: eight,
    interim: words('trong thời gian khẩn cấp', 'while it is urgent', 'пока положение срочное', '紧急期间'),
  }),
  bulletin({
    id: 'depression-inland',
    hazard: 'storm',
    at: ['8.4', '13.2'],
    names: [
      'Tin áp thấp nhiệt đới trên đất liền',
      'Depression inland',
      'Тропическая депрессия над сушей',
      '陆上热带低压消息',
    ],
    cases: [
      when({ cyclone: depression, cycloneAt: oneOf('inland'), cycloneWind: from(6) }),
      when({
        cyclone: depression,
        cycloneAt: oneOf('neighbour'),
        cycloneWind: from(6),
        hoursToLand: upTo(24),
      }),
    ],
    schedule: eight,
    interim: ifComplex,
  }),
  bulletin({
    id: 'storm-near',
    hazard: 'storm',
    at: ['9.1', '13.1'],
    names: [
      'Tin bão gần Biển Đông',
      'Storm near the East Sea',
      'Тайфун у Восточного моря',
      '东海附近台风消息',
    ],
    cases: [when({ cyclone: storm, cycloneAt: oneOf('outside'), hoursToEastSea: upTo(48) })],
    schedule: four,
  }),
  bulletin({
    id: 'storm-east-sea',
    hazard: 'storm',
    at: ['9.2', '13.2'],
    names: ['Tin bão trên Biển Đông', 'Storm in the East Sea', 'Тайфун в Восточном море', '东海台风消息'],
    cases: [
      when({ cyclone: storm, cycloneAt: oneOf('east-sea'), hoursToLand: above(48), cycloneEnded: going }),
    ],
    schedule: eight,
    interim: ifComplex,
  }),
  bulletin({
    id: 'storm-urgent',
    hazard: 'storm',
    at: ['9.3', '13.2'],
    names: ['Tin bão khẩn cấp', 'Urgent storm bulletin', 'Срочное сообщение о тайфуне', '台风紧急消息'],
    cases: [
      when({
        cyclone: storm,
        cycloneAt: oneOf('outside', 'east-sea'),
        hoursToLand: upTo(48),
        cycloneEnded: going,
      }),
    ],
    schedule: eight,
    interim: words('trong thời gian khẩn cấp', 'while it is urgent', 'пока положение срочное', '紧急期间'),
  }),
  bulletin({
    id: 'storm-inland',
    hazard: 'storm',
    at: ['9.4', '13.2'],
    names: ['Tin bão trên đất liền', 'Storm inland', 'Тайфун над сушей', '陆上台风消息'],
    cases: [
      when({ cyclone: storm, cycloneAt: oneOf('inland'), cycloneWind: from(8) }),
      when({ cyclone: storm, cycloneAt: oneOf('neighbour'), cycloneWind: from(8), hoursToLand: upTo(48) }),
    ],
    schedule: eight,
    interim: ifComplex,
  }),
  ...(
    [
      ['depression', '8', 24],
      ['storm', '9', 48],
    ] as const
  ).flatMap(([kind, article, hoursAhead]) => [
    bulletin({
      id: `${kind}-flash`,
      hazard: 'storm',
      at: [`${article}.5`, '13.3'],
      names:
        kind === 'storm'
          ? ['Tin nhanh về bão', 'Storm update', 'Экспресс-сообщение о тайфуне', '台风快报']
          : [
              'Tin nhanh về áp thấp nhiệt đới',
              'Depression update',
              'Экспресс-сообщение о тропической депрессии',
              '热带低压快报',
            ],
      cases: [
        when({ cyclone: oneOf(kind), hoursToLand: upTo(hoursAhead), cycloneEnded: going }),
        when({ cyclone: oneOf(kind), complex: oneOf('yes'), cycloneEnded: going }),
      ],
      schedule: { everyMinutes: 60 },
    }),
    bulletin({
      id: `${kind}-final`,
      hazard: 'storm',
      at: [`${article}.6`, `${article}.6`],
      names:
        kind === 'storm'
          ? ['Tin cuối cùng về bão', 'Last storm bulletin', 'Последнее сообщение о тайфуне', '台风最终消息']
          : [
              'Tin cuối cùng về áp thấp nhiệt đới',
              'Last depression bulletin',
              'Последнее сообщение о тропической депрессии',
              '热带低压最终消息',
            ],
      cases: [
        when({
          cyclone: oneOf(kind),
          cycloneEnded: oneOf('weakened', 'no-more-effect', 'left-east-sea'),
        }),
      ],
      rest: { atOnce: true, final: true },
    }),
    bulletin({
      id: `${kind}-waves`,
      hazard: 'surge',
      at: [`${article}.7`, '13.4'],
      names:
        kind === 'storm'
          ? [
              'Tin sóng lớn, nước dâng do bão',
              'Waves and surge of a storm',
              'Волнение и нагон от тайфуна',
              '台风大浪、风暴潮消息',
            ]
          : [
              'Tin sóng lớn, nước dâng do áp thấp nhiệt đới',
              'Waves and surge of a depression',
              'Волнение и нагон от тропической депрессии',
              '热带低压大浪、风暴潮消息',
            ],
      cases: [
        when({
          cyclone: oneOf(kind),
          cycloneAt: oneOf('outside', 'east-sea'),
          hoursToLand: upTo(hoursAhead),
          cycloneEnded: going,
        }),
      ],
      schedule: eight,
      rest: { atOnce: true },
    }),
  ]),
];

const delta = oneOf('mekong-delta');
const otherRivers = oneOf('other');
/** "Reached and still rising, or falling but still at or above it": steady counts as still there. */
const inFlood = (alarm: number, top: number | undefined, river: ReturnType<typeof oneOf>) => [
  when({ alarmReached: top === undefined ? from(alarm) : fromBelow(alarm, top), river }),
];

/** Articles 14 and 16. */
const rainAndRivers: readonly BulletinRule[] = [
  bulletin({
    id: 'rain-warning',
    hazard: 'rain',
    at: ['14.1.a', '16.1.a'],
    names: ['Tin cảnh báo mưa lớn', 'Heavy rain warning', 'Предупреждение о сильном дожде', '暴雨预警'],
    cases: [when({ hoursToHeavyRain: aboveTo(24, 48) })],
    schedule: { times: ['09:00', '15:30'] },
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'rain-forecast',
    hazard: 'rain',
    at: ['14.1.b', '16.1.b'],
    names: ['Tin dự báo mưa lớn', 'Heavy rain forecast', 'Прогноз сильного дождя', '暴雨预报'],
    cases: [when({ hoursToHeavyRain: upTo(24) })],
    schedule: { times: ['03:30', '09:00', '15:30', '21:00'] },
    interim: words(
      'khi mưa đặc biệt lớn hoặc rất nguy hiểm',
      'in extraordinary or very dangerous rain',
      'при исключительно сильном или очень опасном дожде',
      '雨量特大或极危险时',
    ),
  }),
  bulletin({
    id: 'flood-warning',
    hazard: 'flood',
    at: ['14.2', '16.2'],
    names: ['Tin cảnh báo lũ', 'Flood warning', 'Предупреждение о паводке', '洪水预警'],
    cases: [
      when({ alarmReached: { max: 1, maxOpen: true }, alarmExpected: from(1) }),
      when({ alarmReached: fromBelow(1, 2), waterTrend: oneOf('rising') }),
      when({ alarmReached: { max: 2, maxOpen: true }, abnormalFlood: oneOf('yes') }),
    ],
    schedule: { times: ['09:00', '15:30'] },
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'flood-delta',
    hazard: 'flood',
    at: ['14.3', '16.3.a'],
    names: [
      'Tin lũ, đồng bằng sông Cửu Long',
      'Flood bulletin, Mekong delta',
      'Сообщение о паводке, дельта Меконга',
      '洪水消息，湄公河三角洲',
    ],
    cases: inFlood(2, 3, delta),
    schedule: { times: ['09:00'], everyDays: 2 },
    interim: ifComplex,
  }),
  bulletin({
    id: 'flood',
    hazard: 'flood',
    at: ['14.3', '16.3.b'],
    names: ['Tin lũ', 'Flood bulletin', 'Сообщение о паводке', '洪水消息'],
    cases: inFlood(2, 3, otherRivers),
    schedule: { times: ['09:00', '15:30', '21:00'] },
    interim: ifComplex,
  }),
  bulletin({
    id: 'flood-urgent-delta',
    hazard: 'flood',
    at: ['14.4', '16.4.a'],
    names: [
      'Tin lũ khẩn cấp, đồng bằng sông Cửu Long',
      'Urgent flood bulletin, Mekong delta',
      'Срочное сообщение о паводке, дельта Меконга',
      '洪水紧急消息，湄公河三角洲',
    ],
    cases: inFlood(3, undefined, delta),
    schedule: { times: ['09:00'] },
    interim: ifComplex,
  }),
  bulletin({
    id: 'flood-urgent',
    hazard: 'flood',
    at: ['14.4', '16.4.b'],
    names: ['Tin lũ khẩn cấp', 'Urgent flood bulletin', 'Срочное сообщение о паводке', '洪水紧急消息'],
    cases: inFlood(3, undefined, otherRivers),
    schedule: { times: ['03:30', '09:00', '15:30', '21:00'] },
    interim: words(
      'khi diễn biến nhanh và phức tạp',
      'when it develops fast and in a complex way',
      'при быстром и сложном развитии',
      '发展迅速且复杂时',
    ),
  }),
  bulletin({
    id: 'flood-levels',
    hazard: 'flood',
    at: ['14.4', '16.4.c'],
    names: [
      'Mực nước lũ trên cổng thông tin',
      'Flood levels on the portal',
      'Уровни паводка на портале',
      '门户网站洪水位',
    ],
    cases: [when({ alarmReached: from(3) })],
    schedule: { everyMinutes: 60 },
  }),
  bulletin({
    id: 'inundation-warning',
    hazard: 'flood',
    at: ['14.5', '16.5'],
    names: ['Tin cảnh báo ngập lụt', 'Inundation warning', 'Предупреждение о затоплении', '内涝预警'],
    cases: [when({ inundationRisk: oneOf('yes') })],
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'flash-flood-warning',
    hazard: 'flash-flood',
    at: ['14.6', '16.6'],
    names: [
      'Tin cảnh báo lũ quét, sạt lở đất, sụt lún đất',
      'Flash flood, landslide, subsidence warning',
      'Предупреждение о внезапном паводке, оползне, просадке',
      '山洪、滑坡、地面沉陷预警',
    ],
    cases: [when({ flashFloodRisk: oneOf('yes') })],
    rest: { atOnce: true },
  }),
];

/** Articles 17, 19, 20, 22, 23, 25, 26 and 28. */
const others: readonly BulletinRule[] = [
  bulletin({
    id: 'heat-warning',
    hazard: 'heat',
    at: ['17.1.a', '19.1.a'],
    names: ['Tin cảnh báo nắng nóng', 'Heat warning', 'Предупреждение о жаре', '高温预警'],
    cases: [when({ hoursToHeat: aboveTo(24, 48) })],
    schedule: { times: ['14:30'] },
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'heat-forecast',
    hazard: 'heat',
    at: ['17.1.b', '19.1.b'],
    names: ['Tin dự báo nắng nóng', 'Heat forecast', 'Прогноз жары', '高温预报'],
    cases: [when({ hoursToHeat: upTo(24) })],
    schedule: { times: ['08:00', '14:00', '20:00'] },
    interim: words(
      'khi đặc biệt gay gắt, kéo dài',
      'when especially fierce and lasting',
      'когда особо сильная и длительная',
      '特别酷热且持续时',
    ),
  }),
  bulletin({
    id: 'drought',
    hazard: 'drought',
    at: ['17.2', '19.2'],
    names: [
      'Tin dự báo, cảnh báo hạn hán',
      'Drought bulletin',
      'Прогноз и предупреждение о засухе',
      '干旱预报预警',
    ],
    cases: [when({ drought: oneOf('yes') })],
    schedule: tenDays,
    interim: ifComplex,
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'salinity-warning',
    hazard: 'salinity',
    at: ['17.3.a', '19.3.a'],
    names: [
      'Tin cảnh báo xâm nhập mặn',
      'Salinity warning',
      'Предупреждение о проникновении солёной воды',
      '咸水入侵预警',
    ],
    cases: [when({ salinity: oneOf('possible') })],
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'salinity-forecast',
    hazard: 'salinity',
    at: ['17.3.b', '19.3.b'],
    names: [
      'Tin dự báo xâm nhập mặn',
      'Salinity forecast',
      'Прогноз проникновения солёной воды',
      '咸水入侵预报',
    ],
    cases: [when({ salinity: oneOf('present') })],
    schedule: tenDays,
    interim: ifComplex,
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'sea-wind-warning',
    hazard: 'sea-wind',
    at: ['20.1.a', '22.2.a'],
    names: [
      'Tin cảnh báo gió mạnh, sóng lớn, nước dâng trên biển',
      'Sea wind, wave and surge warning',
      'Предупреждение о сильном ветре, волнении и нагоне на море',
      '海上强风、大浪、增水预警',
    ],
    cases: [when({ hoursToSeaWind: aboveTo(24, 48) })],
    schedule: { times: ['16:00'] },
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'sea-wind-forecast',
    hazard: 'sea-wind',
    at: ['20.1.b', '22.2.b'],
    names: [
      'Tin dự báo gió mạnh, sóng lớn, nước dâng trên biển',
      'Sea wind, wave and surge forecast',
      'Прогноз сильного ветра, волнения и нагона на море',
      '海上强风、大浪、增水预报',
    ],
    cases: [when({ hoursToSeaWind: upTo(24) })],
    schedule: { times: ['04:00', '16:00'] },
    interim: ifDangerous,
  }),
  bulletin({
    id: 'fog-warning',
    hazard: 'fog',
    at: ['20.3', '22.3'],
    names: ['Tin cảnh báo sương mù', 'Fog warning', 'Предупреждение о тумане', '大雾预警'],
    cases: [when({ hoursToFog: upTo(24) })],
    schedule: { times: ['21:30'] },
    interim: words(
      '04 giờ 30, khi kéo dài, phức tạp',
      'at 04:30, when lasting and complex',
      'в 04:30, когда длительный и сложный',
      '4时30分，持续且复杂时',
    ),
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'convective-warning',
    hazard: 'tornado-lightning-hail',
    at: ['23.1', '25.1'],
    names: [
      'Tin cảnh báo lốc, sét, mưa đá',
      'Tornado, lightning, hail warning',
      'Предупреждение о смерче, молнии, граде',
      '龙卷、雷电、冰雹预警',
    ],
    cases: [when({ convectiveRisk: oneOf('yes') })],
    interim: words('cập nhật liên tục', 'updated continuously', 'обновляется непрерывно', '持续更新'),
    rest: { atOnce: true, aheadMinutes: 30 },
  }),
  bulletin({
    id: 'cold-frost',
    hazard: 'cold-frost',
    at: ['23.2', '25.2'],
    names: [
      'Tin dự báo, cảnh báo rét hại, sương muối',
      'Cold and frost bulletin',
      'Прогноз и предупреждение о сильном холоде, инее',
      '严寒、霜冻预报预警',
    ],
    cases: [when({ hoursToCold: upTo(24) })],
    schedule: { times: ['03:30', '09:30', '15:30', '21:30'] },
    rest: { atOnce: true },
  }),
  bulletin({
    id: 'wildfire',
    hazard: 'wildfire',
    at: ['26', '28'],
    names: [
      'Tin dự báo, cảnh báo cháy rừng',
      'Wildfire bulletin',
      'Прогноз и предупреждение о лесных пожарах',
      '森林火灾预报预警',
    ],
    cases: [when({ fireForecastLevel: fromTo(4, 5) })],
    schedule: { times: ['06:00', '09:00', '12:00', '15:00', '19:00', '21:00'] },
    issuer: forestry,
    interim: words('khi cháy rừng kéo dài', 'when a fire lasts', 'когда пожар длится', '森林火灾持续时'),
    rest: { atOnce: true },
  }),
];

/** Articles 29, 31 and 32. */
const earth: readonly BulletinRule[] = [
  bulletin({
    id: 'earthquake',
    hazard: 'earthquake',
    at: ['29', '29'],
    names: ['Tin động đất', 'Earthquake bulletin', 'Сообщение о землетрясении', '地震消息'],
    cases: [
      when({ magnitude: from(3.5), affectsCountry: oneOf('yes') }),
      when({ magnitude: above(6.5), quakeAtSea: oneOf('yes') }),
    ],
    issuer: geophysics,
    rest: { atOnce: true },
  }),
  ...(
    [
      ['1', 'a', 'be ready to evacuate', 'готовность к эвакуации', '准备疏散', 'possible'],
      ['2', 'b', 'be ready to evacuate', 'готовность к эвакуации', '准备疏散', 'detected-harmless'],
      ['3', 'c', 'evacuate now', 'немедленная эвакуация', '立即疏散', 'detected-destructive'],
    ] as const
  ).map(([level, point, en, ru, zh, stage]) =>
    bulletin({
      id: `tsunami-${level}`,
      hazard: 'tsunami',
      at: [`32.1.${point}`, '31'],
      names: [
        `Tin cảnh báo sóng thần mức ${level}`,
        `Tsunami warning level ${level}: ${en}`,
        `Предупреждение о цунами, уровень ${level}: ${ru}`,
        `海啸预警${level}级：${zh}`,
      ],
      cases: [when({ tsunami: oneOf(stage) })],
      issuer: geophysics,
      rest: { atOnce: true },
    }),
  ),
  bulletin({
    id: 'tsunami-cancel',
    hazard: 'tsunami',
    at: ['32.2', '32.2'],
    names: [
      'Tin hủy cảnh báo sóng thần',
      'Tsunami warning cancelled',
      'Отмена предупреждения о цунами',
      '取消海啸预警',
    ],
    cases: [when({ tsunami: oneOf('not-happening') })],
    issuer: geophysics,
    rest: { atOnce: true, final: true },
  }),
  bulletin({
    id: 'tsunami-final',
    hazard: 'tsunami',
    at: ['32.3', '32.3'],
    names: [
      'Tin cuối cùng về sóng thần',
      'Last tsunami bulletin',
      'Последнее сообщение о цунами',
      '海啸最终消息',
    ],
    cases: [when({ tsunami: oneOf('ended') })],
    issuer: geophysics,
    rest: { atOnce: true, final: true },
  }),
];

export const bulletinKinds: readonly BulletinRule[] = [...cyclones, ...rainAndRivers, ...others, ...earth];
