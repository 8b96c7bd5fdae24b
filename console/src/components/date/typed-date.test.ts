import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText } from '../centre-time.ts';
import { readDay, readMoment } from './typed-date.ts';

const LANGUAGES = ['vi', 'en', 'ru', 'zh'] as const;

describe('a day that was typed', () => {
  it.each([
    ['23/11/2026', '2026-11-23'],
    ['3/4/2026', '2026-04-03'],
    ['23.11.2026', '2026-11-23'],
    [' 23-11-2026 ', '2026-11-23'],
    ['2026-11-23', '2026-11-23'],
    ['2026/1/3', '2026-01-03'],
    ['2026年11月23日', '2026-11-23'],
    ['3 Sept 2026', '2026-09-03'],
    ['3 september 2026', '2026-09-03'],
    ['29/02/2028', '2028-02-29'],
  ])('%s', (text, day) => expect(readDay(text)).toBe(day));

  it.each([
    '',
    '23',
    '23/11',
    '23/11/20',
    '23/11/202',
    '31/04/2026',
    '29/02/2026',
    '11/23/2026',
    '0/1/2026',
    '23/11/2026 14',
    'hôm nay',
    '3 Xyz 2026',
    '23/11/20266',
  ])('%s is none', (text) => expect(readDay(text)).toBeNull());

  it.each(LANGUAGES)('is read as the console writes it in %s', (language) => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
        const day = at.toISOString().slice(0, 10);
        expect(readDay(dayText(language, day))).toBe(day);
      }),
    );
  });
});

describe('a moment that was typed', () => {
  it.each([
    ['23/11/2026 14:30', '2026-11-23T14:30'],
    ['14:30 23/11/2026', '2026-11-23T14:30'],
    ['2h05 23/11/2026', '2026-11-23T02:05'],
    ['23 Nov 2026 00:00', '2026-11-23T00:00'],
    ['2026-11-23T14:30', '2026-11-23T14:30'],
    ['2026-11-23 23:59', '2026-11-23T23:59'],
  ])('%s', (text, moment) => expect(readMoment(text)).toBe(moment));

  it.each([
    '23/11/2026',
    '14:30',
    '23/11/2026 24:00',
    '23/11/2026 1:60',
    '23/11/2026 1:5',
    '23/11/2026 14:305',
  ])('%s is none', (text) => expect(readMoment(text)).toBeNull());
});
