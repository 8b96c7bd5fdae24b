import type {
  DemonstrationFacility,
  DemonstrationTransmitter,
  DemonstrationWater,
  DemonstrationZone,
} from '@keng/country-vn';
import {
  type ContactId,
  newId,
  type OrganisationCode,
  registeredAccount,
  type TransmitterId,
  type ZoneKind,
} from '@keng/model';
import { type FacilityDraft, readTransmitterKey } from '../facilities/index.ts';

const ZONE_KINDS: Readonly<Record<DemonstrationZone['kind'], ZoneKind>> = {
  smoke: 'smoke',
  heat: 'heat',
  'manual-call-point': 'manual',
  sprinkler: 'sprinkler',
  gas: 'gas',
};

const WATER_KINDS = new Set(['hydrant', 'tank', 'pond', 'river']);

/** A facility of the country pack's generator as the register takes it. */
export function facilityDraft(facility: DemonstrationFacility, nowMs: number): FacilityDraft {
  return {
    reference: facility.code,
    name: facility.name,
    address: facility.address,
    areaCode: facility.province,
    communeCode: null,
    communeName: facility.commune,
    position: [facility.position[0], facility.position[1]],
    category: facility.category,
    managingLevel: facility.managingLevel,
    // The generator's codes are those of the stations loaded beside it.
    organisation: facility.station as OrganisationCode,
    contacts: facility.contacts.map((contact) => ({ ...contact, id: newId<ContactId>(nowMs), email: null })),
    transmitters: facility.transmitters.map((transmitter) => transmitterDraft(transmitter, nowMs)),
    hazards: [...facility.hazards],
    onSiteForce: { people: facility.onSiteForce, description: '' },
    water: facility.water.map(waterSource),
    synthetic: true,
  };
}

/** The simulator's devices of GB/T 26875.3 name a zone by system, loop and place on it. */
const GB26875_LOOP = '1-1-';

const MODELS = {
  dc09: 'Mô phỏng DC-09',
  gb26875: 'Mô phỏng GB/T 26875.3',
  'device-api': 'Mô phỏng Device API',
  mqtt: 'Mô phỏng MQTT',
} as const;

function transmitterDraft(
  transmitter: DemonstrationTransmitter,
  nowMs: number,
): FacilityDraft['transmitters'][number] {
  const gb26875 = transmitter.protocol === 'gb26875';
  const protocol = transmitter.protocol === 'sia-dc09' ? 'dc09' : transmitter.protocol;
  return {
    id: newId<TransmitterId>(nowMs),
    protocol,
    account: registeredAccount(protocol, transmitter.account),
    model: MODELS[protocol],
    reportingSeconds: transmitter.supervisionSeconds,
    zones: transmitter.zones.map((zone) => ({
      number: `${gb26875 ? GB26875_LOOP : ''}${zone.number}`,
      label: zone.label,
      kind: ZONE_KINDS[zone.kind],
    })),
    key: transmitter.keyHex === undefined ? null : readTransmitterKey(transmitter.keyHex, 'hex'),
  };
}

function waterSource(water: DemonstrationWater): FacilityDraft['water'][number] {
  return {
    kind: WATER_KINDS.has(water.kind) ? (water.kind as 'hydrant' | 'tank' | 'pond' | 'river') : 'other',
    description: `${water.distanceMetres} m`,
    capacityM3: water.cubicMetres,
    position: null,
  };
}
