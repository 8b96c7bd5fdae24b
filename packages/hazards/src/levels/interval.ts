/** A number, or an attribute of the place with something added: "alarm level 3 plus 0.3 m". */
export type Bound = number | { readonly attribute: string; readonly plus?: number };

/** A span of numbers. Bounds belong to it unless they are marked open; a bound that is left out is no bound. */
export interface Interval {
  readonly min?: Bound;
  readonly minOpen?: true;
  readonly max?: Bound;
  readonly maxOpen?: true;
}

/** "from a to b": both belong to it. */
export const fromTo = (min: Bound, max: Bound): Interval => ({ min, max });
/** "from above a to b": a does not belong to it, b does. */
export const aboveTo = (min: Bound, max: Bound): Interval => ({ min, minOpen: true, max });
/** "from a to below b": a belongs to it, b does not. */
export const fromBelow = (min: Bound, max: Bound): Interval => ({ min, max, maxOpen: true });
/** "from a upwards": a belongs to it. */
export const from = (min: Bound): Interval => ({ min });
/** "above a": a does not belong to it. */
export const above = (min: Bound): Interval => ({ min, minOpen: true });
/** "not above b": b belongs to it. */
export const upTo = (max: Bound): Interval => ({ max });
/** "below b": b does not belong to it. */
export const below = (max: Bound): Interval => ({ max, maxOpen: true });
/** One number alone. */
export const exactly = (value: Bound): Interval => ({ min: value, max: value });

function boundOf(bound: Bound, attribute: (name: string) => number | undefined): number | undefined {
  if (typeof bound === 'number') return bound;
  const base = attribute(bound.attribute);
  // 4.1 + 0.3 must be 4.4: what floating point adds behind the twelfth digit would move the boundary.
  return base === undefined ? undefined : Number((base + (bound.plus ?? 0)).toPrecision(12));
}

/** Whether the value lies in it; the names of the missing attributes where that decides. */
export function contains(
  interval: Interval,
  value: number,
  attribute: (name: string) => number | undefined,
): boolean | readonly string[] {
  const missing: string[] = [];
  const { min, max } = interval;
  if (min !== undefined) {
    const bound = boundOf(min, attribute);
    if (bound === undefined) missing.push((min as { attribute: string }).attribute);
    else if (interval.minOpen ? value <= bound : value < bound) return false;
  }
  if (max !== undefined) {
    const bound = boundOf(max, attribute);
    if (bound === undefined) missing.push((max as { attribute: string }).attribute);
    else if (interval.maxOpen ? value >= bound : value > bound) return false;
  }
  return missing.length === 0 ? true : missing;
}

function boundText(bound: Bound): string {
  if (typeof bound === 'number') return String(bound);
  return bound.plus ? `${bound.attribute} + ${bound.plus}` : bound.attribute;
}

/** `[a, b]`, `(a, b]`, `> a`, as tables of rules print it. */
export function intervalText({ min, minOpen, max, maxOpen }: Interval): string {
  if (min === undefined && max === undefined) return 'any';
  if (min === undefined) return `${maxOpen ? '<' : '≤'} ${boundText(max ?? 0)}`;
  if (max === undefined) return `${minOpen ? '>' : '≥'} ${boundText(min)}`;
  if (boundText(min) === boundText(max)) return `= ${boundText(min)}`;
  return `${minOpen ? '(' : '['}${boundText(min)}, ${boundText(max)}${maxOpen ? ')' : ']'}`;
}
