import type { AnyModel } from '../model.ts';
import { type InvalidInput, Outside, type Values } from '../outcome.ts';

/** How far an effect reaches. */
export type Reach =
  /** The farthest distance at which the effect still has the level. */
  | { readonly kind: 'reached'; readonly distanceM: number }
  /** Nowhere within the range of the method does the effect have the level. */
  | { readonly kind: 'not-reached' }
  /** At the end of the range of the method the effect is still above the level: the method cannot say how far. */
  | { readonly kind: 'outside-range'; readonly outside: Outside };

export interface Search {
  readonly fromM: number;
  readonly toM: number;
  /** Distances that are looked at before bisection, in geometric order: a peak narrower than one step may be missed. */
  readonly steps: number;
}

export const defaultSearch: Search = { fromM: 1, toM: 100_000, steps: 96 };

/** Halvings: enough to bring the widest step below a millimetre in 100 km. */
const halvings = 40;

/**
 * The farthest distance at which `effect` is at least `level`, by a walk from outside and bisection. It does not take
 * the effect to fall everywhere: an impulse rises first, a high plume touches the ground late. Distances that the
 * method does not know do not count as zero: when the effect has the level next to them, on the far side, the answer
 * is "outside range".
 */
export function farthest(
  effect: (distanceM: number) => number | Outside,
  level: number,
  search: Search = defaultSearch,
): Reach {
  const ratio = (search.toM / search.fromM) ** (1 / search.steps);
  let beyond = search.toM;
  let beyondValue = effect(beyond);
  if (typeof beyondValue === 'number' && beyondValue >= level)
    return {
      kind: 'outside-range',
      outside: new Outside(
        'distanceM',
        beyond,
        'm',
        { maximum: beyond },
        'the level is still exceeded at the end of the search',
      ),
    };
  let why: Outside | undefined;
  for (let step = search.steps - 1; step >= 0; step -= 1) {
    const here = search.fromM * ratio ** step;
    const value = effect(here);
    if (typeof value === 'number') {
      if (typeof beyondValue !== 'number') {
        // From the unknown into the known: what is there at the very edge?
        const edge = lastKnown(effect, here, beyond);
        const atEdge = effect(edge);
        if (typeof atEdge === 'number' && atEdge >= level)
          return { kind: 'outside-range', outside: beyondValue };
        if (value >= level) return { kind: 'reached', distanceM: bisect(effect, level, here, edge) };
      } else if (value >= level) return { kind: 'reached', distanceM: bisect(effect, level, here, beyond) };
    } else why = value;
    beyond = here;
    beyondValue = value;
  }
  return why && typeof beyondValue !== 'number' && everywhereUnknown(effect, search)
    ? { kind: 'outside-range', outside: why }
    : { kind: 'not-reached' };
}

function everywhereUnknown(effect: (distanceM: number) => number | Outside, search: Search): boolean {
  const ratio = (search.toM / search.fromM) ** (1 / search.steps);
  for (let step = 0; step <= search.steps; step += 1)
    if (typeof effect(search.fromM * ratio ** step) === 'number') return false;
  return true;
}

function lastKnown(effect: (distanceM: number) => number | Outside, known: number, unknown: number): number {
  let [low, high] = [known, unknown];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (typeof effect(middle) === 'number') low = middle;
    else high = middle;
  }
  return low;
}

function bisect(
  effect: (distanceM: number) => number | Outside,
  level: number,
  inside: number,
  outside: number,
): number {
  let [low, high] = [inside, outside];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    const value = effect(middle);
    if (typeof value === 'number' && value >= level) low = middle;
    else high = middle;
  }
  return low;
}

export interface Wanted {
  readonly model: AnyModel;
  readonly inputs: Values;
  readonly output: string;
  readonly level: number;
  /** The input that is varied. */
  readonly over?: string;
  readonly search?: Search;
}

/** How far an output of a model has a level, all other inputs held. */
export function distanceTo(wanted: Wanted): Reach | InvalidInput {
  const effect = wanted.model.effect(wanted.inputs, wanted.over ?? 'distanceM', wanted.output);
  if (typeof effect !== 'function') return effect;
  return farthest(effect, wanted.level, wanted.search);
}
