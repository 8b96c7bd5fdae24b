import { describe, expect, it } from 'vitest';
import { bulletinsDue, commandAt, type RepeatRule, sendings } from './bulletins.ts';
import { inventedBulletins } from './testing/invented-country.ts';

// The invented country lies 2 h 30 min east of Greenwich: 06:00 there is 03:30 UTC.
const now = '2026-02-27T12:00:00.000Z';
const due = (situation: Record<string, string | number>, issued: Record<string, string> = {}, at = now) =>
  bulletinsDue(inventedBulletins, situation, at, issued);

describe('bulletins due', () => {
  it('none where nothing is known', () => {
    expect(due({})).toEqual([]);
  });

  it('the kind that fits, at its next local time, with delivery and repetition', () => {
    expect(due({ sand: 'yes', hoursAway: 6 })).toMatchObject([
      {
        kind: 'due',
        bulletin: { id: 'sand' },
        now: true,
        next: '2026-02-27T15:30:00.000Z',
        delivery: { article: '31', withinMinutes: 10 },
        repeats: [{ medium: 'drums' }, { medium: 'bells' }],
      },
    ]);
  });

  it('undecided where a fact decides between kinds', () => {
    expect(due({ sand: 'yes' })).toMatchObject([
      { kind: 'cannot-be-told', bulletin: { id: 'sand' }, needs: ['hoursAway'] },
      { kind: 'cannot-be-told', bulletin: { id: 'sand-far' }, needs: ['hoursAway'] },
    ]);
  });

  it('one that came is not due now; one that should have come is overdue', () => {
    const last = { sand: '2026-02-27T03:30:00Z' };
    expect(due({ sand: 'yes', hoursAway: 2 }, last)[0]).not.toHaveProperty('overdueSince');
    expect(due({ sand: 'yes', hoursAway: 2 }, last, '2026-02-27T16:00:00Z')).toMatchObject([
      { now: false, overdueSince: '2026-02-27T15:30:00.000Z', next: '2026-02-28T03:30:00.000Z' },
    ]);
  });

  it('every second day is counted from the last one', () => {
    expect(due({ sand: 'yes', hoursAway: 10 }, { 'sand-far': '2026-02-27T09:30:00Z' })).toMatchObject([
      { next: '2026-03-01T09:30:00.000Z' },
    ]);
    expect(
      due({ sand: 'yes', hoursAway: 10 }, { 'sand-far': '2026-02-27T09:30:00Z' }, '2026-03-01T10:00:00Z'),
    ).toMatchObject([{ overdueSince: '2026-03-01T09:30:00.000Z' }]);
  });

  it('on days of the month, the last one whichever it is', () => {
    const monthly = due({ hoursAway: 0, sand: 'no' }).find(({ bulletin }) => bulletin.id === 'sand-months');
    // Midnight of 28 February 2026 there.
    expect(monthly).toMatchObject({ next: '2026-02-27T21:30:00.000Z' });
    const leap = due({ hoursAway: 0, sand: 'no' }, {}, '2028-02-27T12:00:00Z').find(
      ({ bulletin }) => bulletin.id === 'sand-months',
    );
    expect(leap).toMatchObject({ next: '2028-02-28T21:30:00.000Z' });
  });

  it('each hour from the last one', () => {
    const hourly = (issued: Record<string, string>) =>
      due({ hoursAway: 0, sand: 'no' }, issued).find(({ bulletin }) => bulletin.id === 'sand-hourly');
    expect(hourly({})).toMatchObject({ now: true, next: now });
    expect(hourly({ 'sand-hourly': '2026-02-27T11:20:00Z' })).toMatchObject({
      next: '2026-02-27T12:20:00.000Z',
    });
    expect(hourly({ 'sand-hourly': '2026-02-27T09:20:00Z' })).toMatchObject({
      overdueSince: '2026-02-27T11:20:00.000Z',
      next: '2026-02-27T12:20:00.000Z',
    });
  });

  it('the last one goes to whom its own rule says, and has no next', () => {
    const [last] = due({ over: 'yes' }, { 'sand-end': '2026-02-27T11:00:00Z' });
    expect(last).toMatchObject({ now: false, delivery: { article: '30', withinMinutes: 0 } });
    expect(last).not.toHaveProperty('next');
  });
});

describe('sendings', () => {
  const rule = (medium: string): RepeatRule => {
    const found = inventedBulletins.repeats.find((one) => one.medium === medium);
    if (!found) throw new Error(medium);
    return found;
  };
  const options = { utcOffsetMinutes: 150 };

  it('at once, a burst, then at intervals', () => {
    expect(sendings(rule('drums'), '2026-02-27T12:07:00Z', '2026-02-27T13:20:00Z', options)).toEqual([
      '2026-02-27T12:07:00.000Z',
      '2026-02-27T12:12:00.000Z',
      '2026-02-27T12:17:00.000Z',
      '2026-02-27T12:47:00.000Z',
      '2026-02-27T13:17:00.000Z',
    ]);
  });

  it('on the hour of the country', () => {
    expect(sendings(rule('bells'), '2026-02-27T12:07:00Z', '2026-02-27T15:00:00Z', options)).toEqual([
      '2026-02-27T12:30:00.000Z',
      '2026-02-27T14:30:00.000Z',
    ]);
  });

  it('in the news, when somebody says when that is', () => {
    expect(sendings(rule('news'), now, '2026-02-28T00:00:00Z', options)).toEqual([]);
  });

  it('not without end', () => {
    expect(sendings(rule('drums'), now, '2030-01-01T00:00:00Z', options)).toHaveLength(24);
  });
});

it('who commands is told for a level that somebody commands', () => {
  expect(commandAt(inventedBulletins, 1)?.commands.en).toBe('the mayor');
  expect(commandAt(inventedBulletins, 9)).toBeUndefined();
});
