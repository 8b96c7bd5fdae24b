import { expect, test } from 'vitest';
import { type LinkFacts, linkStatus, retryDelayMs } from './link-watch.ts';

const facts = (more: Partial<LinkFacts>): LinkFacts => ({
  startedAt: 0,
  heardAt: null,
  position: 0,
  storage: 'ok',
  storageSince: null,
  setAside: 0,
  problem: null,
  loggedOut: false,
  loading: false,
  ...more,
});

test.each([
  ['just started', facts({}), 1_000, 'connecting'],
  ['never heard of, and time is up', facts({}), 3_000, 'lost'],
  ['a tick a second ago', facts({ heardAt: 10_000 }), 11_000, 'live'],
  ['the snapshot is coming', facts({ heardAt: 10_000, loading: true }), 11_000, 'loading'],
  ['the snapshot stopped coming', facts({ heardAt: 10_000, loading: true }), 12_600, 'lost'],
  ['one tick missed', facts({ heardAt: 10_000 }), 12_000, 'live'],
  ['silent: the banner stands within three seconds', facts({ heardAt: 10_000 }), 12_600, 'lost'],
  ['the log-in ran out', facts({ heardAt: 10_000, loggedOut: true }), 10_100, 'logged-out'],
] as const)('%s', (_name, given, now, expected) => {
  expect(linkStatus(given, now)).toBe(expected);
});

test('attempts to reconnect begin quickly and never rest for more than three seconds', () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    expect(retryDelayMs(attempt, 0.5)).toBeLessThanOrEqual(3_000);
  }
  expect(retryDelayMs(0, 0.5)).toBeLessThan(500);
});
