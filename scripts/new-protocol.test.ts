import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { newProtocol } from './new-protocol.ts';

const root = path.resolve(import.meta.dirname, '..');
let folder: string | null = null;
afterEach(() => {
  if (folder !== null) fs.rmSync(folder, { recursive: true });
  folder = null;
});

it('a new protocol passes its own tests from the first moment on, and only then', () => {
  // Inside the project, so that its libraries are found; not in packages/, where the rest of the suite would meet it.
  folder = fs.mkdtempSync(path.join(root, '.new-protocol-'));
  const made = newProtocol('bell-2', path.join(folder, 'packages'));
  expect(JSON.parse(fs.readFileSync(path.join(made, 'package.json'), 'utf8'))).toMatchObject({
    name: '@keng/bell-2',
  });
  fs.writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default {};\n');
  const vitest = () =>
    spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder ?? ''],
      {
        encoding: 'utf8',
      },
    );
  const good = vitest();
  expect(good.status, good.stdout + good.stderr).toBe(0);
  const decode = path.join(made, 'src/decode.ts');
  fs.writeFileSync(decode, fs.readFileSync(decode, 'utf8').replace("return 'sum-wrong'", 'return null'));
  expect(vitest().status).toBe(1);
});

it('no name that is none, and nothing that is there already', () => {
  expect(() => newProtocol('../x')).toThrow('a name of');
  expect(() => newProtocol('gb26875')).toThrow('exists already');
});
