/** Invented stations and facilities, plain so that any store can load them. Every record says `synthetic: true`. */
import type { Point } from './geometry.ts';

export interface DemonstrationVehicle {
  readonly callSign: string;
  /** Code of `resourceKinds`. */
  readonly kind: string;
  readonly crew: number;
}

export interface DemonstrationStation {
  readonly synthetic: true;
  /** Unique in the country, for example `VN-ST-01-03`. */
  readonly code: string;
  readonly name: string;
  /** The place keeps its own name; what it is, is said in each language. */
  readonly nameEn: string;
  readonly nameRu: string;
  readonly nameZh: string;
  /** Code of the provincial desk it belongs to, for example `VN-PC07-01`. */
  readonly parent: string;
  readonly province: string;
  readonly commune: string;
  readonly address: string;
  readonly position: Point;
  readonly vehicles: readonly DemonstrationVehicle[];
}

export interface DemonstrationContact {
  /** 1 is called first. */
  readonly order: number;
  readonly name: string;
  readonly role: string;
  /** E.164 in form; the national part begins with 0, which no Vietnamese number does, so nobody is ever rung. */
  readonly telephone: string;
  readonly language: 'vi';
}

export interface DemonstrationZone {
  /** From 1, as in the alarm frames. */
  readonly number: number;
  readonly label: string;
  readonly kind: 'smoke' | 'heat' | 'manual-call-point' | 'sprinkler' | 'gas';
}

export interface DemonstrationTransmitter {
  readonly synthetic: true;
  /** The first transmitter of a facility always speaks DC-09; a second one what suits its key. */
  readonly protocol: 'sia-dc09' | 'gb26875' | 'device-api' | 'mqtt';
  /** Of DC-09. */
  readonly token: 'SIA-DCS' | 'ADM-CID';
  /** 4, 6 or 8 hexadecimal digits, the first not 0; unique. Of GB/T 26875.3 the source address, its leading zeros left out. */
  readonly account: string;
  /** AES key of 128, 192 or 256 bits, upper-case hexadecimal; absent where the device speaks plain. */
  readonly keyHex?: string;
  /** Seconds between supervision messages. */
  readonly supervisionSeconds: number;
  readonly zones: readonly DemonstrationZone[];
}

export interface DemonstrationWater {
  /** Code of `words.waterSources`. */
  readonly kind: string;
  readonly distanceMetres: number;
  /** Cubic metres held, or null where the source does not run dry in a fire. */
  readonly cubicMetres: number | null;
}

export interface DemonstrationFacility {
  readonly synthetic: true;
  /** Unique, for example `VN-79-000123`. */
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly province: string;
  readonly commune: string;
  readonly position: Point;
  /** Code of `categories`. */
  readonly category: string;
  /** Code of `words.managingLevels`. */
  readonly managingLevel: 'province' | 'commune';
  readonly floors: number;
  readonly people: number;
  /** Code of the nearest station of its province, in a straight line. */
  readonly station: string;
  readonly contacts: readonly DemonstrationContact[];
  readonly transmitters: readonly DemonstrationTransmitter[];
  /** Codes of `words.hazards`. */
  readonly hazards: readonly string[];
  /** People of the facility's own fire team. */
  readonly onSiteForce: number;
  readonly water: readonly DemonstrationWater[];
}

export interface DemonstrationData {
  readonly synthetic: true;
  readonly seed: number;
  readonly stations: readonly DemonstrationStation[];
  readonly facilities: readonly DemonstrationFacility[];
}

export interface DemonstrationOptions {
  readonly seed: number;
  /** How many facilities in all, shared out by the published sizes of the provinces; 3,000 unless told. */
  readonly facilities?: number;
  /** Province codes; Hà Nội (01) and Hồ Chí Minh City (79) unless told. */
  readonly provinces?: readonly string[];
}
