import { type AttributeValue, type Chosen, tryOut, type Verdict } from '@keng/hazards';
import { describe, expect, it } from 'vitest';
import { extentOf, vietNamHazards } from './index.ts';

type Values = Readonly<Record<string, number | string | readonly string[]>>;

/** Inputs and attributes by name; numbers in the unit of the rules. */
export function ask(
  hazard: string,
  values: Values,
  choices: Chosen = {},
  driver: 'forecast' | 'observation' = 'forecast',
): Verdict {
  const table = vietNamHazards.tables.find((one) => one.hazard === hazard);
  if (!table) throw new Error(hazard);
  const inputs: Record<string, { value: number | string; unit: string }> = {};
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const rule = table.inputs[name];
    if (rule) inputs[name] = { value: value as number | string, unit: rule.unit };
    else attributes[name] = value;
  }
  return tryOut(vietNamHazards, {
    hazard,
    driver,
    inputs,
    attributes,
    choices,
    source: 'test',
    time: '2026-01-01T00:00:00Z',
  });
}

const outcome = (verdict: Verdict): number | string => {
  if (verdict.kind === 'level') return verdict.level;
  return verdict.kind === 'no-level' ? verdict.because : verdict.kind;
};

const salt = { estuaries: 3, permanentSalinity: 'no' };
const alarms = { alarm1: 2, alarm2: 3, alarm3: 4 };

