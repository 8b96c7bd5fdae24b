import type { CountryPack } from '@keng/country-vn';
import { facilitySummaries } from '../../facilities/index.ts';
import type { Consumer } from '../../log/index.ts';
import { changeRecords, readRecords } from '../contacts/record-store.ts';
import { returnedOf } from '../contacts/rules.ts';
import { CONTACT_RETURNED } from '../job.ts';
import { buildingNotice, sendNotices } from '../next-way.ts';
import { NoticeWriter } from '../notice-jobs.ts';
import { markOf } from './address-mark.ts';

/**
 * Follows mails that failed because of the address, refused at once or sent back later, and writes it down at the contact, once an
 * address: to the police by the list of contacts, to the owner by a message to the other contacts.
 */
export function createReturnWatch({ country }: { readonly country: CountryPack }): Consumer {
  const writer = new NoticeWriter(country);
  return {
    name: 'return-watch',
    kinds: ['notify.failed'],
    lanes: [2],
    gapMs: 500,
    async handle(client, entries, { world, now }) {
      for (const entry of entries) {
        if (entry.kind !== 'notify.failed' || entry.facility === null || entry.organisation === null)
          continue;
        const { address, contactId, jobId, error } = entry.body;
        if (address === undefined || contactId === null) continue;
        const place = (await facilitySummaries(client, world, [entry.facility])).get(entry.facility);
        const contact = place?.contacts.find((one) => one.id === contactId);
        // Corrected since, or gone: there is nothing left to tell.
        if (!place || place.removed || !contact?.email || markOf(contact.email) !== address.mark) continue;
        const known = (await readRecords(client, world, [contactId], true)).get(contactId) ?? null;
        if (returnedOf(contact, known) !== null) continue;
        const about = { contactId, facilityId: entry.facility, name: contact.name };
        await changeRecords(
          client,
          world,
          [
            {
              kind: 'contact.email-returned',
              body: {
                ...about,
                jobId,
                mark: address.mark,
                status: address.status,
                text: error.slice(0, 500),
              },
              organisation: place.organisation,
              actor: { kind: 'system', id: 'notify' },
            },
          ],
          now,
        );
        const others = place.contacts.filter((one) => one.id !== contactId);
        const notice = buildingNotice(place, CONTACT_RETURNED, [...others, contact], now);
        await sendNotices(client, world, notice, writer, now);
      }
    },
  };
}
