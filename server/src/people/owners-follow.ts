import type { AnyEntry, FacilityId, UserId } from '@keng/model';
import type { Consumer, ConsumerContext } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { loadUser } from './user-store.ts';
import { changeUser } from './users.ts';

/**
 * When a duplicate of a facility was merged, its owners own the one that stays. Here and not in the merge: whoever merges need not see
 * the accounts of owners.
 */
export const ownersFollow: Consumer = {
  name: 'owners-follow',
  kinds: ['facility.merged-into'],
  lanes: [2],
  async handle(client, entries, context) {
    for (const entry of entries)
      if (entry.kind === 'facility.merged-into') await follow(client, entry, context);
  },
};

type Merged = Extract<AnyEntry, { readonly kind: 'facility.merged-into' }>;

async function follow(client: PoolClient, entry: Merged, { world, now }: ConsumerContext): Promise<void> {
  const gone = entry.subject as FacilityId;
  const { into } = entry.body;
  const { rows } = await client.query<{ id: UserId }>(
    `select id from app_user where world = $1 and state->'facilities' ? $2 order by id`,
    [world, gone],
  );
  for (const { id } of rows) {
    const user = await loadUser(client, world, id, 'for update');
    if (user === null) continue;
    const {
      id: _id,
      login: _login,
      synthetic: _synthetic,
      createdAt: _made,
      changedAt: _changed,
      ...body
    } = user.state;
    const facilities = [...new Set(body.facilities.map((one) => (one === gone ? into : one)))];
    await changeUser(client, { world, now, actor: { kind: 'system', id: 'owners-follow' }, by: null }, id, {
      ...body,
      facilities,
    });
  }
}
