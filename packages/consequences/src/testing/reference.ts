import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Checked numbers, kept outside the project (see their README): test data only, never part of a build. */
const folder = resolve(import.meta.dirname, '../../../../../shared/data/consequences');

export const referencePresent = existsSync(folder);

export interface Row {
  readonly file: string;
  readonly id: string;
  readonly model: string;
  readonly inputs: Readonly<Record<string, number | string>>;
  readonly unit?: string;
  readonly expected: number;
  /** By independent code. */
  readonly computed: number;
  readonly tol_rel?: number;
  readonly tol_abs?: number;
  readonly note?: string;
}

export function readReference(name: string): unknown {
  return JSON.parse(readFileSync(resolve(folder, name), 'utf8'));
}

/** Files of rows, `cases_*.json` without the misprints. */
export function rowFiles(): readonly string[] {
  if (!referencePresent) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('cases_') && !name.includes('misprints'))
    .sort();
}

/** Every row of every file. */
export function referenceRows(): readonly Row[] {
  return rowFiles().flatMap((file) =>
    (readReference(file) as readonly Omit<Row, 'file'>[]).map((row) => ({ ...row, file })),
  );
}
