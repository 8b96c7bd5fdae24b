/** Conditions of a statement with their values; a question mark stands for the next value. */
export class Conditions {
  readonly #texts: string[] = [];
  readonly values: unknown[];

  /** @param shared values of a statement that has several sets of conditions */
  constructor(shared: unknown[] = []) {
    this.values = shared;
  }

  get text(): string {
    return this.#texts.join(' and ');
  }

  /** One of them suffices; without any, nothing is meant. */
  get anyText(): string {
    return this.#texts.length === 0 ? 'false' : `(${this.#texts.join(' or ')})`;
  }

  raw(text: string): void {
    this.#texts.push(text);
  }

  add(text: string, value: unknown): void {
    this.values.push(value);
    this.#texts.push(text.replace('?', `$${this.values.length}`));
  }

  addIf(text: string, value: unknown): void {
    if (value !== null) this.add(text, value);
  }

  addTwo(text: string, first: unknown, second: unknown): void {
    this.values.push(first, second);
    const at = this.values.length;
    this.#texts.push(text.replace('?', `$${at - 1}`).replace('?', `$${at}`));
  }
}
