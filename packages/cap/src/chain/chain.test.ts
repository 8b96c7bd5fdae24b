import { describe, expect, test } from 'vitest';
import { soundInfo } from '../alerts.fixture.ts';
import { checkAlert } from '../check.ts';
import type { Alert } from '../model.ts';
import { cancelOf, identifierOf, newAlert, type Sender, updateOf } from './build.ts';
import { standings } from './in-force.ts';

const sender: Sender = { sender: 'duty@example.org', prefix: '2.49.0.1.704.99', offsetMinutes: 420 };
const at = (hour: number): Date => new Date(Date.UTC(2026, 8, 10, hour));
const draft = {
  status: 'Exercise',
  scope: 'Public',
  note: 'EX-1',
  info: [soundInfo({ expires: '2026-09-12T00:00:00+07:00' })],
};
const first = newAlert(sender, { sentAt: at(1), turn: 0 }, draft);
const second = updateOf(sender, { sentAt: at(2), turn: 0 }, [first], draft);
const last = cancelOf(sender, { sentAt: at(3), turn: 0 }, [second], {
  status: 'Exercise',
  scope: 'Public',
  note: 'EX-1',
});

describe('a chain', () => {
  test('each message of it is sound', () => {
    for (const one of [first, second, last])
      expect(checkAlert(one, { profiles: ['strict', 'wmo'] })).toEqual([]);
  });

  test('times are those of the sender, identifiers those of the second and turn', () => {
    expect(first.sent).toBe('2026-09-10T08:00:00+07:00');
    expect(first.identifier).toBe('2.49.0.1.704.99.2026.9.10.1.0.0.0');
    expect(identifierOf('x', { sentAt: at(1), turn: 1 })).not.toBe(
      identifierOf('x', { sentAt: at(1), turn: 0 }),
    );
  });

  test('the end of a chain names all of it, the oldest first: who missed the middle takes off the beginning too', () => {
    expect(last.references.map((one) => one.identifier)).toEqual([first.identifier, second.identifier]);
    expect(last.info).toEqual([]);
  });

  test('nothing, or something later, cannot be referred to', () => {
    expect(() => updateOf(sender, { sentAt: at(2), turn: 0 }, [], draft)).toThrow(RangeError);
    expect(() => updateOf(sender, { sentAt: at(0), turn: 0 }, [first], draft)).toThrow('later');
  });
});

describe('what became of messages', () => {
  const standing = (alerts: readonly Alert[], hour: number) => standings(alerts, at(hour).getTime());

  test('over time', () => {
    const all = [first, second, last];
    expect(standing(all, 0)).toEqual(['not-yet', 'not-yet', 'not-yet']);
    expect(standing(all, 1)).toEqual(['in-force', 'not-yet', 'not-yet']);
    expect(standing(all, 2)).toEqual(['updated', 'in-force', 'not-yet']);
    expect(standing(all, 3)).toEqual(['cancelled', 'cancelled', 'in-force']);
    expect(standing([second, first], 48)).toEqual(['expired', 'updated']);
  });

  test('the order of arrival changes nothing', () => {
    expect(standing([last, first, second], 3)).toEqual(['in-force', 'cancelled', 'cancelled']);
  });

  test('who missed the middle still sees the beginning cancelled', () => {
    expect(standing([first, last], 3)).toEqual(['cancelled', 'in-force']);
  });

  test('another sender cannot cancel', () => {
    const foreign = { ...last, sender: 'somebody@example.net' };
    expect(standing([first, foreign], 3)[0]).toBe('in-force');
  });

  test('what names no end holds as long as the reader says', () => {
    const endless = { ...first, info: [soundInfo({ expires: null })] };
    expect(standings([endless], at(2).getTime())).toEqual(['in-force']);
    expect(standings([endless], at(2).getTime(), { withoutExpiryMs: 3_599_999 })).toEqual(['expired']);
  });

  test('of several languages the last to end counts', () => {
    const two = {
      ...first,
      info: [soundInfo({ expires: '2026-09-10T09:00:00+07:00' }), soundInfo({ language: 'en' })],
    };
    expect(standings([two], at(3).getTime())).toEqual(['in-force']);
  });
});
