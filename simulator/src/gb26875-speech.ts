import type { DemonstrationTransmitter, DemonstrationZone } from '@keng/country-vn';
import {
  addressOf,
  decodeFrame,
  encodeData,
  encodeFrame,
  localTime,
  nextSerial,
  readDatagram,
} from '@keng/gb26875';
import type { PanelMessage } from './message.ts';
import type { Answered, Speech, Told, Written } from './speech.ts';

/** The address that the simulated devices call their centre by. */
const CENTRE = 114;
/** One panel a building, its zones on loop 1. */
const SYSTEM = { systemType: 1, systemAddress: 1 };
const LOOP = 1;

const PART_TYPES: Readonly<Record<DemonstrationZone['kind'], number>> = {
  smoke: 40,
  heat: 30,
  'manual-call-point': 23,
  sprinkler: 96,
  gas: 10,
};
const NORMAL = 1;
const FIRE = 2;
const FAULT = 4;
const SELF_TEST = 16;
const DUTY_CHECK_ANSWERED = 32;
/** Type of an order that asks whether somebody is on duty. */
const DUTY_CHECK = 91;

/** GB/T 26875.3. */
export class Gb26875Speech implements Speech {
  readonly #source: number;
  readonly #offsetMinutes: number;

  constructor(transmitter: DemonstrationTransmitter, hoursAheadOfUtc: number) {
    this.#source = addressOf(transmitter.account) ?? 0;
    this.#offsetMinutes = hoursAheadOfUtc * 60;
  }

  write({ kind, zone }: PanelMessage): Written {
    const data = kind === 'heartbeat' ? new Uint8Array() : this.#unit(kind, zone);
    return {
      token: kind === 'heartbeat' ? 'empty' : String(data[0]),
      data: Buffer.from(data).toString('hex'),
    };
  }

  nextSequence(sequence: number): number {
    return nextSerial(sequence);
  }

  sequenceText(sequence: number): string {
    return String(sequence);
  }

  frame({ data }: Written, serial: number): Uint8Array {
    return encodeFrame({
      serial,
      time: this.#now(),
      source: this.#source,
      destination: CENTRE,
      command: 'send',
      data: Buffer.from(data, 'hex'),
    });
  }

  understand(bytes: Uint8Array): Answered {
    const [item] = readDatagram(bytes);
    if (item?.kind !== 'frame') return 'none';
    const { commandName, checksumOk } = decodeFrame(item.frame);
    if (!checksumOk) return 'none';
    return commandName === 'confirm' ? 'ACK' : commandName === 'deny' ? 'NAK' : 'none';
  }

  /** Orders are confirmed with their own serial number; a device of the demonstration has the right time already. */
  told(bytes: Uint8Array): Told | null {
    const [item] = readDatagram(bytes);
    if (item?.kind !== 'frame') return null;
    const { commandName, checksumOk, serial, destination, source, type, objects } = decodeFrame(item.frame);
    // An order for another device of a gateway is not ours to confirm.
    if (!checksumOk || commandName !== 'control' || destination !== this.#source) return null;
    const time = this.#now();
    const reply = encodeFrame({
      serial,
      time,
      source: this.#source,
      destination: source,
      command: 'confirm',
    });
    const minutes = objects[0]?.timeoutMinutes;
    const dutyCheck = type === DUTY_CHECK && minutes !== undefined ? { id: String(serial), minutes } : null;
    return { reply, dutyCheck };
  }

  #unit(kind: PanelMessage['kind'], zone: DemonstrationZone | null): Uint8Array {
    const time = this.#now();
    if (kind === 'duty-answer')
      return encodeData(24, [{ operation: DUTY_CHECK_ANSWERED, operator: 1, time }]);
    if (zone === null || kind === 'test')
      return encodeData(24, [{ operation: SELF_TEST, operator: 1, time }]);
    const state = kind === 'alarm' ? FIRE : kind === 'trouble' ? FAULT : NORMAL;
    const partType = PART_TYPES[zone.kind];
    const place = { area: LOOP, position: zone.number, text: zone.label };
    return encodeData(2, [{ ...SYSTEM, partType, ...place, state, time }]);
  }

  #now(): string {
    return localTime(Date.now(), this.#offsetMinutes);
  }
}
