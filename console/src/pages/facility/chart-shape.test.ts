import { expect, it } from 'vitest';
import { chartShape } from './chart-shape.ts';

const from = '2026-11-22T00:00:00.000Z';
const to = '2026-11-22T04:00:00.000Z';
const start = Date.parse(from) / 1_000;
const size = { width: 240, height: 100 };
const at = (minute: number, value: number, least = value, greatest = value) =>
  [start + minute * 60, least, value, greatest] as const;

it('nothing measured is nothing to draw', () => {
  expect(chartShape({ from, to, points: [] }, size)).toBeNull();
});

it('the least value lies at the bottom, the greatest at the top, and time runs to the right', () => {
  const shape = chartShape({ from, to, points: [at(0, 10), at(10, 15), at(20, 20)] }, size);
  expect(shape).toMatchObject({
    least: 10,
    greatest: 20,
    line: 'M0.0 100.0L10.0 50.0L20.0 0.0',
  });
});

it('the band shows what the mean hides', () => {
  const shape = chartShape({ from, to, points: [at(0, 5, 0, 10), at(10, 5, 5, 5)] }, size);
  expect(shape?.band).toBe('M0.0 0.0L10.0 50.0L10.0 50.0L0.0 100.0Z');
});

it('where nothing was measured for long the line is broken: silence is not a straight line', () => {
  const shape = chartShape({ from, to, points: [at(0, 1), at(5, 2), at(120, 3)] }, size);
  expect(shape?.line).toBe('M0.0 100.0L5.0 50.0M120.0 0.0h0.1');
});

it('a value that never changes lies in the middle', () => {
  expect(chartShape({ from, to, points: [at(0, 7), at(1, 7)] }, size)?.line).toBe('M0.0 50.0L1.0 50.0');
});
