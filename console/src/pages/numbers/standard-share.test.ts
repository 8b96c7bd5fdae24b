import { expect, it } from 'vitest';
import { doneWithin, percentOf } from './standard-share.ts';

const buckets = [
  { seconds: 10, incidents: 3 },
  { seconds: 30, incidents: 2 },
  { seconds: 35, incidents: 1 },
];

it.each([
  [5, 0],
  [10, 3],
  [30, 5],
  [60, 6],
])('within %i s were %i', (seconds, count) => expect(doneWithin({ buckets }, seconds)).toBe(count));

it('a share is never rounded up to all, and nothing has none', () => {
  expect(percentOf(999, 1_000)).toBe(99);
  expect(percentOf(0, 0)).toBeNull();
});
