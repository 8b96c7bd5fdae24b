import { createHmac } from 'node:crypto';
import {
  type FacilityId,
  type OrganisationCode,
  PROBE_ACCOUNTS,
  type TransmitterId,
  type TransmitterProtocol,
} from '@keng/model';
import type { RegisteredTransmitter, TransmitterRegistries, TransmitterRegistry } from '../registry.ts';

/** Of no facility in any register: whatever is joined with the register leaves the synthetic alarm out. */
export const PROBE_FACILITY = '0114ffff-ffff-7fff-bfff-ffffffffffff' as FacilityId;

const TRANSMITTERS: Readonly<Record<TransmitterProtocol, TransmitterId>> = {
  dc09: '0114ffff-ffff-7fff-bfff-fffffffffff1' as TransmitterId,
  gb26875: '0114ffff-ffff-7fff-bfff-fffffffffff2' as TransmitterId,
  'device-api': '0114ffff-ffff-7fff-bfff-fffffffffff3' as TransmitterId,
  mqtt: '0114ffff-ffff-7fff-bfff-fffffffffff4' as TransmitterId,
};

export interface ProbeIdentity {
  /** Of the centre; keys of the reserved transmitters are made of it, so that nobody outside can speak for them. */
  readonly secret: string;
  /** The machine, as the state of the ways names it. */
  readonly receiver: string;
}

/** GB/T 26875.3 knows no keys: there the sender's address is all that can be asked. */
export function probeKey({ secret }: ProbeIdentity, protocol: TransmitterProtocol): Buffer | null {
  if (protocol === 'gb26875') return null;
  return createHmac('sha256', secret).update(`synthetic alarm/${protocol}`).digest().subarray(0, 16);
}

/** The registries of the receivers with the reserved transmitters in them. */
export function withProbes(inner: TransmitterRegistries, identity: ProbeIdentity): TransmitterRegistries {
  return {
    get size() {
      return inner.size;
    },
    of: (protocol) => withProbe(inner.of(protocol), protocol, identity),
  };
}

function withProbe(
  inner: TransmitterRegistry,
  protocol: TransmitterProtocol,
  identity: ProbeIdentity,
): TransmitterRegistry {
  const account = PROBE_ACCOUNTS[protocol];
  const key = probeKey(identity, protocol);
  const device: RegisteredTransmitter = {
    protocol,
    account,
    transmitterId: TRANSMITTERS[protocol],
    facilityId: PROBE_FACILITY,
    organisation: '' as OrganisationCode,
    key: key === null ? null : { bytes: key },
    reportingSeconds: null,
    zones: null,
    probe: identity.receiver,
  };
  return {
    get size() {
      return inner.size;
    },
    find: (asked) => (asked === account ? device : inner.find(asked)),
    lookUp: async (asked) => (asked === account ? device : await inner.lookUp(asked)),
  };
}
