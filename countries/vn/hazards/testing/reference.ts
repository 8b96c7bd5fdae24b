import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Checked facts, kept outside the project (see their README): test data only, never part of a build. */
const folder = resolve(import.meta.dirname, '../../../../../shared/data');

export const referencePresent = existsSync(resolve(folder, 'hazards/vn'));

export function readReference(name: string): string {
  return readFileSync(resolve(folder, name), 'utf8');
}

export interface RuleRow {
  readonly hazard: string;
  readonly article: number;
  readonly clause: string;
  readonly condition: string;
  readonly region: string;
  readonly level: number;
}

export function ruleRows(): readonly RuleRow[] {
  if (!referencePresent) return [];
  return JSON.parse(readReference('hazards/vn/qd18-2021_risk_rules.json')) as readonly RuleRow[];
}
