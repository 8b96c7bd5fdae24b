import { expect, test } from 'vitest';
import { Courtesy } from './courtesy.ts';

test('nobody rests on a quiet day', () => {
  expect(new Courtesy().restAfter(100, 5_000)).toBe(0);
});

test('while there are alarms, other work rests for a while after each batch, and not for ever', () => {
  const courtesy = new Courtesy();
  courtesy.alarmed(5_000);
  expect(courtesy.restAfter(100, 5_100)).toBe(300);
  expect(courtesy.restAfter(60_000, 5_100)).toBe(500);
  expect(courtesy.restAfter(100, 6_001)).toBe(0);
});
