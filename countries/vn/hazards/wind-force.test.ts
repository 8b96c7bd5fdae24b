import { Assessor, type Observation, observationsOf, readIbtracs } from '@keng/hazards';
import { describe, expect, it } from 'vitest';
import { seaAreas, vietNamHazards, windForceOf } from './index.ts';
import { readReference, referencePresent } from './testing/reference.ts';

function wind(quantity: string, value: number, unit: string): Observation {
  return {
    id: 'storm',
    revision: 0,
    source: 'test',
    kind: 'observation',
    quantity,
    value,
    unit,
    time: '2026-09-06T00:00:00Z',
    place: { kind: 'point', longitude: 112.2, latitude: 19.2 },
    flags: [],
  };
}

describe('the wind of another centre as the force of the law', () => {
  it('takes a 2-minute mean as it is', () => {
    const force = windForceOf(wind('cyclone.wind-2min', 118, 'km/h'), 'at-sea');
    expect(force).toMatchObject({ kind: 'result', value: { value: 12, unit: 'Beaufort', flags: [] } });
  });

  it('a 10-minute mean is a stronger wind of two minutes, a 1-minute mean a weaker one, and both are estimates', () => {
    // 117 km/h is the last of force 11; at sea two minutes blow some per cent stronger than ten.
    const ten = windForceOf(wind('cyclone.wind-10min', 117, 'km/h'), 'at-sea');
    expect(ten).toMatchObject({ kind: 'result', value: { value: 12, flags: ['estimated'] } });
    // On a coast with the wind from the sea; far out both means are the same.
    const one = windForceOf(wind('cyclone.wind-1min', 118, 'km/h'), 'off-sea');
    expect(one).toMatchObject({ kind: 'result', value: { value: 11, flags: ['estimated'] } });
  });

  it('a wind that nothing on earth blew is refused, and what is no wind is left alone', () => {
    expect(windForceOf(wind('cyclone.wind-10min', 500, 'm/s'), 'at-sea')).toMatchObject({
      kind: 'outside-range',
    });
    expect(windForceOf(wind('cyclone.pressure', 915, 'hPa'), 'at-sea')).toBeNull();
  });
});

describe.skipIf(!referencePresent)('Yagi, from the track as a centre publishes it to the level', () => {
  it('stands at 4 in the East Sea on 6 September 2024 at 07:00 in Hà Nội, as announced', () => {
    const track = observationsOf(readIbtracs(readReference('hazards/cyclone/ibtracs_2024_yagi.csv')));
    const assessor = new Assessor({
      rules: vietNamHazards,
      areas: seaAreas,
      locate: () => ['sea:east-sea'],
    });
    const announcedAt = '2024-09-06T00:00:00Z';
    const now = track.filter(
      (one) => one.quantity === 'cyclone.wind-10min' && Date.parse(one.time) === Date.parse(announcedAt),
    );
    expect(now).toHaveLength(1);
    for (const one of now) {
      const force = windForceOf(one, 'at-sea');
      if (force?.kind !== 'result') throw new Error('the wind has no force');
      const observed = assessor.observe(force.value, announcedAt);
      expect(observed).toMatchObject({ kind: 'heard' });
      if (observed.kind !== 'heard') continue;
      expect(observed.changed).toContainEqual(
        expect.objectContaining({
          area: 'sea:east-sea',
          verdict: expect.objectContaining({ kind: 'level', level: 4, driver: 'observation' }),
        }),
      );
    }
  });
});
