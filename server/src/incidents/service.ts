import {
  type Actor,
  type AnyEntry,
  type ContactId,
  type IncidentId,
  type IncidentState,
  type OrganisationCode,
  type OwnerAnswer,
  type PersonRef,
  Problem,
  type StationState,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { isWritten, readSubject } from '../log/index.ts';
import { type Closing, close } from './close.ts';
import { confirm } from './confirm.ts';
import {
  acceptAtDesk,
  claim,
  confirmDispatch,
  type DispatchOrder,
  note,
  type Officer,
  release,
  requireOpen,
} from './desk-actions.ts';
import { markAnswered } from './desk-silence.ts';
import { linesMeanwhile } from './lines-meanwhile.ts';
import { type Act, type Progress, unchanged } from './progress.ts';
import { type Shelving, shelve, unshelve } from './shelve.ts';
import { acceptAtStation, reportFromStation } from './station-actions.ts';
import { requireStation } from './stations.ts';
import { lockIncident, readIncident, storeIncidents } from './store.ts';
import { answerOwner } from './verify.ts';

/** Entries that have left: each carries how many the incident had with it, so what is missing before the first is counted exactly. */
async function archivedBefore(
  client: PoolClient,
  incident: IncidentState,
  first: AnyEntry | undefined,
): Promise<number> {
  if (first !== undefined) return (first.revision ?? 1) - 1;
  // Nothing can be read: all has left, or the sequencer has not numbered it yet.
  return (await isWritten(client, incident.world, incident.id)) ? 0 : incident.entries;
}

/** The person at the screen, the world and its time. Permission was checked by the route, rows by row-level security. */
export interface Caller {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly person: PersonRef;
  readonly organisation: OrganisationCode | null;
}

const CHRONOLOGY_PAGE = 500;

/** What people do about incidents. Each use case runs in the caller's transaction: lock, rule, store with its entries, view. */
export class IncidentService {
  read(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return readIncident(client, caller.world, id);
  }

  /** The entries of an incident, with what became of the facility's lines meanwhile, in order; `next` is where to go on, null at the end. */
  async chronology(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    after: number,
  ): Promise<{
    readonly entries: readonly AnyEntry[];
    readonly next: number | null;
    readonly archived: number;
  }> {
    const incident = await readIncident(client, caller.world, id);
    const entries = await readSubject(client, caller.world, id, { after, limit: CHRONOLOGY_PAGE });
    const last = entries.at(-1);
    const next = last !== undefined && entries.length === CHRONOLOGY_PAGE ? last.position : null;
    const lines = await linesMeanwhile(client, incident, after, next);
    return {
      entries: [...entries, ...lines].sort((a, b) => a.position - b.position),
      next,
      archived: after > 0 ? 0 : await archivedBefore(client, incident, entries[0]),
    };
  }

  claim(client: PoolClient, caller: Caller, id: IncidentId, takeOver: boolean): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => claim(state, caller.person, takeOver, act));
  }

  release(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => release(state, caller.person, act));
  }

  acceptAtDesk(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => acceptAtDesk(state, officer(caller), act));
  }

  acceptAtStation(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => acceptAtStation(state, officer(caller), act));
  }

  reportFromStation(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    report: { readonly state: StationState; readonly note: string | null },
  ): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) =>
      reportFromStation(state, report, officer(caller), act),
    );
  }

  /** The desk writes down what the facility said by telephone. */
  writeOwnerAnswer(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    answer: { readonly contactId: ContactId | null; readonly name: string; readonly answer: OwnerAnswer },
  ): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) =>
      answerOwner(unchanged(state), { ...answer, channel: 'desk' }, act),
    );
  }

  /** The desk itself is sure: another caller, a camera, smoke seen from the window. */
  confirm(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => {
      requireOpen(state);
      return confirm(unchanged(state), 'desk', null, act);
    });
  }

  async dispatch(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    order: Partial<DispatchOrder>,
  ): Promise<IncidentState> {
    return this.#change(client, caller, id, async (state, act) => {
      const progress = confirmDispatch(state, order, officer(caller), act);
      const { station } = progress.state;
      if (station !== null && station !== state.station) await requireStation(client, state, station);
      return progress;
    });
  }

  note(client: PoolClient, caller: Caller, id: IncidentId, text: string): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => note(state, { by: caller.person, text }, act));
  }

  /** @param maximumSeconds how long the country lets an incident be laid aside */
  shelve(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    shelving: Shelving,
    maximumSeconds: number,
  ): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) =>
      shelve(state, shelving, caller.person, maximumSeconds, act),
    );
  }

  unshelve(client: PoolClient, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => unshelve(state, caller.person, act));
  }

  /** A line of paper with its true time, keyed in when the screen was back. It changes nothing but the record. */
  noteLate(
    client: PoolClient,
    caller: Caller,
    id: IncidentId,
    line: { readonly at: Date; readonly text: string; readonly writtenBy: string },
  ): Promise<IncidentState> {
    const { at, text, writtenBy } = line;
    return this.#change(client, caller, id, (state, act) =>
      note(state, { by: caller.person, text, late: { writtenBy } }, { ...act, at }),
    );
  }

  close(client: PoolClient, caller: Caller, id: IncidentId, closing: Closing): Promise<IncidentState> {
    return this.#change(client, caller, id, (state, act) => close(state, closing, caller.person, act));
  }

  async #change(
    client: PoolClient,
    { world, now, actor, person, organisation }: Caller,
    id: IncidentId,
    rule: (state: IncidentState, act: Act) => Progress | Promise<Progress>,
  ): Promise<IncidentState> {
    const state = await lockIncident(client, world, id);
    const act: Act = { actor, at: now };
    const progress = await rule(state, act);
    await storeIncidents(client, world, [progress], now);
    if (organisation === state.province) await markAnswered(client, world, organisation, person, act);
    return progress.state;
  }
}

function officer({ person, organisation }: Caller): Officer {
  if (organisation === null) {
    throw new Problem(
      422,
      'user.no-organisation',
      'Only somebody who belongs to a desk or a station can accept.',
    );
  }
  return { person, organisation };
}
