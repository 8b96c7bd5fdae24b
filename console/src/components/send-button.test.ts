import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
/** Where there is no line that could be lost: before the log-in, and the owner's page. And what only reads on. */
const WITHOUT_A_LINE = [
  'session/login-form.tsx',
  'session/other-ways.tsx',
  'session/own-password-form.tsx',
  'session/recovery-form.tsx',
  'pages/owner/contact-settings.tsx',
  'pages/owner/push-button.tsx',
  'components/load-more.tsx',
];

it('whatever waits for an answer of the centre is locked when the line is lost', () => {
  const plain = fs
    .readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .filter((file) =>
      /<Button\b[^<]*\bloading=\{[^}]*(isPending|pending|isFetching)/.test(
        fs.readFileSync(path.join(SOURCE, file), 'utf8'),
      ),
    );
  expect(plain.map((file) => file.split(path.sep).join('/')).sort()).toEqual([...WITHOUT_A_LINE].sort());
});
