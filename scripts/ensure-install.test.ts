import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
// Plain JavaScript: it runs before anything is installed, and has no types.
// @ts-expect-error TS7016
import * as ensureInstall from './ensure-install.mjs';

const installNeeded: (folder: string) => string | undefined = ensureInstall.installNeeded;
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-install-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const WANTED = {
  '': {},
  server: { version: '1.0.0' },
  'node_modules/pg': { version: '8.1.0' },
  'node_modules/@keng/server': { link: true },
  'node_modules/for-another-machine': { version: '1.0.0', optional: true },
  'server/node_modules/jose': { version: '5.0.0' },
};
const INSTALLED = {
  'node_modules/pg': { version: '8.1.0' },
  'node_modules/@keng/server': { link: true },
  'server/node_modules/jose': { version: '5.0.0' },
};

function write(wanted: object, installed: object): void {
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  for (const name of Object.keys(installed)) fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'node_modules/.package-lock.json'),
    JSON.stringify({ packages: installed }),
  );
}

test('nothing is to do where all is there that the lock file names for this machine', () => {
  write(WANTED, INSTALLED);
  expect(installNeeded(folder)).toBeUndefined();
});

test('a fresh clone installs', () => {
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  expect(installNeeded(folder)).toBe('nothing is installed yet');
});

test.each([
  ['a package that is new', { ...WANTED, 'node_modules/new': { version: '1.0.0' } }, 'new is missing'],
  ['another version', { ...WANTED, 'node_modules/pg': { version: '8.2.0' } }, 'pg is not at 8.2.0'],
  [
    'another version of what only one workspace has',
    { ...WANTED, 'server/node_modules/jose': { version: '6.0.0' } },
    'server/node_modules/jose is not at 6.0.0',
  ],
])('%s is installed', (_what, wanted, why) => {
  write(wanted, INSTALLED);
  expect(installNeeded(folder)).toBe(why);
});

test('a folder that somebody removed is installed again', () => {
  write(WANTED, INSTALLED);
  fs.rmSync(path.join(folder, 'server/node_modules'), { recursive: true });
  expect(installNeeded(folder)).toBe('server/node_modules/jose is missing');
});
