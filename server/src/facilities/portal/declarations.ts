import {
  applyDeclaration,
  type ContactId,
  conflict,
  type DeclarationState,
  type DeclaredFacts,
  type EntryBody,
  type FacilityId,
  type FacilityState,
  newId,
  newUuid,
  Problem,
  type World,
} from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import type { Hand } from '../change.ts';
import type { FacilityInput } from '../facility-input.ts';
import { lockPaper, openFacility, paperEntry, papersOf, writePaper } from '../papers.ts';
import { problemsOf } from '../rules.ts';
import type { FacilityService } from '../service.ts';

/** The register's facility with what its owner declares in the place of what stands there. */
export function withDeclared(state: FacilityState, facts: DeclaredFacts): FacilityInput {
  const {
    id: _id,
    registeredAt: _at,
    changedAt: _changed,
    removedAt: _removed,
    mergedInto: _into,
    ...body
  } = state;
  const known = new Set(state.contacts.map((one) => one.id));
  return {
    ...body,
    ...facts,
    // A contact that somebody took away meanwhile is a new one.
    contacts: facts.contacts.map(({ id, ...one }) =>
      id !== undefined && known.has(id) ? { id, ...one } : one,
    ),
    transmitters: body.transmitters.map(({ encrypted: _encrypted, ...one }) => one),
  };
}

/** The owner declares what has changed; the register changes when somebody of the police has accepted it. */
export async function sendDeclaration(
  client: PoolClient,
  hand: Hand,
  facilityId: FacilityId,
  input: { readonly facts: DeclaredFacts; readonly note: string },
  service: FacilityService,
): Promise<DeclarationState> {
  const { state: facility, revision } = await openFacility(client, hand.world, facilityId);
  const known = await declarationsOf(client, hand.world, facilityId, 20);
  if (known.some((one) => one.status === 'open')) {
    throw conflict('declaration.open-already', 'One declaration is being looked at: take it back first.');
  }
  const problems = problemsOf(
    withDeclared(facility, input.facts),
    await service.facts(client, hand.world),
    facility,
  );
  if (problems.length > 0) {
    throw new Problem(422, 'facility.invalid', `${problems.length} things need to be corrected.`, {
      problems,
    });
  }
  const now = hand.at.getTime();
  const id = newUuid(now);
  // Ids for new contacts now: whoever accepts gives the register what was declared, to the letter.
  const contacts = input.facts.contacts.map((one) => ({ ...one, id: one.id ?? newId<ContactId>(now) }));
  const place = { id, facility: facilityId, organisation: facility.organisation, revision: 1 };
  const { draft, entry } = paperEntry(hand, {
    ...place,
    kind: 'declaration.sent',
    body: { facilityId, facts: { ...input.facts, contacts }, facilityRevision: revision, note: input.note },
  });
  const state = applied(applyDeclaration(null, entry));
  await writePaper(
    client,
    'facility_declaration',
    { ...place, state, draft, columns: { status: 'open', sent_at: state.sentAt } },
    service.options.wallClock(),
  );
  return state;
}

type Decision = 'declaration.accepted' | 'declaration.refused' | 'declaration.taken-back';

/** Accepted, the register changes in the same transaction; refused, it says why. */
export async function decide<Kind extends Decision>(
  client: PoolClient,
  hand: Hand,
  id: string,
  kind: Kind,
  body: EntryBody<Kind>,
  service: FacilityService,
): Promise<DeclarationState> {
  const stored = await lockPaper<DeclarationState>(
    client,
    'facility_declaration',
    'declaration',
    hand.world,
    id,
  );
  if (stored.state.status !== 'open') {
    throw conflict('declaration.decided', 'This declaration was decided already.', {
      status: stored.state.status,
    });
  }
  if (kind === 'declaration.accepted') {
    const { state: facility } = await openFacility(client, hand.world, stored.facility);
    const input = withDeclared(facility, stored.state.facts);
    await service.change(client, hand, stored.facility, input, null);
  }
  const place = { ...stored, id, revision: stored.revision + 1 };
  const { draft, entry } = paperEntry(hand, { ...place, kind, body });
  const state = applied(applyDeclaration(stored.state, entry));
  await writePaper(
    client,
    'facility_declaration',
    { ...place, state, draft, columns: { status: state.status, sent_at: state.sentAt } },
    service.options.wallClock(),
  );
  return state;
}

/** The newest first. */
export function declarationsOf(
  client: PoolClient,
  world: World,
  facilityId: FacilityId,
  limit: number,
): Promise<DeclarationState[]> {
  return papersOf(client, 'facility_declaration', world, facilityId, 'sent_at desc, id desc', limit);
}

/** What waits for a decision in what the session sees, the oldest first, with the facility as it stands beside it. */
export async function openDeclarations(
  client: PoolClient,
  world: World,
): Promise<
  { readonly declaration: DeclarationState; readonly facility: FacilityState; readonly revision: number }[]
> {
  const { rows } = await client.query<{
    declaration: DeclarationState;
    facility: FacilityState;
    revision: number;
  }>(
    `select d.state as declaration, f.state as facility, f.revision from facility_declaration d
     join facility f on f.world = d.world and f.id = d.facility
     where d.world = $1 and d.status = 'open' order by d.sent_at, d.id limit 200`,
    [world],
  );
  return rows;
}

function applied(state: DeclarationState | null): DeclarationState {
  if (state === null) throw new TypeError('an entry of a declaration gave no state');
  return state;
}
