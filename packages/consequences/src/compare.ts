import { distanceTo, type Reach, type Wanted } from './contour/distance.ts';
import type { InvalidInput } from './outcome.ts';
import { packs } from './packs.ts';

export interface Compared {
  readonly model: string;
  readonly pack: string;
  readonly edition: string;
  readonly output: string;
  readonly unit: string;
  readonly level: number;
  readonly reach: Reach | InvalidInput;
}

/** Methods side by side. */
export interface Comparison {
  readonly methods: readonly Compared[];
  /** The least and the greatest distance of the methods that gave one; null where fewer than two did. */
  readonly spread: { readonly leastM: number; readonly greatestM: number; readonly ratio: number } | null;
}

/**
 * The distance of one level by several methods, each with its own inputs. A method that is outside its range stays in
 * the list and says so; it does not take part in the spread, and nobody averages.
 */
export function compare(wanted: readonly Wanted[]): Comparison {
  const methods = wanted.map((one) => ({
    model: one.model.id,
    pack: one.model.pack,
    edition: packs[one.model.pack].edition,
    output: one.output,
    unit: one.model.outputs[one.output]?.unit ?? '',
    level: one.level,
    reach: distanceTo(one),
  }));
  const distances = methods.flatMap(({ reach }) => (reach.kind === 'reached' ? [reach.distanceM] : []));
  if (distances.length < 2) return { methods, spread: null };
  const [leastM, greatestM] = [Math.min(...distances), Math.max(...distances)];
  return { methods, spread: { leastM, greatestM, ratio: greatestM / leastM } };
}
