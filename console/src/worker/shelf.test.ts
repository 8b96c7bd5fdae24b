import type { IncidentState } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { isLaidAside } from './shelf.ts';

const BY = { id: 'u', name: 'Synthetic officer', at: '', until: '', reason: '' };
const incident = (more: object = {}): IncidentState =>
  ({ status: 'open', shelved: BY, desk: BY, stationAccepted: BY, ...more }) as unknown as IncidentState;

describe('what is laid aside', () => {
  test('leaves the queue when it was acknowledged', () => {
    for (const level of ['national', 'province', 'station'] as const)
      expect(isLaidAside({ level }, incident(), false)).toBe(true);
  });

  test.each<[string, 'province' | 'station', object, boolean]>([
    ['nobody has accepted it, whatever its state says', 'province', { desk: null }, false],
    ['it sounds', 'province', {}, true],
    ['its own station has not accepted it', 'station', { stationAccepted: null }, false],
    ['it was not laid aside', 'province', { shelved: undefined }, false],
    ['it is closed', 'province', { status: 'closed' }, false],
  ])('an alarm never does when %s', (_, level, more, sounds) => {
    expect(isLaidAside({ level }, incident(more), sounds)).toBe(false);
  });
});
