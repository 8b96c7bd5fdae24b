/** One number that a method takes: unit, meaning, and the range in which the method is valid. */
export interface MethodQuantity {
  readonly unit: string;
  readonly what: string;
  /** Bounds of validity, themselves included unless `openMinimum` says so. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The minimum itself is excluded. */
  readonly openMinimum?: boolean;
  /** Only whole numbers. */
  readonly whole?: boolean;
}

export type MethodQuantities = Readonly<Record<string, MethodQuantity>>;

/** Something to know about a result. `text` is English; programs go by `code`. */
export interface MethodWarning {
  readonly code: string;
  readonly text: string;
}

/** What a method gives. */
export interface MethodResult<Value> {
  readonly kind: 'result';
  readonly method: string;
  readonly value: Value;
  readonly warnings: readonly MethodWarning[];
}

/** The method is not valid here, so there is no number. Nothing is extrapolated. */
export interface OutsideMethodRange {
  readonly kind: 'outside-range';
  readonly method: string;
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  /** The bounds of validity; null: open. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly why: string;
  /** The day, station or place in a list of inputs. */
  readonly at?: string;
}

/** An input is not there: the method needs it and says which. */
export interface MethodInputMissing {
  readonly kind: 'missing-input';
  readonly method: string;
  readonly quantity: string;
  readonly why: string;
  readonly at?: string;
}

/** An input is no number, is of another datum, or contradicts the others. */
export interface MethodInputInvalid {
  readonly kind: 'invalid-input';
  readonly method: string;
  readonly quantity: string;
  /** Stable name of the fault, such as `not-a-number`, `order`, `datum-mismatch`, `too-large`. */
  readonly code: string;
  readonly why: string;
  readonly at?: string;
}

export type MethodRefusal = OutsideMethodRange | MethodInputMissing | MethodInputInvalid;

/** A value with its method, or the named reason why there is none. Methods never throw for what they are given. */
export type MethodOutcome<Value> = MethodResult<Value> | MethodRefusal;

/** What is told of a method: the page in docs/ and the command line are written from it. */
export interface MethodDeclaration {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** What the formula was checked with. */
  readonly check: string;
  /** Validity that is no bound of one number, in words. */
  readonly range?: string;
  readonly quantities: MethodQuantities;
}

export interface HazardMethod extends MethodDeclaration {
  /** The first of the given numbers that is missing, no number or outside its range. */
  refusal(values: Readonly<Record<string, unknown>>, at?: string): MethodRefusal | undefined;
  result<Value>(value: Value, warnings?: readonly MethodWarning[]): MethodResult<Value>;
  outside(
    quantity: string,
    value: number,
    range: { readonly unit: string; readonly minimum?: number; readonly maximum?: number },
    why: string,
    at?: string,
  ): OutsideMethodRange;
  missing(quantity: string, why: string, at?: string): MethodInputMissing;
  invalid(quantity: string, code: string, why: string, at?: string): MethodInputInvalid;
}

/** Wraps a declaration with the checks that follow from it. */
export function defineMethod(declaration: MethodDeclaration): HazardMethod {
  const { id, quantities } = declaration;
  const where = (at: string | undefined) => (at === undefined ? {} : { at });
  const missing: HazardMethod['missing'] = (quantity, why, at) => ({
    kind: 'missing-input',
    method: id,
    quantity,
    why,
    ...where(at),
  });
  const invalid: HazardMethod['invalid'] = (quantity, code, why, at) => ({
    kind: 'invalid-input',
    method: id,
    quantity,
    code,
    why,
    ...where(at),
  });
  const outside: HazardMethod['outside'] = (quantity, value, { unit, minimum, maximum }, why, at) => ({
    kind: 'outside-range',
    method: id,
    quantity,
    value,
    unit,
    minimum: minimum ?? null,
    maximum: maximum ?? null,
    why,
    ...where(at),
  });
  return {
    ...declaration,
    refusal: (values, at) => {
      for (const [name, value] of Object.entries(values)) {
        const rule = Object.hasOwn(quantities, name) ? quantities[name] : undefined;
        if (!rule) return invalid(name, 'unknown', 'is not an input of this method', at);
        if (value === undefined || value === null) return missing(name, `${rule.what} is missing`, at);
        if (typeof value !== 'number' || !Number.isFinite(value))
          return invalid(name, 'not-a-number', `${rule.what} must be a number`, at);
        if (rule.whole && !Number.isInteger(value))
          return invalid(name, 'not-whole', `${rule.what} must be a whole number`, at);
        if (outsideBounds(rule, value))
          return outside(name, value, rule, `${rule.what} is outside the range of this method`, at);
      }
      return undefined;
    },
    result: (value, warnings = []) => ({ kind: 'result', method: id, value, warnings }),
    outside,
    missing,
    invalid,
  };
}

function outsideBounds({ minimum, maximum, openMinimum }: MethodQuantity, value: number): boolean {
  if (minimum !== undefined && (openMinimum ? value <= minimum : value < minimum)) return true;
  return maximum !== undefined && value > maximum;
}
