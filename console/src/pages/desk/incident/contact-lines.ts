import type { Contact, IncidentState } from '@keng/model';

export interface ContactLine {
  readonly key: string;
  readonly contactId: string | null;
  readonly name: string;
  readonly role: string;
  readonly telephone: string | null;
  readonly result: IncidentState['owner']['contacts'][number]['result'] | 'none';
}

/** How good a result is: one channel that reached the person counts more than another that failed. */
const RANK = ['none', 'failed', 'no-answer', 'ringing', 'delivered', 'answered'] as const;

const UNHEARD: ReadonlySet<string> = new Set(['email', 'push']);

/**
 * One line a person, in the order of calling: what the register knows of them (telephone) and what became of ringing them.
 * People who were reached but are not registered (a guard who picked up) stand at the end.
 */
export function contactLines(
  owner: IncidentState['owner'],
  registered: readonly Contact[],
): readonly ContactLine[] {
  const lines = new Map<string, ContactLine>();
  for (const contact of [...registered].sort((a, b) => a.order - b.order)) {
    lines.set(contact.id, {
      key: contact.id,
      contactId: contact.id,
      name: contact.name,
      role: contact.role,
      telephone: contact.telephone,
      result: 'none',
    });
  }
  for (const { contactId, name, result, channel } of [...owner.contacts].sort((a, b) => a.order - b.order)) {
    // That a mail server took a mail says nothing of the person: it must not stand over a telephone that nobody answered.
    if (UNHEARD.has(channel)) continue;
    const line = lines.get(contactId) ?? {
      key: contactId,
      contactId,
      name,
      role: '',
      telephone: null,
      result: 'none' as const,
    };
    const better = RANK.indexOf(result) > RANK.indexOf(line.result);
    lines.set(contactId, better ? { ...line, result } : line);
  }
  return [...lines.values()];
}
