import {
  accountOf,
  type DecodedFrame,
  decodeFrame,
  encodeData,
  encodeFrame,
  type FrameToEncode,
  type Gb26875Object,
  Gb26875StreamReader,
  localTime,
  nextSerial,
  readDatagram,
} from '@keng/gb26875';
import type { RegisteredTransmitter } from '../registry.ts';
import { Panel, transmitter } from '../test-rig.ts';

/** For tests: the address of the centre that devices of these tests write to. */
export const CENTRE = 88_888;

/** For tests: a registered device with this source address. */
export function gb26875Transmitter(
  source: number,
  more: Partial<RegisteredTransmitter> = {},
): RegisteredTransmitter {
  return transmitter(accountOf(source), { protocol: 'gb26875', ...more });
}

let serial = 0;

/** A frame that was never sent before, with the time of the test machine in UTC, as the receivers of the tests have it. */
export function frameOf(source: number, data: Uint8Array, more: Partial<FrameToEncode> = {}): Buffer {
  serial = nextSerial(serial);
  const time = localTime(Date.now(), 0);
  return Buffer.from(
    encodeFrame({ serial, time, source, destination: CENTRE, command: 'send', data, ...more }),
  );
}

/** State of a smoke detector of loop 10, address 2. */
export function partState(state: number, more: Gb26875Object = {}): Uint8Array {
  const time = localTime(Date.now(), 0);
  return encodeData(2, [
    { systemType: 1, systemAddress: 1, partType: 40, area: 10, position: 2, state, time, ...more },
  ]);
}

export const deviceState = (state: number): Uint8Array =>
  encodeData(21, [{ state, time: localTime(Date.now(), 0) }]);

export const heartbeat = (source: number): Buffer => frameOf(source, new Uint8Array());

/** A device's end of a connection, which understands what it hears. */
export class Device {
  readonly panel: Panel;

  private constructor(panel: Panel) {
    this.panel = panel;
  }

  static async connect(port: number): Promise<Device> {
    return new Device(await Panel.connect(port, new Gb26875StreamReader()));
  }

  send(bytes: Uint8Array): void {
    this.panel.send(bytes);
  }

  async answer(): Promise<DecodedFrame | null> {
    const text = await this.panel.answer();
    if (text === null) return null;
    const [item] = readDatagram(Buffer.from(text, 'latin1'));
    if (item?.kind !== 'frame') throw new Error('the centre sent something that is no frame');
    return decodeFrame(item.frame);
  }

  async ask(bytes: Uint8Array): Promise<DecodedFrame | null> {
    this.send(bytes);
    return await this.answer();
  }

  close(): void {
    this.panel.close();
  }
}
