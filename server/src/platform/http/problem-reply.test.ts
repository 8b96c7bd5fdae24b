import { Problem } from '@keng/model';
import { expect, it } from 'vitest';
import { PlatformError } from '../platform-error.ts';
import { toProblem } from './problem-reply.ts';

function withCode(code: string, message = 'synthetic'): Error {
  return Object.assign(new Error(message), { code });
}

it.each([
  [
    'a transaction whose end nobody knows',
    new PlatformError('commit-uncertain', '', ''),
    'storage.uncertain',
  ],
  ['one that was rolled back', new PlatformError('commit-rolled-back', '', ''), 'storage.unavailable'],
  ['a database that starts', withCode('57P03'), 'storage.unavailable'],
  ['a database that is not there', withCode('ECONNREFUSED'), 'storage.unavailable'],
  ['a row that another one holds', withCode('55P03'), 'storage.busy'],
])('%s', (_, error, code) => {
  expect(toProblem(error, 'request-1')).toMatchObject({ status: 503, code });
});

it('only what is surely not stored may be tried again unseen', () => {
  const retry = (error: Error) => toProblem(error, 'request-1').params?.retryAfterSeconds;
  expect(retry(withCode('57P03'))).toBeGreaterThan(0);
  expect(retry(new PlatformError('commit-uncertain', '', ''))).toBeUndefined();
});

it('a row outside the own organisations is no fault of the centre; a missing right of its role is', () => {
  const outside = withCode('42501', 'new row violates row-level security policy for table "incident"');
  expect(toProblem(outside, 'request-1')).toMatchObject({ status: 403, code: 'scope.outside' });
  expect(toProblem(withCode('42501', 'permission denied for table incident'), 'request-1').status).toBe(500);
});

it('what nobody foresaw is told by its number, without its cause', () => {
  const problem = toProblem(new Error('secret of the house'), 'request-1');
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem.toDocument())).toContain('request-1');
  expect(JSON.stringify(problem.toDocument())).not.toContain('secret');
});

it('a problem stays what it is', () => {
  const problem = new Problem(409, 'synthetic', 'synthetic');
  expect(toProblem(problem, 'request-1')).toBe(problem);
});
