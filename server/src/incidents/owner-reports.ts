import type { Actor, EntryBody, IncidentId, IncidentState, OwnerAnswer, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { contactReached, measuresShown } from './contacts.ts';
import { type Act, type Progress, SYSTEM, unchanged } from './progress.ts';
import { lockIncident, storeIncidents } from './store.ts';
import { answerOwner } from './verify.ts';

/*
 * What notify reports about the owner, inside the transaction of notify's own work (a receipt, a key pressed, a page
 * opened). Each locks the incident, applies the rule and writes state and entries; all see what the client's role may see.
 */

type AnswerBody = EntryBody<'incident.owner-answered'>;

/**
 * A contact answered on the owner's page or by telephone keys. The same answer again changes nothing; "real" re-opens what
 * was closed.
 * @throws Problem `incident.not-found`, `incident.closed` (409, for any other answer), `owner.too-many-answers` (429)
 */
export function answerAsContact(
  client: PoolClient,
  world: World,
  id: IncidentId,
  body: AnswerBody,
  now: Date,
): Promise<IncidentState> {
  return change(client, world, id, now, (progress) => answerOwner(progress, body, actOf(body, now)));
}

/**
 * The owner answered with a log-in. The rules are those of a contact; the entry names the account, for a log-in says no more
 * of who holds the telephone than whose account it is.
 * @throws Problem as answerAsContact
 */
export function answerAsUser(
  client: PoolClient,
  world: World,
  id: IncidentId,
  { actor, name, answer }: { readonly actor: Actor; readonly name: string; readonly answer: OwnerAnswer },
  now: Date,
): Promise<IncidentState> {
  const body = { contactId: null, name, answer, channel: 'page' as const };
  return change(client, world, id, now, (progress) => answerOwner(progress, body, { actor, at: now }));
}

/** The first measures were shown on the page or read out by telephone; `actor` where no contact did it. */
export function markMeasuresShown(
  client: PoolClient,
  world: World,
  id: IncidentId,
  body: EntryBody<'incident.measures-shown'>,
  now: Date,
  actor: Actor = body.contactId === null ? SYSTEM : { kind: 'contact', id: body.contactId },
): Promise<IncidentState> {
  return change(client, world, id, now, (progress) => measuresShown(progress, body, { actor, at: now }));
}

/** A call or message to a contact went through, or did not. */
export function recordContactReached(
  client: PoolClient,
  world: World,
  id: IncidentId,
  body: EntryBody<'incident.contact-reached'>,
  now: Date,
): Promise<IncidentState> {
  return change(client, world, id, now, (progress) =>
    contactReached(progress, body, { actor: NOTIFY, at: now }),
  );
}

const NOTIFY = { kind: 'system', id: 'notify' } as const;

function actOf(body: AnswerBody, at: Date): Act {
  return { actor: { kind: 'contact', id: body.contactId ?? body.name, name: body.name }, at };
}

async function change(
  client: PoolClient,
  world: World,
  id: IncidentId,
  now: Date,
  rule: (progress: Progress) => Progress,
): Promise<IncidentState> {
  const progress = rule(unchanged(await lockIncident(client, world, id)));
  await storeIncidents(client, world, [progress], now);
  return progress.state;
}
