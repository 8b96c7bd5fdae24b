import { vietNam } from '@keng/country-vn';
import { type TransmitterId, transmitter } from '@keng/model';
import { describe, expect, it } from 'vitest';
import type { TransmitterInput } from './facility-input.ts';
import { readPath } from './import/read-path.ts';
import { supervised, supervisionProblems } from './supervision-rules.ts';

const categories = new Map(vietNam.supervisionCategories.map((one) => [one.code, one]));
const panel: TransmitterInput = {
  protocol: 'dc09',
  account: 'A001',
  model: null,
  reportingSeconds: 300,
  zones: [],
};
const path = {
  medium: 'lan',
  carrier: null,
  reportingSeconds: null,
  listener: null,
  line: '1',
  receiver: null,
  networks: [],
} as const;
const lan = { ...path, networks: [] };
const mobile = { ...path, medium: 'mobile' as const, line: '2', networks: [] };
const registered = transmitter.parse({
  ...panel,
  id: '0199f000-0000-7000-8000-000000000001' as TransmitterId,
  encrypted: false,
  category: 'SP4',
  reportingSeconds: 180,
});

describe('supervision of a transmitter', () => {
  it.each<[string, Partial<TransmitterInput>, string[]]>([
    ['a time of its own', {}, []],
    ['a category', { category: 'SP4' }, []],
    ['a category of two paths with two paths', { category: 'DP3', paths: [lan, mobile] }, []],
    [
      'a category that nobody knows',
      { category: 'SP9' },
      ['transmitters.0.category facility.supervision-unknown'],
    ],
    [
      'a category of two paths with one',
      { category: 'DP3', paths: [lan] },
      ['transmitters.0.category facility.supervision-paths'],
    ],
    ['one path needs no mark', { paths: [{ ...lan, line: null }] }, []],
    [
      'two paths that nothing tells apart',
      { paths: [lan, { ...mobile, line: null }] },
      ['transmitters.0.paths facility.path-unmarked'],
    ],
    [
      'the account of the synthetic alarm',
      { account: 'FFFFFFFFFFFFFF01' },
      ['transmitters.0.account facility.account-reserved'],
    ],
  ])('%s', (_, change, problems) => {
    const found = supervisionProblems({ ...panel, ...change }, 0, categories);
    expect(found.map(({ at, code }) => `${at} ${code}`)).toEqual(problems);
  });

  it('a category gives the times of the transmitter and of its paths, whatever was sent', () => {
    const one = supervised({ ...panel, category: 'DP3', paths: [lan, mobile] }, undefined, categories);
    expect(one.reportingSeconds).toBe(180);
    expect(one.paths?.map((each) => each.reportingSeconds)).toEqual([180, 90_000]);
  });

  it('the times that the issue names are there', () => {
    const seconds = new Set(vietNam.supervisionCategories.map((one) => one.seconds));
    for (const wanted of [20, 90, 180, 1_800, 3_600, 90_000]) expect(seconds).toContain(wanted);
  });

  it.each<[string, Partial<TransmitterInput>, string | undefined, number | null]>([
    ['says nothing of it: it stays', { reportingSeconds: 180 }, 'SP4', 180],
    ['gives another time: a time of its own', { reportingSeconds: 300 }, undefined, 300],
    ['takes it away', { category: null, reportingSeconds: 180 }, undefined, 180],
    ['gives another category', { category: 'SP6', reportingSeconds: 180 }, 'SP6', 20],
  ])('a change that %s', (_, change, category, seconds) => {
    const one = supervised({ ...panel, ...change }, registered, categories);
    expect([one.category, one.reportingSeconds]).toEqual([category, seconds]);
  });

  it('paths are kept by whoever does not know of them', () => {
    expect(supervised(panel, { ...registered, paths: [lan, mobile] }, categories).paths).toEqual([
      lan,
      mobile,
    ]);
    expect(
      supervised({ ...panel, paths: [] }, { ...registered, paths: [lan, mobile] }, categories).paths,
    ).toBeUndefined();
  });

  it('a path of a file is read with its marks', () => {
    const wrong: string[] = [];
    expect(
      readPath('mobile:viettel:line=2;network=2001:db8::/32;network=203.0.113.0/24', (why) =>
        wrong.push(why),
      ),
    ).toEqual({
      medium: 'mobile',
      carrier: 'viettel',
      reportingSeconds: null,
      listener: null,
      line: '2',
      receiver: null,
      networks: ['2001:db8::/32', '203.0.113.0/24'],
    });
    expect(wrong).toEqual([]);
    readPath('lan::colour=red', (why) => wrong.push(why));
    expect(wrong).toHaveLength(1);
  });
});
