export { assess, highestOfStations, type Question } from './assess.ts';
export { Assessor, type AssessorOptions, type Observed } from './assessor.ts';
export * from './bulletins.ts';
export { checkCountryRules } from './check-country.ts';
export * from './coinciding.ts';
export {
  caseNeeds,
  choicesThatDecide,
  type Evaluation,
  evaluate,
  type Facts,
  outcomeOf,
  settled,
} from './evaluate.ts';
export * from './interval.ts';
export { defaultLimits, type Limits, type Reception } from './observations.ts';
export type { Area, Station } from './place.ts';
export type { Refusal } from './refusal.ts';
export * from './rules.ts';
export type { Schedule } from './schedule.ts';
export { type GivenValue, type TryOut, tryOut } from './try-out.ts';
export type * from './verdict.ts';
