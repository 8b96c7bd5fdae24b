import type { WorksState } from '@keng/model';
import { describe, expect, test } from 'vitest';
import { fromLocal, usualTimes, worksPhase } from './works-phase.ts';

const works = {
  from: '2026-01-15T08:00:00.000Z',
  until: '2026-01-15T10:00:00.000Z',
  calledBack: { at: '2026-01-15T07:55:00.000Z' },
  ended: null,
} as WorksState;
const at = (time: string) => Date.parse(`2026-01-15T${time}.000Z`);

describe('what works do', () => {
  test.each([
    ['they wait for their time', works, '07:59:59', 'to-come'],
    ['they mute from their start', works, '08:00:00', 'silent'],
    ['they mute to the last second', works, '09:59:59', 'silent'],
    ['they end by themselves', works, '10:00:00', 'over'],
    ['without a call-back they mute nothing', { ...works, calledBack: null }, '09:00:00', 'not-confirmed'],
    [
      'ended by a person they are over',
      { ...works, ended: { reason: 'person', at: '' } },
      '09:00:00',
      'over',
    ],
  ] as const)('%s', (_name, state, time, phase) => {
    expect(worksPhase(state as WorksState, at(time))).toBe(phase);
  });
});

test('the form begins now and lasts two hours, in the time of the centre', () => {
  const { from, until } = usualTimes(at('08:07:31'));
  expect(fromLocal(from)).toBe('2026-01-15T08:05:00.000Z');
  expect(fromLocal(until)).toBe('2026-01-15T10:05:00.000Z');
});

test('what is no time is null', () => {
  expect(fromLocal('')).toBeNull();
});
