import {
  type ContactId,
  type FacilityId,
  type IncidentId,
  type IncidentState,
  type OwnerAnswer,
  Problem,
  type World,
} from '@keng/model';
import { facilitySummaries } from '../facilities/index.ts';
import { answerAsContact, markMeasuresShown, readIncident } from '../incidents/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { runningWorks } from '../works/index.ts';
import { alarmOf, worksOf } from './alarm-of.ts';
import { isToken, tokenHash } from './owner-link.ts';
import type { OwnerPageView } from './owner-view.ts';
import type { Wording } from './wording.ts';

/** What a link opens: one incident, for one contact of one facility. */
export interface OwnerLink {
  readonly incident: IncidentId;
  readonly facility: FacilityId;
  readonly contact: ContactId;
  readonly expiresAt: Date;
}

/** @throws Problem `owner-link.unknown`, also when it has expired: a stranger learns nothing from the difference */
export async function findLink(client: PoolClient, token: string, now: Date): Promise<OwnerLink> {
  const unknown = new Problem(
    404,
    'owner-link.unknown',
    'This link is not valid, or not any more. If it burns, call the fire service.',
  );
  if (!isToken(token)) throw unknown;
  const { rows } = await client.query<OwnerLink>({
    name: 'notify-link-find',
    text: 'select incident, facility, contact, expires_at as "expiresAt" from keng_owner_link($1)',
    values: [tokenHash(token)],
  });
  const link = rows[0];
  if (!link || link.expiresAt <= now) throw unknown;
  return link;
}

/** The owner's page. Each use case runs in a transaction that sees the facility of the link and nothing else. */
export class OwnerPage {
  readonly #wording: Wording;

  constructor(wording: Wording) {
    this.#wording = wording;
  }

  async view(client: PoolClient, world: World, link: OwnerLink, now: Date): Promise<OwnerPageView> {
    const state = await readIncident(client, world, link.incident);
    return await this.#page(client, world, link, state, now);
  }

  async answer(
    client: PoolClient,
    world: World,
    link: OwnerLink,
    answer: OwnerAnswer,
    now: Date,
  ): Promise<OwnerPageView> {
    const contact = await this.#contact(client, world, link);
    const body = { contactId: link.contact, name: contact.name, answer, channel: 'page' as const };
    const state = await answerAsContact(client, world, link.incident, body, now);
    return await this.#page(client, world, link, state, now);
  }

  async measuresShown(client: PoolClient, world: World, link: OwnerLink, now: Date): Promise<OwnerPageView> {
    const body = { contactId: link.contact, channel: 'page' as const };
    const state = await markMeasuresShown(client, world, link.incident, body, now);
    return await this.#page(client, world, link, state, now);
  }

  async #page(
    client: PoolClient,
    world: World,
    link: OwnerLink,
    state: IncidentState,
    now: Date,
  ): Promise<OwnerPageView> {
    const works = await runningWorks(client, world, [link.facility]);
    return {
      now: now.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      contact: { id: link.contact, ...(await this.#contact(client, world, link)) },
      facility: state.facility,
      incident: alarmOf(state),
      firstMeasures: this.#wording.measures(state.facility.category),
      works: works.map(worksOf),
      emergencyNumber: this.#wording.emergencyNumber,
      timeZone: this.#wording.timeZone,
    };
  }

  /** As the register has them now; who was taken off it since is still who got the link. */
  async #contact(client: PoolClient, world: World, link: OwnerLink): Promise<OwnerContact> {
    const facilities = await facilitySummaries(client, world, [link.facility]);
    const contact = facilities.get(link.facility)?.contacts.find((one) => one.id === link.contact);
    if (contact) return { name: contact.name, language: contact.language };
    const state = await readIncident(client, world, link.incident);
    const alerted = state.owner.contacts.find((one) => one.contactId === link.contact);
    return { name: alerted?.name ?? '?', language: 'vi' };
  }
}

interface OwnerContact {
  readonly name: string;
  readonly language: 'vi' | 'en' | 'ru' | 'zh';
}
