import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { PlatformError } from './platform-error.ts';

function collect(level: 'debug' | 'warn') {
  const lines: string[] = [];
  const log = createLogger('intake', { level, pretty: false, write: (line) => lines.push(line) });
  return { log, read: () => lines.map((line) => JSON.parse(line)) };
}

test('a line carries level, name, fields of the logger and its own', () => {
  const { log, read } = collect('debug');
  log.child({ role: 'receiver' }).info({ frames: 3 }, 'received');
  expect(read()).toMatchObject([
    { level: 'info', name: 'intake', role: 'receiver', frames: 3, msg: 'received' },
  ]);
});

test('an error is written with its code, its stack and its cause', () => {
  const { log, read } = collect('debug');
  log.error(new PlatformError('child-failed', 'no', 'do', { cause: new Error('deep') }));
  const [line] = read();
  expect(line).toMatchObject({ msg: 'no', err: { code: 'child-failed', cause: { message: 'deep' } } });
  expect(line.err.stack).toContain('logger.test');
});

test('what is below the level is not written, also by a child', () => {
  const { log, read } = collect('warn');
  log.info('no');
  log.child({}).debug('no');
  log.warn('yes');
  expect(read().map((line) => line.msg)).toEqual(['yes']);
});
