import { type CountryPack, firstDispatchFor, timerFor } from '@keng/country-vn';
import type { IncidentPolicy, Place, TimeLimit } from './policy.ts';

type Pack = Pick<CountryPack, 'timers' | 'firstDispatch' | 'categories'>;

const CLOCK_TIMERS = { owner: 'owner.answer', desk: 'desk.accept', station: 'station.accept' } as const;
const LIMIT_TIMERS = {
  unclaimed: 'unclaimed.escalate',
  national: 'national.escalate',
  silent: 'province.silent',
  dispatch: 'dispatch.reminder',
  recall: 'owner.recall',
} as const;
const WORKS_TIMERS = { maximum: 'works.maximum', reminder: 'works.reminder', test: 'test.maximum' } as const;

/** The policy that a country pack describes. @throws UnknownCode when the pack lacks one of its timers: at the start, not at an alarm. */
export function countryPolicy(pack: Pack): IncidentPolicy {
  const limit = (code: string, { category, areaCode }: Place): TimeLimit => {
    const { seconds, timer } = timerFor(pack, code, { category, province: areaCode });
    return { seconds, source: timer.sourceCode, official: timer.official };
  };
  const anywhere: Place = { category: '', areaCode: '' };
  const used = [CLOCK_TIMERS, LIMIT_TIMERS, WORKS_TIMERS].flatMap((codes) => Object.values(codes));
  for (const code of used) limit(code, anywhere);
  const sounding = new Set(pack.categories.filter((one) => one.nationalSounds).map((one) => one.code));
  return {
    limit: (clock, place) => limit(CLOCK_TIMERS[clock], place),
    limits: (place) => ({
      unclaimed: limit(LIMIT_TIMERS.unclaimed, place),
      national: limit(LIMIT_TIMERS.national, place),
      silent: limit(LIMIT_TIMERS.silent, place),
      dispatch: limit(LIMIT_TIMERS.dispatch, place),
      recall: limit(LIMIT_TIMERS.recall, place),
    }),
    deskSilence: (areaCode) => limit(LIMIT_TIMERS.silent, { category: '', areaCode }),
    correlationSeconds: limit('correlation.window', anywhere).seconds,
    firstDispatch: ({ category }) => {
      const line = firstDispatchFor(pack, category);
      return {
        resources: line.resources.map(({ kind, count }) => ({ type: kind, count })),
        source: line.sourceCode,
        official: line.official,
      };
    },
    nationalSounds: ({ category }) => sounding.has(category),
    worksMaximumSeconds: (place) => limit(WORKS_TIMERS.maximum, place).seconds,
    worksReminder: (place) => limit(WORKS_TIMERS.reminder, place),
    testMaximumSeconds: limit(WORKS_TIMERS.test, anywhere).seconds,
  };
}
