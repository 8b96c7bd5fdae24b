import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { CycloneDetails } from '../reading.ts';
import { quoted } from '../text/number.ts';

/** Minutes over which a maximum wind is a mean. */
export type Mean = NonNullable<CycloneDetails['windMeanMinutes']>;

/** Over how many minutes each agency takes the mean of its maximum wind (IBTrACS v04r01, column documentation). */
export const AGENCIES: readonly { readonly name: string; readonly mean: Mean }[] = [
  { name: 'usa', mean: 1 },
  { name: 'tokyo', mean: 10 },
  { name: 'cma', mean: 2 },
  { name: 'hko', mean: 10 },
  { name: 'kma', mean: 10 },
  { name: 'newdelhi', mean: 3 },
  { name: 'reunion', mean: 10 },
  { name: 'bom', mean: 10 },
  { name: 'nadi', mean: 10 },
  { name: 'wellington', mean: 10 },
];
/** The agency of the WMO that is responsible where the storm is. */
const WMO_AGENCIES: Readonly<Record<string, Mean>> = {
  tokyo: 10,
  reunion: 10,
  bom: 10,
  nadi: 10,
  wellington: 10,
  newdelhi: 3,
  hurdat_atl: 1,
  hurdat_epa: 1,
  cphc: 1,
  atcf: 1,
};

/**
 * The mean of the wind in the columns of the WMO. Of a storm without an agency the identity says where it began:
 * of `2024245N12129` the fourteenth sign on is the longitude.
 */
export function wmoMean(collector: Collector, storm: string, agency: string, at: ReadPlace): Mean | null {
  if (agency !== '') {
    const mean = Object.hasOwn(WMO_AGENCIES, agency.toLowerCase())
      ? WMO_AGENCIES[agency.toLowerCase()]
      : undefined;
    if (mean !== undefined) return mean;
    collector.say('cyclone.wind-mean', at, `the mean of WMO_AGENCY ${quoted(agency)} is not known`);
    return null;
  }
  const begun = /^\d{7}N\d{2}(\d{3})$/.exec(storm)?.[1];
  if (begun !== undefined && Number(begun) >= 100 && Number(begun) <= 180) return 10;
  collector.say(
    'cyclone.wind-mean',
    at,
    `no agency, and ${quoted(storm)} did not begin where Tokyo is responsible`,
  );
  return null;
}
