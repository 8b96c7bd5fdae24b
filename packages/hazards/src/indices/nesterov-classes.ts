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

/** Russia's, which come with the index; those of other countries are data of their own. */
export const russianClassTables = [
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

/**
 * Class 1 to 5 of an index. The tables print whole numbers with gaps (5,000 | 5,001): a value between them belongs to
 * the class above, because it has passed the limit.
 * Undefined for what is no number.
 */
export function nesterovClass(table: NesterovClassTable, index: number): number | undefined {
  if (Number.isNaN(index)) return undefined;
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
