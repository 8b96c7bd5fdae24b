import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renewed } from './page.ts';

/** `npx tsx packages/hazards/src/readers/testing/write-page.ts`: the tables of the page as the code has them. */
const page = resolve(import.meta.dirname, '../../../../../docs/hazards-readers.md');
writeFileSync(page, renewed(readFileSync(page, 'utf8')));
