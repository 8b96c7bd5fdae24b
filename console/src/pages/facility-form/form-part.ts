import type { ProblemAt } from '../../api/field-problems.ts';
import type { FacilityForm } from './form-model.ts';

/** What every part of the form is given. */
export interface FormPart {
  readonly form: FacilityForm;
  readonly change: (part: Partial<FacilityForm>) => void;
  readonly problemAt: ProblemAt;
}

/** A row of a list replaced, or left out with null. */
export function replaced<Row extends { readonly key: string }>(
  rows: readonly Row[],
  key: string,
  next: Partial<Row> | null,
): readonly Row[] {
  if (next === null) return rows.filter((row) => row.key !== key);
  return rows.map((row) => (row.key === key ? { ...row, ...next } : row));
}
