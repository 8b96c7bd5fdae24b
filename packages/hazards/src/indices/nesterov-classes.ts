/**
 * Limits of forest-fire classes by Nesterov's index. They are data of a province or country: whoever uses an index
 * names the table. A province without a table here is configuration of the deployment.
 */
export interface NesterovClassTable {
  readonly id: string;
  readonly index: 'viet-nam' | 'russia';
  readonly where: string;
  readonly source: string;
  /** The limits of a law or order; false: of a paper. */
  readonly official: boolean;
  /** The greatest index of each class but the last, which is open. */
  readonly upTo: readonly number[];
}

export const nesterovClassTables = [
  {
    id: 'hue-33-2022',
    index: 'viet-nam',
    where: 'Thừa Thiên Huế',
    source: 'Decision 33/2022 of Thừa Thiên Huế',
    official: true,
    upTo: [5000, 10_000, 15_000, 20_000],
  },
  {
    id: 'climate-institute',
    index: 'viet-nam',
    where: 'Viet Nam, a paper of the climate institute',
    source: 'paper of the institute of meteorology, hydrology and climate change (transcribed)',
    official: false,
    upTo: [1000, 2500, 5000, 10_000],
  },
  {
    id: 'rosleskhoz-287',
    index: 'russia',
    where: 'Russia where no regional table is in force',
    source: 'Order 287 of Rosleskhoz (2011)',
    official: true,
    upTo: [300, 1000, 4000, 10_000],
  },
  {
    id: 'murmansk',
    index: 'russia',
    where: 'Murmansk, an example of a regional table',
    source: 'regional classes under Order 287 (transcribed; season and municipality not stated)',
    official: false,
    upTo: [230, 580, 1050, 1700],
  },
] as const satisfies readonly NesterovClassTable[];

export function nesterovClassTable(id: string): NesterovClassTable | undefined {
  return nesterovClassTables.find((table) => table.id === id);
}

/**
 * Class 1 to 5 of an index. The tables print whole numbers with gaps (5,000 | 5,001): a value between them belongs to
 * the class above, because it has passed the limit.
 */
export function nesterovClass(table: NesterovClassTable, index: number): number {
  const found = table.upTo.findIndex((limit) => index <= limit);
  return found < 0 ? table.upTo.length + 1 : found + 1;
}

/** The rain of a day from which the sum starts again, by zone and month, where a province has its own (Lmn). */
export interface MonthlyRainLimit {
  readonly id: string;
  readonly source: string;
  /** Limit in mm of month 1 to 12; a month that is not there is not known. */
  readonly mmOfMonth: Readonly<Record<number, number>>;
}

/** Decision 33/2022 of Huế, March to September. Zone 3 is known for March only. */
export const monthlyRainLimits = [
  {
    id: 'hue-zone-1',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 1 (Huế and the coastal districts)',
    mmOfMonth: { 3: 5, 4: 7, 5: 7, 6: 10, 7: 10, 8: 10, 9: 5 },
  },
  {
    id: 'hue-zone-2',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 2 (Nam Đông)',
    mmOfMonth: { 3: 5, 4: 6.5, 5: 6.5, 6: 7.1, 7: 7.1, 8: 7.1, 9: 5 },
  },
  {
    id: 'hue-zone-3',
    source: 'Decision 33/2022 of Thừa Thiên Huế, zone 3 (A Lưới), only March is known',
    mmOfMonth: { 3: 5 },
  },
] as const satisfies readonly MonthlyRainLimit[];
