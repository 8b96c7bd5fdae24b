import { type CountryPack, limitOf } from '@keng/country-vn';
import type { ContactRecord, FacilityId, IncidentId, World } from '@keng/model';
import { facilitySummaries } from '../../facilities/index.ts';
import { readIncident } from '../../incidents/index.ts';
import type { Consumer } from '../../log/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import { CONTACT_SILENT } from '../job.ts';
import { buildingNotice, sendNotices } from '../next-way.ts';
import { NoticeWriter } from '../notice-jobs.ts';
import { type ContactChange, changeRecords, readRecords } from './record-store.ts';
import { isToReport, outcomesOf, type ReportPolicy } from './rules.ts';

/** Who answered is written down once a day: it changes nothing as long as they answer. */
const DAY_MS = 86_400_000;

export function reportPolicy(country: CountryPack): ReportPolicy {
  const limit = country.limits.find((one) => one.code === 'contact.unanswered-in-a-row');
  return {
    inARow: limitOf(country, 'contact.unanswered-in-a-row'),
    source: limit?.sourceCode ?? '',
    official: limit?.official ?? false,
  };
}

/**
 * Follows closed alarms and counts who of the contacts was called and did not answer. After so many in a row the contact is
 * reported: to the owner by a message to the others, to the managing police by the list.
 */
export function createContactWatch({ country }: { readonly country: CountryPack }): Consumer {
  const writer = new NoticeWriter(country);
  const policy = reportPolicy(country);
  return {
    name: 'contact-watch',
    kinds: ['incident.closed'],
    lanes: [0],
    gapMs: 200,
    async handle(client, entries, { world, now }) {
      const changes: ContactChange[] = [];
      for (const entry of entries) {
        if (entry.facility === null || entry.organisation === null) continue;
        const incident = entry.subject as IncidentId;
        const state = await readIncident(client, world, incident);
        // Reopened since: its end is still to come.
        if (state.status !== 'closed') continue;
        for (const { contactId, name, channel } of outcomesOf(state)) {
          const about = { contactId, facilityId: entry.facility, name, incidentId: incident };
          const common = {
            organisation: entry.organisation,
            actor: { kind: 'system', id: 'notify' },
          } as const;
          changes.push(
            channel === null
              ? { ...common, kind: 'contact.unanswered', body: about }
              : { ...common, kind: 'contact.answered', body: { ...about, channel } },
          );
        }
      }
      const told = await withoutNews(client, world, changes, now);
      const records = await changeRecords(client, world, told, now);
      await report(client, world, told, records, { writer, policy }, now);
    },
  };
}

/** An answer that says what is known already is left out. */
async function withoutNews(
  client: PoolClient,
  world: World,
  changes: readonly ContactChange[],
  now: Date,
): Promise<ContactChange[]> {
  const known = await readRecords(
    client,
    world,
    [...new Set(changes.map((one) => one.body.contactId))],
    true,
  );
  return changes.filter(({ kind, body }) => {
    if (kind !== 'contact.answered') return true;
    const record = known.get(body.contactId);
    if (record === undefined || record.lastAnsweredAt === null) return true;
    if (
      record.unansweredInARow > 0 ||
      changes.some((one) => one.kind === 'contact.unanswered' && one.body.contactId === body.contactId)
    )
      return true;
    return now.getTime() - Date.parse(record.lastAnsweredAt) > DAY_MS;
  });
}

async function report(
  client: PoolClient,
  world: World,
  changes: readonly ContactChange[],
  records: ReadonlyMap<string, ContactRecord>,
  { writer, policy }: { readonly writer: NoticeWriter; readonly policy: ReportPolicy },
  now: Date,
): Promise<void> {
  const silent = new Map<string, ContactChange>();
  for (const change of changes) {
    const record = records.get(change.body.contactId);
    if (change.kind === 'contact.unanswered' && record !== undefined && isToReport(record, policy))
      silent.set(record.contactId, change);
  }
  if (silent.size === 0) return;
  await changeRecords(
    client,
    world,
    [...silent.values()].map(({ body, organisation, actor }) => ({
      kind: 'contact.reported',
      body: {
        contactId: body.contactId,
        facilityId: body.facilityId,
        name: body.name,
        inARow: records.get(body.contactId)?.unansweredInARow ?? policy.inARow,
        source: policy.source,
        official: policy.official,
      },
      organisation,
      actor,
    })),
    now,
  );
  await tellOwners(client, world, [...silent.values()], writer, now);
}

/** Once a facility and batch, to the first contact who is not silent; from there it goes on until somebody got it. */
async function tellOwners(
  client: PoolClient,
  world: World,
  silent: readonly ContactChange[],
  writer: NoticeWriter,
  now: Date,
): Promise<void> {
  const facilities = new Map<FacilityId, Set<string>>();
  for (const { body } of silent) {
    const known = facilities.get(body.facilityId) ?? new Set<string>();
    facilities.set(body.facilityId, known.add(body.contactId));
  }
  const places = await facilitySummaries(client, world, [...facilities.keys()]);
  for (const [facility, quiet] of facilities) {
    const place = places.get(facility);
    if (place === undefined || place.removed) continue;
    // Who does not answer is told last.
    const contacts = [
      ...place.contacts.filter((one) => !quiet.has(one.id)),
      ...place.contacts.filter((one) => quiet.has(one.id)),
    ];
    await sendNotices(client, world, buildingNotice(place, CONTACT_SILENT, contacts, now), writer, now);
  }
}
