import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renewed } from './page.ts';

const file = resolve(import.meta.dirname, '../../../../docs/hazards.md');
writeFileSync(file, renewed(readFileSync(file, 'utf8')));
