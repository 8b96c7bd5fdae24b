import { expect, test } from 'vitest';
import { type FacilityNow, statesOf } from './facility-state.ts';

const NOW = Date.parse('2026-03-01T02:00:00.000Z');
const device = (condition: 'ok' | 'lost' | 'never' | 'fault' | 'unsupervised', faults = 0) =>
  ({ condition, health: faults === 0 ? null : { faults: Array(faults).fill({}) } }) as unknown as NonNullable<
    FacilityNow['devices']
  >[number];
const works = (from: string, until: string, calledBack: boolean) => ({
  from: `2026-03-01T${from}:00.000Z`,
  until: `2026-03-01T${until}:00.000Z`,
  calledBack: calledBack ? { contactName: 'x', at: 'x' } : null,
});
const calm: FacilityNow = { alarming: false, devices: [device('ok')], works: [] };

test.each<[string, Partial<FacilityNow>, string[]]>([
  ['nothing is wrong', {}, ['ok']],
  ['a device need not report', { devices: [device('ok'), device('unsupervised')] }, ['ok']],
  ['it alarms', { alarming: true }, ['alarm']],
  ['a device is lost, and was broken before', { devices: [device('lost', 1)] }, ['lost', 'fault']],
  ['a device never spoke', { devices: [device('ok'), device('never')] }, ['never']],
  ['a device is broken', { devices: [device('fault', 2)] }, ['fault']],
  ['works silence zones', { works: [works('01:00', '03:00', true)] }, ['silent']],
  [
    'works that nobody called back about silence nothing',
    { works: [works('01:00', '03:00', false)] },
    ['ok'],
  ],
  ['works to come silence nothing yet', { works: [works('02:30', '03:00', true)] }, ['ok']],
  ['works that are over silence nothing', { works: [works('01:00', '02:00', true)] }, ['ok']],
  ['there is no device', { devices: [] }, ['no-device']],
  ['devices are not known yet: it is not called in order', { devices: null }, []],
  [
    'the worst comes first',
    { alarming: true, devices: [device('fault', 1), device('lost')] },
    ['alarm', 'lost', 'fault'],
  ],
])('%s', (_what, change, states) => {
  expect(statesOf({ ...calm, ...change }, NOW)).toEqual(states);
});
