/**
 * The normal distribution, to about 1e-14: series of Kummer near the middle, continued fraction in the tails
 * (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */

/** Share of the standard normal distribution below `x`. */
export function normalShare(x: number): number {
  const magnitude = Math.abs(x);
  const upper = magnitude < 3 ? 0.5 - middle(magnitude) : tail(magnitude);
  return x < 0 ? upper : 1 - upper;
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** From 0 to x. */
function middle(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 100 && term > 1e-17 * sum; n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return density(x) * sum;
}

/** Above x. */
function tail(x: number): number {
  let fraction = x;
  for (let n = 100; n > 0; n -= 1) fraction = x + n / fraction;
  return density(x) / fraction;
}

/** The x below which `share` lies, 0 < share < 1, by bisection. */
export function normalQuantile(share: number): number {
  let low = -40;
  let high = 40;
  for (let step = 0; step < 100; step += 1) {
    const between = (low + high) / 2;
    if (normalShare(between) < share) low = between;
    else high = between;
  }
  return (low + high) / 2;
}

/** Probability of a probit (5 is one half). */
export function probabilityOf(probit: number): number {
  return normalShare(probit - 5);
}

/** Probit of a probability, 0 < p < 1. */
export function probitOf(probability: number): number {
  return normalQuantile(probability) + 5;
}
