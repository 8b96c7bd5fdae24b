import fs from 'node:fs';
import { expect, it } from 'vitest';
import { LONG } from './longest-first.ts';

it('every file that is begun early is there', () => {
  expect(LONG.filter((name) => !fs.existsSync(new URL(`../${name}`, import.meta.url)))).toEqual([]);
});
