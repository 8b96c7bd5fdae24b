import type { Observation } from '../observation.ts';
import { converted, UnitProblem } from '../units.ts';
import type { InputRule } from './rules.ts';

/** Why an observation was not taken. */
export type Refusal =
  | 'unknown-quantity'
  | 'wrong-unit'
  | 'not-a-number'
  | 'unknown-word'
  | 'absurd'
  | 'unknown-place'
  | 'bad-time';

export interface Refused {
  readonly why: Refusal;
  /** What is wrong, in English, for a log. */
  readonly text: string;
}

/** Why a value cannot be taken by the inputs of its quantity; undefined: it can. Where it lies is asked elsewhere. */
export function refusalOf(observation: Observation, inputs: readonly InputRule[]): Refused | undefined {
  if (inputs.length === 0) return { why: 'unknown-quantity', text: observation.quantity };
  if (observation.flags.includes('absurd'))
    return { why: 'absurd', text: 'the reader has marked it as absurd' };
  for (const time of [observation.time, observation.validFrom, observation.validTo])
    if (time !== undefined && !Number.isFinite(Date.parse(time))) return { why: 'bad-time', text: time };
  for (const input of inputs) {
    const problem = wrongFor(input, observation);
    if (problem) return problem;
  }
  return undefined;
}

function wrongFor(input: InputRule, { value, unit }: Observation): Refused | undefined {
  if (input.unit === 'word') {
    if (typeof value === 'string' && input.words?.includes(value)) return undefined;
    return { why: 'unknown-word', text: `${JSON.stringify(value)} is none of ${input.words?.join(', ')}` };
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { why: 'not-a-number', text: JSON.stringify(value) };
  try {
    const inUnit = converted(value, unit, input.unit);
    if (input.whole && !Number.isInteger(inUnit))
      return { why: 'absurd', text: `${inUnit} ${input.unit} is no whole grade` };
    if (inUnit < (input.minimum ?? -Infinity) || inUnit > (input.maximum ?? Infinity))
      return {
        why: 'absurd',
        text: `${inUnit} ${input.unit} is outside ${input.minimum} to ${input.maximum}`,
      };
    return undefined;
  } catch (problem) {
    if (problem instanceof UnitProblem) return { why: 'wrong-unit', text: problem.message };
    throw problem;
  }
}
