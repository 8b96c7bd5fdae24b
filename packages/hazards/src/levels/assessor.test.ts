import { describe, expect, it } from 'vitest';
import type { Observation } from '../observation.ts';
import { Assessor, type AssessorOptions } from './assessor.ts';
import type { Area, Station } from './place.ts';
import { inventedCountry } from './testing/invented-country.ts';
import type { Driver, Verdict } from './verdict.ts';

const areas: readonly Area[] = [
  { id: 'north', name: 'North', within: ['all'], attributes: { desert: 'rock' } },
  { id: 'south', name: 'South', within: ['all'], attributes: { desert: 'dune', crops: 'vines' } },
  {
    id: 'east',
    name: 'East',
    within: ['all'],
    attributes: {},
    open: { desert: 'dune or rock, nobody has looked' },
  },
];

const gauge = (
  id: string,
  attributes: Station['attributes'] = { mark: 2, record: 5, spared: 'no' },
): Station => ({
  id,
  name: id,
  areas: ['south'],
  attributes,
});

const now = '2026-01-01T12:00:00Z';
const assessor = (rest: Partial<AssessorOptions> = {}) =>
  new Assessor({ rules: inventedCountry, areas, stations: [gauge('bridge')], ...rest });

let number = 0;
const value = (
  quantity: string,
  of: number | string,
  unit: string,
  rest: Partial<Observation> = {},
): Observation => {
  number += 1;
  return {
    id: `o${number}`,
    revision: 0,
    source: 'test',
    kind: 'forecast',
    quantity,
    value: of,
    unit,
    time: '2026-01-01T11:30:00Z',
    place: { kind: 'area', area: 'all' },
    flags: [],
    ...rest,
  };
};
const at = (area: string) => ({ place: { kind: 'area' as const, area } });
const atGauge = (station: string) => ({ place: { kind: 'station' as const, station } });

function verdict(
  desk: Assessor,
  area: string,
  hazard: string,
  driver: Driver = 'forecast',
): Verdict | undefined {
  return desk.verdictsOf(area).find((one) => one.hazard === hazard && one.driver === driver);
}

describe('one new value', () => {
  it('is assessed in the areas it speaks of, and what has changed is told', () => {
    const desk = assessor();
    desk.observe(value('sand.hours', 2, 'h'), now);
    const heard = desk.observe(value('sand.wind', 18, 'm/s', at('north')), now);
    expect(heard).toMatchObject({
      kind: 'heard',
      reception: { kind: 'taken', replaced: false },
      areas: 1,
      changed: [{ area: 'north', verdict: { kind: 'level', level: 2, driver: 'forecast' } }],
    });
    expect(verdict(desk, 'south', 'sandstorm')).toMatchObject({ kind: 'cannot-be-assessed' });
  });

  it('speaks of all areas that lie within its own', () => {
    const desk = assessor();
    desk.observe(value('sand.hours', 2, 'h'), now);
    expect(desk.observe(value('sand.wind', 12, 'm/s'), now)).toMatchObject({ areas: 3 });
    expect(verdict(desk, 'south', 'sandstorm')).toMatchObject({ level: 1 });
    expect(verdict(desk, 'east', 'sandstorm')).toMatchObject({
      kind: 'cannot-be-assessed',
      needs: [{ name: 'desert', note: 'dune or rock, nobody has looked' }],
    });
  });

  it('of the nearer place goes before one of the larger area', () => {
    const desk = assessor();
    desk.observe(value('sand.hours', 2, 'h'), now);
    desk.observe(value('sand.wind', 18, 'm/s'), now);
    desk.observe(value('sand.wind', 12, 'm/s', at('north')), now);
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({ level: 1 });
    expect(verdict(desk, 'south', 'sandstorm')).toMatchObject({ level: 2 });
  });

  it.each([
    ['highest', 'sand.wind', 'm/s', [18, 12], { hazard: 'sandstorm', level: 2 }],
    ['latest', 'water.level', 'm', [4, 2.1], { hazard: 'river', level: 2 }],
    ['lowest', 'locusts.day', 'count', [180, 120], { hazard: 'locusts', level: 1 }],
  ] as const)('of several the %s counts', (_take, quantity, unit, values, { hazard, level }) => {
    const desk = assessor({ choices: { 'forecast-locusts': 'yes' } });
    desk.observe(value('sand.hours', 2, 'h', at('north')), now);
    desk.observe(value('locusts.swarm', 'yes', 'word', at('south')), now);
    const [area, place] =
      hazard === 'sandstorm'
        ? ['north', at('north')]
        : ['south', hazard === 'river' ? atGauge('bridge') : at('south')];
    for (const [index, one] of values.entries())
      desk.observe(value(quantity, one, unit, { ...place, time: `2026-01-01T11:3${index}:00Z` }), now);
    expect(verdict(desk, area as string, hazard)).toMatchObject({ kind: 'level', level });
  });
});

