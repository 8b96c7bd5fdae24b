import {
  type Actor,
  conflict,
  type DutyCheckId,
  type DutyCheckState,
  newId,
  notFound,
  type PersonRef,
  Problem,
  type TransmitterId,
  type World,
} from '@keng/model';
import type { Pool, PoolClient } from 'pg';
import { errorCode, transaction } from '../platform/index.ts';
import {
  ASKED_PROTOCOLS,
  answerDuty,
  askDuty,
  claimAbsence,
  type DutyCheckAct,
  type DutyCheckProgress,
  deliverDuty,
  type StoredDutyCheck,
  settleAbsence,
} from './rules.ts';
import {
  isBeingAsked,
  loadAsked,
  loadDutyChecks,
  loadOpenDutyCheck,
  storeAbsence,
  storeDutyChecks,
} from './store.ts';

export interface DutyCheckCaller {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly person: PersonRef;
}

/**
 * A desk asks a control room.
 * @throws Problem `transmitter.not-found`, `duty-check.impossible`, `duty-check.open`
 */
export async function askControlRoom(
  client: PoolClient,
  { world, now, actor, person }: DutyCheckCaller,
  transmitterId: TransmitterId,
): Promise<DutyCheckState> {
  const asked = await loadAsked(client, world, transmitterId);
  if (asked === null) throw notFound('transmitter', transmitterId);
  if (!ASKED_PROTOCOLS.has(asked.protocol)) {
    throw new Problem(422, 'duty-check.impossible', 'A device of this protocol cannot be asked.', {
      params: { protocol: asked.protocol },
    });
  }
  if (await isBeingAsked(client, world, transmitterId)) throw alreadyAsked();
  const id = newId<DutyCheckId>(now.getTime());
  const change = askDuty(id, asked, person, { world, actor, at: now });
  try {
    await storeDutyChecks(client, world, [change], now);
  } catch (error) {
    // Another desk was faster by a moment.
    if (errorCode(error) === UNIQUE_VIOLATION) throw alreadyAsked();
    throw error;
  }
  return change.state;
}

/**
 * A person looks after it that nobody answered: it rings no more.
 * @throws Problem `duty-check.not-found`, and those of the rule
 */
export async function claimUnanswered(
  client: PoolClient,
  caller: DutyCheckCaller,
  id: DutyCheckId,
): Promise<DutyCheckState> {
  return await changeAbsence(client, caller, id, (stored, act) => claimAbsence(stored, caller.person, act));
}

/** What came of it that nobody answered. @throws Problem as `claimUnanswered` */
export async function settleUnanswered(
  client: PoolClient,
  caller: DutyCheckCaller,
  id: DutyCheckId,
  note: string,
): Promise<DutyCheckState> {
  return await changeAbsence(client, caller, id, (stored, act) =>
    settleAbsence(stored, caller.person, note, act),
  );
}

async function changeAbsence(
  client: PoolClient,
  { world, now, actor }: DutyCheckCaller,
  id: DutyCheckId,
  rule: (stored: StoredDutyCheck, act: DutyCheckAct) => DutyCheckProgress | null,
): Promise<DutyCheckState> {
  const [stored] = await loadDutyChecks(client, world, [id]);
  if (stored === undefined) throw notFound('duty-check', id);
  const change = rule(stored, { world, actor, at: now });
  if (change === null) return stored.state;
  await storeAbsence(client, world, change, now);
  return change.state;
}

/** SQLSTATE. */
const UNIQUE_VIOLATION = '23505';

const alreadyAsked = (): Problem =>
  conflict('duty-check.open', 'This control room is being asked already.', {});

/** What a receiver knows of the connection that a question went over. */
export interface Carrier {
  readonly receiver: string;
  readonly remote: string;
}

/** The device has confirmed that it was asked. Said twice it changes nothing. */
export async function dutyCheckDelivered(
  pool: Pool,
  world: World,
  now: Date,
  id: DutyCheckId,
  carrier: Carrier,
): Promise<void> {
  await transaction(pool, async (client) => {
    const [stored] = await loadDutyChecks(client, world, [id]);
    if (stored === undefined) return;
    const actor: Actor = { kind: 'device', id: stored.state.transmitterId };
    const change = deliverDuty(stored, carrier, { world, actor, at: now });
    await storeDutyChecks(client, world, change === null ? [] : [change], now);
  });
}

/** Somebody in the control room has answered. Said twice, or when nothing was asked, it changes nothing. */
export async function dutyCheckAnswered(
  pool: Pool,
  world: World,
  now: Date,
  transmitterId: TransmitterId,
): Promise<void> {
  await transaction(pool, async (client) => {
    const stored = await loadOpenDutyCheck(client, world, transmitterId);
    if (stored === null) return;
    const actor: Actor = { kind: 'device', id: transmitterId };
    const change = answerDuty(stored, { world, actor, at: now });
    await storeDutyChecks(client, world, change === null ? [] : [change], now);
  });
}
