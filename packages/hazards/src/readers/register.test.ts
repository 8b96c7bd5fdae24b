import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READERS } from './detect.ts';
import { Register } from './register.ts';
import { fires, quakeJson, stationRow } from './testing/deviations.ts';

const HOUR = 3_600_000;
const usgs = (properties: object = {}, feature: object = {}) =>
  READERS['usgs-geojson'](quakeJson(properties, feature));
const level = (row: string) => READERS['station-form'](stationRow(row));
const at = (hour: string, value: number, revision = '', status = '') =>
  level(`HN,water.level,${value},m,2026-09-07T${hour}:00+07:00,HON-DAU,,,${revision},${status}`);

describe('successive readings', () => {
  it('the first is new, the same again a duplicate', () => {
    const register = new Register();
    expect(register.take(usgs())).toMatchObject([{ outcome: 'new', before: null, applied: true }]);
    expect(register.take(usgs())).toMatchObject([{ outcome: 'duplicate', applied: false }]);
  });

  it('a later version is a revision, and the one before is told', () => {
    const register = new Register();
    register.take(usgs());
    const [judged] = register.take(usgs({ mag: 5.4, updated: 3000 }));
    expect(judged).toMatchObject({ outcome: 'revised', reason: 'later-version', applied: true });
    expect(judged?.before?.observations[0]?.value).toBe(5);
    expect(register.current('usgs-geojson', 'us1')?.observations[0]?.value).toBe(5.4);
  });

  it('an earlier version that comes late changes nothing', () => {
    const register = new Register();
    register.take(usgs({ mag: 5.4, updated: 3000 }));
    expect(register.take(usgs())).toMatchObject([
      { outcome: 'late', reason: 'earlier-version', applied: false },
    ]);
    expect(register.current('usgs-geojson', 'us1')?.observations[0]?.value).toBe(5.4);
  });

  it('a later version with nothing new in it is a duplicate, and keeps older ones out', () => {
    const register = new Register();
    register.take(usgs());
    expect(register.take(usgs({ updated: 5000 }))).toMatchObject([{ outcome: 'duplicate', applied: true }]);
    expect(register.take(usgs({ mag: 6, updated: 4000 }))).toMatchObject([{ outcome: 'late' }]);
  });

  it('other content under the same version is a revision too: some feeds do not number', () => {
    const register = new Register();
    register.take(usgs());
    expect(register.take(usgs({ mag: 5.1 }))).toMatchObject([
      { outcome: 'revised', reason: 'other-content' },
    ]);
  });

  it('an event withdrawn is withdrawn once; an older version does not bring it back, a later one does', () => {
    const register = new Register();
    register.take(usgs());
    const deleted = usgs({ status: 'deleted', updated: 3000, time: null }, { geometry: null });
    expect(register.take(deleted)).toMatchObject([{ outcome: 'cancelled', applied: true }]);
    expect(register.current('usgs-geojson', 'us1')).toBeNull();
    expect(register.take(deleted)).toMatchObject([{ outcome: 'duplicate' }]);
    expect(register.take(usgs())).toMatchObject([{ outcome: 'late', applied: false }]);
    expect(register.take(usgs({ updated: 3000 }))).toMatchObject([{ outcome: 'late', applied: false }]);
    expect(register.current('usgs-geojson', 'us1')).toBeNull();
    expect(register.take(usgs({ updated: 4000 }))).toMatchObject([
      { outcome: 'revised', reason: 'reinstated', before: null },
    ]);
    expect(register.current('usgs-geojson', 'us1')).not.toBeNull();
  });

  it('a withdrawal may come before what it withdraws', () => {
    const register = new Register();
    expect(register.take(usgs({ status: 'deleted', updated: 3000 }))).toMatchObject([
      { outcome: 'cancelled', before: null },
    ]);
    expect(register.take(usgs())).toMatchObject([{ outcome: 'late', applied: false }]);
  });

  it('an absurd revision does not replace what was known; an absurd first is not kept', () => {
    const register = new Register();
    expect(register.take(at('13', 9_999))).toMatchObject([{ outcome: 'absurd', applied: false }]);
    expect(register.size).toBe(0);
    register.take(at('13', 9.6));
    expect(register.take(at('13', 96_000, '2'))).toMatchObject([{ outcome: 'absurd', applied: false }]);
    expect(register.take(at('13', 9.7, '3'))).toMatchObject([{ outcome: 'revised' }]);
  });

  it('one quantity that cannot be does not silence a new event', () => {
    const register = new Register();
    const [judged] = register.take(
      usgs({ mag: 7 }, { geometry: { type: 'Point', coordinates: [105, 21, 5_000] } }),
    );
    expect(judged).toMatchObject({ outcome: 'new', applied: true });
    expect(judged?.record.observations.map(({ flags }) => flags)).toEqual([[], ['absurd']]);
  });

  it('an event that gets the name of another network stays the same event', () => {
    const register = new Register();
    register.take(usgs({ ids: ',us1,' }));
    const [judged] = register.take(usgs({ ids: ',ci9,us1,', mag: 5.2, updated: 3000 }, { id: 'ci9' }));
    expect(judged).toMatchObject({ outcome: 'revised', before: { identity: 'us1' } });
    expect(register.size).toBe(1);
    expect(register.current('usgs-geojson', 'us1')?.identity).toBe('ci9');
    expect(register.take(usgs({ ids: ',us1,' }))).toMatchObject([{ outcome: 'late' }]);
  });

  it('a value far older than the newest of its station is late, whatever order the file has', () => {
    const register = new Register({ lateAfterMs: 6 * HOUR });
    const day = ['23', '12', '01']
      .map((hour) => `HN,water.level,9,m,2026-09-07T${hour}:00+07:00,HON-DAU`)
      .join('\n');
    expect(register.take(level(day)).map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new']);
    expect(register.take(at('17', 9))).toMatchObject([{ outcome: 'new' }]);
    expect(register.take(at('16', 9))).toMatchObject([
      { outcome: 'late', reason: 'old-time', applied: true },
    ]);
    const other = level('OTHER,water.level,9,m,2026-09-07T00:00+07:00,HON-DAU');
    expect(register.take(other)).toMatchObject([{ outcome: 'new' }]);
  });

  it('a hotspot that comes with every pass of the service is one hotspot', () => {
    const register = new Register();
    const fire = () => READERS.firms(fires('21.1,105.2,2026-04-01,634,N20,VIIRS,h,12.5'));
    register.take(fire());
    const again = READERS.firms(fires('21.1,105.2,2026-04-01,0634,NOAA-20,VIIRS,high,12.5'));
    expect(register.take(again)).toMatchObject([{ outcome: 'duplicate' }]);
  });

  it('the sources are kept apart', () => {
    const register = new Register();
    register.take(level('us1,water.level,9,m,2026-09-07T13:00+07:00,HON-DAU'));
    expect(register.take(usgs())).toMatchObject([{ outcome: 'new' }]);
    expect(register.current('gdacs', 'us1')).toBeNull();
  });

  it('what is not heard of for longest is forgotten first', () => {
    const register = new Register({ most: 2 });
    register.take(at('10', 1));
    register.take(at('11', 2));
    register.take(at('10', 1));
    register.take(at('12', 3));
    expect(register.forgotten).toBe(1);
    expect(register.take(at('10', 1))).toMatchObject([{ outcome: 'duplicate' }]);
    expect(register.take(at('11', 2))).toMatchObject([{ outcome: 'new' }]);
  });

  it('in whatever order versions arrive, the latest one counts in the end', () => {
    const version = fc.record({
      updated: fc.integer({ min: 1, max: 9 }),
      mag: fc.integer({ min: 1, max: 9 }),
      deleted: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(version, { selector: ({ updated }) => updated, minLength: 1 }),
        (versions) => {
          const register = new Register();
          for (const { updated, mag, deleted } of versions)
            register.take(usgs({ updated: updated * 1_000, mag, status: deleted ? 'deleted' : 'reviewed' }));
          const last = versions.reduce((best, one) => (one.updated > best.updated ? one : best));
          const current = register.current('usgs-geojson', 'us1');
          if (last.deleted) expect(current).toBeNull();
          else expect(current?.observations[0]?.value).toBe(last.mag);
        },
      ),
      { numRuns: 300 },
    );
  });
});
