import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  loadRolePasswords,
  loadSecrets,
  revealSecrets,
  secretsHelp,
  secretsTable,
  wrapSecrets,
} from './secrets.ts';

let dataFolder: string;
beforeEach(() => {
  dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-secrets-'));
});
afterEach(() => fs.rmSync(dataFolder, { recursive: true }));

const load = (env: Record<string, string> = {}, telephoneGatewaySecretFile: string | null = null) =>
  loadSecrets({ dataFolder, telephoneGatewaySecretFile }, env);

test('what nobody gave is made once, readable by its owner alone, and the same at the next start', () => {
  const first = revealSecrets(load());
  expect(first.session).toMatch(/^[\w-]{43}$/);
  expect(first.session).not.toBe(first.ownerLink);
  expect(revealSecrets(load())).toEqual(first);
  expect(fs.statSync(path.join(dataFolder, 'secrets')).mode & 0o777).toBe(0o700);
  expect(fs.statSync(path.join(dataFolder, 'secrets', 'session')).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.join(dataFolder, 'secrets'))).toEqual([
    'device-keys',
    'owner-link',
    'push',
    'session',
    'webhooks',
  ]);
});

test('the environment beats what was made; a file can be named instead', () => {
  const file = path.join(dataFolder, 'given');
  fs.writeFileSync(file, 'from a file\n');
  const secrets = revealSecrets(
    load({ KENG_SESSION_SECRET: 'from the environment', KENG_OWNER_LINK_SECRET_FILE: file }, file),
  );
  expect(secrets).toMatchObject({
    session: 'from the environment',
    ownerLink: 'from a file',
    telephoneGateway: 'from a file',
  });
});

test('a secret shared with another system is never made up', () => {
  expect(load().telephoneGateway).toBeNull();
});

test('a file that is missing or empty is an error that names the variable', () => {
  fs.writeFileSync(path.join(dataFolder, 'empty'), '\n');
  for (const name of ['empty', 'missing']) {
    expect(() => load({ KENG_SESSION_SECRET_FILE: path.join(dataFolder, name) })).toThrow(
      /KENG_SESSION_SECRET: the file/,
    );
  }
});

test('a secret does not print', () => {
  const secrets = load({ KENG_SESSION_SECRET: 'hidden' });
  const printed = [
    JSON.stringify(secrets),
    inspect(secrets, { depth: 9, showHidden: true }),
    `${secrets.session}`,
  ];
  expect(printed.join(' ')).not.toContain('hidden');
  expect(wrapSecrets(revealSecrets(secrets)).session.reveal()).toBe('hidden');
});

test('passwords of database roles come by the short name of the role', () => {
  expect(loadRolePasswords({ KENG_DATABASE_PASSWORD_CORE: 'c', KENG_DATABASE_PASSWORD_KING: 'k' })).toEqual({
    keng_core: 'c',
  });
});

test.each(Object.values(secretsTable))('the help lists $env', (row) => {
  expect(secretsHelp()).toContain(row.env);
});
