import type { RuleTable } from '@keng/hazards';
import { coldFrost } from './cold.ts';
import { convective } from './convective.ts';
import { earthquake, tsunami } from './earth.ts';
import { flashFlood } from './flash-flood.ts';
import { flood } from './flood.ts';
import { drought, heat } from './heat.ts';
import { rain } from './rain.ts';
import { salinity } from './salinity.ts';
import { fog, seaWind } from './sea-wind-fog.ts';
import { storm } from './storm.ts';
import { surge } from './surge.ts';
import { wildfire } from './wildfire.ts';

/** Articles 42 to 56 of Decision 18/2021/QĐ-TTg, in their order. */
export const tables: readonly RuleTable[] = [
  storm,
  surge,
  rain,
  flood,
  flashFlood,
  heat,
  drought,
  salinity,
  seaWind,
  fog,
  convective,
  coldFrost,
  wildfire,
  earthquake,
  tsunami,
];