describe('forecast and measured values', () => {
  it('give two verdicts and are never mixed', () => {
    const desk = assessor();
    desk.observe(value('sand.wind', 18, 'm/s', at('north')), now);
    desk.observe(value('sand.hours', 2, 'h', { ...at('north'), kind: 'observation' }), now);
    expect(verdict(desk, 'north', 'sandstorm', 'forecast')).toMatchObject({ needs: [{ name: 'hours' }] });
    expect(verdict(desk, 'north', 'sandstorm', 'observation')).toMatchObject({
      kind: 'cannot-be-assessed',
    });
    desk.observe(value('sand.wind', 12, 'm/s', { ...at('north'), kind: 'observation' }), now);
    desk.observe(value('sand.hours', 2, 'h', at('north')), now);
    expect(verdict(desk, 'north', 'sandstorm', 'forecast')).toMatchObject({ level: 2, driver: 'forecast' });
    expect(verdict(desk, 'north', 'sandstorm', 'observation')).toMatchObject({
      level: 1,
      driver: 'observation',
      choices: [{ choice: 'measured' }],
    });
  });

  it('except what the law says has happened, which is measured in both', () => {
    const desk = assessor();
    desk.observe(value('sand.wind', 30, 'm/s'), now);
    desk.observe(value('sand.hours', 2, 'h'), now);
    desk.observe(value('sand.dry-days', 20, 'day'), now);
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({ needs: [{ name: 'dryDays' }] });
    desk.observe(value('sand.dry-days', 20, 'day', { kind: 'observation' }), now);
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({ level: 3 });
  });
});

describe('time', () => {
  const ready = (rest: Partial<Observation>) => {
    const desk = assessor();
    desk.observe(value('sand.hours', 2, 'h', { kind: rest.kind ?? 'forecast', ...at('north') }), now);
    desk.observe(value('sand.wind', 12, 'm/s', { ...at('north'), ...rest }), now);
    return desk;
  };

  it('a measured value becomes stale', () => {
    const desk = ready({ kind: 'observation' });
    expect(verdict(desk, 'north', 'sandstorm', 'observation')).toMatchObject({ level: 1 });
    const changed = desk.assessAll('2026-01-01T13:30:01Z');
    expect(changed.map(({ area }) => area)).toContain('north');
    expect(verdict(desk, 'north', 'sandstorm', 'observation')).toMatchObject({
      kind: 'cannot-be-assessed',
      needs: [
        { name: 'wind', why: 'stale' },
        { name: 'hours', why: 'stale' },
        { name: 'dryDays', why: 'missing' },
      ],
    });
  });

  it('a forecast ends when it says so', () => {
    const desk = ready({ validTo: '2026-01-01T15:00:00Z' });
    desk.observe(value('sand.hours', 2, 'h', { ...at('north'), validTo: '2026-01-01T20:00:00Z' }), now);
    desk.assessAll('2026-01-01T15:00:00Z');
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({ level: 1 });
    desk.assessAll('2026-01-01T15:00:01Z');
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({
      needs: [{ name: 'wind', why: 'stale' }, { name: 'dryDays' }],
    });
  });
});

