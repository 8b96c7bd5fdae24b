import type { TransmitterId, World } from '@keng/model';
import type { Pool } from 'pg';
import {
  findTransmitterByAccount,
  type LoadedTransmitter,
  loadTransmitters,
  loadTransmittersOf,
} from '../facilities/index.ts';
import { withPaths } from './path-of.ts';
import type { RegisteredTransmitter, TransmitterSource } from './registry.ts';
import { withoutZeros } from './signal-text.ts';

/** The facility register as a source. `kek` opens the keys: keyEncryptionKey of the facilities module. */
export function facilitySource(
  pool: Pool,
  world: World,
  kek: Uint8Array,
  onBrokenKey: (error: Error) => void = () => undefined,
): TransmitterSource {
  const options = { world, kek, onBrokenKey };
  return {
    async *all() {
      let after: TransmitterId | null = null;
      for (;;) {
        const page: LoadedTransmitter[] = await loadTransmitters(pool, options, after);
        const last = page.at(-1);
        if (!last) return;
        yield page.map(registered);
        after = last.id;
      }
    },
    ofFacilities: async (facilities) => (await loadTransmittersOf(pool, options, facilities)).map(registered),
    byAccount: async (protocol, account) => {
      const found = await findTransmitterByAccount(pool, options, protocol, account);
      return found ? registered(found) : undefined;
    },
  };
}

function registered(one: LoadedTransmitter): RegisteredTransmitter {
  const odd = one.zones.map((zone) => zone.number).filter((number) => withoutZeros(number) !== number);
  const device: RegisteredTransmitter = {
    protocol: one.protocol,
    account: one.account,
    transmitterId: one.id,
    facilityId: one.facilityId,
    organisation: one.organisation,
    key: one.key === null ? null : { bytes: one.key },
    reportingSeconds: one.reportingSeconds,
    zones: odd.length === 0 ? null : odd,
  };
  return withPaths(device, one.paths);
}
