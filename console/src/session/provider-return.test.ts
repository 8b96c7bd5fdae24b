import { expect, test } from 'vitest';
import { readReturn } from './provider-return.ts';

test.each([
  ['provider-unlinked', 'provider.unlinked'],
  ['session-step-over', 'session.step-over'],
  // Whatever somebody writes into a link.
  ['<script>', 'provider.refused'],
])('%s in the address is %s', (said, code) => {
  expect(readReturn(said, 'abc')).toMatchObject({
    kind: 'refused',
    problem: { code, params: { subject: 'abc' } },
  });
});

test('a key that is wanted after the provider is asked for', () => {
  expect(readReturn('second-factor', null)).toEqual({ kind: 'key-wanted' });
});
