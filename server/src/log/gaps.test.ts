import { describe, expect, it } from 'vitest';
import { fillGaps, forgetGaps, type Gap, noticeGaps } from './gaps.ts';

const SETTLED_MS = 10_000;
const gap = (from: number, to: number, xmax: number | null = null): Gap => ({
  from,
  to,
  noticedMs: 0,
  xmax,
});
const spans = (gaps: readonly Gap[]) => gaps.map(({ from, to }) => [from, to]);

describe('gaps in the ids of a lane', () => {
  it.each<[string, number, number[], [number, number][], number]>([
    ['none where each id follows the last', 4, [5, 6, 7], [], 7],
    ['one id that was skipped', 4, [6], [[5, 5]], 6],
    [
      'before the first and between two',
      4,
      [7, 8, 11],
      [
        [5, 6],
        [9, 10],
      ],
      11,
    ],
    ['none where nothing came', 4, [], [], 4],
  ])('are noticed: %s', (_what, mark, ids, expected, after) => {
    const noticed = noticeGaps(mark, ids, 0);
    expect(spans(noticed.gaps)).toEqual(expected);
    expect(noticed.mark).toBe(after);
  });

  it.each<[string, number[], [number, number][]]>([
    ['its first', [5], [[6, 9]]],
    ['its last', [9], [[5, 8]]],
    [
      'one in the middle',
      [7],
      [
        [5, 6],
        [8, 9],
      ],
    ],
    ['all of them, in any order', [8, 5, 9, 7, 6], []],
    ['one below and one above', [4, 10], [[5, 9]]],
  ])('keep what has not appeared yet: %s', (_what, found, expected) => {
    expect(spans(fillGaps([gap(5, 9)], found))).toEqual(expected);
  });

  it('that are young keep no horizon: an id may be drawn before its transaction has a number', () => {
    expect(forgetGaps([gap(5, 9)], { xmin: 70, xmax: 80 }, SETTLED_MS - 1)).toEqual([gap(5, 9)]);
  });

  it('that are old enough take the end of the horizon, and are remembered until all before it are over', () => {
    const settled = forgetGaps([gap(5, 9)], { xmin: 75, xmax: 80 }, SETTLED_MS);
    expect(settled).toEqual([gap(5, 9, 80)]);
    expect(forgetGaps(settled, { xmin: 79, xmax: 95 }, SETTLED_MS * 9)).toEqual(settled);
    expect(forgetGaps(settled, { xmin: 80, xmax: 95 }, SETTLED_MS * 9)).toEqual([]);
  });
});
