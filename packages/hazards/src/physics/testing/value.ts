import type { MethodOutcome } from '../method.ts';

/** The value of an outcome that a test expects to be a result. */
export function resultOf<Value>(outcome: MethodOutcome<Value>): Value {
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
