import { expect, it } from 'vitest';
import { observationsOf } from '../reading.ts';
import { rdb, waterJson } from '../testing/deviations.ts';
import { readUsgsWaterJson } from './usgs-json.ts';
import { readUsgsWaterRdb } from './usgs-rdb.ts';

it('an approved value has the number after a provisional one, with the datum of its own gauge', () => {
  const [approved] = observationsOf(readUsgsWaterJson(waterJson({ qualifiers: ['A'] })));
  const [provisional] = observationsOf(readUsgsWaterJson(waterJson({ qualifiers: 'P e' })));
  expect(approved).toMatchObject({ revision: 1, flags: [], value: 1.975104, unit: 'm', datum: 'gage 01' });
  expect(provisional).toMatchObject({ revision: 0, flags: ['provisional', 'estimated'], id: approved?.id });
});

it('RDB of several sites: each begins anew, with its own columns, zone and statistic', () => {
  const first = rdb('USGS\t01\t2026-01-01 00:00\tEST\t10.00\tP');
  const second = rdb(
    'USGS\t02\t2026-01-01\t100\tA\t',
    'agency_cd\tsite_no\tdatetime\t7_00060_00003\t7_00060_00003_cd\t8_00045_00006',
  );
  const reading = readUsgsWaterRdb(first + second);
  expect(reading.rows).toEqual({ read: 2, accepted: 2, rejected: 0 });
  expect(observationsOf(reading)).toMatchObject([
    {
      quantity: 'water.level',
      value: 3.048,
      time: '2026-01-01T05:00:00.000Z',
      flags: ['provisional'],
      revision: 0,
    },
    { quantity: 'water.discharge', value: 2.8316846592, unit: 'm3/s', flags: [], revision: 1 },
  ]);
  expect(observationsOf(reading)[1]).not.toHaveProperty('datum');
  expect(reading.records.map(({ details }) => details.what === 'station' && details.statistic)).toEqual([
    null,
    '00003',
  ]);
  expect(reading.counts).toEqual({ 'time.zone-assumed': 1, 'time.imprecise': 1 });
});
