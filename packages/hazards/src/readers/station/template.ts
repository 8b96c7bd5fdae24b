import { QUANTITIES } from '../quantities.ts';

export interface StationColumn {
  readonly name: string;
  readonly required: boolean;
  readonly what: string;
}

/** The form for an agency without a feed: one value a row, CSV or JSON. */
export const STATION_COLUMNS = [
  { name: 'station', required: true, what: 'code of the station or place, the same for ever' },
  { name: 'quantity', required: true, what: 'one of the quantities below' },
  { name: 'value', required: true, what: 'a number with a point, `12.5`' },
  {
    name: 'unit',
    required: true,
    what: 'the unit the value is in; it is turned into the unit of the quantity',
  },
  {
    name: 'time',
    required: true,
    what: 'when it was measured, or the time the forecast speaks of, with its zone: `2026-09-07T13:00+07:00`',
  },
  { name: 'kind', required: false, what: '`observation` (when empty) or `forecast`' },
  {
    name: 'issued',
    required: false,
    what: 'when the forecast was issued, with its zone; needed for a forecast',
  },
  { name: 'datum', required: false, what: 'what a water level is counted from; needed for `water.level`' },
  { name: 'revision', required: false, what: 'a whole number; a higher one replaces a lower one' },
  { name: 'status', required: false, what: '`provisional`, `estimated` or `cancelled`' },
  { name: 'latitude', required: false, what: 'degrees north' },
  { name: 'longitude', required: false, what: 'degrees east' },
  { name: 'name', required: false, what: 'name of the station' },
] as const satisfies readonly StationColumn[];

export type StationColumnName = (typeof STATION_COLUMNS)[number]['name'];

/** Units that people write, in the words of `../../units.ts`. */
export const STATION_UNITS: Readonly<Record<string, string>> = {
  'm³/s': 'm3/s',
  'ft³/s': 'ft3/s',
  '°C': 'degC',
  C: 'degC',
  '°F': 'degF',
  kt: 'kn',
  kts: 'kn',
  '‰': 'permille',
  'g/L': 'permille',
  mb: 'hPa',
  inch: 'in',
};

/** A first row and one example row of each kind, for whoever fills it in. */
export function stationTemplate(): string {
  const header = STATION_COLUMNS.map(({ name }) => name).join(',');
  return [
    header,
    'HN-LONGBIEN,water.level,9.62,m,2026-09-07T13:00+07:00,observation,,HON-DAU,,,21.0443,105.8559,Long Bien (example)',
    'HN-LONGBIEN,water.level,10.8,m,2026-09-08T07:00+07:00,forecast,2026-09-07T13:30+07:00,HON-DAU,,provisional,21.0443,105.8559,Long Bien (example)',
    '',
  ].join('\n');
}

export const STATION_QUANTITIES: readonly string[] = Object.keys(QUANTITIES);
