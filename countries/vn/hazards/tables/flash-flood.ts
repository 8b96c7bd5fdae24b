import { above, aboveTo, below, from, fromTo, type Matcher, type RuleTable } from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';

type Conditions = Readonly<Record<string, Matcher>>;
type Under = Readonly<Record<string, readonly string[]>>;

type Susceptibility = 'low' | 'medium' | 'high' | 'very-high';
/** Areas of Annex XII table 5 with their susceptibilities: "low or medium in area 1; high in area 3". */
type Places = readonly (readonly [areas: string, ...susceptibilities: Susceptibility[]])[];

const band = { a: fromTo(100, 200), b: aboveTo(200, 400), c: above(400) } as const;

/** Each condition on rain, for each way to read the days of rain before it. */
function rainAndBefore(
  which: 'a' | 'b' | 'c',
): readonly { readonly conditions: Conditions; readonly under?: Under }[] {
  const rain24 = band[which];
  const noRainBefore = {
    conditions: { rain24, daysBefore: below(1) },
    under: { 'flash-flood.no-earlier-rain': ['as-after-rain'] },
  };
  if (which === 'a')
    return [
      { conditions: { rain24, daysBefore: fromTo(1, 2) } },
      {
        conditions: { rain24, daysBefore: above(2) },
        under: { 'flash-flood.moderate-after-long': ['as-after-1-2-days'] },
      },
      {
        conditions: { rain24: above(200), daysBefore: fromTo(1, 2) },
        under: { 'flash-flood.heavy-after-short': ['as-100-200-mm'] },
      },
      noRainBefore,
    ];
  return [
    { conditions: { rain24, daysBefore: above(2) } },
    {
      conditions: { rain24, daysBefore: fromTo(1, 2) },
      under: { 'flash-flood.heavy-after-short': ['as-after-2-days'] },
    },
    noRainBefore,
  ];
}

function inPlaces(which: 'a' | 'b' | 'c', places: Places) {
  return rainAndBefore(which).flatMap(({ conditions, under }) =>
    places.flatMap(([areas, ...susceptibilities]) => {
      const susceptibility = oneOf(...susceptibilities);
      const cases = [when({ ...conditions, flashFloodArea: oneOf(...areas), susceptibility }, under)];
      for (const area of ['3', '4'])
        if (areas.includes(area))
          cases.push(
            when(
              { ...conditions, flashFloodArea: oneOf('3-and-4'), susceptibility },
              { ...under, 'flash-flood.khanh-hoa': [`area-${area}`] },
            ),
          );
      return cases;
    }),
  );
}

const inTheTable = oneOf('1', '2', '3', '4', '3-and-4');

/** Article 46. Several susceptibilities in one area: clause 4, the highest counts. */
export const flashFlood: RuleTable = {
  hazard: 'flash-flood',
  article: '46',
  names: words(
    'lũ quét, sạt lở đất, sụt lún đất do mưa lũ hoặc dòng chảy',
    'flash flood, landslide, subsidence from rain or flow',
    'внезапный паводок, оползень, просадка от дождя или потока',
    '山洪、滑坡、降雨或水流引起的地面沉陷',
  ),
  inputs: {
    rain24: input(
      'rain.24-hours',
      'mm',
      words('tổng lượng mưa trong 24 giờ', 'rain in 24 hours', 'осадки за 24 часа', '24小时降雨量'),
      { take: 'highest', minimum: 0, maximum: 3000, freshForHours: 24 },
    ),
    daysBefore: input(
      'rain.days-before',
      'day',
      words(
        'số ngày mưa đã xảy ra trước đó',
        'days of rain that came before',
        'дней дождя до этого',
        '此前已降雨天数',
      ),
      { minimum: 0, maximum: 60, always: 'observation', freshForHours: 24 },
    ),
  },
  attributes: {
    flashFloodArea: {
      what: words(
        'khu vực theo Bảng 5 Phụ lục XII',
        'area of Annex XII table 5',
        'зона по таблице 5 Приложения XII',
        '附录十二表5分区',
      ),
      words: ['1', '2', '3', '4', '3-and-4', 'none'],
    },
    susceptibility: {
      what: words(
        'mức nguy cơ của vùng',
        'susceptibility of the ground',
        'степень опасности участка',
        '易发程度',
      ),
      words: ['low', 'medium', 'high', 'very-high'],
    },
  },
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  where: [when({ flashFloodArea: inTheTable })],
  rules: [
    rule(
      '46.1.a',
      1,
      ...inPlaces('a', [
        ['1', 'low', 'medium'],
        ['2', 'medium'],
        ['3', 'high'],
        ['4', 'high', 'very-high'],
      ]),
    ),
    rule(
      '46.1.b',
      1,
      ...inPlaces('b', [
        ['12', 'low'],
        ['3', 'medium'],
        ['4', 'high'],
      ]),
    ),
    rule(
      '46.1.c',
      1,
      ...inPlaces('c', [
        ['3', 'low'],
        ['4', 'medium'],
      ]),
    ),
    rule(
      '46.2.a',
      2,
      ...inPlaces('a', [
        ['12', 'high'],
        ['3', 'very-high'],
      ]),
    ),
    rule(
      '46.2.b',
      2,
      ...inPlaces('b', [
        ['12', 'medium'],
        ['3', 'high'],
        ['4', 'very-high'],
      ]),
    ),
    rule(
      '46.2.c',
      2,
      ...inPlaces('c', [
        ['12', 'low', 'medium'],
        ['3', 'medium', 'high'],
        ['4', 'high', 'very-high'],
      ]),
    ),
    rule('46.3.a', 3, ...inPlaces('a', [['12', 'very-high']])),
    rule(
      '46.3.b',
      3,
      ...inPlaces('b', [
        ['12', 'high', 'very-high'],
        ['3', 'very-high'],
      ]),
    ),
    rule(
      '46.3.c',
      3,
      ...inPlaces('c', [
        ['12', 'high', 'very-high'],
        ['3', 'very-high'],
      ]),
    ),
    gap('flash-flood.heavy-after-short', '46', {}, when({ rain24: above(200), daysBefore: fromTo(1, 2) })),
    gap('flash-flood.moderate-after-long', '46', {}, when({ rain24: band.a, daysBefore: above(2) })),
    gap('flash-flood.no-earlier-rain', '46', {}, when({ rain24: from(100), daysBefore: below(1) })),
  ],
  // A dash of the table: below its lowest level for such ground.
  below: [
    when({ rain24: below(100) }),
    when({ rain24: band.a, flashFloodArea: oneOf('2', '3', '4', '3-and-4'), susceptibility: oneOf('low') }),
    when({ rain24: band.a, flashFloodArea: oneOf('3', '4', '3-and-4'), susceptibility: oneOf('medium') }),
    when({ rain24: band.b, flashFloodArea: oneOf('3', '4', '3-and-4'), susceptibility: oneOf('low') }),
    when({ rain24: band.b, flashFloodArea: oneOf('4', '3-and-4'), susceptibility: oneOf('medium') }),
    when({ rain24: band.c, flashFloodArea: oneOf('4', '3-and-4'), susceptibility: oneOf('low') }),
  ],
  overlap: { clause: { article: '46', clause: '4' } },
  choices: [
    'flash-flood.heavy-after-short',
    'flash-flood.moderate-after-long',
    'flash-flood.no-earlier-rain',
    'flash-flood.khanh-hoa',
    'observation.same-table',
  ],
};
