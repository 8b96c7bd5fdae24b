import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renewed } from './page.ts';

/** `npm run page -w @keng/consequences`: writes the tables of docs/consequences.md anew. */
const file = resolve(import.meta.dirname, '../../../../docs/consequences.md');
writeFileSync(file, renewed(readFileSync(file, 'utf8')));
