/** A country file does not hold what the pack's interface promises: names the file, the place in it and the need. */
export class PackProblem extends Error {
  override readonly name = 'PackProblem';
  readonly file: string;
  readonly at: string;

  constructor(file: string, at: string, need: string, options?: ErrorOptions) {
    super(`${file}: ${at || 'the file'} ${need}`, options);
    this.file = file;
    this.at = at;
  }
}

/** A place in a JSON file that knows its path, so that every wrong value is reported where it stands. */
export class JsonNode {
  readonly file: string;
  readonly at: string;
  readonly value: unknown;

  constructor(file: string, at: string, value: unknown) {
    this.file = file;
    this.at = at;
    this.value = value;
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  fail(need: string): PackProblem {
    return new PackProblem(this.file, this.at, need);
  }

  field(name: string): JsonNode {
    return new JsonNode(this.file, this.at ? `${this.at}.${name}` : name, this.#object()[name]);
  }

  items(): JsonNode[] {
    if (!Array.isArray(this.value)) throw this.fail('must be a list');
    return this.value.map((item, i) => new JsonNode(this.file, `${this.at}[${i}]`, item));
  }

  entries(): [string, JsonNode][] {
    return Object.keys(this.#object()).map((name) => [name, this.field(name)]);
  }

  text(): string {
    if (typeof this.value !== 'string' || this.value.trim() === '') throw this.fail('must be a text');
    return this.value;
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.fail('must be a number');
    return this.value;
  }

  positive(): number {
    const number = this.number();
    if (number <= 0) throw this.fail('must be above zero');
    return number;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.fail('must be true or false');
    return this.value;
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    if (found === undefined) throw this.fail(`must be one of ${choices.join(', ')}`);
    return found;
  }

  /** A list of texts. */
  texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** A list of exactly `count` numbers. */
  numbers(count: number): number[] {
    const numbers = this.items().map((item) => item.number());
    if (numbers.length !== count) throw this.fail(`must hold ${count} numbers`);
    return numbers;
  }

  /** Longitude and latitude in degrees. */
  point(): readonly [number, number] {
    const [lon = Number.NaN, lat = Number.NaN] = this.numbers(2);
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw this.fail('must be [longitude, latitude]');
    return [lon, lat];
  }

  #object(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      throw this.fail('must be an object');
    }
    // Checked just above: a plain object of JSON.
    return this.value as Record<string, unknown>;
  }
}
