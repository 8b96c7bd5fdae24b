import { type AnyEntry, ENTRY_KINDS } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { FEED_KINDS, visibleTo } from './visible.ts';

const desk = (organisation: string): AnyEntry =>
  // Only what visibility looks at.
  ({ kind: 'desk.silent', organisation, facility: null }) as unknown as AnyEntry;

describe('a desk that does not answer', () => {
  it.each([
    ['the national desk', '*', true],
    ['the province itself', ['VN-PC07-01'], true],
    ['another province', ['VN-PC07-79'], false],
    ['a station of the province', ['VN-PC07-01-S1'], false],
  ] as const)('%s: %s sees it: %s', (_, scope, sees) => {
    const user = { scope, facilities: [], permissions: new Set() } as unknown as Parameters<
      typeof visibleTo
    >[0];
    expect(visibleTo(user)(desk('VN-PC07-01'))).toBe(sees);
  });
});

describe('the live feed', () => {
  // A kind left out has a revision that the desk misses: each such entry would cost every desk a new snapshot.
  it.each(Object.keys(ENTRY_KINDS).filter((kind) => /^(incident|works|desk)\./.test(kind)))(
    'holds %s, which changes a state that desks show',
    (kind) => {
      expect(FEED_KINDS).toContain(kind);
    },
  );
});
