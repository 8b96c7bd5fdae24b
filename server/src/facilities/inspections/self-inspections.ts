import {
  applySelfInspection,
  type CheckResult,
  type FacilityId,
  type FieldProblem,
  invalid,
  newUuid,
  Problem,
  type SelfInspectionState,
} from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import type { Hand } from '../change.ts';
import { openFacility, paperEntry, papersOf, writePaper } from '../papers.ts';
import { type DutyFacts, dayOf } from './duty-rules.ts';
import { renewDuties } from './duty-store.ts';

export interface SelfInspectionInput {
  readonly on: string;
  readonly inspectedBy: string;
  readonly items: readonly { readonly code: string; readonly result: CheckResult; readonly note: string }[];
  readonly remarks: string;
}

/** Every line of the checklist is answered once, and a defect says what it is. */
export function selfInspectionProblems(
  input: Pick<SelfInspectionInput, 'items'>,
  { duties }: DutyFacts,
): FieldProblem[] {
  const known = new Set(duties.checklist.map((one) => one.code));
  const answered = input.items.map((one) => one.code);
  const problem = (code: string, line: string, detail: string) => ({ at: `items.${line}`, code, detail });
  return [
    ...duties.checklist
      .filter((one) => !answered.includes(one.code))
      .map((one) => problem('self-inspection.line-missing', one.code, 'This line is not answered.')),
    ...answered
      .filter((code, index) => !known.has(code) || answered.indexOf(code) !== index)
      .map((code) =>
        problem('self-inspection.line-unknown', code, 'The checklist has no such line, or once.'),
      ),
    ...input.items
      .filter((one) => one.result === 'defect' && one.note.trim() === '')
      .map((one) => problem('self-inspection.defect-unnamed', one.code, 'Say what the defect is.')),
  ];
}

/** The owner's own record of a month. */
export async function fileSelfInspection(
  client: PoolClient,
  hand: Hand,
  facilityId: FacilityId,
  input: SelfInspectionInput,
  facts: DutyFacts,
  recordedAt: Date,
): Promise<SelfInspectionState> {
  const { state: facility } = await openFacility(client, hand.world, facilityId);
  if (input.on > dayOf(hand.at, facts.timeZone)) {
    throw invalid('day.in-future', 'This day has not come yet.', 'on');
  }
  const problems = selfInspectionProblems(input, facts);
  if (problems.length > 0) {
    throw new Problem(422, 'self-inspection.invalid', `${problems.length} lines need an answer.`, {
      problems,
    });
  }
  const id = newUuid(hand.at.getTime());
  const month = input.on.slice(0, 7);
  const place = { id, facility: facilityId, organisation: facility.organisation, revision: 1 };
  const { draft, entry } = paperEntry(hand, {
    ...place,
    kind: 'self-inspection.filed',
    body: {
      facilityId,
      form: facts.duties.forms.selfInspection,
      month,
      ...input,
      items: input.items.map((one) => ({ ...one })),
    },
  });
  const state = applySelfInspection(null, entry);
  await writePaper(client, 'self_inspection', { ...place, state, draft, columns: { month } }, recordedAt);
  await renewDuties(client, hand.world, [facilityId], facts);
  return state;
}

/** The newest first: two years of months. */
export function selfInspectionsOf(
  client: PoolClient,
  world: Hand['world'],
  facilityId: FacilityId,
): Promise<SelfInspectionState[]> {
  return papersOf(client, 'self_inspection', world, facilityId, 'month desc, id desc', 24);
}
