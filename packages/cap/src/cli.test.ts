import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soundAlert, soundArea, soundInfo } from './alerts.fixture.ts';
import { runCli } from './cli.ts';
import { writeAlert } from './write/write-alert.ts';

let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-cap-'));
  fs.writeFileSync(at('sound.xml'), writeAlert(soundAlert()));
  const open = writeAlert(soundAlert()).replace(' 21,105</polygon>', '</polygon>');
  fs.writeFileSync(at('open.xml'), open);
  fs.writeFileSync(at('broken.xml'), '<alert>');
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  fs.writeFileSync(at('key.pem'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  fs.writeFileSync(at('public.pem'), key.publicKey.export({ type: 'spki', format: 'pem' }));
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('check names the rule, the place and the line, and says so by its code', () => {
  expect(runCli(['check', at('sound.xml'), '--profile', 'strict'])).toMatchObject({ code: 0 });
  const open = runCli(['check', at('open.xml')]);
  expect(open.code).toBe(1);
  expect(open.out).toMatch(/error +2:\d+ +polygon\.open +alert\/info\[1\]\/area\[1\]\/polygon\[1\]/);
  expect(JSON.parse(runCli(['check', at('open.xml'), '--json']).out).alerts[0].findings[0].rule).toBe(
    'polygon.open',
  );
});

test('show prints what the message says', () => {
  expect(runCli(['show', at('sound.xml')]).out).toContain('Cảnh báo lũ trên sông');
  expect(JSON.parse(runCli(['show', at('sound.xml'), '--json']).out)).toEqual([soundAlert()]);
});

test('what sign writes, verify takes, and nothing else', () => {
  const signed = runCli(['sign', at('sound.xml'), '--private-key', at('key.pem')]);
  fs.writeFileSync(at('signed.xml'), signed.out);
  const key = `desk=${at('public.pem')}`;
  expect(runCli(['verify', at('signed.xml'), '--key', key])).toMatchObject({ code: 0 });
  expect(runCli(['verify', at('sound.xml'), '--key', key])).toMatchObject({ code: 1 });
});

test('cost tells the alphabet and the places', () => {
  const long = soundAlert({ info: [soundInfo({ description: 'ạ'.repeat(616), area: [soundArea()] })] });
  fs.writeFileSync(at('long.xml'), writeAlert(long));
  const cost = runCli(['cost', at('long.xml')]);
  expect(cost.code).toBe(1);
  expect(cost.out).toContain('ucs-2 616 of 615; 10 short messages');
});

test.each([
  [['check', 'broken.xml'], 'unclosed tag'],
  [['check', 'none.xml'], 'no such file'],
  [['check', 'sound.xml', '--profile', 'x'], 'no profile x'],
  [['fly', 'sound.xml'], 'no command fly'],
  [['check'], 'which file'],
  [['check', 'sound.xml', '--wrong'], '--wrong'],
])('%j is told what is wrong', (args, text) => {
  const result = runCli(args.map((one) => (one.endsWith('.xml') ? at(one) : one)));
  expect(result.code).toBe(2);
  expect(result.error).toContain(text);
});

test('it runs as a command', () => {
  const bin = fileURLToPath(new URL('../bin/cap.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [bin, 'check', at('sound.xml')], { encoding: 'utf8' })).toContain(
    '0 errors',
  );
});
