import type { Observation } from '../observation.ts';
import { ReadError, type ReadFinding, type ReadPlace } from './finding.ts';
import { DEFAULT_READ_LIMITS, type ReadLimits } from './limits.ts';
import { isTime } from './text/time.ts';

export const READER_NAMES = [
  'usgs-geojson',
  'usgs-shakemap',
  'quakeml',
  'gdacs',
  'firms',
  'ibtracs',
  'jma-best-track',
  'jtwc-best-track',
  'noaa-coops',
  'usgs-water-json',
  'usgs-water-rdb',
  'station-form',
] as const;
export type ReaderName = (typeof READER_NAMES)[number];

export type ProductState = 'preferred' | 'alternative' | 'superseded' | 'deleted';

export interface ProductDetails {
  readonly type: string;
  readonly source: string;
  readonly code: string;
  /** Milliseconds since 1970 UTC. */
  readonly updated: number | null;
  readonly weight: number;
  readonly state: ProductState;
}

export interface EarthquakeDetails {
  readonly what: 'earthquake';
  /** Name of the place in words of the source. */
  readonly region: string | null;
  /** As the source says; null: not said. */
  readonly eventType: string | null;
  readonly magnitudeType: string | null;
  /** `automatic`, `reviewed` ... of the USGS; `manual`, `final` ... of QuakeML. */
  readonly review: string | null;
  /** USGS: a tsunami product may exist somewhere. It says nothing of Viet Nam. */
  readonly tsunamiFlag: boolean;
  /** PAGER: green, yellow, orange, red. */
  readonly impactAlert: string | null;
  readonly feltReports: number | null;
  readonly reportedIntensity: number | null;
  readonly stationCount: number | null;
  readonly azimuthalGapDegrees: number | null;
  readonly magnitudeUncertainty: number | null;
  readonly depthUncertaintyKm: number | null;
  readonly horizontalUncertaintyKm: number | null;
  /** How many the source gives; the observations are of the preferred one. */
  readonly origins: number;
  readonly magnitudes: number;
  readonly products: readonly ProductDetails[];
}

export interface AlertDetails {
  readonly what: 'alert';
  /** EQ, TC, FL, VO, DR, WF, TS as GDACS says. */
  readonly hazard: string;
  readonly title: string;
  readonly level: string | null;
  readonly score: number | null;
  readonly episode: string | null;
  readonly episodeLevel: string | null;
  readonly episodeScore: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly current: boolean | null;
  /** A first, automatic estimate that is expected to change. */
  readonly temporary: boolean | null;
  readonly capUrl: string | null;
  readonly severityText: string | null;
  readonly severityValue: number | null;
  readonly severityUnit: string | null;
  readonly populationValue: number | null;
  readonly populationUnit: string | null;
  readonly countries: readonly string[];
  readonly glide: string | null;
  /** West, east, south, north. */
  readonly box: readonly [number, number, number, number] | null;
}

export interface HotspotDetails {
  readonly what: 'hotspot';
  readonly satellite: string;
  readonly instrument: string;
  readonly confidence: 'low' | 'nominal' | 'high' | null;
  /** MODIS only. */
  readonly confidencePercent: number | null;
  readonly scanKm: number | null;
  readonly trackKm: number | null;
  readonly daytime: boolean | null;
  readonly version: string | null;
  /** Near real time: replaced by the standard product after months. */
  readonly nearRealTime: boolean;
  readonly country: string | null;
}

export interface WindRadius {
  readonly windKt: number;
  /** `longest` and `shortest` of JMA, a quadrant or the full circle of JTWC. */
  readonly sector: 'longest' | 'shortest' | 'circle' | 'NE' | 'SE' | 'SW' | 'NW';
  /** Direction of the longest radius; null where it has none. */
  readonly direction: string | null;
  readonly radiusKm: number;
}

export interface CycloneDetails {
  readonly what: 'cyclone-fix';
  readonly storm: string;
  readonly name: string | null;
  readonly basin: string | null;
  /** As the source grades it. */
  readonly grade: string | null;
  /** Over how many minutes the maximum wind is a mean; null: the source does not say. */
  readonly windMeanMinutes: 1 | 2 | 3 | 10 | null;
  readonly radii: readonly WindRadius[];
  readonly movementKmH: number | null;
  readonly movementDegrees: number | null;
  readonly landfall: boolean | null;
}

export interface StationDetails {
  readonly what: 'station';
  readonly station: string;
  readonly name: string | null;
  /** Code of the quantity in the source. */
  readonly parameter: string | null;
  readonly statistic: string | null;
  readonly qualifiers: readonly string[];
}

export type Details = EarthquakeDetails | AlertDetails | HotspotDetails | CycloneDetails | StationDetails;

/** What one row (feature, item, line; of JTWC up to three lines) says. */
export interface ReadRecord {
  readonly at: ReadPlace;
  /** How many rows of the source it was made of. */
  readonly rows: number;
  /** Of the event, or of the series and its time; the same in every version of the source. */
  readonly identity: string;
  /** Other names of the same event. */
  readonly aliases: readonly string[];
  /** Milliseconds since 1970 UTC of this version, or its number; null: the source does not say. */
  readonly revision: number | null;
  readonly cancelled: boolean;
  readonly observations: readonly Observation[];
  readonly details: Details;
}

export interface RowCount {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** What a reader gives. No row is lost: `rows.read = rows.accepted + rows.rejected`, and each rejected one has its finding. */
export interface Reading {
  readonly reader: ReaderName;
  readonly records: readonly ReadRecord[];
  readonly rows: RowCount;
  readonly findings: readonly ReadFinding[];
  /** By rule, also those findings that were counted and not kept. */
  readonly counts: Readonly<Record<string, number>>;
  /** When the source says it was made; milliseconds since 1970 UTC. */
  readonly generated: number | null;
  /** false: the source broke off, and what stood after that is not known. */
  readonly complete: boolean;
}

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Milliseconds since 1970 UTC, by the clock of the caller; without it nothing is called a time of the future. */
  readonly now?: number;
  /** For a source that says no zone: minutes east of Greenwich. */
  readonly assumeOffsetMinutes?: number;
  /** For heights without a datum in the source. */
  readonly datum?: string;
  /** For a source that says no units. */
  readonly units?: 'metric' | 'english';
}

/** The farthest zones of the world are +14:00 and -12:00. */
const MOST_OFFSET_MINUTES = 14 * 60;

/** @throws ReadError `option-refused` */
export function optionsOf(options: ReadOptions): { readonly limits: ReadLimits } {
  const { now = 0, assumeOffsetMinutes = 0 } = options;
  if (!isTime(now)) throw new ReadError('option-refused', `now: ${now} is no time`);
  if (!(Math.abs(assumeOffsetMinutes) <= MOST_OFFSET_MINUTES))
    throw new ReadError('option-refused', `assumeOffsetMinutes: ${assumeOffsetMinutes} is no offset`);
  const limits = { ...DEFAULT_READ_LIMITS, ...options.limits };
  for (const [name, limit] of Object.entries(limits))
    if (!(limit >= 0)) throw new ReadError('option-refused', `limits.${name}: ${limit} is no limit`);
  return { limits };
}

/** All observations of a reading, in the order of the source. */
export function observationsOf(reading: Reading): readonly Observation[] {
  return reading.records.flatMap((record) => record.observations);
}
