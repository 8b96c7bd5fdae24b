import type { CountryPack } from '@keng/country-vn';
import type { Contact, FacilityId, IncidentId, World } from '@keng/model';
import { facilitySummaries } from '../facilities/index.ts';
import { recordOwnerReports } from '../incidents/index.ts';
import type { Consumer } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { recordsOfFacilities } from './contacts/record-store.ts';
import type { JobDraft } from './job.ts';
import {
  cancelAlarms,
  cancelRepetitions,
  insertJobs,
  insertLinks,
  insertRecalls,
  type RecalledCall,
  webhooksFor,
} from './outbox-store.ts';
import { alertedContacts, planJobs } from './plan-jobs.ts';
import { WEBHOOK_EVENTS } from './webhook-event.ts';
import { Wording } from './wording.ts';

export interface NotifierOptions {
  readonly country: CountryPack;
  /** Makes the owner's links: secrets.ownerLink. The sender needs the same one. */
  readonly ownerLinkSecret: string;
}

/**
 * Follows the log and fills the outbox. A batch takes a fixed number of statements, however many incidents open in it: the
 * register, webhooks, jobs, links, and the incidents whose owner is being rung.
 */
export function createNotifier({ country, ownerLinkSecret }: NotifierOptions): Consumer {
  const wording = new Wording(country);
  return {
    name: 'notifier',
    kinds: [...WEBHOOK_EVENTS, 'incident.owner-recalled'],
    // Whatever is said of an incident is in the fire lane.
    lanes: [0],
    // In a storm the screens come first: telephones ring a moment later, and no gateway rings a thousand a second.
    givesWay: true,
    async handle(client, entries, { world, now }) {
      const ids = [...new Set(entries.flatMap((entry) => entry.facility ?? []))];
      const facilities = await facilitySummaries(client, world, ids);
      const organisations = [
        ...new Set([
          ...entries.flatMap((entry) => entry.organisation ?? []),
          ...[...facilities.values()].map((one) => one.organisation),
        ]),
      ];
      const webhooks = await webhooksFor(client, world, organisations, ids);
      const records = await recordsOfFacilities(client, world, ids);
      const plan = planJobs(entries, { facilities, webhooks, records, wording, nowMs: now.getTime() });
      const inserted = await insertJobs(client, world, plan.jobs, now);
      await insertLinks(client, world, plan.links, ownerLinkSecret, now);
      const contactsOf = (id: FacilityId): readonly Contact[] => facilities.get(id)?.contacts ?? [];
      await tell(
        client,
        world,
        [
          ...plan.jobs.filter((job) => inserted.has(job.id)),
          ...(await insertRecalls(client, world, plan.recalled, now)),
        ],
        contactsOf,
        now,
      );
      await cancelAlarms(client, world, plan.closed, now);
      await cancelRepetitions(client, world, plan.answered, now);
    },
  };
}

/** The chronology says who is being rung: in the same transaction as the calls, and only for calls that are new. */
async function tell(
  client: PoolClient,
  world: World,
  jobs: readonly (JobDraft | RecalledCall)[],
  contactsOf: (facility: FacilityId) => readonly Contact[],
  now: Date,
): Promise<void> {
  const facilityOf = new Map<IncidentId | null, FacilityId>(jobs.map((job) => [job.incident, job.facility]));
  const alerted = alertedContacts(jobs, (incident) => {
    const facility = facilityOf.get(incident);
    return facility === undefined ? [] : contactsOf(facility);
  });
  await recordOwnerReports(
    client,
    world,
    [...alerted].map(([incident, contacts]) => ({ incident, alerted: { contacts }, reached: [] })),
    now,
  );
}
