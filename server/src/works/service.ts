import {
  type Actor,
  type AnyEntry,
  type ContactId,
  type EntryBody,
  type FacilityId,
  type Limit,
  newId,
  notFound,
  type PersonRef,
  type WorksId,
  type WorksState,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { readSubject } from '../log/index.ts';
import type { TimerHandler } from '../timers/index.ts';
import {
  callBack,
  endByTime,
  endWorks,
  planWorks,
  remindOfEnd,
  type StoredWorks,
  type WorksAct,
  type WorksPlan,
  type WorksProgress,
} from './rules.ts';
import {
  loadPlace,
  loadSeveral,
  loadWorks,
  readWorks,
  storeWorks,
  WORKS_END,
  WORKS_REMINDER,
} from './store.ts';

export interface WorksPolicy {
  /** Longest works that may mute zones, in seconds. */
  worksMaximumSeconds(place: { readonly category: string; readonly areaCode: string }): number;
  /** Longest test that an owner may announce; without it as long as works. */
  readonly testMaximumSeconds?: number;
  /** How long before their end the contact is reminded. */
  worksReminder(place: { readonly category: string; readonly areaCode: string }): Readonly<Limit>;
}

/** The person at the screen, the world and its time. */
export interface WorksCaller {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly person: PersonRef;
}

const actOf = ({ world, actor, now }: WorksCaller): WorksAct => ({ world, actor, at: now });

/** Use cases of planned works, inside the caller's transaction. */
export class WorksService {
  readonly #policy: WorksPolicy;

  constructor(policy: WorksPolicy) {
    this.#policy = policy;
  }

  async plan(
    client: PoolClient,
    caller: WorksCaller,
    facilityId: FacilityId,
    plan: WorksPlan,
  ): Promise<WorksState> {
    const place = await loadPlace(client, caller.world, facilityId);
    if (place === null) throw notFound('facility', facilityId);
    const id = newId<WorksId>(caller.now.getTime());
    const limits = {
      maximumSeconds: this.#maximumSeconds(place, plan),
      reminder: this.#policy.worksReminder(place),
    };
    const planned = planWorks(id, place, plan, caller.person, limits, actOf(caller));
    await storeWorks(client, caller.world, [planned], caller.now);
    return planned.state;
  }

  #maximumSeconds(place: { readonly category: string; readonly areaCode: string }, plan: WorksPlan): number {
    const works = this.#policy.worksMaximumSeconds(place);
    return plan.purpose === 'test' ? Math.min(works, this.#policy.testMaximumSeconds ?? works) : works;
  }

  /** The entries whose subject are the works, in order. A muted signal belongs to its transmitter. */
  async chronology(client: PoolClient, caller: WorksCaller, id: WorksId): Promise<readonly AnyEntry[]> {
    await readWorks(client, caller.world, id);
    return await readSubject(client, caller.world, id);
  }

  /** @throws Problem when the contact is not registered at the facility now. */
  async callBack(
    client: PoolClient,
    caller: WorksCaller,
    id: WorksId,
    contactId: ContactId,
  ): Promise<WorksState> {
    const stored = await loadWorks(client, caller.world, id);
    const place = await loadPlace(client, caller.world, stored.state.facilityId);
    const contact = place?.contacts.find((one) => one.id === contactId);
    const called = callBack(stored, contact, caller.person, actOf(caller));
    await storeWorks(client, caller.world, [called], caller.now);
    return called.state;
  }

  async end(
    client: PoolClient,
    caller: WorksCaller,
    id: WorksId,
    reason: Exclude<EntryBody<'works.ended'>['reason'], 'time'>,
  ): Promise<WorksState> {
    const stored = await loadWorks(client, caller.world, id);
    const ended = endWorks(stored, reason, caller.person, actOf(caller));
    await storeWorks(client, caller.world, [ended], caller.now);
    return ended.state;
  }
}

/** Works end by themselves, and their contact is reminded before. */
export const worksTimers: readonly TimerHandler[] = [
  handlerOf(WORKS_END, endByTime),
  handlerOf(WORKS_REMINDER, remindOfEnd),
];

function handlerOf(
  kind: string,
  rule: (stored: StoredWorks, act: WorksAct) => WorksProgress | null,
): TimerHandler {
  return {
    kind,
    async handle(client, timers, { world, now }) {
      const ids = timers.map((timer) => timer.subject as WorksId);
      const stored = await loadSeveral(client, world, [...new Set(ids)]);
      const act: WorksAct = { world, actor: { kind: 'system', id: 'works' }, at: now };
      const changed = [...stored.values()].flatMap((one) => rule(one, act) ?? []);
      await storeWorks(client, world, changed, now);
    },
  };
}
