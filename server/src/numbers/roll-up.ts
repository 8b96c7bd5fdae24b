import { partsOf, type Sums } from './fold.ts';

/** A row of a table of sums: the parts of its key, then what is added. */
export type SumRow = readonly (string | number)[];

/** What one incident or loss counts under in the whole country: everything, its area, its category. Empty stands for all. */
function cellsOf(area: string, category: string): readonly (readonly [area: string, category: string])[] {
  const cells: (readonly [string, string])[] = [['', '']];
  if (area !== '') cells.push([area, '']);
  if (category !== '') cells.push(['', category]);
  return cells;
}

/** The first day of the month of a day. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** Adds rows of one key together. */
class Adding {
  readonly #sums = new Map<string, { readonly key: SumRow; readonly values: number[] }>();

  add(key: SumRow, values: readonly number[]): void {
    const name = JSON.stringify(key);
    const known = this.#sums.get(name);
    if (known === undefined) this.#sums.set(name, { key, values: [...values] });
    else
      for (const [index, value] of values.entries()) known.values[index] = (known.values[index] ?? 0) + value;
  }

  get rows(): SumRow[] {
    return [...this.#sums.values()].map(({ key, values }) => [...key, ...values]);
  }
}

type Text = readonly string[];

/** Alarms of the country by month, one row for each value of each property. */
export function countryMonths({ days }: Sums): SumRow[] {
  const adding = new Adding();
  for (const [key, incidents] of days) {
    const [day = '', , area = '', category = '', model = '', family = '', outcome = '', cause = ''] = partsOf(
      key,
    ) as Text;
    if (incidents === 0) continue;
    const values = [incidents, outcome === 'false' ? incidents : 0];
    const properties = { outcome, cause, model, family, area };
    for (const cell of cellsOf(area, category))
      for (const [property, code] of Object.entries(properties))
        adding.add([monthOf(day), ...cell, property, code], values);
  }
  return adding.rows;
}

/** Alarms and lost links of the country by day. */
export function countryDays({ days, links }: Sums): SumRow[] {
  const adding = new Adding();
  for (const [key, incidents] of days) {
    const [day = '', , area = '', category = '', , , outcome = ''] = partsOf(key) as Text;
    if (incidents === 0) continue;
    for (const cell of cellsOf(area, category))
      adding.add([day, ...cell], [incidents, outcome === 'false' ? incidents : 0, 0]);
  }
  for (const [key, { lost }] of links) {
    const [day = '', , area = '', category = ''] = partsOf(key) as Text;
    for (const cell of cellsOf(area, category)) adding.add([day, ...cell], [0, 0, lost]);
  }
  return adding.rows;
}

/** How long people of the country needed, by month. */
export function countryTimes({ times }: Sums): SumRow[] {
  const adding = new Adding();
  for (const [key, { incidents, within, ms }] of times) {
    const [day, , area, category, measure = '', bucket = 0] = partsOf(key);
    for (const cell of cellsOf(String(area), String(category)))
      adding.add([monthOf(String(day)), ...cell, measure, bucket], [incidents, within, ms]);
  }
  return adding.rows;
}

/** Lost links of the country by month and by make and model. */
export function countryLinks({ links }: Sums): SumRow[] {
  const adding = new Adding();
  for (const [key, { lost, restored, ms }] of links) {
    const [day = '', , area = '', category = '', model = ''] = partsOf(key) as Text;
    for (const cell of cellsOf(area, category))
      adding.add([monthOf(day), ...cell, model], [lost, restored, ms]);
  }
  return adding.rows;
}

/** False alarms of each facility by month. */
export function facilityMonths({ facilities }: Sums): SumRow[] {
  const adding = new Adding();
  for (const [key, incidents] of facilities) {
    const [day = '', organisation = '', area = '', category = '', facility = '', outcome = ''] = partsOf(
      key,
    ) as Text;
    if (outcome === 'false') adding.add([monthOf(day), organisation, area, category, facility], [incidents]);
  }
  return adding.rows;
}
