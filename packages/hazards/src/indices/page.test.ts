import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { physicsMethods } from '../physics/index.ts';
import { indexMethods } from './index.ts';
import { renewed } from './testing/page.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/hazards-indices.md'), 'utf8');

describe('docs/hazards-indices.md', () => {
  it('lists every index, model, range, class and factor as the code has them', () => {
    // After a change: npx tsx packages/hazards/src/indices/testing/write-page.ts, and read what has changed.
    expect(renewed(page)).toBe(page);
  });

  it('names every method once', () => {
    for (const { id } of [...indexMethods, ...physicsMethods])
      expect(page.split(`| \`${id}\`:`)).toHaveLength(2);
  });
});
