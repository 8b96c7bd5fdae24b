import type { FacilityId, World } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import { type DutyFacts, dayOf, dutyPeriods, nextDuties } from './duty-rules.ts';

/** Writes down what these facilities owe next, from what was done: after each change of it, and after they were registered. */
export async function renewDuties(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
  facts: DutyFacts,
): Promise<void> {
  if (facilities.length === 0) return;
  const { rows } = await client.query<{
    id: FacilityId;
    registered: string;
    self: string | null;
    inspected: string | null;
  }>(
    `select f.id, f.state->>'registeredAt' as registered,
       (select max(s.state->>'on') from self_inspection s where s.world = f.world and s.facility = f.id) as self,
       (select max(i.inspected_on)::text from inspection i where i.world = f.world and i.facility = f.id) as inspected
     from facility f where f.world = $1 and f.id = any($2::uuid[])`,
    [world, facilities],
  );
  const periods = dutyPeriods(facts.duties);
  const due = rows.map((row) => ({
    id: row.id,
    ...nextDuties(
      {
        registeredOn: dayOf(new Date(row.registered), facts.timeZone),
        selfInspectedOn: row.self,
        inspectedOn: row.inspected,
      },
      periods,
    ),
  }));
  await client.query(
    `update facility_search set self_inspection_due_on = due.self, inspection_due_on = due.inspection
     from unnest($2::uuid[], $3::date[], $4::date[]) as due(id, self, inspection)
     where facility_search.world = $1 and facility_search.id = due.id`,
    [
      world,
      due.map((one) => one.id),
      due.map((one) => one.selfInspectionDueOn),
      due.map((one) => one.inspectionDueOn),
    ],
  );
}
