import type { EntryBody, IncidentId, IncidentState, World } from '@keng/model';
import type { PoolClient } from 'pg';
import { contactReached, ownerAlerted } from './contacts.ts';
import { type Act, type Progress, unchanged } from './progress.ts';
import { lockIncidents, storeIncidents } from './store.ts';

type Reached = EntryBody<'incident.contact-reached'>;

export interface OwnerReport {
  readonly incident: IncidentId;
  readonly alerted: EntryBody<'incident.owner-alerted'> | null;
  readonly reached: readonly Reached[];
}

/**
 * What notify knows about the owners of many incidents, at a fixed number of statements: a storm opens thousands in a
 * minute. What a contact's line says already is not said again. Incidents that are not there are left out.
 */
export async function recordOwnerReports(
  client: PoolClient,
  world: World,
  reports: readonly OwnerReport[],
  now: Date,
): Promise<Map<IncidentId, IncidentState>> {
  if (reports.length === 0) return new Map();
  const act: Act = { actor: { kind: 'system', id: 'notify' }, at: now };
  const states = await lockIncidents(client, world, [...new Set(reports.map((one) => one.incident))]);
  const progress = new Map<IncidentId, Progress>([...states].map(([id, state]) => [id, unchanged(state)]));
  for (const { incident, alerted, reached } of reports) {
    const before = progress.get(incident);
    if (!before) continue;
    const told = alerted === null ? before : ownerAlerted(before, alerted, act);
    progress.set(
      incident,
      reached.reduce(
        (sofar, body) => (saidAlready(sofar.state, body) ? sofar : contactReached(sofar, body, act)),
        told,
      ),
    );
  }
  await storeIncidents(client, world, [...progress.values()], now);
  return new Map([...progress].map(([id, one]) => [id, one.state]));
}

function saidAlready({ owner }: IncidentState, { contactId, channel, result }: Reached): boolean {
  return owner.contacts.some(
    (one) => one.contactId === contactId && one.channel === channel && one.result === result,
  );
}
