import {
  addressOf,
  encodeData,
  encodeFrame as encodeGb26875,
  Gb26875StreamReader,
  localTime,
} from '@keng/gb26875';
import type { TransmitterProtocol } from '@keng/model';
import { Dc09StreamReader, encodeFrame as encodeDc09 } from '@keng/sia-dc09';
import type { AnswerReader } from '../test-rig.ts';
import { deviceApiSpeech, mqttSpeech } from './device-speech.ts';

/** How the panels of the kill test speak one protocol. */
export interface LedgerSpeech {
  reader(): AnswerReader;
  /** What a panel says first on a new connection. */
  hello?(account: string): Uint8Array;
  /** The `count`th frame of a panel: a fire whose text is `id`. */
  frame(account: string, count: number, id: string): Uint8Array;
  /** Does this answer acknowledge that frame, and no earlier one? */
  acknowledges(answer: Uint8Array, account: string, count: number): boolean;
}

const ZONES = 500;
const CENTRE = 114;

const dc09Sequence = (count: number): string => String(((count - 1) % 9_999) + 1).padStart(4, '0');

const dc09: LedgerSpeech = {
  reader: () => new Dc09StreamReader(),
  frame: (account, count, id) =>
    encodeDc09({
      token: 'SIA-DCS',
      account,
      sequence: dc09Sequence(count),
      data: `#${account}|NFA${(count % ZONES) + 1}^${id}^`,
    }),
  acknowledges: (answer, account, count) =>
    Buffer.from(answer).includes(`"ACK"${dc09Sequence(count)}L0#${account}[]`),
};

const gb26875: LedgerSpeech = {
  reader: () => new Gb26875StreamReader(),
  frame: (account, count, id) => {
    const time = localTime(Date.now(), 0);
    const place = { systemType: 1, systemAddress: 1, partType: 40, area: 1, position: (count % ZONES) + 1 };
    return encodeGb26875({
      serial: count & 0xffff,
      time,
      source: addressOf(account) ?? 0,
      destination: CENTRE,
      command: 'send',
      data: encodeData(2, [{ ...place, state: 2, text: id, time }]),
    });
  },
  acknowledges: (answer, _account, count) => {
    const frame = Buffer.from(answer);
    return frame[26] === 3 && frame.readUInt16LE(2) === (count & 0xffff);
  },
};

export const LEDGER_SPEECHES: Readonly<Record<TransmitterProtocol, LedgerSpeech>> = {
  dc09,
  gb26875,
  'device-api': deviceApiSpeech,
  mqtt: mqttSpeech,
};
export type KillProtocol = TransmitterProtocol;
