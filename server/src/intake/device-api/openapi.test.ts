import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { deviceApiDocument } from './openapi.ts';

const file = path.resolve(import.meta.dirname, '../../../../docs/interfaces/device-api.json');

it('docs/interfaces/device-api.json is what the code serves (KENG_WRITE_DOCS=1 writes it anew)', () => {
  const document = `${JSON.stringify(deviceApiDocument(), null, 2)}\n`;
  if (process.env.KENG_WRITE_DOCS === '1') fs.writeFileSync(file, document);
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(JSON.parse(document));
});
