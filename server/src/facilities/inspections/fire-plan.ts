import {
  applyFirePlan,
  type FacilityId,
  type FieldProblem,
  type FirePlanState,
  invalid,
  newUuid,
  Problem,
} from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import type { Hand } from '../change.ts';
import { openFacility, paperEntry, papersOf, writePaper } from '../papers.ts';
import { type DutyFacts, dayOf } from './duty-rules.ts';

export interface FirePlanInput {
  readonly approvedOn: string;
  readonly approvedBy: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Every heading that the form requires is filled, and no other heading stands there. */
export function firePlanProblems(input: FirePlanInput, { duties }: DutyFacts): FieldProblem[] {
  const known = new Set(duties.firePlan.map((one) => one.code));
  return [
    ...duties.firePlan
      .filter((one) => one.required && (input.fields[one.code] ?? '').trim() === '')
      .map(({ code }) => ({
        at: `fields.${code}`,
        code: 'fire-plan.field-empty',
        detail: 'The form requires this heading.',
      })),
    ...Object.keys(input.fields)
      .filter((code) => !known.has(code))
      .map((code) => ({
        at: `fields.${code.slice(0, 64)}`,
        code: 'fire-plan.field-unknown',
        detail: 'The form has no such heading.',
      })),
  ];
}

/** Files the next version; the ones before stay as they are. */
export async function fileFirePlan(
  client: PoolClient,
  hand: Hand,
  facilityId: FacilityId,
  input: FirePlanInput,
  facts: DutyFacts,
  recordedAt: Date,
): Promise<FirePlanState> {
  const { state: facility } = await openFacility(client, hand.world, facilityId);
  if (input.approvedOn > dayOf(hand.at, facts.timeZone)) {
    throw invalid('day.in-future', 'This day has not come yet.', 'approvedOn');
  }
  const problems = firePlanProblems(input, facts);
  if (problems.length > 0) {
    throw new Problem(422, 'fire-plan.invalid', `${problems.length} headings need to be filled.`, {
      problems,
    });
  }
  const [last] = await firePlansOf(client, hand.world, facilityId, 1);
  const version = (last?.version ?? 0) + 1;
  const id = newUuid(hand.at.getTime());
  const place = { id, facility: facilityId, organisation: facility.organisation, revision: 1 };
  const { draft, entry } = paperEntry(hand, {
    ...place,
    kind: 'fire-plan.filed',
    body: { facilityId, form: facts.duties.forms.firePlan, version, ...input },
  });
  const state = applyFirePlan(null, entry);
  await writePaper(client, 'fire_plan', { ...place, state, draft, columns: { version } }, recordedAt);
  return state;
}

/** Versions, the newest first. */
export function firePlansOf(
  client: PoolClient,
  world: Hand['world'],
  facilityId: FacilityId,
  limit: number,
): Promise<FirePlanState[]> {
  return papersOf(client, 'fire_plan', world, facilityId, 'version desc', limit);
}
