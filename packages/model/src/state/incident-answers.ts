import type { OwnerAnswer } from '../entries/incident.ts';
import type { EntryBody } from '../entry.ts';
import type { ContactState, IncidentState, OwnerAnswerState } from './incident-state.ts';

/** Who is being rung, first or again; what other lines say stays. */
export function ring(
  known: readonly ContactState[],
  called: EntryBody<'incident.owner-alerted'>['contacts'],
  at: string,
): readonly ContactState[] {
  const lines = called.map((one): ContactState => ({ ...one, result: 'ringing', at }));
  const isLine = (one: ContactState) => (other: ContactState) =>
    other.contactId === one.contactId && other.channel === one.channel;
  return [
    ...known.map((one) => lines.find(isLine(one)) ?? one),
    ...lines.filter((one) => !known.some(isLine(one))),
  ];
}

export function reach(
  contacts: readonly ContactState[],
  body: EntryBody<'incident.contact-reached'>,
  at: string,
): readonly ContactState[] {
  const { contactId, name, channel, result } = body;
  const known = contacts.some((contact) => contact.contactId === contactId && contact.channel === channel);
  if (!known) return [...contacts, { contactId, name, order: 99, channel, result, at }];
  return contacts.map((contact) =>
    contact.contactId === contactId && contact.channel === channel ? { ...contact, result, at } : contact,
  );
}

/**
 * One "real" is enough; "real" and "false" from different people contradict, and count as fire. The last answer of each
 * person counts: somebody who was checking and then says false has not contradicted himself.
 */
export function combineAnswers(answers: readonly OwnerAnswerState[]): IncidentState['owner']['answer'] {
  const latest = new Map<string, OwnerAnswer>();
  for (const answer of answers) {
    const person = answer.contactId ?? answer.name;
    // Nobody takes back a "real": what made them say it has been seen.
    if (latest.get(person) === 'real' && answer.answer !== 'real')
      latest.set(`${person} later`, answer.answer);
    else latest.set(person, answer.answer);
  }
  const said = new Set(latest.values());
  if (said.has('real') && said.has('false')) return 'contradictory';
  if (said.has('real')) return 'real';
  if (said.has('checking')) return 'checking';
  return said.has('false') ? 'false' : 'none';
}
