import type { CountryRules } from './rules.ts';
import type { Driver, Verdict } from './verdict.ts';

export interface CoincidingHazard {
  readonly hazard: string;
  readonly driver: Driver;
  readonly level: number;
  readonly rule: string;
}

export interface RaiseStep {
  readonly by: number;
  /** What the level would be. */
  readonly to: number;
  /** Only where serious loss of life and property is to be feared. */
  readonly seriousLoss: boolean;
}

/** Several hazards at once or one after the other: the law lets the level be raised. Nothing is raised by itself. */
export interface RaiseProposal {
  readonly kind: 'raise-proposal';
  readonly area: string;
  readonly article: string;
  readonly clause?: string;
  /** The hazard whose level is raised. */
  readonly hazard: string;
  readonly level: number;
  readonly hazards: readonly CoincidingHazard[];
  readonly steps: readonly RaiseStep[];
  readonly maximum: number;
  /** The choice which level is raised, and its alternative. */
  readonly choice: { readonly choice: string; readonly chosen: string };
}

/** What a person decided about a proposal. */
export interface RaiseDecision {
  readonly by: string;
  readonly at: string;
  /** 0: the level stays. */
  readonly raise: number;
  readonly reason: string;
  /** Whether the person expects serious loss of life and property. */
  readonly seriousLoss: boolean;
}

export interface RaiseRecord extends RaiseDecision {
  readonly kind: 'raise-record';
  readonly area: string;
  readonly article: string;
  readonly clause?: string;
  readonly hazard: string;
  readonly hazards: readonly CoincidingHazard[];
  /** The assessed level, which stays what it is. */
  readonly assessed: number;
  /** The level in force by this decision. */
  readonly decided: number;
}

export interface RaiseRefused {
  readonly kind: 'raise-refused';
  readonly why: 'no-person' | 'no-reason' | 'no-such-step' | 'serious-loss-not-stated' | 'no-time';
}

/** Two verdicts of one hazard (forecast and measured) are one hazard: the higher stands for it. */
function hazardsOf(verdicts: readonly Verdict[]): readonly CoincidingHazard[] {
  const highest = new Map<string, CoincidingHazard>();
  for (const verdict of verdicts) {
    if (verdict.kind !== 'level' || verdict.level < 1) continue;
    const { hazard, driver, level, rule } = verdict;
    const known = highest.get(hazard);
    if (!known || known.level < level) highest.set(hazard, { hazard, driver, level, rule });
  }
  return [...highest.values()].sort((a, b) => b.level - a.level);
}

/**
 * The raises that the law allows where two or more hazards have a level in one area. `verdicts` are those of the area
 * that hold at once or one after the other; `chosen` says whether the highest level is raised, or each.
 */
export function raiseProposals(
  rules: CountryRules,
  area: string,
  verdicts: readonly Verdict[],
  chosen: Readonly<Record<string, string>>,
): readonly RaiseProposal[] {
  const { article, clause, raises, maximum, choice } = rules.coincidence;
  const hazards = hazardsOf(verdicts);
  if (hazards.length < 2) return [];
  const alternative = chosen[choice] ?? rules.choices.find(({ id }) => id === choice)?.default ?? '';
  const raised = alternative === 'each' ? hazards : hazards.slice(0, 1);
  return raised
    .map(({ hazard, level }) => ({
      kind: 'raise-proposal' as const,
      area,
      article,
      ...(clause !== undefined && { clause }),
      hazard,
      level,
      hazards,
      steps: raises
        .map(({ by, seriousLoss }) => ({ by, to: Math.min(maximum, level + by), seriousLoss }))
        .filter(({ to }) => to > level),
      maximum,
      choice: { choice, chosen: alternative },
    }))
    .filter(({ steps }) => steps.length > 0);
}

/** The record of a decision about a proposal, or why it cannot be recorded. */
export function decideRaise(proposal: RaiseProposal, decision: RaiseDecision): RaiseRecord | RaiseRefused {
  if (decision.by.trim() === '') return { kind: 'raise-refused', why: 'no-person' };
  if (decision.reason.trim() === '') return { kind: 'raise-refused', why: 'no-reason' };
  if (!Number.isFinite(Date.parse(decision.at))) return { kind: 'raise-refused', why: 'no-time' };
  const step = proposal.steps.find(({ by }) => by === decision.raise);
  if (!step && decision.raise !== 0) return { kind: 'raise-refused', why: 'no-such-step' };
  if (step?.seriousLoss && !decision.seriousLoss)
    return { kind: 'raise-refused', why: 'serious-loss-not-stated' };
  const { area, article, clause, hazard, hazards, level } = proposal;
  return {
    ...decision,
    kind: 'raise-record',
    area,
    article,
    ...(clause !== undefined && { clause }),
    hazard,
    hazards,
    assessed: level,
    decided: step?.to ?? level,
  };
}
