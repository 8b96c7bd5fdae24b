import type { CountryPack } from '@keng/country-vn';
import {
  type AnyEntry,
  type Contact,
  type LogEntry,
  newUuid,
  type WorksId,
  type WorksState,
} from '@keng/model';
import { type FacilityForAlarm, facilitySummaries } from '../facilities/index.ts';
import type { Consumer } from '../log/index.ts';
import { worksToRemind } from '../works/index.ts';
import { type JobDraft, WORKS_REMINDER } from './job.ts';
import { cancelWorksReminders, insertJobs } from './outbox-store.ts';
import { Wording } from './wording.ts';

/**
 * Follows planned works and tells the contact who confirmed them that they end soon. A consumer of its own: works are in the
 * lane of faults, and the alarms of the notifier do not stand behind those.
 */
export function createWorksMessages({ country }: { readonly country: CountryPack }): Consumer {
  const wording = new Wording(country);
  return {
    name: 'works-messages',
    kinds: ['works.reminded', 'works.ended'],
    lanes: [1],
    async handle(client, entries, { world, now }) {
      const reminders = entries.filter(isReminder);
      const works = await worksToRemind(
        client,
        world,
        reminders.map((one) => one.subject as WorksId),
      );
      const places = await facilitySummaries(client, world, [
        ...new Set([...works.values()].map((one) => one.facilityId)),
      ]);
      const jobs = reminders.flatMap((entry) => {
        const state = works.get(entry.subject as WorksId);
        const place = state && places.get(state.facilityId);
        // Over, or the register holds no such facility any more: then nobody is told that it ends soon.
        if (state === undefined || place === undefined || Date.parse(state.until) <= now.getTime()) return [];
        return reminderJobs(entry, state, place, wording, now.getTime());
      });
      await insertJobs(client, world, jobs, now);
      const ended = entries.filter((one) => one.kind === 'works.ended').map((one) => one.subject as WorksId);
      await cancelWorksReminders(client, world, ended, now);
    },
  };
}

type Reminder = LogEntry<'works.reminded'>;
const isReminder = (entry: AnyEntry): entry is Reminder => entry.kind === 'works.reminded';

/** One message to whoever was called back; where the register has lost them, one to each contact it holds. */
function reminderJobs(
  entry: Reminder,
  state: WorksState,
  place: FacilityForAlarm,
  wording: Wording,
  nowMs: number,
): JobDraft[] {
  const confirmed = place.contacts.find((one) => one.id === entry.body.contactId);
  const told = confirmed === undefined ? place.contacts : [confirmed];
  return told.map((contact) => reminderJob(entry, contact, state, place, wording, nowMs));
}

function reminderJob(
  entry: Reminder,
  contact: Contact,
  state: WorksState,
  place: FacilityForAlarm,
  wording: Wording,
  nowMs: number,
): JobDraft {
  const language = wording.spoken(contact.language);
  const registered = place.transmitters.find((one) => one.id === state.transmitterId)?.zones ?? [];
  const text = wording.text('sms.works-reminder', language, {
    facility: place.summary.name,
    address: place.summary.address,
    zones: state.zones.map((zone) => ({
      zone,
      zoneLabel: registered.find((one) => one.number === zone)?.label ?? null,
    })),
    at: new Date(state.until),
  });
  return {
    id: newUuid(nowMs),
    incident: null,
    works: state.id,
    facility: place.summary.id,
    organisation: entry.organisation ?? place.organisation,
    contact: contact.id,
    name: contact.name,
    webhook: null,
    channel: 'sms',
    purpose: WORKS_REMINDER,
    lane: 2,
    address: contact.telephone,
    language,
    payload: { kind: 'sms', text, link: false },
  };
}
