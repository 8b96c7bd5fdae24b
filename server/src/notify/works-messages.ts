import type { CountryPack } from '@keng/country-vn';
import type { AnyEntry, LogEntry, WorksId, WorksState } from '@keng/model';
import { type FacilityForAlarm, facilitySummaries } from '../facilities/index.ts';
import type { Consumer } from '../log/index.ts';
import { worksStates } from '../works/index.ts';
import { WORKS_ENDED, WORKS_REMINDER } from './job.ts';
import { type SentNotice, sendNotices } from './next-way.ts';
import { NoticeWriter } from './notice-jobs.ts';
import { cancelWorksReminders } from './outbox-store.ts';

/**
 * Follows planned works and tells the contact who confirmed them that they end soon, and that they have ended. A consumer of its
 * own: works are in the lane of faults, and the alarms of the notifier do not stand behind those.
 */
export function createWorksMessages({ country }: { readonly country: CountryPack }): Consumer {
  const writer = new NoticeWriter(country);
  return {
    name: 'works-messages',
    kinds: ['works.reminded', 'works.ended'],
    lanes: [1],
    async handle(client, entries, { world, now }) {
      const told = entries.filter(isTold);
      const works = await worksStates(client, world, [...new Set(told.map((one) => one.subject as WorksId))]);
      const places = await facilitySummaries(client, world, [
        ...new Set([...works.values()].map((one) => one.facilityId)),
      ]);
      const ended = told.filter((one) => one.kind === 'works.ended').map((one) => one.subject as WorksId);
      for (const entry of told) {
        const state = works.get(entry.subject as WorksId);
        const place = state && places.get(state.facilityId);
        // The register holds no such facility any more: then nobody is there to be told.
        if (state === undefined || place === undefined) continue;
        const notice = noticeOf(entry, state, place, now);
        if (notice !== null) await sendNotices(client, world, notice, writer, now);
      }
      await cancelWorksReminders(client, world, ended, now);
    },
  };
}

type Told = LogEntry<'works.reminded'> | LogEntry<'works.ended'>;
const isTold = (entry: AnyEntry): entry is Extract<AnyEntry, Told> =>
  entry.kind === 'works.reminded' || entry.kind === 'works.ended';

function noticeOf(
  entry: Extract<AnyEntry, Told>,
  state: WorksState,
  place: FacilityForAlarm,
  now: Date,
): SentNotice | null {
  const reminder = entry.kind === 'works.reminded';
  // Over by now: nobody is told that it ends soon.
  if (reminder && (state.ended !== null || Date.parse(state.until) <= now.getTime())) return null;
  // Nothing was silent before somebody confirmed it, so nothing rings "again".
  if (!reminder && state.calledBack === null) return null;
  const registered = place.transmitters.find((one) => one.id === state.transmitterId)?.zones ?? [];
  return {
    subject: { incident: null, works: state.id },
    purpose: reminder ? WORKS_REMINDER : WORKS_ENDED,
    code: reminder ? 'works-reminder' : 'works-ended',
    place,
    organisation: entry.organisation ?? place.organisation,
    occasion: {
      facility: place.summary.name,
      address: place.summary.address,
      zones: state.zones.map((zone) => ({
        zone,
        zoneLabel: registered.find((one) => one.number === zone)?.label ?? null,
      })),
      at: reminder ? state.until : entry.at,
    },
    contacts: place.contacts,
    first: (reminder ? entry.body.contactId : state.calledBack?.contactId) ?? null,
  };
}
