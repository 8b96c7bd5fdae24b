import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, fitText } from './text-budget.ts';

describe('cost of a text', () => {
  test.each([
    ['Fire! Leave now.', 'gsm-7', 16],
    ['{€}', 'gsm-7', 6],
    ['Cháy! Rời ngay.', 'ucs-2', 15],
    ['Пожар', 'ucs-2', 5],
    ['火灾', 'ucs-2', 2],
    ['🔥', 'ucs-2', 2],
  ])('%s: %s, %d', (text, alphabet, places) => {
    expect(costOf(text, 'sms')).toMatchObject({ alphabet, places });
  });

  test('one sign beyond the alphabet makes the whole text dear, and is named', () => {
    expect(costOf(`${'a'.repeat(100)}ạ`, 'sms')).toMatchObject({ parts: 2, fits: false, beyondGsm: ['ạ'] });
    expect(costOf('a'.repeat(101), 'sms')).toMatchObject({ parts: 1, fits: true, beyondGsm: [] });
  });

  test.each([
    [615, true],
    [616, false],
  ])('%d Vietnamese places on cell broadcast: %s', (places, fits) => {
    expect(costOf('ạ'.repeat(places), 'cell-broadcast').fits).toBe(fits);
  });

  test.each([
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
  ])('%d Vietnamese places make %d short messages', (places, parts) => {
    expect(costOf('ạ'.repeat(places), 'sms').parts).toBe(parts);
  });
});

test('what is made to fit does, begins as the text, and is not cut inside a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 1_500 }), (text) => {
      const fitted = fitText(text, 'sms');
      expect(costOf(fitted, 'sms').fits).toBe(true);
      if (fitted !== text) expect(text.startsWith(fitted.slice(0, -3))).toBe(true);
    }),
  );
  expect(fitText(`${'từ '.repeat(40)}`, 'sms')).toBe(`${'từ '.repeat(22).trim()}...`);
});
