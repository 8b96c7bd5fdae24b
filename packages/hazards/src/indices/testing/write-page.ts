import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renewed } from './page.ts';

/** `npx tsx packages/hazards/src/indices/testing/write-page.ts`: writes the tables of docs/hazards-indices.md anew. */
const file = resolve(import.meta.dirname, '../../../../../docs/hazards-indices.md');
writeFileSync(file, renewed(readFileSync(file, 'utf8')));
