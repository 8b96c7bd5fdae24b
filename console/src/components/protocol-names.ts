import type { TransmitterProtocol } from '@keng/model';

/** Names of standards, the same in every language. */
export const PROTOCOL_NAMES: Readonly<Record<TransmitterProtocol, string>> = {
  dc09: 'SIA DC-09',
  gb26875: 'GB/T 26875.3',
  'device-api': 'Device API (HTTPS)',
  mqtt: 'MQTT',
};
