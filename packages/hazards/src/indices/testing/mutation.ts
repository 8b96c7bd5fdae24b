import { constantTables, secondRouteFailures } from './second-route.ts';

/** One number that a formula uses. */
export interface Constant {
  /** `fireWeather.fine.rain.factor` */
  readonly path: string;
  readonly value: number;
  set(value: number): void;
}

/** Every number of the constant tables. Zeros are left out: a hundredth of nothing is nothing. */
export function constants(): readonly Constant[] {
  const found: Constant[] = [];
  const walk = (holder: Record<string, unknown>, path: string) => {
    for (const [name, value] of Object.entries(holder)) {
      const here = `${path}.${name}`;
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
      if (typeof values === 'object') walk(values as Record<string, unknown>, `${file}.${table}`);
  return found;
}

export interface MutationReport {
  readonly constants: number;
  readonly caught: number;
  /** Those that no check noticed in one of the two directions. */
  readonly missed: readonly string[];
}

/** Changes one constant after the other by `share` of itself, up and down, and asks whether the second route sees it. */
export function mutate(which: readonly Constant[], share: number): MutationReport {
  const [before] = secondRouteFailures(1);
  if (before !== undefined) throw new Error(`a check fails before anything was changed: ${before}`);
  const missed: string[] = [];
  for (const constant of which) {
    const seen = [1 + share, 1 - share].map((factor) => {
      constant.set(constant.value * factor);
      try {
        return secondRouteFailures(1).length > 0;
      } finally {
        constant.set(constant.value);
      }
    });
    if (!seen.every((one) => one)) missed.push(constant.path);
  }
  return { constants: which.length, caught: which.length - missed.length, missed };
}
