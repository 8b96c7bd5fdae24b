import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { QuantityName } from '../quantities.ts';
import type { WindRadius } from '../reading.ts';
import type { Measure } from '../row.ts';
import type { Columns } from '../text/table.ts';
import { AGENCIES, type Mean } from './ibtracs-agencies.ts';
import { KM_H_PER_KNOT, KM_PER_NAUTICAL_MILE, windQuantity } from './wind.ts';

const QUADRANTS = ['NE', 'SE', 'SW', 'NW'] as const;
const RADIUS_WINDS = [34, 50, 64] as const;
const NO_RADII: readonly WindRadius[] = [];

/** What a file of a hundred columns or of eight has of the agencies: looked up once. */
export interface Table {
  readonly collector: Collector;
  readonly columns: Columns;
  readonly agencies: readonly {
    readonly name: string;
    readonly source: string;
    readonly wind: string;
    readonly pressure: string;
    readonly quantity: QuantityName;
  }[];
  readonly radii: readonly {
    readonly column: string;
    readonly windKt: number;
    readonly sector: (typeof QUADRANTS)[number];
  }[];
}

/** The agencies and radii that this file has columns of. */
export function columnsOf(columns: Columns): Pick<Table, 'agencies' | 'radii'> {
  return {
    agencies: AGENCIES.map(({ name, mean }) => ({
      name,
      source: `ibtracs:${name}`,
      wind: `${name}_wind`,
      pressure: `${name}_pres`,
      quantity: windQuantity(mean),
    })).filter(({ wind }) => columns.has(wind)),
    radii: RADIUS_WINDS.flatMap((windKt) =>
      QUADRANTS.map((sector) => ({ column: `usa_r${windKt}_${sector.toLowerCase()}`, windKt, sector })),
    ).filter(({ column }) => columns.has(column)),
  };
}

/** Wind and pressure of the WMO and of each agency, and how fast the storm moves. */
export function measuresOf(
  { collector, columns, agencies }: Table,
  row: readonly string[],
  mean: Mean | null,
  speedKt: number | null,
  at: ReadPlace,
): readonly Measure[] {
  const wmo = { source: 'ibtracs:wmo', part: 'wmo' };
  const measures: Measure[] = [];
  if (mean !== null)
    measures.push({
      quantity: windQuantity(mean),
      value: columns.number(collector, row, 'wmo_wind', at),
      ...wmo,
    });
  measures.push({
    quantity: 'cyclone.pressure',
    value: columns.number(collector, row, 'wmo_pres', at),
    ...wmo,
  });
  measures.push({ quantity: 'cyclone.movement', value: kilometresAnHour(speedKt) });
  for (const { name, source, wind, pressure, quantity } of agencies) {
    measures.push({ quantity, value: columns.number(collector, row, wind, at), source, part: name });
    measures.push({
      quantity: 'cyclone.pressure',
      value: columns.number(collector, row, pressure, at),
      source,
      part: name,
    });
  }
  return measures;
}

/** Exact to the metre: 13 kn are 24.076 km/h and not 24.076000000000004. */
export function kilometresAnHour(knots: number | null): number | null {
  return knots === null ? null : Math.round(knots * KM_H_PER_KNOT * 1_000) / 1_000;
}

/** How far winds of 34, 50 and 64 knots reach, by quadrant. */
export function radiiOf(
  { collector, columns, radii }: Table,
  row: readonly string[],
  at: ReadPlace,
): readonly WindRadius[] {
  if (radii.length === 0) return NO_RADII;
  const found: WindRadius[] = [];
  for (const { column, windKt, sector } of radii) {
    const radius = columns.number(collector, row, column, at);
    if (radius !== null && radius > 0)
      found.push({ windKt, sector, direction: null, radiusKm: radius * KM_PER_NAUTICAL_MILE });
  }
  return found;
}
