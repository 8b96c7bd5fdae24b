import { type AnyDraft, LIVE, newId, newUuid, type TransmitterId, type UserId } from '@keng/model';
import { appendEntries, numberTheRest } from '../log/index.ts';
import { transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import type { TestDatabase } from '../testing/index.ts';

/** Synthetic: years of a centre in some hundred entries, written with the times that they would have had. */
export class Past {
  readonly #database: TestDatabase;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  async establish(): Promise<void> {
    await this.#database
      .pool('keng_owner')
      .query("insert into centre (origin, country) values ('test', 'vn') on conflict do nothing");
  }

  /** Signals of one lane. */
  async signals(at: Date, lane: 0 | 1 | 2, count: number, transmitter?: TransmitterId): Promise<void> {
    await this.append(
      at,
      Array.from({ length: count }, (_, index) =>
        signalDraft(index, { lane, at, ...(transmitter ? { transmitter } : {}) }),
      ),
    );
  }

  /** What never leaves. */
  async register(at: Date): Promise<void> {
    await this.append(at, [
      {
        world: LIVE,
        kind: 'user.password-set',
        lane: 2,
        subject: newUuid(),
        organisation: null,
        facility: null,
        revision: null,
        at,
        actor: { kind: 'system', id: 'test' },
        body: { userId: newId<UserId>(), by: 'self' },
      },
    ]);
  }

  async append(at: Date, drafts: readonly AnyDraft[]): Promise<void> {
    await transaction(this.#database.pool('keng_core'), (client) => appendEntries(client, drafts, at));
    await this.number(at);
  }

  async number(at: Date): Promise<void> {
    const left = await numberTheRest({
      pool: this.#database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      now: () => at.getTime(),
      log: () => undefined,
    });
    if (left > 0) throw new Error(`${left} entries have no position`);
  }

  /** Each lane goes on in its next block, as when one is full; and the sequencer knows that nothing comes late. */
  async nextBlocks(): Promise<void> {
    const owner = this.#database.pool('keng_owner');
    await owner.query(
      `select setval((array['entry_fire_id', 'entry_fault_id', 'entry_routine_id'])[b.lane + 1]::regclass, min(b.end_id) - 1)
       from entry_block b join (select 0 as lane, last_value from entry_fire_id union all select 1, last_value from entry_fault_id
         union all select 2, last_value from entry_routine_id) s on s.lane = b.lane and b.end_id > s.last_value and not b.is_rest group by b.lane`,
    );
    await owner.query(
      `update sequencer_lane l set settled_id = s.last_value from (select 0 as lane, last_value from entry_fire_id
         union all select 1, last_value from entry_fault_id union all select 2, last_value from entry_routine_id) s where s.lane = l.lane`,
    );
  }
}
