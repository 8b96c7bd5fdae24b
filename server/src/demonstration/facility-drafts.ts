import type { DemonstrationFacility, DemonstrationWater, DemonstrationZone } from '@keng/country-vn';
import { type ContactId, newId, type OrganisationCode, type TransmitterId, type ZoneKind } from '@keng/model';
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
    transmitters: facility.transmitters.map((transmitter) => ({
      id: newId<TransmitterId>(nowMs),
      protocol: 'dc09' as const,
      account: transmitter.account,
      model: 'Mô phỏng DC-09',
      reportingSeconds: transmitter.supervisionSeconds,
      zones: transmitter.zones.map((zone) => ({
        number: String(zone.number),
        label: zone.label,
        kind: ZONE_KINDS[zone.kind],
      })),
      key: transmitter.keyHex === undefined ? null : readTransmitterKey(transmitter.keyHex, 'hex'),
    })),
    hazards: [...facility.hazards],
    onSiteForce: { people: facility.onSiteForce, description: '' },
    water: facility.water.map(waterSource),
    synthetic: true,
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
