import { expect, test } from 'vitest';
import { bodiesOf, type IncidentTimer, storedTimers } from './incident-timers.ts';

const half = new Date('2026-11-22T03:00:30Z');
const minute = new Date('2026-11-22T03:01:00Z');
const timers: IncidentTimer[] = [
  { body: { clock: 'owner' }, dueAt: minute },
  { body: { clock: 'desk' }, dueAt: half },
  { body: { clock: 'station' }, dueAt: half },
  { body: { after: 'unclaimed' }, dueAt: half },
  { body: { reminder: 1 }, dueAt: minute },
];

test('times that run out together are one timer, and all come back in the order in which they were set', () => {
  const stored = storedTimers(timers);
  expect(stored.map(({ dueAt }) => dueAt)).toEqual([minute, half]);
  const read = stored.map(({ body }) => bodiesOf(JSON.parse(JSON.stringify(body))));
  expect(read).toEqual([
    [{ clock: 'owner' }, { reminder: 1 }],
    [{ clock: 'desk' }, { clock: 'station' }, { after: 'unclaimed' }],
  ]);
});

test('a time that runs out alone is stored as it always was', () => {
  expect(storedTimers([{ body: { clock: 'desk' }, dueAt: half }])).toEqual([
    { dueAt: half, body: { clock: 'desk' } },
  ]);
  expect(bodiesOf({ clock: 'desk' })).toEqual([{ clock: 'desk' }]);
});

test.each([{ clock: 'moon' }, { together: [] }, { together: [{ clock: 'desk' }, {}] }, null])(
  'what nobody stored is refused: %j',
  (stored) => {
    expect(() => bodiesOf(stored)).toThrow();
  },
);
