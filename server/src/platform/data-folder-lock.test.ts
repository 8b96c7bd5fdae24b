import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder, lockHolder } from './data-folder-lock.ts';
import { startMark } from './process-table.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a data folder has one holder at a time', () => {
  const lock = lockDataFolder(folder);
  expect(lockHolder(folder)).toBe(process.pid);
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-in-use' }));
  lock.release();
  expect(lockHolder(folder)).toBeUndefined();
  lockDataFolder(folder).release();
});

test.each([
  ['of a process that has gone', '4194305 1'],
  ['of a number that another program has by now', `${process.ppid} ${startMark(process.pid)}`],
  ['that is damaged', 'x'],
])('a lock %s is taken over', (_name, text) => {
  fs.writeFileSync(path.join(folder, 'keng.lock'), text);
  lockDataFolder(folder).release();
});
