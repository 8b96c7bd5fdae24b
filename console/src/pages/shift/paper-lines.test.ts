import { describe, expect, test } from 'vitest';
import { readPaperLines } from './paper-lines.ts';

describe('lines of a paper', () => {
  test('have their true times, also across midnight, in every way people write a time', () => {
    const lines = readPaperLines('2026-03-01', '23:50 mất điện\n\n23h55 khói ở tầng 3\n0.05 đã dập tắt');
    expect(lines?.map((one) => one.text)).toEqual(['mất điện', 'khói ở tầng 3', 'đã dập tắt']);
    const [first = '', second = '', third = ''] = lines?.map((one) => one.at) ?? [];
    expect(Date.parse(second) - Date.parse(first)).toBe(5 * 60_000);
    expect(Date.parse(third) - Date.parse(second)).toBe(10 * 60_000);
  });

  test.each(['khói', '25:00 khói', '12:75 khói', ''])('%j is none', (text) => {
    expect(readPaperLines('2026-03-01', text)).toBeNull();
  });
});
