import type { QuantityName } from '../quantities.ts';

export interface UsgsParameter {
  readonly quantity: QuantityName;
  /** Unit of the parameter code, of `../../units.ts` or `../quantities.ts`. */
  readonly unit: string;
  /** What a height is counted from; `gage`: the zero of the gauge itself. */
  readonly datum: 'gage' | 'NGVD29' | 'NAVD88' | null;
}

/** Parameter codes of the USGS (help.waterdata.usgs.gov/parameter_cd) that a watch of water needs. */
export const USGS_PARAMETERS: Readonly<Record<string, UsgsParameter>> = {
  '00010': { quantity: 'water.temperature', unit: 'degC', datum: null },
  '00045': { quantity: 'rain.amount', unit: 'in', datum: null },
  '00060': { quantity: 'water.discharge', unit: 'ft3/s', datum: null },
  '00065': { quantity: 'water.level', unit: 'ft', datum: 'gage' },
  '00095': { quantity: 'water.conductivity', unit: 'uS/cm', datum: null },
  '00480': { quantity: 'water.salinity', unit: 'permille', datum: null },
  '62614': { quantity: 'water.level', unit: 'ft', datum: 'NGVD29' },
  '62615': { quantity: 'water.level', unit: 'ft', datum: 'NAVD88' },
  '62620': { quantity: 'water.level', unit: 'ft', datum: 'NAVD88' },
  '63160': { quantity: 'water.level', unit: 'ft', datum: 'NAVD88' },
};

/** Units as WaterML writes them. */
export const USGS_UNITS: Readonly<Record<string, string>> = {
  'ft3/s': 'ft3/s',
  'm3/s': 'm3/s',
  ft: 'ft',
  m: 'm',
  in: 'in',
  mm: 'mm',
  'deg C': 'degC',
  'deg F': 'degF',
  'uS/cm @25C': 'uS/cm',
  ppt: 'permille',
};

/** Minutes east of Greenwich of the zones that RDB names (tz_cd). */
export const USGS_ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  SST: -660,
  GST: 600,
  ChST: 600,
};

/** The gauge's zero is a datum of its own: two gauges are never compared by it. */
export function datumOf(parameter: UsgsParameter, site: string): string | null {
  return parameter.datum === 'gage' ? `gage ${site}` : parameter.datum;
}
