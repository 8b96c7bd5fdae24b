import { expect, test } from 'vitest';
import { Courtesy } from './courtesy.ts';

const [faults, outbox, sums] = [{}, {}, {}];

test('nobody waits on a quiet day, and nobody rests', () => {
  const courtesy = new Courtesy();
  expect(courtesy.begin(faults, 5_000)).toBe(0);
  expect(courtesy.begin(outbox, 5_000)).toBe(0);
  courtesy.end(faults, 100, 5_100);
  expect(courtesy.begin(faults, 5_100)).toBe(0);
});

test('while there are alarms one works at a time, and then all rest, but not for ever', () => {
  const courtesy = new Courtesy();
  courtesy.alarmed(5_000);
  expect(courtesy.begin(faults, 5_000)).toBe(0);
  expect(courtesy.begin(outbox, 5_010)).toBeGreaterThan(0);
  courtesy.end(faults, 100, 5_100);
  expect(courtesy.begin(outbox, 5_100)).toBe(300);
  expect(courtesy.begin(outbox, 5_400)).toBe(0);
  courtesy.alarmed(65_000);
  courtesy.end(outbox, 60_000, 65_400);
  expect(courtesy.begin(faults, 65_400)).toBe(2_000);
  expect(courtesy.begin(faults, 65_501)).toBe(0);
});

test('a burst is bridged, but of a storm that goes on all bear a part', () => {
  const courtesy = new Courtesy();
  for (let ms = 5_000; ms < 20_000; ms += 100) courtesy.alarmed(ms);
  expect(courtesy.begin(faults, 20_000)).toBe(0);
  courtesy.end(faults, 100, 20_100);
  expect(courtesy.begin(faults, 20_100)).toBe(100);
  courtesy.alarmed(60_000);
  expect(courtesy.begin(faults, 60_000)).toBe(0);
  courtesy.end(faults, 100, 60_100);
  expect(courtesy.begin(faults, 60_100)).toBe(300);
});

test('turns go in the order of coming: who has just worked stands last', () => {
  const courtesy = new Courtesy();
  courtesy.alarmed(5_000);
  expect(courtesy.begin(faults, 5_000)).toBe(0);
  courtesy.begin(outbox, 5_001);
  courtesy.begin(sums, 5_002);
  courtesy.end(faults, 10, 5_010);
  courtesy.begin(faults, 5_010);
  expect(courtesy.begin(faults, 5_060)).toBeGreaterThan(0);
  expect(courtesy.begin(sums, 5_060)).toBeGreaterThan(0);
  expect(courtesy.begin(outbox, 5_060)).toBe(0);
});

test('who stops while he waits, or works, keeps nobody waiting', () => {
  const courtesy = new Courtesy();
  courtesy.alarmed(5_000);
  expect(courtesy.begin(faults, 5_000)).toBe(0);
  courtesy.begin(outbox, 5_000);
  courtesy.begin(sums, 5_000);
  courtesy.leave(faults);
  courtesy.leave(outbox);
  expect(courtesy.begin(sums, 5_000)).toBe(0);
});
