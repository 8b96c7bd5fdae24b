import fs from 'node:fs';
import { expect, test } from 'vitest';
import { words } from '../../locales/vi.ts';

const SERVER = new URL('../../../../server/src/facilities/', import.meta.url);
const FILES = ['import/read-row.ts', 'import/import-facilities.ts', 'import/read-csv.ts', 'rules.ts'];
/** Only a change by hand names a contact or transmitter by its id; the third is the kind of an entry. */
const NOT_OF_FILES = new Set([
  'facility.imported',
  'facility.contact-unknown',
  'facility.transmitter-unknown',
]);

/** Everything that the import may say is wrong, as the centre writes it. */
const codes = new Set(
  FILES.flatMap((name) => {
    const source = fs.readFileSync(new URL(name, SERVER), 'utf8');
    return [...source.matchAll(/'((?:import|facility|permission)\.[a-z0-9-]+)'/g)].map(
      ([, code]) => code ?? '',
    );
  }),
);

test.each([...codes].filter((code) => !NOT_OF_FILES.has(code)))(
  '%s is said in words of the console',
  (code) => {
    const key = code.replaceAll('.', '-');
    expect({ ...group('field'), ...group('problem') }).toHaveProperty([key]);
  },
);

function group(name: string): object {
  const found = words[name];
  return typeof found === 'object' ? found : {};
}
