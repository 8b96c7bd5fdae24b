import { describe, expect, it } from 'vitest';
import { belongsTo, type Cell, findOutages, isOver, type OutageRule } from './outage-rule.ts';

const rule: OutageRule = { links: 50, percent: 10, windowSeconds: 60, endPercent: 90 };
const cell = (area: string, carrier: string | null, links: number): Cell => ({ area, carrier, links });
/** Three provinces, two carriers in each. */
const country = [
  cell('01', 'viettel', 600),
  cell('01', 'vnpt', 400),
  cell('79', 'viettel', 600),
  cell('79', 'vnpt', 400),
  cell('48', 'viettel', 300),
  cell('48', 'vnpt', 200),
];
const ofCarrier = (carrier: string) => country.filter((one) => one.carrier === carrier);
const ofArea = (area: string) => country.filter((one) => one.area === area);
const groups = (lost: readonly Cell[], supervised: readonly Cell[] = country) =>
  findOutages(lost, supervised, rule).map(({ group, lost: links }) => [group.area, group.carrier, links]);

describe('many lost links', () => {
  it.each<[string, readonly Cell[], (string | number | null)[][]]>([
    ['nothing lost', [], []],
    ['fewer than the number', [cell('48', 'vnpt', 49)], []],
    ['enough, but a small part of a large group', [cell('01', 'viettel', 60), cell('79', 'vnpt', 10)], []],
    ['the power of a province is cut', ofArea('01'), [['01', null, 1_000]]],
    ['a carrier fails in the whole country', ofCarrier('viettel'), [[null, 'viettel', 1_500]]],
    [
      'everything is lost: the fewest that explain it',
      country,
      [
        [null, 'viettel', 1_500],
        [null, 'vnpt', 1_000],
      ],
    ],
    [
      'two provinces at once',
      [...ofArea('01'), ...ofArea('48')],
      [
        ['01', null, 1_000],
        ['48', null, 500],
      ],
    ],
    [
      'the first of a province, heard as their times run out',
      [cell('48', 'viettel', 30), cell('48', 'vnpt', 20)],
      [['48', null, 50]],
    ],
    [
      'the first of a carrier, a few in each province',
      [cell('01', 'vnpt', 40), cell('79', 'vnpt', 40), cell('48', 'vnpt', 20)],
      [[null, 'vnpt', 100]],
    ],
    [
      'a province is cut while a carrier fails elsewhere',
      [...ofArea('48'), cell('01', 'vnpt', 400), cell('79', 'vnpt', 400)],
      [
        [null, 'vnpt', 1_000],
        ['48', null, 300],
      ],
    ],
  ])('%s', (_, lost, expected) => {
    expect(groups(lost)).toEqual(expected);
  });

  it('one carrier that serves one province alone: the carrier, for the others there still speak', () => {
    const supervised = [cell('01', 'viettel', 500), cell('01', 'local', 100), cell('79', 'viettel', 500)];
    expect(groups([cell('01', 'local', 100)], supervised)).toEqual([[null, 'local', 100]]);
  });

  it('links of which nobody knows the carrier are grouped by area alone', () => {
    expect(groups([cell('01', null, 80)], [cell('01', null, 100)])).toEqual([['01', null, 80]]);
  });

  it('where an area and a carrier say the same it is the area, and of areas or carriers alike the first by name', () => {
    const both = [cell('79', 'vnpt', 80), cell('01', 'viettel', 80)];
    expect(groups(both, both)).toEqual([
      ['01', null, 80],
      ['79', null, 80],
    ]);
    const small: readonly Cell[] = ['01', '48', '79'].flatMap((area) => [
      cell(area, 'vnpt', 30),
      cell(area, 'viettel', 30),
    ]);
    const most = { ...rule, links: 70 };
    expect(findOutages(small, small, most).map(({ group }) => group.carrier)).toEqual(['viettel', 'vnpt']);
  });

  it('of a group that has shrunk since its loss no more than all is lost', () => {
    const lost = [cell('01', 'viettel', 100), cell('79', 'vnpt', 110)];
    expect(groups(lost, [cell('01', 'viettel', 50), cell('79', 'vnpt', 110)])).toEqual([
      ['79', null, 110],
      ['01', null, 100],
    ]);
  });

  it('each loss belongs to one group', () => {
    const lost = [...ofArea('01'), ...ofCarrier('viettel')].filter((one, at, all) => all.indexOf(one) === at);
    const total = lost.reduce((links, one) => links + one.links, 0);
    expect(findOutages(lost, country, rule).reduce((links, one) => links + one.lost, 0)).toBe(total);
  });

  it.each([
    [{ area: '01', carrier: null }, true],
    [{ area: null, carrier: 'viettel' }, true],
    [{ area: '79', carrier: null }, false],
    [{ area: null, carrier: 'vnpt' }, false],
  ])('a link of area 01 and viettel belongs to %j: %s', (group, expected) => {
    expect(belongsTo(group, { area: '01', carrier: 'viettel' })).toBe(expected);
  });

  it.each([
    [100, 89, false],
    [100, 90, true],
    [0, 0, false],
  ])('of %i lost %i are back: over %s', (lost, back, over) => {
    expect(isOver(lost, back, rule)).toBe(over);
  });
});