/** For each choice a situation, and what each alternative makes of it. */
const situations: readonly (readonly [
  choice: string,
  hazard: string,
  values: Values,
  outcomes: Record<string, number | string>,
])[] = [
  [
    'observation.same-table',
    'storm',
    { wind: 12, region: 'nam-bo' },
    { 'same-table': 5, 'forecast-only': 'driver' },
  ],
  [
    'overlap.highest',
    'fog',
    { visibility: 20, traffic: ['airport', 'river'] },
    { highest: 2, lowest: 1, 'a-person-decides': 'contradiction' },
  ],
  [
    'storm.coastal-waters',
    'storm',
    { wind: 14, region: 'coastal-waters', coastOf: 'nam-bo' },
    { all: 4, 'named-coasts': 'gap' },
  ],
  ['storm.east-sea-super', 'storm', { wind: 16, region: 'east-sea' }, { 'as-written': 4, 'level-5': 5 }],
  ['surge.ca-mau', 'surge', { level: 1.5, coast: 'ca-mau-east' }, { 'by-coast': 'below', both: 2 }],
  ['surge.ca-mau', 'surge', { level: 3.5, coast: 'ca-mau-east' }, { 'by-coast': 3, both: 4 }],
  [
    'rain.heavy-under-half',
    'rain',
    { rain24: 300, days: 1, extent: 'under-half', terrain: 'plain' },
    { 'no-level': 'gap', 'level-1': 1, 'level-2': 2 },
  ],
  [
    'rain.very-heavy-one-province',
    'rain',
    { rain24: 500, days: 1, extent: 'over-half', terrain: 'plain' },
    { 'no-level': 'gap', 'level-2': 2, 'level-3': 3 },
  ],
  [
    'rain.moderate-many-provinces',
    'rain',
    { rain24: 150, days: 3, extent: 'many', terrain: 'mountain' },
    { 'no-level': 'gap', 'level-1': 1, 'level-2': 2 },
  ],
  [
    'rain.moderate-one-province',
    'rain',
    { rain24: 150, days: 1, extent: 'over-half', terrain: 'plain' },
    { 'no-level': 'gap', 'level-1': 1, 'level-2': 2 },
  ],
  [
    'rain.heavy-one-province-long',
    'rain',
    { rain24: 300, days: 3, extent: 'over-half', terrain: 'plain' },
    { 'no-level': 'gap', 'level-2': 2, 'level-3': 3 },
  ],
  [
    'rain.heavy-many-short',
    'rain',
    { rain24: 300, days: 1, extent: 'many', terrain: 'plain' },
    { 'no-level': 'gap', 'level-2': 2, 'level-3': 3 },
  ],
  [
    'rain.exactly-half',
    'rain',
    { rain24: 150, days: 1, extent: 'exactly-half', terrain: 'plain' },
    { 'no-level': 'gap', 'as-under-half': 1, 'as-over-half': 'gap' },
  ],
  [
    'rain.exactly-half',
    'rain',
    { rain24: 150, days: 3, extent: 'exactly-half', terrain: 'plain' },
    { 'no-level': 'gap', 'as-under-half': 'gap', 'as-over-half': 2 },
  ],
  [
    'rain.apart-is-many',
    'rain',
    { rain24: 500, days: 1, extent: 'several-apart', terrain: 'plain' },
    { many: 3, 'not-many': 'gap' },
  ],
  [
    'flash-flood.heavy-after-short',
    'flash-flood',
    { rain24: 300, daysBefore: 1, flashFloodArea: '1', susceptibility: 'medium' },
    { 'no-level': 'gap', 'as-100-200-mm': 1, 'as-after-2-days': 2 },
  ],
  [
    'flash-flood.moderate-after-long',
    'flash-flood',
    { rain24: 150, daysBefore: 4, flashFloodArea: '1', susceptibility: 'high' },
    { 'no-level': 'gap', 'as-after-1-2-days': 2 },
  ],
  [
    'flash-flood.no-earlier-rain',
    'flash-flood',
    { rain24: 450, daysBefore: 0, flashFloodArea: '1', susceptibility: 'high' },
    { 'no-level': 'gap', 'as-after-rain': 3 },
  ],
  [
    'flash-flood.khanh-hoa',
    'flash-flood',
    { rain24: 450, daysBefore: 3, flashFloodArea: '3-and-4', susceptibility: 'very-high' },
    { 'area-3': 3, 'area-4': 2 },
  ],
  [
    'salinity.many-estuaries',
    'salinity',
    { boundary4: 30, region: 'nam-bo', ...salt, estuaries: 2 },
    { 'from-2': 2, 'from-3': 'gap', 'one-is-enough': 2 },
  ],
  [
    'salinity.nam-bo-15-25',
    'salinity',
    { boundary4: 20, boundary1: 20, region: 'nam-bo', ...salt },
    { 'no-level': 'gap', 'level-1': 1 },
  ],
  ['sea-wind.offshore-6', 'sea-wind', { wind: 6, region: 'east-sea' }, { 'no-level': 'gap', 'level-2': 2 }],
  ['fog.dense', 'fog', { visibility: 3000, traffic: 'airport' }, { 'article-5': 'below', 'no-limit': 1 }],
  [
    'convective.many-provinces',
    'tornado-lightning-hail',
    { extent: 'many' },
    { 'no-level': 'gap', 'level-1': 1, 'level-2': 2 },
  ],
  [
    'heat.exactly-35',
    'heat',
    { maximum: 35, days: 4, region: 'nam-bo' },
    { 'article-47': 1, 'article-5': 'below' },
  ],
  [
    'heat.centre-above-41',
    'heat',
    { maximum: 42, days: 4, region: 'trung-trung-bo' },
    { 'as-written': 1, 'level-2': 2 },
  ],
  [
    'cold.exactly-13',
    'cold-frost',
    { mean: 13, days: 7, coldRegion: 'plain-north' },
    { 'article-53': 1, 'article-5': 'below' },
  ],
  [
    'cold.highlands-of-centre',
    'cold-frost',
    { mean: 7, days: 7, coldRegion: 'highland-centre' },
    { 'whole-regions': 2, 'plains-only': 'gap' },
  ],
  [
    'wildfire.reading',
    'wildfire',
    { maximum: 36, days: 5, fireZone: '3' },
    { successive: 1, 'upper-bounds-only': 3 },
  ],
  [
    'wildfire.zone-2-contradiction',
    'wildfire',
    { maximum: 36, days: 20, fireZone: '2' },
    { 'level-3': 3, 'level-2': 2 },
  ],
  [
    'wildfire.zone-3-26-35',
    'wildfire',
    { maximum: 36, days: 30, fireZone: '3' },
    { 'no-level': 'gap', 'level-3': 3, 'level-4': 4 },
  ],
  [
    'wildfire.zone-2-over-35',
    'wildfire',
    { maximum: 36, days: 40, fireZone: '2' },
    { 'no-level': 'gap', 'level-2': 2, 'level-3': 3 },
  ],
  [
    'wildfire.zone-1-up-to-35',
    'wildfire',
    { maximum: 36, days: 30, fireZone: '1', driedOut: 'yes' },
    { 'no-level': 'gap', 'level-1': 1 },
  ],
  [
    'wildfire.zone-2-mild-over-25',
    'wildfire',
    { maximum: 30, days: 30, fireZone: '2' },
    { 'no-level': 'gap', 'level-1': 1 },
  ],
  [
    'wildfire.exactly-35',
    'wildfire',
    { maximum: 35, days: 12, fireZone: '3' },
    { 'no-level': 'gap', 'as-above-35': 2 },
  ],
  [
    'earthquake.boundaries',
    'earthquake',
    { intensity: 7, landUse: 'rural' },
    { highest: 3, lowest: 2, 'a-person-decides': 'contradiction' },
  ],
  [
    'earthquake.reservoirs',
    'earthquake',
    { intensity: 6.5, landUse: ['rural', 'reservoir'] },
    { 'as-written': 3, ignored: 2 },
  ],
  [
    'earthquake.estimated',
    'earthquake',
    { intensity: 6.5, landUse: 'urban' },
    { accepted: 2, 'observed-only': 'driver' },
  ],
  ['earthquake.level-zero', 'earthquake', { intensity: 4.9 }, { 'level-0': 0, 'no-level': 'below' }],
  [
    'tsunami.disagree',
    'tsunami',
    { height: 5, intensity: 7, coastal: 'yes' },
    { 'as-written': 'gap', 'the-higher': 3, 'height-alone': 3, 'intensity-alone': 2 },
  ],
  [
    'tsunami.exactly-16',
    'tsunami',
    { height: 16, intensity: 12, coastal: 'yes' },
    { 'no-level': 'gap', 'level-4': 4, 'level-5': 5 },
  ],
];

