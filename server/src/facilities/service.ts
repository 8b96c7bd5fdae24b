import type { CountryPack } from '@keng/country-vn';
import {
  conflict,
  type FacilityId,
  type FacilityState,
  type FieldProblem,
  forbidden,
  invalid,
  newId,
  notFound,
  Problem,
  type TransmitterId,
  type World,
} from '@keng/model';
import type { AreaBook } from '../areas/index.ts';
import type { PoolClient } from '../platform/index.ts';
import {
  changed,
  type FacilityChange,
  type Hand,
  registered,
  removed,
  type StoredFacility,
  unchanged,
  withKey,
} from './change.ts';
import type { FacilityInput } from './facility-input.ts';
import { loadFacts } from './facts.ts';
import { dutyFacts } from './inspections/duty-rules.ts';
import { bodyOf, problemsOf, type RegisterFacts } from './rules.ts';
import { findFacility, holdersOfAccounts, writeFacilities } from './store.ts';
import type { TransmitterKey } from './transmitter-key.ts';

export interface FacilityServiceOptions {
  readonly country: CountryPack;
  readonly areas: AreaBook;
  /** Seals the keys of transmitters: keyEncryptionKey(secrets.deviceKeys). */
  readonly kek: Uint8Array;
  /** Wall clock: when the centre records it. */
  readonly wallClock: () => Date;
}

/** The use cases of the register. Each runs in the caller's transaction, which shows what the caller may see. */
export class FacilityService {
  readonly options: FacilityServiceOptions;

  constructor(options: FacilityServiceOptions) {
    this.options = options;
  }

  async get(client: PoolClient, world: World, id: FacilityId): Promise<StoredFacility> {
    const found = await findFacility(client, world, id);
    if (!found) throw notFound('facility', id);
    return found;
  }

  async register(client: PoolClient, hand: Hand, input: FacilityInput): Promise<StoredFacility> {
    const facts = await this.facts(client, hand.world);
    await this.#check(client, hand.world, input, facts, null);
    const atMs = hand.at.getTime();
    const body = bodyOf(input, facts, null, atMs);
    return this.#store(client, hand, registered(hand, newId<FacilityId>(atMs), body, 'form'));
  }

  /** `revision`: the one the form was filled from; another person's change in between is not overwritten unseen. */
  async change(
    client: PoolClient,
    hand: Hand,
    id: FacilityId,
    input: FacilityInput,
    revision: number | null,
  ): Promise<StoredFacility> {
    const current = await this.#open(client, hand.world, id);
    if (revision !== null && revision !== current.revision) {
      throw conflict(
        'facility.changed-meanwhile',
        'Somebody else has changed this facility since you opened it: load it again.',
        {
          revision: current.revision,
        },
      );
    }
    const facts = await this.facts(client, hand.world);
    await this.#check(client, hand.world, input, facts, current.state);
    const body = bodyOf(input, facts, current.state, hand.at.getTime());
    return this.#store(client, hand, changed(hand, current, body));
  }

  async setKey(
    client: PoolClient,
    hand: Hand,
    id: FacilityId,
    transmitterId: TransmitterId,
    key: TransmitterKey | null,
  ): Promise<StoredFacility> {
    const current = await this.#open(client, hand.world, id);
    const transmitter = current.state.transmitters.find((one) => one.id === transmitterId);
    if (!transmitter) throw notFound('transmitter', transmitterId);
    // Its devices can prove no key: everything they say would be refused.
    if (key !== null && transmitter.protocol === 'gb26875') {
      throw invalid('facility.key-impossible', 'GB/T 26875.3 knows no keys.', 'key');
    }
    return this.#store(client, hand, withKey(hand, unchanged(current), transmitterId, key));
  }

  async remove(client: PoolClient, hand: Hand, id: FacilityId, reason: string): Promise<StoredFacility> {
    const current = await this.#open(client, hand.world, id);
    return this.#store(client, hand, removed(hand, current, reason));
  }

  facts(client: PoolClient, world: World): Promise<RegisterFacts> {
    return loadFacts(client, world, this.options.country, this.options.areas);
  }

  async #open(client: PoolClient, world: World, id: FacilityId): Promise<StoredFacility> {
    const current = await findFacility(client, world, id, 'for update');
    if (!current) throw notFound('facility', id);
    if (current.state.removedAt !== null) {
      throw conflict('facility.removed', 'This facility was taken off the register; register it again.');
    }
    return current;
  }

  async #check(
    client: PoolClient,
    world: World,
    input: FacilityInput,
    facts: RegisterFacts,
    current: FacilityState | null,
  ): Promise<void> {
    const problems = problemsOf(input, facts, current);
    const holders = await holdersOfAccounts(client, world, input.transmitters);
    input.transmitters.forEach((one, index) => {
      const holder = holders.get(`${one.protocol}/${one.account}`);
      if (holder && holder.facilityId !== current?.id)
        problems.push(accountTaken(index, holder.facilityName));
    });
    if (problems.length > 0) {
      throw new Problem(
        422,
        'facility.invalid',
        `${problems.length} things in the facility need to be corrected.`,
        {
          problems,
        },
      );
    }
    await mustSee(client, input);
  }

  async #store(client: PoolClient, hand: Hand, change: FacilityChange): Promise<StoredFacility> {
    await writeFacilities(client, [change], {
      world: hand.world,
      kek: this.options.kek,
      recordedAt: this.options.wallClock(),
      duties: dutyFacts(this.options.country),
      telephonePrefix: this.options.country.country.telephonePrefix,
    });
    return { state: change.state, revision: change.revision };
  }
}

const accountTaken = (index: number, facilityName: string): FieldProblem => ({
  at: `transmitters.${index}.account`,
  code: 'facility.account-taken',
  detail: `The account belongs to ${facilityName}.`,
});

/** Row-level security would refuse the row with an error that nobody understands. */
async function mustSee(client: PoolClient, input: FacilityInput): Promise<void> {
  const { rows } = await client.query<{ sees: boolean | null }>('select keng_sees($1, null) as sees', [
    input.organisation,
  ]);
  if (rows[0]?.sees !== true) throw forbidden('facility.write');
}
