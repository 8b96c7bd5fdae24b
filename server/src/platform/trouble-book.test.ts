import { expect, it } from 'vitest';
import { TroubleBook, timesText } from './trouble-book.ts';

it('tells each reason at once, and then once a minute how often it came', () => {
  const book = new TroubleBook();
  expect(book.failed('sms', 'no route', 0)).toBe(1);
  expect(book.failed('sms', 'no route', 1_000)).toBeNull();
  expect(book.failed('sms', 'time-out', 2_000)).toBe(1);
  expect(book.failed('sms', 'no route', 59_999)).toBeNull();
  expect(book.failed('sms', 'no route', 60_000)).toBe(3);
  expect(book.failed('sms', 'no route', 60_001)).toBeNull();
});

it('counts what failed apart, and begins anew where it works again', () => {
  const book = new TroubleBook();
  book.failed('sms', 'no route', 0);
  book.failed('sms', 'time-out', 0);
  expect(book.failed('mail', 'no route', 0)).toBe(1);
  expect(book.passed('sms')).toBe(2);
  expect(book.passed('sms')).toBe(0);
  expect(book.failed('sms', 'no route', 1)).toBe(1);
  expect(book.failed('mail', 'no route', 1)).toBeNull();
});

it('is bounded: of endless reasons the first ones are told apart', () => {
  const book = new TroubleBook();
  const told = Array.from({ length: 1_000 }, (_, index) => book.failed('sms', `reason ${index}`, 0));
  expect(told.filter((times) => times !== null)).toHaveLength(21);
});

it('says how often only where that is more than once', () => {
  expect(timesText('not sent', 1)).toBe('not sent');
  expect(timesText('not sent', 312)).toBe('not sent (312 times since it was last told)');
});
