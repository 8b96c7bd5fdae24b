import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { vietNamHazards } from './index.ts';
import { renewed } from './testing/page.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/hazards.md'), 'utf8');

it('docs/hazards.md lists every rule, choice, bulletin and command as the code has them', () => {
  // After a change: npx tsx countries/vn/hazards/testing/write-page.ts, and read what has changed.
  expect(renewed(page)).toBe(page);
});

it('names every rule with its article once', () => {
  for (const { rules } of vietNamHazards.tables)
    for (const { id } of rules) expect(page.split(`| \`${id}\` |`), id).toHaveLength(2);
});
