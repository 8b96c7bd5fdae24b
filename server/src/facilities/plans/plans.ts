import {
  applyPlan,
  conflict,
  type FacilityId,
  newUuid,
  notFound,
  type PlanFile,
  type PlanState,
  type World,
} from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import type { Hand } from '../change.ts';
import { lockPaper, openFacility, type PaperStep, paperEntry, papersOf, writePaper } from '../papers.ts';

/** More drawings than this of one facility nobody looks through at night. */
export const MOST_PLANS = 60;

/** A drawing that came out of the workshop. */
export interface CheckedPlan {
  readonly name: string;
  readonly floor: string | null;
  readonly uploadedAs: string;
  readonly file: PlanFile;
  readonly content: Buffer;
}

export async function addPlan(
  client: PoolClient,
  hand: Hand,
  facilityId: FacilityId,
  { content, ...plan }: CheckedPlan,
  recordedAt: Date,
): Promise<PlanState> {
  const { state: facility } = await openFacility(client, hand.world, facilityId);
  const known = await plansOf(client, hand.world, facilityId);
  if (known.length >= MOST_PLANS) {
    throw conflict('plan.too-many', 'Withdraw a drawing first.', { most: MOST_PLANS });
  }
  const same = known.find((one) => one.file.sha256 === plan.file.sha256);
  if (same) throw conflict('plan.there-already', `It is there as "${same.name}".`, { name: same.name });
  const id = newUuid(hand.at.getTime());
  const place = { id, facility: facilityId, organisation: facility.organisation, revision: 1 };
  await keepFile(client, hand.world, place, plan.file, content);
  const step = { ...place, kind: 'plan.added', body: { facilityId, ...plan } } as const;
  return await write(client, hand, null, step, recordedAt);
}

export async function replacePlan(
  client: PoolClient,
  hand: Hand,
  id: string,
  { content, ...plan }: CheckedPlan,
  recordedAt: Date,
): Promise<PlanState> {
  const stored = await open(client, hand.world, id);
  const place = { ...stored, id, revision: stored.revision + 1 };
  await keepFile(client, hand.world, place, plan.file, content);
  return await write(client, hand, stored.state, { ...place, kind: 'plan.replaced', body: plan }, recordedAt);
}

export async function withdrawPlan(
  client: PoolClient,
  hand: Hand,
  id: string,
  reason: string,
  recordedAt: Date,
): Promise<PlanState> {
  const stored = await open(client, hand.world, id);
  const place = { ...stored, id, revision: stored.revision + 1 };
  const step = { ...place, kind: 'plan.withdrawn', body: { reason } } as const;
  return await write(client, hand, stored.state, step, recordedAt);
}

/** Drawings of a facility that are in force, by floor and name. */
export async function plansOf(
  client: PoolClient,
  world: World,
  facilityId: FacilityId,
): Promise<PlanState[]> {
  const all = await papersOf<PlanState>(client, 'facility_plan', world, facilityId, 'withdrawn, id', 500);
  return all
    .filter((one) => one.withdrawn === null)
    .sort((one, other) => order(one).localeCompare(order(other), 'vi', { numeric: true }));
}

const order = ({ floor, name }: PlanState): string => `${floor ?? ''}\0${name}`;

/** The bytes of a drawing, also of one that was withdrawn: whoever saw the facility may look at what was there. */
export async function planContent(
  client: PoolClient,
  world: World,
  facilityId: FacilityId,
  id: string,
): Promise<{ readonly state: PlanState; readonly content: Buffer }> {
  const { rows } = await client.query<{ state: PlanState; content: Buffer }>(
    `select p.state, f.content from facility_plan p
     join plan_file f on f.world = p.world and f.facility = p.facility and f.sha256 = p.state->'file'->>'sha256'
     where p.world = $1 and p.id = $2 and p.facility = $3`,
    [world, id, facilityId],
  );
  if (rows[0] === undefined) throw notFound('plan', id);
  return rows[0];
}

async function open(client: PoolClient, world: World, id: string) {
  const stored = await lockPaper<PlanState>(client, 'facility_plan', 'plan', world, id);
  if (stored.state.withdrawn !== null) throw conflict('plan.withdrawn', 'This drawing was withdrawn.');
  return stored;
}

async function keepFile(
  client: PoolClient,
  world: World,
  { facility, organisation }: { readonly facility: FacilityId; readonly organisation: string },
  file: PlanFile,
  content: Buffer,
): Promise<void> {
  await client.query(
    `insert into plan_file (world, facility, sha256, organisation, media_type, content)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [world, facility, file.sha256, organisation, file.mediaType, content],
  );
}

type PlanKind = 'plan.added' | 'plan.replaced' | 'plan.withdrawn';

/** One entry of a drawing, and the state it leads to, in the caller's transaction. */
async function write<Kind extends PlanKind>(
  client: PoolClient,
  hand: Hand,
  before: PlanState | null,
  step: PaperStep<Kind>,
  recordedAt: Date,
): Promise<PlanState> {
  const { draft, entry } = paperEntry(hand, step);
  const state = applyPlan(before, entry);
  if (state === null) throw new TypeError('an entry of a plan gave no state');
  const { id, facility, organisation, revision } = step;
  const columns = { withdrawn: state.withdrawn !== null };
  await writePaper(
    client,
    'facility_plan',
    { id, facility, organisation, revision, state, draft, columns },
    recordedAt,
  );
  return state;
}
