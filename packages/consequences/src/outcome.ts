export type Values = Readonly<Record<string, number | string>>;
export type Numbers = Readonly<Record<string, number>>;

/** Something to know about a result. `text` is English; programs go by `code`. */
export interface Warning {
  readonly code: string;
  readonly text: string;
}

interface Named {
  readonly model: string;
  readonly pack: string;
  readonly edition: string;
  /** All inputs, with the defaults that were put in. */
  readonly inputs: Values;
}

/** What a method gives, with all that is needed to get it again. */
export interface Result<Outputs = Numbers> extends Named {
  readonly kind: 'result';
  readonly outputs: Outputs;
  readonly units: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/** The method is not valid here, so there is no number. */
export interface OutsideRange extends Named {
  readonly kind: 'outside-range';
  /** The input, or a quantity that follows from the inputs. */
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  /** The bounds of validity; null: open. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly why: string;
}

/** An input is missing, unknown, no number, or no choice. */
export interface InvalidInput {
  readonly kind: 'invalid-input';
  readonly model: string;
  readonly input: string;
  readonly why: string;
}

export type Outcome<Outputs = Numbers> = Result<Outputs> | OutsideRange | InvalidInput;

/** What a calculation gives back instead of numbers. */
export class Outside {
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly why: string;

  constructor(
    quantity: string,
    value: number,
    unit: string,
    range: { readonly minimum?: number; readonly maximum?: number },
    why: string,
  ) {
    this.quantity = quantity;
    this.value = value;
    this.unit = unit;
    this.minimum = range.minimum ?? null;
    this.maximum = range.maximum ?? null;
    this.why = why;
  }
}
