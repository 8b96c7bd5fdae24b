import { vietNam } from '@keng/country-vn';
import { describe, expect, it } from 'vitest';
import { countryPolicy } from './country-policy.ts';

describe('the policy of the Viet Nam pack', () => {
  const policy = countryPolicy(vietNam);
  const place = (category: string) => ({ category, areaCode: '01' });

  it('takes every time from the pack, with its source, and a class before the default', () => {
    const timer = vietNam.timers.find((one) => one.code === 'owner.answer');
    expect(policy.limit('owner', place('office'))).toEqual({
      seconds: timer?.seconds,
      source: timer?.sourceCode,
      official: timer?.official,
    });
    expect(policy.limit('owner', place('hospital')).seconds).toBe(timer?.byCategory.hospital);
  });

  it('names by its code the source of what follows when nobody acts', () => {
    const codes = new Set(vietNam.sources.map((one) => one.code));
    const limits = policy.limits(place('office'));
    for (const { source } of [...Object.values(limits), policy.worksReminder(place('office'))]) {
      expect(codes).toContain(source);
    }
    expect(limits.unclaimed.seconds).toBeLessThan(limits.national.seconds);
  });

  it('gives each class a first dispatch in the kinds of the pack', () => {
    const kinds = new Set(vietNam.resourceKinds.map((one) => one.code));
    for (const { code } of vietNam.categories) {
      const { resources, source } = policy.firstDispatch(place(code));
      expect(resources.length).toBeGreaterThan(0);
      expect(resources.every((one) => kinds.has(one.type) && one.count > 0)).toBe(true);
      expect(source).not.toBe('');
    }
  });

  it('sounds at the national desk for the classes of the pack alone', () => {
    for (const { code, nationalSounds } of vietNam.categories) {
      expect(policy.nationalSounds(place(code))).toBe(nationalSounds);
    }
  });

  it('refuses a pack without one of its times when it is made, not when it burns', () => {
    const timers = vietNam.timers.filter((one) => one.code !== 'station.accept');
    expect(() => countryPolicy({ ...vietNam, timers, categories: [], firstDispatch: [] })).toThrow(
      /station\.accept/,
    );
  });
});
