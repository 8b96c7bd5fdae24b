import { expect, test } from 'vitest';
import { Ringer, STRIKE_OVERDUE_MS } from './ringing.ts';

function desk(...tabs: string[]): Ringer<string> {
  const ringer = new Ringer<string>();
  for (const tab of tabs) ringer.join(tab);
  return ringer;
}
const all = (ringer: Ringer<string>, ...tabs: string[]) => tabs.map((tab) => ringer.of(tab));

test('of two tabs that may be heard one rings', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', true, 0);
  ringer.allow('b', true, 0);
  expect(all(ringer, 'a', 'b')).toEqual(['here', 'elsewhere']);
});

test('while no tab may be heard, each says so', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', false, 0);
  expect(all(ringer, 'a', 'b')).toEqual(['nobody', 'nobody']);
});

test('when the ringing tab closes, another rings', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', true, 0);
  ringer.allow('b', true, 0);
  ringer.leave('a', 0);
  expect(ringer.of('b')).toBe('here');
});

test('when its sound is taken away, another rings, and does not give it back', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', true, 0);
  ringer.allow('b', true, 0);
  ringer.allow('a', false, 0);
  ringer.allow('a', true, 0);
  expect(all(ringer, 'a', 'b')).toEqual(['elsewhere', 'here']);
});

test('a tab that should ring and has not struck for a while is passed over', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', true, 0);
  ringer.allow('b', true, 0);
  ringer.struck('a', 1_000);
  ringer.look(1_000 + STRIKE_OVERDUE_MS);
  expect(ringer.of('a')).toBe('here');
  ringer.look(1_001 + STRIKE_OVERDUE_MS);
  expect(ringer.of('b')).toBe('here');
});

test('quiet hours make nobody overdue', () => {
  const ringer = desk('a', 'b');
  ringer.allow('a', true, 0);
  ringer.allow('b', true, 0);
  ringer.rest(3_600_000);
  ringer.look(3_600_500);
  expect(ringer.of('a')).toBe('here');
});
