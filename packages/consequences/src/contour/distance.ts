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
  /** Distances that are looked at before the search inside one step, in geometric order: a peak narrower than one step may be missed. */
  readonly steps: number;
}

export const defaultSearch: Search = { fromM: 1, toM: 30_000, steps: 24 };

/** Halvings at most: enough to bring the widest step of any sensible search below a millimetre. */
const halvings = 40;

/** A distance is known when it is known to this share of itself, a tenth of a millimetre in a kilometre. */
const precision = 1e-7;

/** The edge of what a method knows is looked for to this share of the distance. */
const edgePrecision = 1e-4;

/**
 * The farthest distance at which `effect` is at least `level`, by a walk from outside and a bracketed search. It does not take
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
        if (excess(effect(edge), level) >= 0) return { kind: 'outside-range', outside: beyondValue };
        if (value >= level) return { kind: 'reached', distanceM: crossing(effect, level, here, edge) };
      } else if (value >= level) return { kind: 'reached', distanceM: crossing(effect, level, here, beyond) };
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
  for (let step = 0; step < halvings && high - low > edgePrecision * low; step += 1) {
    const middle = (low + high) / 2;
    if (typeof effect(middle) === 'number') low = middle;
    else high = middle;
  }
  return low;
}

/**
 * From a distance that has the level to one that has not. Effects fall about as a power of the distance, so the next
 * guess is where a straight line in logarithms meets the level (the end that stays is weighed down, "Illinois");
 * beside a distance without an effect, and when that is slow, the middle.
 */
function crossing(
  effect: (distanceM: number) => number | Outside,
  level: number,
  inside: number,
  outside: number,
): number {
  let [low, high] = [Math.log(inside), Math.log(outside)];
  let [above, below] = [excess(effect(inside), level), excess(effect(outside), level)];
  let side = 0;
  for (let step = 0; step < halvings && high - low > precision; step += 1) {
    const straight = step < 20 && Number.isFinite(below) && Number.isFinite(above);
    const line = high - (below * (high - low)) / (below - above);
    const middle = straight && line > low && line < high ? line : (low + high) / 2;
    const value = excess(effect(Math.exp(middle)), level);
    if (Math.abs(value) < precision / 10) return Math.exp(middle);
    if (value >= 0) {
      if (side === 1) below /= 2;
      side = 1;
      [low, above] = [middle, value];
    } else {
      if (side === -1) above /= 2;
      side = -1;
      [high, below] = [middle, value];
    }
  }
  return Math.exp(low);
}

/** ln(value/level), so that the sign says whether the level is there; an unknown counts as far below. */
function excess(value: number | Outside, level: number): number {
  if (typeof value !== 'number') return Number.NEGATIVE_INFINITY;
  return level > 0 && value >= 0 ? Math.log(value / level) : value - level;
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
