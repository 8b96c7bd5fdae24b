import { Problem } from '@keng/model';
import { describe, expect, test } from 'vitest';
import {
  isRefusal,
  type KeptAnswer,
  keepAnswer,
  keyOfAccount,
  keyOfLink,
  readAnswer,
  showsMeasures,
} from './answer-outbox.ts';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345';
const KEY = keyOfLink(TOKEN);
const KEPT: KeptAnswer = { answer: 'real', at: '2026-01-15T00:00:00.000Z', sent: false, refused: null };

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('an answer that has not left the telephone', () => {
  test('is there again after the page was loaded anew', () => {
    const store = storage();
    keepAnswer(store, KEY, KEPT);
    expect(readAnswer(store, KEY)).toEqual(KEPT);
    expect(readAnswer(store, keyOfLink(`${TOKEN}other-link`))).toBeNull();
  });

  test('is not sent in the name of the next person who logs in there', () => {
    const store = storage();
    keepAnswer(store, keyOfAccount('user-1', 'incident-1'), KEPT);
    expect(readAnswer(store, keyOfAccount('user-1', 'incident-1'))).toEqual(KEPT);
    expect(readAnswer(store, keyOfAccount('user-2', 'incident-1'))).toBeNull();
    expect(readAnswer(store, keyOfAccount('user-1', 'incident-2'))).toBeNull();
  });

  test('does not betray the link', () => {
    const store = storage();
    keepAnswer(store, KEY, KEPT);
    expect([...store.kept].flat().join(' ')).not.toContain(TOKEN);
  });

  test.each(['', 'x', '{}', '{"answer":"maybe","at":"x"}', '{"answer":"real"}', 'null'])(
    'is not made of what was not written by this page: %s',
    (text) => {
      const store = storage();
      keepAnswer(store, KEY, KEPT);
      for (const key of store.kept.keys()) store.kept.set(key, text);
      expect(readAnswer(store, KEY)).toBeNull();
    },
  );
});

test.each([
  [0, false],
  [401, false],
  [408, false],
  [429, false],
  [500, false],
  [503, false],
  [404, true],
  [409, true],
])('a problem with status %d is a refusal: %s', (status, refusal) => {
  expect(isRefusal(new Problem(status, 'x', 'x'))).toBe(refusal);
});

test('a line that was cut while sending is no refusal', () => {
  expect(isRefusal(new DOMException('timeout', 'TimeoutError'))).toBe(false);
});

test('what to do first is shown with the answer itself, not with its receipt', () => {
  expect(showsMeasures(KEPT, null)).toBe(true);
  expect(showsMeasures({ ...KEPT, answer: 'checking' }, null)).toBe(true);
  expect(showsMeasures({ ...KEPT, answer: 'false' }, null)).toBe(false);
  expect(showsMeasures(null, 'real')).toBe(true);
  expect(showsMeasures(null, null)).toBe(false);
});
