import type { Attributes } from './rules.ts';

/** What is assessed and addressed: a commune, a stretch of sea. */
export interface Area {
  readonly id: string;
  readonly name: string;
  /** The larger areas it lies in: what is said of them is said of it. */
  readonly within: readonly string[];
  readonly attributes: Attributes;
  /** Attributes that are not known, and what is known about them all the same. */
  readonly open?: Readonly<Record<string, string>>;
}

/** A gauge with attributes of its own, such as its alarm levels, that speaks for one or more areas. */
export interface Station {
  readonly id: string;
  readonly name: string;
  readonly areas: readonly string[];
  readonly attributes: Attributes;
  readonly open?: Readonly<Record<string, string>>;
}
