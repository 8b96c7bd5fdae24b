import { type DemonstrationTransmitter, demonstrationData } from '@keng/country-vn';
import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { HOUR_WEIGHTS, planNext, QUIET_DAY } from './traffic.ts';

const transmitter = firstTransmitter();

function firstTransmitter(): DemonstrationTransmitter {
  const [facility] = demonstrationData({ seed: 1, facilities: 1, provinces: ['01'] }).facilities;
  const first = facility?.transmitters[0];
  if (!first) throw new Error('the generator made no transmitter');
  return first;
}

/** How many alarms a panel plans in a number of days, at a fixed hour. */
function alarmsIn(days: number, hour: number, seed: number): number {
  const random = new Random(seed);
  let alarms = 0;
  for (let seconds = 0; seconds < days * 86_400; ) {
    const next = planNext(transmitter, QUIET_DAY, hour, random);
    seconds += next.inSeconds;
    alarms += next.messages.filter((message) => message.kind === 'alarm').length > 0 ? 1 : 0;
  }
  return alarms;
}

describe('traffic', () => {
  it('is the same for the same seed', () => {
    const plan = (seed: number) =>
      Array.from(
        { length: 50 },
        (
          (random) => () =>
            planNext(transmitter, QUIET_DAY, 12, random)
        )(new Random(seed)),
      );
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('weighs hours without changing the day as a whole', () => {
    expect(HOUR_WEIGHTS).toHaveLength(24);
    expect(HOUR_WEIGHTS.reduce((sum, weight) => sum + weight, 0) / 24).toBeCloseTo(1, 1);
  });

  it('alarms as often as the profile says, and more at supper than before dawn', () => {
    const days = 20_000;
    const evening = alarmsIn(days, 18, 3) / days;
    const night = alarmsIn(days, 2, 3) / days;
    expect(evening / QUIET_DAY.alarmsPerDay).toBeCloseTo(HOUR_WEIGHTS[18] ?? 0, 0);
    expect(evening).toBeGreaterThan(night * 2);
  });

  it('restores every zone that it alarms', () => {
    const random = new Random(5);
    for (let count = 0; count < 500; count += 1) {
      const { messages } = planNext(transmitter, { ...QUIET_DAY, alarmsPerDay: 1_000 }, 12, random);
      const zones = (kind: string) =>
        messages.filter((message) => message.kind === kind).map((message) => message.zone?.number);
      expect(zones('restore')).toEqual(zones('alarm'));
    }
  });
});
