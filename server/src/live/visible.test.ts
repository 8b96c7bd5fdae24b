import { ENTRY_KINDS } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { FEED_KINDS } from './visible.ts';

describe('the live feed', () => {
  // A kind left out has a revision that the desk misses: each such entry would cost every desk a new snapshot.
  it.each(Object.keys(ENTRY_KINDS).filter((kind) => /^(incident|works)\./.test(kind)))(
    'holds %s, which changes a state that desks show',
    (kind) => {
      expect(FEED_KINDS).toContain(kind);
    },
  );
});
