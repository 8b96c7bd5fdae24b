import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from './number.ts';
import { instantOf, isoTime, rssTime, utc } from './time.ts';

const day = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('times', () => {
  it('every instant is written and read again', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(instantOf(date.getTime())).toBe(date.toISOString());
        expect(isoTime(date.toISOString())?.at).toBe(date.getTime());
        const seconds = date.toISOString().slice(0, 19);
        expect(isoTime(`${seconds}Z`)?.at).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
        // The quick way and the pattern say the same.
        expect(isoTime(seconds.replace('T', ' '), 420)).toEqual(isoTime(` ${seconds}`, 420));
      }),
    );
    for (const time of [-8.64e15, -1, 0, 8.64e15]) expect(instantOf(time)).toBe(new Date(time).toISOString());
  });

  it.each([
    ['2026-09-07T13:00+07:00', '2026-09-07T06:00:00.000Z'],
    ['2026-09-07 13:00 +0700', '2026-09-07T06:00:00.000Z'],
    ['2026-09-07T13:00:00.5-05', '2026-09-07T18:00:00.500Z'],
    ['2024-02-29T00:00', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['0099-12-31T23:59Z', '0099-12-31T23:59:00.000Z'],
    ['2026-01-01T00:00:00.1234567Z', '2026-01-01T00:00:00.123Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(isoTime(text)?.at ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-29T00:00',
    '1900-02-29T00:00',
    '2026-13-01T00:00',
    '2026-00-01T00:00',
    '2026-04-31 00:00',
    '2026-01-00 00:00',
    '2026-01-01T24:00',
    '2026-01-01T00:60',
    '2026-01-01T00:00:60',
    '2026-01-01T00:00+15:00',
    '2026-01-01T00:00+07:60',
    '20x6-01-01 00:00',
    '2026-01-01 00:00 EST',
    '2026-01-01TZ',
    '',
  ])('%j is no time', (text) => {
    expect(isoTime(text)).toBeNull();
  });

  it.each([
    ['Mon, 30 Dec 2019 00:22:19 GMT', '2019-12-30T00:22:19.000Z'],
    ['30 Dec 2019 07:22 +0700', '2019-12-30T00:22:00.000Z'],
    ['Mon, 31 Feb 2019 00:22:19 GMT', null],
    ['Mon, 30 Dez 2019 00:22:19 GMT', null],
    ['Mon, 30 Dec 2019 00:22:19 PST', null],
  ])('%s in RSS is %s', (text, instant) => {
    const time = rssTime(text);
    expect(time === null ? null : new Date(time).toISOString()).toBe(instant);
  });

  it('the calendar is that of Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999 }), fc.nat(13), fc.nat(32), (year, month, date) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const parsed = new Date(`${text}T00:00:00Z`);
        // Date takes 31 April for 1 May; the calendar of a feed does not.
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
        expect(utc(year, month, date)).toBe(exists ? parsed.getTime() : null);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('numbers', () => {
  it.each([
    ['12.5', 12.5],
    [' -0.5 ', -0.5],
    ['+1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['7.04e+20', 7.04e20],
    ['1e-08', 1e-8],
    ['', null],
    [' ', null],
    ['0x10', null],
    ['Infinity', null],
    ['1e999', null],
    ['1,5', null],
    ['1 000', null],
    ['٣', null],
    ['1_000', null],
    ['--', null],
  ])('%j is %s', (text, value) => {
    expect(decimal(text)).toBe(value);
  });
});
