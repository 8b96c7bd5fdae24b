import {
  type Actor,
  type HandoverCounts,
  type HandoverKind,
  type Level,
  newId,
  notFound,
  type Officer,
  type OrganisationCode,
  type PersonRef,
  Problem,
  type ShiftId,
  type ShiftState,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import type { RoomPolicy } from './country-rules.ts';
import { type Pending, pendingCounts, pendingHandover } from './handover.ts';
import {
  acceptHandover,
  changeCrew,
  endShift,
  printSheet,
  type ShiftAct,
  type ShiftProgress,
  signShift,
  startShift,
  testSound,
} from './rules.ts';
import { lastShifts, lockCurrentShift, lockShift, storeShifts } from './shift-store.ts';

/** The person at the screen, the world and its time. */
export interface RoomCaller {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly person: PersonRef;
  /** The desk or station this person belongs to. */
  readonly organisation: OrganisationCode;
}

export interface RoomView {
  readonly organisation: OrganisationCode;
  readonly level: Level;
  readonly shift: ShiftState | null;
  /** The one before: signed by its leader, or not yet. */
  readonly previous: ShiftState | null;
  readonly pending: HandoverCounts;
  readonly rule: { readonly officers: number; readonly source: string; readonly official: boolean };
  /** Who may be on a shift here. */
  readonly colleagues: readonly PersonRef[];
}

const NONE: HandoverCounts = { incident: 0, works: 0, link: 0 };

/** Use cases of the room, each in the caller's transaction: lock, rule, store with its entries, view. */
export class RoomService {
  readonly policy: RoomPolicy;

  constructor(policy: RoomPolicy) {
    this.policy = policy;
  }

  async view(client: PoolClient, caller: RoomCaller): Promise<RoomView> {
    const { world, organisation } = caller;
    const level = await levelOf(client, world, organisation);
    const [last, before] = await lastShifts(client, world, organisation, 2);
    const shift = last !== undefined && last.ended === null ? last : null;
    const previous = (shift === null ? last : before) ?? null;
    const pending = shift === null ? NONE : await pendingCounts(client, world, shift);
    return {
      organisation,
      level,
      shift,
      previous,
      pending,
      rule: this.policy.crew(level),
      colleagues: await colleaguesOf(client, world, organisation),
    };
  }

  /** The new leader signs on; the shift before is over at the same moment and may be signed. */
  async start(
    client: PoolClient,
    caller: RoomCaller,
    crew: { readonly officers: readonly Officer[]; readonly heard: boolean },
  ): Promise<RoomView> {
    const { world, organisation, person, now } = caller;
    const act = actOf(caller);
    const level = await levelOf(client, world, organisation);
    const current = await lockCurrentShift(client, world, organisation);
    const [last] = await lastShifts(client, world, organisation, 1);
    const id = newId<ShiftId>(now.getTime());
    const ended = current === null ? [] : [endShift(current, id, person, act)];
    await storeShifts(client, world, ended, now);
    const started = startShift(
      {
        id,
        organisation,
        level,
        leader: person,
        officers: crew.officers,
        rule: this.policy.crew(level),
        follows: last?.id ?? null,
      },
      act,
    );
    const tested = testSound(started.state, crew.heard, person, act);
    await storeShifts(
      client,
      world,
      [{ state: tested.state, drafts: [...started.drafts, ...tested.drafts] }],
      now,
    );
    return await this.view(client, caller);
  }

  changeCrew(client: PoolClient, caller: RoomCaller, officers: readonly Officer[]): Promise<RoomView> {
    return this.#change(client, caller, (state, act) => changeCrew(state, officers, caller.person, act));
  }

  end(client: PoolClient, caller: RoomCaller): Promise<RoomView> {
    return this.#change(client, caller, (state, act) => endShift(state, null, caller.person, act));
  }

  testSound(client: PoolClient, caller: RoomCaller, heard: boolean): Promise<RoomView> {
    return this.#change(client, caller, (state, act) => testSound(state, heard, caller.person, act));
  }

  printSheet(client: PoolClient, caller: RoomCaller): Promise<RoomView> {
    return this.#change(client, caller, (state, act) => printSheet(state, caller.person, act));
  }

  async pending(client: PoolClient, caller: RoomCaller): Promise<Pending> {
    const [last] = await lastShifts(client, caller.world, caller.organisation, 1);
    if (last === undefined || last.ended !== null) return { items: [], counts: NONE };
    return await pendingHandover(client, caller.world, last);
  }

  accept(
    client: PoolClient,
    caller: RoomCaller,
    way: 'single' | 'list',
    wanted: readonly { readonly kind: HandoverKind; readonly id: string }[],
  ): Promise<RoomView> {
    return this.#change(client, caller, async (state, act) => {
      const keys = new Set(wanted.map(({ kind, id }) => `${kind}/${id}`));
      const { items } = await pendingHandover(client, caller.world, state);
      const found = items.filter(({ kind, id }) => keys.has(`${kind}/${id}`));
      const named = found.map(({ kind, id, label, number }) => ({
        kind,
        id,
        label: number === null ? label : `${number} ${label}`,
      }));
      return acceptHandover(state, named, way, caller.person, act);
    });
  }

  /** @throws Problem `shift.not-leader`, `shift.not-relieved` */
  async sign(client: PoolClient, caller: RoomCaller, id: ShiftId, note: string | null): Promise<RoomView> {
    const { world, organisation, person, now } = caller;
    const state = await lockShift(client, world, id);
    if (state.organisation !== organisation) throw notFound('shift', id);
    const notAccepted = (await this.pending(client, caller)).counts;
    const signed = signShift(state, { notAccepted, note }, person, actOf(caller));
    await storeShifts(client, world, [signed], now);
    return await this.view(client, caller);
  }

  async #change(
    client: PoolClient,
    caller: RoomCaller,
    rule: (state: ShiftState, act: ShiftAct) => ShiftProgress | Promise<ShiftProgress>,
  ): Promise<RoomView> {
    const { world, organisation, now } = caller;
    const state = await lockCurrentShift(client, world, organisation);
    if (state === null) throw new Problem(409, 'shift.none', 'Nobody has signed on here: sign on first.');
    await storeShifts(client, world, [await rule(state, actOf(caller))], now);
    return await this.view(client, caller);
  }
}

function actOf({ world, actor, now }: RoomCaller): ShiftAct {
  return { world, actor, at: now };
}

async function levelOf(client: PoolClient, world: World, organisation: OrganisationCode): Promise<Level> {
  const { rows } = await client.query<{ level: Level }>({
    name: 'room-level',
    text: 'select level from organisation where world = $1 and code = $2',
    values: [world, organisation],
  });
  const level = rows[0]?.level;
  if (level === undefined) throw notFound('organisation', organisation);
  return level;
}

async function colleaguesOf(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
): Promise<PersonRef[]> {
  const { rows } = await client.query<PersonRef>({
    name: 'room-colleagues',
    text: `select id, state->>'name' as name from app_user where world = $1 and organisation = $2 and active
      and state->'roles' ?| array['call-taker', 'dispatcher', 'station-officer', 'national-duty-officer'] order by login limit 200`,
    values: [world, organisation],
  });
  return rows;
}
