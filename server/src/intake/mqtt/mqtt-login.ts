import { createHash, timingSafeEqual } from 'node:crypto';
import type { IConnectPacket } from 'mqtt-packet';
import type { MessageIntake } from '../device-messages/message-intake.ts';
import type { RegisteredTransmitter } from '../registry.ts';

/** Return codes of CONNACK: MQTT 3.1.1, table 3.1. */
export const CONNACK = {
  accepted: 0,
  version: 1,
  identifier: 2,
  unavailable: 3,
  credentials: 4,
} as const;

export type Login =
  | { readonly device: RegisteredTransmitter }
  | {
      readonly returnCode: number;
      readonly account: string;
      /** null: nothing is known against the device, so nothing is written down. */
      readonly reason: string | null;
      readonly known: RegisteredTransmitter | null;
    };

/** Decides about a CONNECT: the client id is the account, the password its key. */
export async function checkLogin(packet: IConnectPacket, messages: MessageIntake): Promise<Login> {
  const account = packet.clientId.toUpperCase();
  const refuse = (
    returnCode: number,
    reason: string | null,
    known: RegisteredTransmitter | null = null,
  ): Login => ({ returnCode, account, reason, known });
  if (packet.protocolVersion !== 4) return refuse(CONNACK.version, 'version-unsupported');
  if (account === '') return refuse(CONNACK.identifier, 'account-missing');
  const device = messages.known(account) ?? (await messages.device(account));
  if (device === undefined) return refuse(CONNACK.unavailable, null);
  if (device === null) return refuse(CONNACK.credentials, 'account-unknown');
  if (device.key === null) return refuse(CONNACK.credentials, 'key-missing', device);
  const user = packet.username ?? '';
  if (user.toUpperCase() !== account || !isKey(packet.password, device.key.bytes))
    return refuse(CONNACK.credentials, 'password-wrong', device);
  return { device };
}

/** A key is typed as its characters or as hex digits, whichever form it was registered in. */
function isKey(password: Buffer | string | undefined, key: Uint8Array): boolean {
  const given = Buffer.from(password ?? '');
  const asHex = /^[0-9A-Fa-f]{32,64}$/.test(given.toString('latin1'))
    ? Buffer.from(given.toString('latin1'), 'hex')
    : given;
  // Both are compared, and hashes of one length, so that time tells nothing.
  const plain = sameBytes(given, key);
  return sameBytes(asHex, key) || plain;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  );
}
