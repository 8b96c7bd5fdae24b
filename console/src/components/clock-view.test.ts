import { describe, expect, test } from 'vitest';
import { clockView } from './clock-view.ts';
import { ageIn, clockFace } from './duration.ts';

const DUE = '2026-01-15T00:00:30.000Z';
const at = (text: string) => Date.parse(text);

describe('a clock that waits for somebody', () => {
  test.each([
    ['runs down', false, false, '2026-01-15T00:00:10.000Z', { phase: 'running', seconds: 20 }],
    [
      'shows its last second to the end',
      false,
      false,
      '2026-01-15T00:00:29.900Z',
      { phase: 'running', seconds: 1 },
    ],
    [
      'is late from the very limit on',
      false,
      false,
      '2026-01-15T00:00:30.000Z',
      { phase: 'late', seconds: 0 },
    ],
    ['counts how late it is', false, true, '2026-01-15T00:01:35.000Z', { phase: 'late', seconds: 65 }],
    ['is done when somebody did it', true, false, '2026-01-15T00:01:35.000Z', { phase: 'met', seconds: 0 }],
    [
      'still says that it was late',
      true,
      true,
      '2026-01-15T00:01:35.000Z',
      { phase: 'met-late', seconds: 0 },
    ],
  ] as const)('%s', (_name, stopped, passed, now, expected) => {
    expect(clockView({ dueAt: DUE, stopped, passed }, at(now))).toEqual(expected);
  });
});

test.each([
  [7, '0:07'],
  [65, '1:05'],
  [3_661, '1:01:01'],
  [-3, '0:00'],
])('%d seconds as a clock face', (seconds, face) => {
  expect(clockFace(seconds)).toBe(face);
});

test.each([
  [99, { value: 99, unit: 'seconds' }],
  [119, { value: 1, unit: 'minutes' }],
  [7_300, { value: 2, unit: 'hours' }],
  [200_000, { value: 2, unit: 'days' }],
] as const)('an age of %d seconds is never rounded up', (seconds, age) => {
  expect(ageIn(seconds)).toEqual(age);
});