describe('revisions', () => {
  const first = value('sand.wind', 18, 'm/s', { ...at('north'), id: 'w' });
  const desk = () => {
    const one = assessor();
    one.observe(value('sand.hours', 2, 'h'), now);
    one.observe(first, now);
    return one;
  };

  it('a later one replaces it, an earlier one that comes late does not', () => {
    const one = desk();
    expect(one.observe({ ...first, revision: 2, value: 12, flags: ['revised'] }, now)).toMatchObject({
      reception: { kind: 'taken', replaced: true },
    });
    expect(one.observe({ ...first, revision: 1, value: 24 }, now)).toMatchObject({
      reception: { kind: 'superseded', by: 2 },
      changed: [],
    });
    expect(verdict(one, 'north', 'sandstorm')).toMatchObject({ level: 1 });
  });

  it('a duplicate changes nothing', () => {
    expect(desk().observe(first, now)).toMatchObject({ reception: { kind: 'duplicate' }, changed: [] });
  });

  it('one that moves leaves its old place', () => {
    const one = desk();
    one.observe({ ...first, revision: 1, ...at('south') }, now);
    expect(verdict(one, 'north', 'sandstorm')).toMatchObject({ kind: 'cannot-be-assessed' });
    expect(verdict(one, 'south', 'sandstorm')).toMatchObject({ level: 2 });
  });

  it('a cancelled one is withdrawn, also when the cancellation comes first', () => {
    const one = desk();
    expect(one.observe({ ...first, revision: 1, flags: ['cancelled'] }, now)).toMatchObject({
      reception: { kind: 'withdrawn' },
      changed: [{ area: 'north', verdict: { kind: 'cannot-be-assessed' } }],
    });
    const other = assessor();
    other.observe({ ...first, revision: 1, flags: ['cancelled'] }, now);
    expect(other.observe(first, now)).toMatchObject({ reception: { kind: 'superseded' } });
  });
});

describe('refused with a name', () => {
  it.each([
    ['unknown-quantity', value('moon.phase', 1, 'count')],
    ['wrong-unit', value('sand.wind', 1, 'hPa')],
    ['wrong-unit', value('sand.wind', 1, 'furlong')],
    ['not-a-number', value('sand.wind', 'strong', 'm/s')],
    ['not-a-number', value('sand.wind', Number.NaN, 'm/s')],
    ['unknown-word', value('locusts.swarm', 'perhaps', 'word')],
    ['unknown-word', value('locusts.swarm', 1, 'word')],
    ['absurd', value('sand.wind', 1000, 'm/s')],
    ['absurd', value('sand.wind', 10, 'm/s', { flags: ['absurd'] })],
    ['unknown-place', value('sand.wind', 10, 'm/s', at('west'))],
    ['unknown-place', value('water.level', 3, 'm', atGauge('ford'))],
    ['unknown-place', value('sand.wind', 10, 'm/s', { place: { kind: 'point', longitude: 1, latitude: 2 } })],
    ['bad-time', value('sand.wind', 10, 'm/s', { time: 'yesterday' })],
    ['bad-time', value('sand.wind', 10, 'm/s', { validTo: 'tomorrow' })],
  ] as const)('%s', (why, observation) => {
    expect(assessor().observe(observation, now)).toMatchObject({ kind: 'refused', why });
  });

  it('a point is heard where somebody can locate it', () => {
    const desk = assessor({ locate: (longitude) => (longitude < 10 ? ['north', 'moon'] : []) });
    const point = (longitude: number) => ({ place: { kind: 'point' as const, longitude, latitude: 0 } });
    expect(desk.observe(value('sand.wind', 10, 'm/s', point(5)), now)).toMatchObject({ areas: 1 });
    expect(desk.observe(value('sand.wind', 10, 'm/s', point(15)), now)).toMatchObject({
      why: 'unknown-place',
    });
  });
});

