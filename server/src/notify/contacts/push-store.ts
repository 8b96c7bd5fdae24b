import type { ContactId, FacilityId, World } from '@keng/model';
import { type Clock, type Pool, transaction } from '../../platform/index.ts';
import type { PushAdapterOptions, PushSubscription } from '../push-adapter.ts';
import { changeRecords, readRecords } from './record-store.ts';

/** Browsers of one contact that are told: more than anybody has, few enough to write to all of them. */
export const MOST_BROWSERS = 10;

/** What the adapter of web push needs of the database, as keng_sender. */
export function pushStore(pool: Pool, clock: Clock): Pick<PushAdapterOptions, 'subscriptionsOf' | 'forget'> {
  return {
    async subscriptionsOf(world: World, contact: ContactId): Promise<PushSubscription[]> {
      const { rows } = await pool.query<PushSubscription>({
        name: 'push-of-contact',
        text: `select id, endpoint, p256dh, auth from push_subscription where world = $1 and contact = $2
          order by created_at desc limit ${MOST_BROWSERS}`,
        values: [world, contact],
      });
      return rows;
    },
    async forget(world, contact, { id }) {
      const now = clock.now(world);
      await transaction(pool, async (client) => {
        const { rows } = await client.query<{ facility: FacilityId }>({
          name: 'push-forget',
          text: 'delete from push_subscription where world = $1 and id = $2 returning facility',
          values: [world, id],
        });
        const [gone] = rows;
        if (gone === undefined) return;
        const record = (await readRecords(client, world, [contact])).get(contact);
        if (record === undefined) return;
        const { rows: owners } = await client.query<{ organisation: string }>({
          name: 'contact-organisation',
          text: 'select organisation from contact_record where world = $1 and contact = $2',
          values: [world, contact],
        });
        const [owner] = owners;
        if (owner === undefined) return;
        await changeRecords(
          client,
          world,
          [
            {
              kind: 'contact.push-removed',
              body: {
                contactId: contact,
                facilityId: gone.facility,
                name: record.name,
                subscriptionId: id,
                because: 'expired',
              },
              // The column holds what this program wrote there.
              organisation: owner.organisation as Parameters<typeof changeRecords>[2][number]['organisation'],
              actor: { kind: 'system', id: 'notify' },
            },
          ],
          now,
        );
      });
    },
  };
}
