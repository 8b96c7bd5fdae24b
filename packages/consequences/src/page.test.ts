import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { models } from './index.ts';
import { renewed } from './testing/page.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/consequences.md'), 'utf8');
const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');

describe('docs/consequences.md', () => {
  it('lists every model, range, default, substance and level as the code has them', () => {
    // After a change: npm run page -w @keng/consequences, and read what has changed.
    expect(renewed(page)).toBe(page);
  });

  it('names every model once', () => {
    for (const { id } of models) expect(page.split(`| \`${id}\`:`)).toHaveLength(2);
  });
});

describe('README.md', () => {
  it('names only models that exist', () => {
    const ids = new Set(models.map(({ id }) => id));
    const named = [
      ...readme.matchAll(
        /\b((?:fireball|blast|pool-fire|dispersion|harm|release|forces)\.[a-z0-9.-]+[a-z0-9])/g,
      ),
    ].map(([, id]) => id ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});
