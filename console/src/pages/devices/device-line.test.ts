import { expect, test } from 'vitest';
import { lineOf } from './device-line.ts';

const HEARD = '2026-03-01T02:00:00.000Z';

test.each([
  ['unknown', 30, HEARD, 'up'],
  ['up', 30, HEARD, 'up'],
  ['lost', 30, HEARD, 'lost'],
  ['unknown', 30, null, 'never'],
  ['lost', 30, null, 'never'],
  ['unknown', null, HEARD, 'unsupervised'],
  // Supervised once, and lost then.
  ['lost', null, HEARD, 'unsupervised'],
  ['unknown', null, null, 'never'],
] as const)('link %s, reports every %s s, last heard %s: %s', (link, reportingSeconds, lastHeardAt, line) => {
  expect(lineOf({ link, reportingSeconds, lastHeardAt })).toBe(line);
});
