import { describe, expect, it, test } from 'vitest';
import { dayText, fromLocalInput, localDay, timeFormat, toLocalInput } from './centre-time.ts';

const AT = '2026-01-15T20:30:07.000Z';
const NOW = Date.parse('2026-01-16T00:00:00.000Z');

test.each([
  ['vi', 'Asia/Ho_Chi_Minh', '03:30:07', /16/],
  ['en', 'Asia/Ho_Chi_Minh', '03:30:07', /16/],
  ['ru', 'Europe/Moscow', '23:30:07', /15/],
  ['zh', 'Asia/Ho_Chi_Minh', '03:30:07', /16/],
])('times in %s are those of %s, wherever the desk stands', (language, zone, time, day) => {
  const format = timeFormat(language, zone);
  expect(format.time(AT)).toBe(time);
  expect(format.moment(AT, NOW)).toMatch(day);
  expect(format.full(AT)).toMatch(/GMT\+\d/);
});

test.each([
  ['vi', '03:30 16/01', '16/01/2026'],
  ['en', '16 Jan, 03:30', '16 Jan 2026'],
  ['ru', '16.01, 03:30', '16.01.2026'],
  ['zh', '01/16 03:30', '2026/01/16'],
])(
  'days in %s have the order of its people; in English none can be taken for a month',
  (language, moment, day) => {
    expect(timeFormat(language, 'Asia/Ho_Chi_Minh').moment(AT, NOW)).toBe(moment);
    expect(dayText(language, '2026-01-16')).toBe(day);
  },
);

test('the year is written where it is not this one, by the calendar of the centre', () => {
  const { moment } = timeFormat('en', 'Asia/Ho_Chi_Minh');
  expect(moment(AT, NOW)).not.toMatch(/2026/);
  expect(moment(AT, Date.parse('2027-01-01T00:00:00Z'))).toMatch(/2026/);
  // In Viet Nam the new year has begun already.
  expect(moment('2026-12-31T18:00:00Z', Date.parse('2027-03-01T00:00:00Z'))).not.toMatch(/202/);
});

test('the day of a form is that of the centre', () => {
  expect(localDay(Date.parse(AT), 'Asia/Ho_Chi_Minh')).toBe('2026-01-16');
  expect(localDay(Date.parse(AT), 'Europe/Moscow')).toBe('2026-01-15');
});

test('midnight is the beginning of a day', () => {
  expect(timeFormat('en', 'UTC').time('2026-01-15T00:00:00Z')).toBe('00:00:00');
});

describe('what is typed into a form', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-01-16T03:30'],
    ['UTC', '2026-01-15T20:30'],
    ['America/St_Johns', '2026-01-15T17:00'],
  ])('is the time of %s', (zone, text) => {
    const at = Math.floor(Date.parse(AT) / 60_000) * 60_000;
    expect(toLocalInput(at, zone)).toBe(text);
    expect(fromLocalInput(text, zone)).toBe(at);
  });

  it('comes back around a change of the clocks, but for the hour that is there twice', () => {
    for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
      for (const hours of [-30, -2, -1.5, 0, 0.5, 1, 2, 30]) {
        const at = change + hours * 3_600_000;
        const back = fromLocalInput(toLocalInput(at, 'Europe/Berlin'), 'Europe/Berlin') ?? Number.NaN;
        expect([0, 3_600_000]).toContain(Math.abs(back - at));
        if (Math.abs(hours) > 1) expect(back).toBe(at);
      }
    }
  });

  it('that is no time is none', () => {
    expect(fromLocalInput('', 'UTC')).toBeNull();
    expect(fromLocalInput('2026-13-01T00:00', 'UTC')).toBeNull();
  });
});
