import { PROBE_STAGES, type ProbeStage } from '@keng/model';

/** When a stage was reached last, in seconds of a clock that nobody sets; null: never since this process looks. */
export type Reached = Readonly<Record<ProbeStage, number>>;

/** Sent every minute: two may be lost before anybody is woken. */
export const MISSING_SECONDS = 150;

/**
 * The first stage that the synthetic alarm does not reach any more; null: it comes through.
 * @param screens does a desk's browser follow the feed? Without one nothing can be shown, which is not the fault of the way
 */
export function missingStage(reached: Reached, second: number, screens: boolean): ProbeStage | null {
  const stages = screens ? PROBE_STAGES : PROBE_STAGES.filter((stage) => stage !== 'shown');
  return stages.find((stage) => second - reached[stage] > MISSING_SECONDS) ?? null;
}
