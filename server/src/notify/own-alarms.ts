import {
  type Actor,
  type FacilityId,
  type IncidentId,
  type IncidentState,
  type OwnerAnswer,
  Problem,
  type World,
} from '@keng/model';
import {
  answerAsUser,
  markMeasuresShown,
  type OwnAlarmsAsked,
  ownAlarms,
  readIncident,
} from '../incidents/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { runningWorks } from '../works/index.ts';
import { alarmOf, worksOf } from './alarm-of.ts';
import { OWNER_LINK_SECONDS } from './owner-link.ts';
import type { OwnAlarmsView, OwnAlarmView } from './owner-view.ts';
import type { Wording } from './wording.ts';

/** The owner at the screen: sees and answers for these facilities, as row-level security shows them. */
export interface Owner {
  readonly world: World;
  readonly now: Date;
  readonly actor: Actor;
  readonly name: string;
  readonly language: OwnAlarmView['contact']['language'];
  readonly facilities: readonly FacilityId[];
}

/** What the owner's page is for a link, for a log-in: the same view, the same rules, the same entries. */
export class OwnAlarms {
  readonly #wording: Wording;

  constructor(wording: Wording) {
    this.#wording = wording;
  }

  async list(
    client: PoolClient,
    owner: Owner,
    page: Pick<OwnAlarmsAsked, 'after' | 'limit'>,
  ): Promise<OwnAlarmsView> {
    const { world, now, facilities } = owner;
    const asked = { ...page, closedSince: closedSince(now) };
    const { incidents, next } = await ownAlarms(client, world, facilities, asked);
    return {
      now: now.toISOString(),
      alarms: await this.#views(client, owner, incidents),
      next: next && `${next.status}-${next.number}`,
      emergencyNumber: this.#wording.emergencyNumber,
    };
  }

  /** @throws Problem `incident.not-found` for others' alarms, `incident.closed` also for "real" a day after the end */
  async answer(client: PoolClient, owner: Owner, id: IncidentId, answer: OwnerAnswer): Promise<OwnAlarmView> {
    const { world, now, actor, name } = owner;
    const { number, outcome } = await readIncident(client, world, id);
    // A link does not open any more by then; nor does a log-in wake what nobody looks at.
    if (outcome && new Date(outcome.at) <= closedSince(now)) {
      throw new Problem(409, 'incident.closed', `Incident ${number} was closed long ago. If it burns, call.`);
    }
    const state = await answerAsUser(client, world, id, { actor, name, answer }, now);
    return await this.#view(client, owner, state);
  }

  async measuresShown(client: PoolClient, owner: Owner, id: IncidentId): Promise<OwnAlarmView> {
    const { world, now, actor } = owner;
    const body = { contactId: null, channel: 'page' as const };
    const state = await markMeasuresShown(client, world, id, body, now, actor);
    return await this.#view(client, owner, state);
  }

  async #view(client: PoolClient, owner: Owner, state: IncidentState): Promise<OwnAlarmView> {
    const [view] = await this.#views(client, owner, [state]);
    if (view === undefined) throw new Error('one incident gave no view');
    return { ...view, now: owner.now.toISOString() };
  }

  async #views(
    client: PoolClient,
    { world, name, language }: Owner,
    states: readonly IncidentState[],
  ): Promise<Omit<OwnAlarmView, 'now'>[]> {
    const works = await runningWorks(client, world, [...new Set(states.map((one) => one.facility.id))]);
    return states.map((state) => ({
      contact: { id: null, name, language },
      facility: state.facility,
      incident: alarmOf(state),
      firstMeasures: this.#wording.measures(state.facility.category),
      works: works.filter((one) => one.facilityId === state.facility.id).map(worksOf),
      emergencyNumber: this.#wording.emergencyNumber,
    }));
  }
}

/** An alarm stays for its owner as long as the link to it does. */
function closedSince(now: Date): Date {
  return new Date(now.getTime() - OWNER_LINK_SECONDS * 1_000);
}