describe('each choice', () => {
  it.each(situations)('%s changes the verdict of %s %j', (choice, hazard, values, outcomes) => {
    const driver = choice === 'observation.same-table' ? 'observation' : 'forecast';
    const declared = vietNamHazards.choices.find(({ id }) => id === choice);
    expect(declared?.alternatives.map(({ id }) => id).sort()).toEqual(Object.keys(outcomes).sort());
    for (const [alternative, wanted] of Object.entries(outcomes)) {
      const verdict = ask(hazard, values, { [choice]: alternative }, driver);
      expect(outcome(verdict), alternative).toBe(wanted);
      // And the verdict says that it rests on it, and what the others would give.
      expect(verdict.choices.find((use) => use.choice === choice)).toEqual({
        choice,
        chosen: alternative,
        alternatives: outcomes,
      });
    }
  });

  it('has such a situation, or says of extents and raises what they are', () => {
    const shown = new Set(situations.map(([choice]) => choice));
    const others = ['coincidence.raise', 'units.province'];
    expect(
      vietNamHazards.choices
        .map(({ id }) => id)
        .filter((id) => !shown.has(id))
        .sort(),
    ).toEqual(others);
  });

  it('has label, reason and question in Vietnamese and English', () => {
    for (const { id, label, reason, question, alternatives } of vietNamHazards.choices)
      for (const words of [label, reason, question, ...alternatives.map(({ what }) => what)])
        for (const language of ['vi', 'en'])
          expect(words[language]?.trim(), `${id} ${language}`).toBeTruthy();
  });

  it('is not named where it changes nothing', () => {
    expect(ask('storm', { wind: 12, region: 'nam-bo' }).choices).toEqual([]);
    expect(ask('heat', { maximum: 36, days: 4, region: 'nam-bo' }).choices).toEqual([]);
  });
});

