import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldMarks } from './fold.ts';

describe('folding a text for search', () => {
  it.each([
    ['Trần Hưng Đạo', 'tran hung dao'],
    ['ĐẶNG  Văn\u00a0Ngữ', 'dang van ngu'],
    ['Ðà Nẵng', 'da nang'],
    ['Quốc lộ 1A', 'quoc lo 1a'],
    [' ươ ƯƠ ', 'uo uo'],
    ['Sông Công', 'sông công'.normalize('NFD').replace(/\p{M}/gu, '')],
    ['İstanbul', 'istanbul'],
    ['河内', '河内'],
    ['', ''],
  ])('%j is found as %j', (text, folded) => {
    expect(foldMarks(text)).toBe(folded);
  });

  it('gives the same for composed and decomposed text', () => {
    expect(foldMarks('Trần Hưng Đạo'.normalize('NFD'))).toBe(foldMarks('Trần Hưng Đạo'.normalize('NFC')));
  });

  it('changes nothing when folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldMarks(foldMarks(text))).toBe(foldMarks(text));
      }),
    );
  });
});