describe('stations', () => {
  it('the area takes the highest of its stations, and names the ones that say nothing', () => {
    const desk = assessor({ stations: [gauge('bridge'), gauge('mill'), gauge('weir')] });
    desk.observe(value('water.level', 2.1, 'm', atGauge('bridge')), now);
    desk.observe(value('water.level', 2.4, 'm', atGauge('mill')), now);
    expect(verdict(desk, 'south', 'river')).toMatchObject({
      level: 3,
      station: 'mill',
      resolvedBy: { article: '8', clause: '9' },
      notAssessed: [{ station: 'weir', needs: [{ name: 'level' }] }],
    });
  });

  it('"below" at one station is no answer while another is silent', () => {
    const desk = assessor({ stations: [gauge('bridge'), gauge('mill')] });
    desk.observe(value('water.level', 1, 'm', atGauge('bridge')), now);
    expect(verdict(desk, 'south', 'river')).toMatchObject({
      kind: 'cannot-be-assessed',
      needs: [{ name: 'level', station: 'mill' }],
    });
    desk.observe(value('water.level', 1, 'm', atGauge('mill')), now);
    expect(verdict(desk, 'south', 'river')).toMatchObject({ kind: 'no-level', because: 'below' });
  });

  it('an area without a station needs one', () => {
    const desk = assessor();
    desk.assessAll(now);
    expect(verdict(desk, 'north', 'river')).toMatchObject({ needs: [{ name: 'station' }] });
  });

  it('heights of another datum are not compared', () => {
    const desk = assessor({ stations: [gauge('bridge', { mark: 2, record: 5, spared: 'no', datum: 'A' })] });
    desk.observe(value('water.level', 3, 'm', { ...atGauge('bridge'), datum: 'B' }), now);
    expect(verdict(desk, 'south', 'river')).toMatchObject({
      needs: [{ name: 'level', why: 'wrong-datum', station: 'bridge' }],
    });
    desk.observe(value('water.level', 3, 'm', { ...atGauge('bridge'), datum: 'A' }), now);
    expect(verdict(desk, 'south', 'river')).toMatchObject({ level: 3, inputs: [{ datum: 'A' }] });
  });
});

describe('memory', () => {
  it('keeps a bounded number of values of one place: the oldest goes', () => {
    const desk = assessor({ limits: { valuesOfOnePlace: 2, values: 100 } });
    desk.observe(value('sand.hours', 2, 'h'), now);
    for (const [index, wind] of [24, 18, 12].entries())
      desk.observe(
        value('sand.wind', wind, 'm/s', { ...at('north'), time: `2026-01-01T11:0${index}:00Z` }),
        now,
      );
    expect(verdict(desk, 'north', 'sandstorm')).toMatchObject({ inputs: [{ value: 18 }, { value: 2 }] });
  });

  it('and of all: beyond that a new one is not taken, and this is said', () => {
    const desk = assessor({ limits: { valuesOfOnePlace: 2, values: 1 } });
    desk.observe(value('sand.hours', 2, 'h'), now);
    expect(desk.observe(value('sand.wind', 12, 'm/s'), now)).toMatchObject({ reception: { kind: 'full' } });
  });
});

describe('assessed bit by bit and all at once', () => {
  it('gives the same verdicts', () => {
    const observations = [
      value('sand.hours', 2, 'h'),
      value('sand.wind', 22, 'm/s'),
      value('sand.wind', 12, 'm/s', at('north')),
      value('water.level', 3, 'm', { ...atGauge('bridge'), kind: 'observation' }),
      value('locusts.day', 180, 'count', { kind: 'observation' }),
    ];
    const bitByBit = assessor();
    bitByBit.assessAll(now);
    for (const one of observations) bitByBit.observe(one, now);
    const atOnce = assessor();
    for (const one of observations) atOnce.observe(one, now);
    atOnce.assessAll(now);
    expect([...bitByBit.verdicts()]).toEqual([...atOnce.verdicts()]);
    expect([...bitByBit.verdicts()]).toHaveLength(areas.length * inventedCountry.tables.length * 2);
    expect(bitByBit.assessAll(now)).toEqual([]);
  });
});
