import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capTime, instantOf } from './time.ts';

test.each([
  [420, '2026-09-10T14:05:00+07:00'],
  [0, '2026-09-10T07:05:00-00:00'],
  [-210, '2026-09-10T03:35:00-03:30'],
])('with an offset of %d minutes it is %s', (minutes, text) => {
  expect(capTime(new Date('2026-09-10T07:05:00Z'), minutes)).toBe(text);
});

test('a time that is written is read as the same second', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9000-01-01'), noInvalidDate: true }),
      fc.integer({ min: -840, max: 840 }),
      (date, minutes) => {
        expect(instantOf(capTime(date, minutes))).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      },
    ),
  );
});

test.each(['', '2026-09-10', '2026-13-10T00:00:00+07:00', 'yesterday', null])('%s is no time', (text) => {
  expect(instantOf(text)).toBe(null);
});

test('nonsense is not written', () => {
  expect(() => capTime(new Date(Number.NaN))).toThrow(RangeError);
  expect(() => capTime(new Date(0), 900)).toThrow(RangeError);
});
