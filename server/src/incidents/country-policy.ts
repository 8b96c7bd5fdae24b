import { type CountryPack, firstDispatchFor, timerFor } from '@keng/country-vn';
import type { IncidentPolicy, Place } from './policy.ts';

type Pack = Pick<CountryPack, 'timers' | 'firstDispatch' | 'categories'>;

const CLOCK_TIMERS = { owner: 'owner.answer', desk: 'desk.accept', station: 'station.accept' } as const;

/** The policy that a country pack describes. @throws UnknownCode when the pack lacks one of its timers: at the start, not at an alarm. */
export function countryPolicy(pack: Pack): IncidentPolicy {
  const timer = (code: string, { category, areaCode }: Place) =>
    timerFor(pack, code, { category, province: areaCode });
  const anywhere: Place = { category: '', areaCode: '' };
  for (const code of [...Object.values(CLOCK_TIMERS), 'works.maximum']) timer(code, anywhere);
  const sounding = new Set(pack.categories.filter((one) => one.nationalSounds).map((one) => one.code));
  return {
    limit: (clock, place) => {
      const { seconds, timer: line } = timer(CLOCK_TIMERS[clock], place);
      return { seconds, source: line.source.slice(0, 400), official: line.official };
    },
    correlationSeconds: timer('correlation.window', anywhere).seconds,
    firstDispatch: ({ category }) => {
      const line = firstDispatchFor(pack, category);
      return {
        resources: line.resources.map(({ kind, count }) => ({ type: kind, count })),
        source: line.source.slice(0, 400),
        official: line.official,
      };
    },
    nationalSounds: ({ category }) => sounding.has(category),
    worksMaximumSeconds: (place) => timer('works.maximum', place).seconds,
  };
}
