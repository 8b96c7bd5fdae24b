import type { PlanFile } from '../entries/facility-plan.ts';
import type { CheckResult, DeclaredFacts, InspectionKind } from '../entries/facility-safety.ts';
import type { Actor, AnyEntry } from '../entry.ts';
import type { FacilityId } from '../ids.ts';

type Of<Prefix extends string> = Extract<AnyEntry, { readonly kind: `${Prefix}.${string}` }>;

export interface PlanState {
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly name: string;
  readonly floor: string | null;
  readonly file: PlanFile;
  readonly uploadedAs: string;
  readonly addedAt: string;
  readonly changedAt: string;
  readonly changedBy: Actor;
  /** How many files it has had. */
  readonly version: number;
  readonly withdrawn: { readonly at: string; readonly by: Actor; readonly reason: string } | null;
}

/** A plan after one more of its entries. */
export function applyPlan(state: PlanState | null, entry: Of<'plan'>): PlanState | null {
  switch (entry.kind) {
    case 'plan.added':
      return {
        ...entry.body,
        id: entry.subject,
        addedAt: entry.at,
        changedAt: entry.at,
        changedBy: entry.actor,
        version: 1,
        withdrawn: null,
      };
    case 'plan.replaced':
      return (
        state && {
          ...state,
          ...entry.body,
          changedAt: entry.at,
          changedBy: entry.actor,
          version: state.version + 1,
        }
      );
    case 'plan.withdrawn':
      return (
        state && {
          ...state,
          changedAt: entry.at,
          changedBy: entry.actor,
          withdrawn: { at: entry.at, by: entry.actor, reason: entry.body.reason },
        }
      );
  }
}

/** One version of the facility's own plan. */
export interface FirePlanState {
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly form: string;
  readonly version: number;
  readonly approvedOn: string;
  readonly approvedBy: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly filedAt: string;
  readonly filedBy: Actor;
}

export function applyFirePlan(_state: FirePlanState | null, entry: Of<'fire-plan'>): FirePlanState {
  return { ...entry.body, id: entry.subject, filedAt: entry.at, filedBy: entry.actor };
}

export interface SelfInspectionState {
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly form: string;
  readonly month: string;
  readonly on: string;
  readonly inspectedBy: string;
  readonly items: readonly { readonly code: string; readonly result: CheckResult; readonly note: string }[];
  readonly remarks: string;
  readonly filedAt: string;
  readonly filedBy: Actor;
}

export function applySelfInspection(
  _state: SelfInspectionState | null,
  entry: Of<'self-inspection'>,
): SelfInspectionState {
  return { ...entry.body, id: entry.subject, filedAt: entry.at, filedBy: entry.actor };
}

export interface FindingState {
  readonly id: string;
  readonly text: string;
  readonly article: string | null;
  readonly deadline: string;
  /** Each time it was moved, the deadline before it. */
  readonly moved: readonly {
    readonly from: string;
    readonly at: string;
    readonly by: Actor;
    readonly reason: string;
  }[];
  readonly closed: {
    readonly on: string;
    readonly at: string;
    readonly by: Actor;
    readonly note: string;
  } | null;
}

export interface InspectionState {
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly kind: InspectionKind;
  readonly on: string;
  readonly record: string | null;
  readonly conclusion: string;
  readonly findings: readonly FindingState[];
  readonly recordedAt: string;
  readonly recordedBy: Actor;
}

export function applyInspection(
  state: InspectionState | null,
  entry: Of<'inspection'>,
): InspectionState | null {
  if (entry.kind === 'inspection.recorded') {
    return {
      ...entry.body,
      id: entry.subject,
      findings: entry.body.findings.map((one) => ({ ...one, moved: [], closed: null })),
      recordedAt: entry.at,
      recordedBy: entry.actor,
    };
  }
  return (
    state && {
      ...state,
      findings: state.findings.map((one) =>
        one.id === entry.body.findingId ? changedFinding(one, entry) : one,
      ),
    }
  );
}

function changedFinding(
  finding: FindingState,
  entry: Exclude<Of<'inspection'>, { readonly kind: 'inspection.recorded' }>,
): FindingState {
  const { at, actor: by } = entry;
  if (entry.kind === 'inspection.finding-closed') {
    return { ...finding, closed: { on: entry.body.on, note: entry.body.note, at, by } };
  }
  const { deadline, reason } = entry.body;
  return { ...finding, deadline, moved: [...finding.moved, { from: finding.deadline, at, by, reason }] };
}

export type DeclarationStatus = 'open' | 'accepted' | 'refused' | 'taken-back';

export interface DeclarationState {
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly facts: DeclaredFacts;
  readonly facilityRevision: number;
  readonly note: string;
  readonly sentAt: string;
  readonly sentBy: Actor;
  readonly status: DeclarationStatus;
  readonly decided: { readonly at: string; readonly by: Actor; readonly text: string } | null;
}

export function applyDeclaration(
  state: DeclarationState | null,
  entry: Of<'declaration'>,
): DeclarationState | null {
  const decided = (status: DeclarationStatus, text: string): DeclarationState | null =>
    state && { ...state, status, decided: { at: entry.at, by: entry.actor, text } };
  switch (entry.kind) {
    case 'declaration.sent':
      return {
        ...entry.body,
        id: entry.subject,
        sentAt: entry.at,
        sentBy: entry.actor,
        status: 'open',
        decided: null,
      };
    case 'declaration.accepted':
      return decided('accepted', entry.body.note);
    case 'declaration.refused':
      return decided('refused', entry.body.reason);
    case 'declaration.taken-back':
      return decided('taken-back', '');
  }
}
