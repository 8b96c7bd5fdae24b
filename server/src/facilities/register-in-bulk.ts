import {
  type Actor,
  type FacilityBody,
  type FacilityId,
  newId,
  type Transmitter,
  type World,
} from '@keng/model';
import { type Pool, type PoolClient, transaction } from '../platform/index.ts';
import { registered, type Source, withKey } from './change.ts';
import type { DutyFacts } from './inspections/duty-rules.ts';
import { writeFacilities } from './store.ts';
import type { TransmitterKey } from './transmitter-key.ts';

/** A facility that is known to be right (demonstration data, a copy for an exercise): only its schema is checked. */
export interface FacilityDraft extends Omit<FacilityBody, 'transmitters'> {
  readonly id?: FacilityId;
  readonly transmitters: readonly (Omit<Transmitter, 'encrypted'> & {
    readonly key?: TransmitterKey | null;
  })[];
}

export interface BulkRegistration {
  readonly world: World;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly source: Source;
  readonly kek: Uint8Array;
  readonly duties?: DutyFacts;
  readonly telephonePrefix?: string;
}

/**
 * Registers many facilities in the caller's transaction (as keng_web that sees all, or keng_exercise).
 * @returns their ids, in order
 */
export async function registerFacilities(
  client: PoolClient,
  drafts: readonly FacilityDraft[],
  options: BulkRegistration,
): Promise<FacilityId[]> {
  const changes = drafts.map(({ id, transmitters, ...body }) => {
    const plain = transmitters.map(({ key: _key, ...one }) => ({ ...one, encrypted: false }));
    const first = registered(
      options,
      id ?? newId<FacilityId>(options.at.getTime()),
      { ...body, reference: body.reference ?? null, transmitters: plain },
      options.source,
    );
    return transmitters.reduce(
      (change, { id: transmitterId, key }) => (key ? withKey(options, change, transmitterId, key) : change),
      first,
    );
  });
  await writeFacilities(client, changes, options);
  return changes.map((change) => change.state.id);
}

/** A transaction of keng_web that sees everything: for the program's own work, never for a request. */
export function seeingAll<Result>(web: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return transaction(web, async (client) => {
    await client.query(`select set_config('keng.scope', '*', true)`);
    return work(client);
  });
}

const BATCH = 500;

/** The same in batches, each a transaction of its own: for a hundred thousand, with progress. */
export async function registerFacilitiesInBatches(
  web: Pool,
  drafts: readonly FacilityDraft[],
  options: Omit<BulkRegistration, 'recordedAt'> & {
    readonly wallClock: () => Date;
    readonly progress?: (done: number) => void;
  },
): Promise<number> {
  for (let done = 0; done < drafts.length; done += BATCH) {
    const batch = drafts.slice(done, done + BATCH);
    await seeingAll(web, (client) =>
      registerFacilities(client, batch, { ...options, recordedAt: options.wallClock() }),
    );
    options.progress?.(done + batch.length);
  }
  return drafts.length;
}
