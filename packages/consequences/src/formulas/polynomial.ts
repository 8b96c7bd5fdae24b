/** c0 + c1 x + c2 x² + ..., by a plain loop: contours ask it thousands of times. */
export function polynomial(c: readonly number[], x: number): number {
  let sum = 0;
  for (let index = c.length - 1; index >= 0; index -= 1) sum = sum * x + (c[index] ?? Number.NaN);
  return sum;
}
