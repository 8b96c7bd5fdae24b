import {
  type AttributeValue,
  type Chosen,
  type Evaluation,
  evaluate,
  type Facts,
  type RuleTable,
  settled,
} from '@keng/hazards';
import { vietNamHazards } from '../rules.ts';
import { alarmsOfRows, inSpan, type ReadRow } from './rows.ts';

/** Facts that no row speaks of but the articles ask for: chosen so that the row alone decides. */
const besides: Readonly<Record<string, Facts>> = {
  flood: { ...alarmsOfRows, floodWorks: 'no' },
  salinity: { estuaries: 3, permanentSalinity: 'no' },
  tsunami: { coastal: 'yes' },
};

/**
 * Choices under which the table is what its rows say: the rows give the text, also where it contradicts itself, and
 * the higher level is the answer then.
 */
export const choicesOfRows: Chosen = {
  'wildfire.reading': 'upper-bounds-only',
  'rain.apart-is-many': 'not-many',
  // The rows name the plain only.
  'cold.highlands-of-centre': 'plains-only',
  // The rows have "visibility from 50 m" without an end.
  'fog.dense': 'no-limit',
};

export function tableOf(hazard: string): RuleTable {
  const table = vietNamHazards.tables.find((one) => one.hazard === hazard);
  if (!table) throw new Error(`no table of ${hazard}`);
  return table;
}

export function evaluated(hazard: string, facts: Facts, chosen: Chosen = {}): Evaluation {
  return evaluate(
    tableOf(hazard),
    { ...besides[hazard], ...facts },
    'forecast',
    settled(vietNamHazards.choices, chosen),
  );
}

/** A number at each end of each interval, and a step to either side. */
function pointsAround(rows: readonly ReadRow[], input: string, whole: boolean): readonly number[] {
  const step = whole ? 1 : 0.01;
  const points = new Set<number>();
  for (const { spans } of rows) {
    const span = spans[input];
    for (const bound of [span?.min, span?.max])
      if (bound !== undefined && Number.isFinite(bound))
        for (const value of [bound - step, bound, bound + step]) points.add(Number(value.toFixed(2)));
  }
  return [...points];
}

function products(lists: readonly (readonly [string, readonly AttributeValue[]])[]): readonly Facts[] {
  return lists.reduce<Facts[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Every combination of the boundaries of a hazard's rows, on both sides, with all the words of its attributes. */
export function probesOf(hazard: string, rows: readonly ReadRow[]): readonly Facts[] {
  const table = tableOf(hazard);
  const inputs = [...new Set(rows.flatMap(({ spans }) => Object.keys(spans)))];
  const words = [...new Set(rows.flatMap((row) => Object.keys(row.words)))];
  const rule = (name: string) => table.inputs[name] ?? table.attributes[name];
  const wordLists = words.map((name): readonly [string, readonly AttributeValue[]] => [
    name,
    rule(name)?.words?.filter((word) => word !== '3-and-4') ?? [],
  ]);
  const numberList = (name: string): readonly [string, readonly AttributeValue[]] => {
    const { whole } = (table.inputs[name] ?? {}) as { whole?: true };
    return [name, pointsAround(rows, name, whole === true)];
  };
  const [halves] = table.anyOf ?? [];
  if (!halves) return products([...inputs.map(numberList), ...wordLists]);
  // Of an "or" one is given at a time, the other far below everything.
  const others = inputs.filter((name) => !halves.includes(name));
  return halves.flatMap((half) =>
    products([...[half, ...others].map(numberList), ...wordLists]).map((facts) => ({
      ...Object.fromEntries(halves.filter((name) => name !== half).map((name) => [name, 0])),
      ...facts,
    })),
  );
}

function matches({ spans, words }: ReadRow, facts: Facts): boolean {
  return (
    Object.entries(spans).every(([name, span]) => {
      const value = facts[name];
      return typeof value === 'number' && inSpan(value, span);
    }) && Object.entries(words).every(([name, list]) => list.includes(facts[name] as string))
  );
}

/** The levels of the rows that hold, each once, from the lowest. */
export function levelsOfRows(rows: readonly ReadRow[], facts: Facts): readonly number[] {
  const levels = rows.filter((row) => matches(row, facts)).map(({ row }) => row.level);
  return [...new Set(levels)].sort((a, b) => a - b);
}

/** The levels of all rules that hold, each once, from the lowest: a rule hidden behind a higher one shows too. */
export function levelsHeld(found: Evaluation): readonly number[] {
  if (found.kind !== 'level' || found.rule === 'zero') return [];
  return [...new Set([found.level, ...found.alsoHold.map(({ level }) => level)])].sort((a, b) => a - b);
}