describe('the province that is counted', () => {
  const communes = [
    ...Array.from({ length: 4 }, (_, at) => ({
      code: `a${at}`,
      name: '',
      province: '68',
      formerProvince: 'Lâm Đồng',
    })),
    ...Array.from({ length: 6 }, (_, at) => ({
      code: `b${at}`,
      name: '',
      province: '68',
      formerProvince: 'Đắk Nông',
    })),
    ...Array.from({ length: 4 }, (_, at) => ({
      code: `c${at}`,
      name: '',
      province: '56',
      formerProvince: 'Khánh Hòa',
    })),
    ...Array.from({ length: 4 }, (_, at) => ({
      code: `d${at}`,
      name: '',
      province: '01',
      formerProvince: 'Hà Nội',
    })),
  ];
  const neighbours = (one: string, other: string) => [one, other].sort().join() === '56,68';
  const extent = (codes: readonly string[], units = 'present') =>
    extentOf(new Set(codes), communes, neighbours, { 'units.province': units });

  it.each([
    [[], 'none'],
    [['a0', 'a1', 'a2', 'a3'], 'under-half'],
    [['a0', 'a1', 'a2', 'a3', 'b0'], 'exactly-half'],
    [['a0', 'a1', 'a2', 'a3', 'b0', 'b1'], 'over-half'],
    [['a0', 'c0'], 'many'],
    [['a0', 'd0'], 'several-apart'],
  ])('%j is %s', (codes, wanted) => {
    expect(extent(codes)).toBe(wanted);
  });

  it('is the present one or that of 2021, by choice, and the verdict follows', () => {
    const half = ['a0', 'a1', 'a2'];
    const verdict = (units: string) =>
      outcome(ask('tornado-lightning-hail', { extent: extent(half, units) ?? '' }));
    expect([verdict('present'), verdict('of-2021')]).toEqual([1, 2]);
  });

  it('of 2021 must be known', () => {
    expect(
      extentOf(new Set(['x']), [{ code: 'x', name: '', province: '68' }], neighbours, {
        'units.province': 'of-2021',
      }),
    ).toBeUndefined();
  });
});

describe('beside the choices', () => {
  it('Article 49.5 leaves the level to the ministry and the province', () => {
    expect(
      ask('salinity', { boundary4: 60, region: 'nam-bo', estuaries: 3, permanentSalinity: 'yes' }),
    ).toMatchObject({
      kind: 'no-level',
      because: 'elsewhere',
      article: '49',
      clause: '5',
    });
  });

  it('Article 45.8: the design flood replaces the historic one where works stand', () => {
    const station = { stationArea: '4', ...alarms, historic: 6, design: 7, level: 6.5 };
    expect(ask('flood', { ...station, floodWorks: 'no' })).toMatchObject({ level: 5, rule: '45.5' });
    expect(ask('flood', { ...station, floodWorks: 'yes' })).toMatchObject({ level: 4, rule: '45.4' });
  });

  it('Article 46.4: the highest of several susceptibilities, by the clause', () => {
    expect(
      ask('flash-flood', {
        rain24: 150,
        daysBefore: 1,
        flashFloodArea: '1',
        susceptibility: ['low', 'very-high'],
      }),
    ).toMatchObject({
      level: 3,
      alsoHold: [{ rule: '46.1.a', level: 1 }],
      resolvedBy: { article: '46', clause: '4' },
      choices: [],
    });
  });
});
