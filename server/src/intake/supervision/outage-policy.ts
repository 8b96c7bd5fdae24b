import { type CountryPack, limitOf } from '@keng/country-vn';
import type { OutagePolicy } from './outage-watch.ts';

/** @throws UnknownCode when the pack lacks one of the limits: at the start, not when a network fails */
export function outagePolicy(country: Pick<CountryPack, 'limits'>): OutagePolicy {
  const source = country.limits.find((one) => one.code === 'outage.links');
  return {
    links: limitOf(country, 'outage.links'),
    percent: limitOf(country, 'outage.percent'),
    windowSeconds: limitOf(country, 'outage.window'),
    endPercent: limitOf(country, 'outage.end-percent'),
    source: source?.sourceCode ?? '',
    official: source?.official ?? false,
  };
}
