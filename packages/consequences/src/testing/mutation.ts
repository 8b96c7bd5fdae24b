import { constantTables } from '../constants/index.ts';
import { models } from '../models/index.ts';
import { type Row, referenceRows } from './reference.ts';
import { valueOfRow, withinTolerance } from './row-values.ts';
import { secondRouteFailures } from './second-route.ts';

/** One number that a formula uses. */
export interface Constant {
  /** `blast.kingeryBulmash.incidentPressure.segments.0.c.2` */
  readonly path: string;
  readonly value: number;
  set(value: number): void;
}

/** Every number of the constant tables. Zeros are left out: a hundredth of nothing is nothing. */
export function constants(): readonly Constant[] {
  const found: Constant[] = [];
  const walk = (holder: Record<string, unknown>, path: string) => {
    for (const [name, value] of Object.entries(holder)) {
      const here = path === '' ? name : `${path}.${name}`;
      if (typeof value === 'number' && value !== 0)
        found.push({
          path: here,
          value,
          set: (changed) => {
            holder[name] = changed;
          },
        });
      else if (typeof value === 'object' && value !== null) walk(value as Record<string, unknown>, here);
    }
  };
  for (const [file, tables] of Object.entries(constantTables))
    for (const [table, values] of Object.entries(tables))
      if (typeof values === 'object') walk(values as unknown as Record<string, unknown>, `${file}.${table}`);
  return found;
}

/** How far a row may lie from the independent code before a change counts as seen. */
const sameAsIndependent = 5e-4;

function rowHolds(row: Row): boolean {
  const value = valueOfRow(row);
  if (!withinTolerance(row, value)) return false;
  return (
    row.id.startsWith('osd18') || Math.abs(value - row.computed) <= sameAsIndependent * Math.abs(row.computed)
  );
}

/** The name of the first check that fails, or undefined. Checks: examples of the models, second route, reference rows. */
export function firstFailure(rows: readonly Row[] = referenceRows()): string | undefined {
  for (const model of models)
    for (const example of model.examples) {
      const outcome = model.run(example.inputs);
      const value = outcome.kind === 'result' ? outcome.outputs[example.output] : undefined;
      if (!(Math.abs((value ?? Number.NaN) / example.expected - 1) <= example.tolerance))
        return `${model.id} ${example.output}`;
    }
  const [second] = secondRouteFailures();
  if (second !== undefined) return second;
  for (const row of rows) {
    try {
      if (!rowHolds(row)) return row.id;
    } catch {
      // A row that can no longer be calculated has noticed the change as well.
      return row.id;
    }
  }
  return undefined;
}

export interface MutationReport {
  readonly constants: number;
  readonly caught: number;
  /** Those that no check noticed. */
  readonly missed: readonly string[];
}

/** Changes one constant after the other by `share` of itself, up and down, and asks whether some check sees it. */
export function mutate(
  which: readonly Constant[],
  share: number,
  rows: readonly Row[] = referenceRows(),
): MutationReport {
  const before = firstFailure(rows);
  if (before !== undefined) throw new Error(`a check fails before anything was changed: ${before}`);
  const missed: string[] = [];
  for (const constant of which) {
    const seen = [1 + share, 1 - share].map((factor) => {
      constant.set(constant.value * factor);
      try {
        return firstFailure(rows) !== undefined;
      } finally {
        constant.set(constant.value);
      }
    });
    if (!seen.every((one) => one)) missed.push(constant.path);
  }
  return { constants: which.length, caught: which.length - missed.length, missed };
}
