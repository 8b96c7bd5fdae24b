import { at } from './numbers.ts';

/** Least squares of many rows with few unknowns: rows are added one by one, so that no matrix of all rows is held. */
export class NormalEquations {
  readonly #size: number;
  readonly #matrix: Float64Array;
  readonly #right: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#matrix = new Float64Array(size * size);
    this.#right = new Float64Array(size);
  }

  add(row: Float64Array, value: number): void {
    const n = this.#size;
    for (let i = 0; i < n; i += 1) {
      const left = at(row, i);
      this.#right[i] = at(this.#right, i) + left * value;
      for (let j = 0; j <= i; j += 1)
        this.#matrix[i * n + j] = at(this.#matrix, i * n + j) + left * at(row, j);
    }
  }

  /** By Cholesky; undefined when the rows do not tell the unknowns apart. */
  solve(): Float64Array | undefined {
    const n = this.#size;
    const lower = Float64Array.from(this.#matrix);
    for (let i = 0; i < n; i += 1)
      for (let j = 0; j <= i; j += 1) {
        let rest = at(lower, i * n + j);
        for (let k = 0; k < j; k += 1) rest -= at(lower, i * n + k) * at(lower, j * n + k);
        if (i !== j) lower[i * n + j] = rest / at(lower, j * n + j);
        else if (rest > 1e-9 * at(this.#matrix, i * n + i)) lower[i * n + i] = Math.sqrt(rest);
        else return undefined;
      }
    const found = Float64Array.from(this.#right);
    for (let i = 0; i < n; i += 1) {
      for (let k = 0; k < i; k += 1) found[i] = at(found, i) - at(lower, i * n + k) * at(found, k);
      found[i] = at(found, i) / at(lower, i * n + i);
    }
    for (let i = n - 1; i >= 0; i -= 1) {
      for (let k = i + 1; k < n; k += 1) found[i] = at(found, i) - at(lower, k * n + i) * at(found, k);
      found[i] = at(found, i) / at(lower, i * n + i);
    }
    return found;
  }
}
