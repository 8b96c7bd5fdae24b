import {
  conflict,
  type FacilityBody,
  type FacilityId,
  type FacilityState,
  invalid,
  Problem,
} from '@keng/model';
import { appendEntries } from '../../log/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import { type Hand, merged, type StoredFacility } from '../change.ts';
import { dutyFacts } from '../inspections/duty-rules.ts';
import { renewDuties } from '../inspections/duty-store.ts';
import { openFacility } from '../papers.ts';
import { comparableNumber } from '../rules.ts';
import type { FacilityService } from '../service.ts';
import { writeFacilities } from '../store.ts';
import { pairName } from './propose.ts';

const MOST_CONTACTS = 20;
const MOST_TRANSMITTERS = 50;

/** What stays of two facilities: the facts of the one that stays, and from the other what it lacks. */
export function mergedBody(kept: FacilityState, other: FacilityState, telephonePrefix: string): FacilityBody {
  const {
    id: _id,
    registeredAt: _registered,
    changedAt: _changed,
    removedAt: _removed,
    mergedInto: _into,
    ...body
  } = kept;
  const numbers = new Set(kept.contacts.map((one) => comparableNumber(one.telephone, telephonePrefix)));
  const contacts = [
    ...kept.contacts,
    ...other.contacts.filter((one) => !numbers.has(comparableNumber(one.telephone, telephonePrefix))),
  ];
  const water = new Set(kept.water.map((one) => `${one.kind}/${one.description}`));
  return {
    ...body,
    reference: kept.reference ?? other.reference ?? null,
    position: kept.position ?? other.position,
    communeCode: kept.communeCode ?? other.communeCode,
    communeName: kept.communeName ?? other.communeName,
    contacts: contacts.slice(0, MOST_CONTACTS).map((one, index) => ({ ...one, order: index + 1 })),
    transmitters: [...kept.transmitters, ...other.transmitters],
    hazards: [...new Set([...kept.hazards, ...other.hazards])].slice(0, 50),
    water: [
      ...kept.water,
      ...other.water.filter((one) => !water.has(`${one.kind}/${one.description}`)),
    ].slice(0, 50),
  };
}

/**
 * Makes one facility of two. Transmitters keep their ids and keys, contacts theirs; papers and past incidents are found at the one that
 * stays; the other leaves the register and sends on whoever asks for it.
 */
export async function mergeFacilities(
  client: PoolClient,
  hand: Hand,
  request: { readonly keep: FacilityId; readonly duplicate: FacilityId; readonly because: string },
  service: FacilityService,
): Promise<StoredFacility> {
  const { keep, duplicate, because } = request;
  if (keep === duplicate)
    throw invalid('facility.merge-itself', 'A facility is no duplicate of itself.', 'duplicate');
  // Always in the same order, or two people merging the same pair would wait for each other.
  const [first, second] = keep < duplicate ? [keep, duplicate] : [duplicate, keep];
  const locked = [
    await openFacility(client, hand.world, first),
    await openFacility(client, hand.world, second),
  ];
  const [kept, gone] = locked[0]?.state.id === keep ? locked : locked.reverse();
  if (kept === undefined || gone === undefined) throw new TypeError('two facilities were locked');
  await refuseRunning(client, hand, gone.state.id);
  if (kept.state.transmitters.length + gone.state.transmitters.length > MOST_TRANSMITTERS) {
    throw new Problem(422, 'facility.merge-too-many', 'Together they have too many transmitters.', {
      params: { most: MOST_TRANSMITTERS },
    });
  }
  const { country, kek, wallClock } = service.options;
  const body = mergedBody(kept.state, gone.state, country.country.telephonePrefix);
  const changes = merged(hand, kept, gone, body, because);
  const duties = dutyFacts(country);
  await writeFacilities(client, changes, {
    world: hand.world,
    kek,
    recordedAt: wallClock(),
    duties,
    telephonePrefix: country.country.telephonePrefix,
  });
  await client.query('select keng_merge_papers($1, $2)', [duplicate, keep]);
  await renewDuties(client, hand.world, [keep], duties);
  return service.get(client, hand.world, keep);
}

/** What goes on at the duplicate would lose its place under people's hands. */
async function refuseRunning(client: PoolClient, { world }: Hand, duplicate: FacilityId): Promise<void> {
  const { rows } = await client.query<{ alarm: boolean; works: boolean; declaration: boolean }>(
    `select exists (select from incident where world = $1 and facility = $2 and status = 'open') as alarm,
       exists (select from works where world = $1 and facility = $2 and ended_at is null) as works,
       exists (select from facility_declaration where world = $1 and facility = $2 and status = 'open') as declaration`,
    [world, duplicate],
  );
  const [{ alarm, works, declaration } = { alarm: false, works: false, declaration: false }] = rows;
  if (alarm) throw conflict('facility.merge-alarm', 'An incident is open at the duplicate: close it first.');
  if (works) throw conflict('facility.merge-works', 'Works are planned at the duplicate: end them first.');
  if (declaration)
    throw conflict('facility.merge-declaration', 'A declaration of the duplicate waits: decide it first.');
}

/** A person has looked: these two are two, and nobody is asked again. */
export async function keepApart(
  client: PoolClient,
  hand: Hand,
  request: { readonly one: FacilityId; readonly other: FacilityId; readonly because: string },
  recordedAt: Date,
): Promise<void> {
  const { state } = await openFacility(client, hand.world, request.one);
  await openFacility(client, hand.world, request.other);
  if (request.one === request.other) throw invalid('facility.merge-itself', 'These are not two.', 'other');
  const [one, other] = pairName(request.one, request.other).split('/');
  await client.query(
    'insert into facility_apart (world, one, other, organisation) values ($1, $2, $3, $4) on conflict do nothing',
    [hand.world, one, other, state.organisation],
  );
  await appendEntries(
    client,
    [
      {
        world: hand.world,
        kind: 'facility.kept-apart',
        lane: 2,
        subject: request.one,
        organisation: state.organisation,
        facility: request.one,
        revision: null,
        at: hand.at,
        actor: hand.actor,
        body: { other: request.other, because: request.because },
      },
    ],
    recordedAt,
  );
}
