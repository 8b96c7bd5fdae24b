import path from 'node:path';
import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { formatListenAddress, parseListenAddress } from './setting.ts';
import { loadSettings, serveHelp, serveOptions, settingsTable } from './settings.ts';

function load(args: string[], env: Record<string, string> = {}) {
  return loadSettings({ flags: parseArgs({ args, options: serveOptions }).values, env });
}

test('a flag beats the environment, which beats the default', () => {
  expect(load([]).http).toEqual({ host: '127.0.0.1', port: 8114 });
  const env = { KENG_HTTP: '0.0.0.0:80' };
  expect(load([], env).http).toEqual({ host: '0.0.0.0', port: 80 });
  expect(load(['--http', '[::1]:81'], env).http).toEqual({ host: '::1', port: 81 });
});

test('an empty variable counts as not set', () => {
  expect(load([], { DATABASE_URL: '', KENG_COUNTRY: '' })).toMatchObject({
    databaseUrl: null,
    country: 'vn',
  });
});

test('a listener can be switched off, roles can be chosen, folders become absolute', () => {
  const settings = load([
    '--dc09-udp',
    'off',
    '--roles',
    'web, sender,web',
    '--data',
    'here',
    '--one-process',
  ]);
  expect(settings).toMatchObject({
    dc09Udp: null,
    roles: ['web', 'sender'],
    dataFolder: path.resolve('here'),
    oneProcess: true,
  });
});

test('everything that is wrong is told at once, with its flag or variable, and no value of a variable is repeated', () => {
  const wrong = () => load(['--http', 'nowhere', '--roles', 'king'], { KENG_ORIGIN: 'Hà Nội!' });
  expect(wrong).toThrow(/--http nowhere: .*--roles king: .*KENG_ORIGIN: small letters/);
  expect(wrong).not.toThrow(/Hà Nội/);
});

test('a password in an argument is refused without repeating it', () => {
  const wrong = () => load(['--database-url', 'postgresql://a:hidden@b/c']);
  expect(wrong).toThrow(/DATABASE_URL|visible/);
  expect(wrong).not.toThrow(/hidden/);
});

test.each(Object.values(settingsTable))('the help lists --$flag with $env and its default', (row) => {
  const help = serveHelp();
  expect(help).toContain(`--${row.flag}`);
  expect(help).toContain(`environment ${row.env}, default ${row.default ?? 'none'}`);
  expect(help).toContain(row.help);
});

test('flags and variables are used once each', () => {
  const rows = Object.values(settingsTable);
  expect(new Set(rows.map((row) => row.flag)).size).toBe(rows.length);
  expect(new Set(rows.map((row) => row.env)).size).toBe(rows.length);
});

test.each(['127.0.0.1:1', '[::1]:65535', 'gateway.example:0'])(
  'the address %s reads and prints alike',
  (text) => {
    expect(formatListenAddress(parseListenAddress(text) ?? { host: '', port: 0 })).toBe(text);
  },
);

test.each(['1.2.3.4', '1.2.3.4:65536', '::1:80', 'a b', ''])('%o is no address', (text) => {
  expect(() => parseListenAddress(text)).toThrow();
});
