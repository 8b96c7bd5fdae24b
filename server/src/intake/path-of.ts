import { BlockList, isIPv4 } from 'node:net';
import type { TransmitterPath } from '@keng/model';
import type { RegisteredTransmitter } from './registry.ts';

/** How a message came: the listener and the sender's address, and what DC-09 says of it. */
export interface HeardBy {
  /** `dc09-tcp`, `dc09-udp`, `gb26875-tcp`, `device-api`, `mqtt`. */
  readonly receiver: string;
  readonly address: string;
}

/** Fields of a DC-09 header. */
export interface HeaderMarks {
  readonly line: string | null;
  readonly receiver: string | null;
}

/** A path of a transmitter, and the same transmitter as it is heard by it. */
export interface KnownPath {
  readonly marks: Pick<TransmitterPath, 'listener' | 'line' | 'receiver'>;
  /** null: anywhere. */
  readonly networks: BlockList | null;
  readonly device: RegisteredTransmitter;
}

/** With what tells its paths apart. A transmitter with one path needs none of it: whatever it says came by that. */
export function withPaths(
  device: RegisteredTransmitter,
  paths: readonly TransmitterPath[],
): RegisteredTransmitter {
  if (paths.length < 2) return device;
  const known = paths.flatMap((path, index): KnownPath[] => {
    const { listener, line, receiver, networks, reportingSeconds } = path;
    // Nothing tells it from the others: its messages are of the link as a whole.
    if (listener === null && line === null && receiver === null && networks.length === 0) return [];
    return [
      {
        marks: { listener, line, receiver },
        networks: networks.length === 0 ? null : listOf(networks),
        device: {
          ...device,
          path: index + 1,
          reportingSeconds: reportingSeconds ?? device.reportingSeconds,
        },
      },
    ];
  });
  return { ...device, paths: known };
}

/** The transmitter as it was heard by one of its paths: the first all of whose marks fit; itself where none does. */
export function byPath(
  device: RegisteredTransmitter,
  by: HeardBy,
  header: HeaderMarks | null = null,
): RegisteredTransmitter {
  if (!device.paths) return device;
  return device.paths.find((path) => fits(path, by, header))?.device ?? device;
}

function fits({ marks, networks }: KnownPath, by: HeardBy, header: HeaderMarks | null): boolean {
  return (
    (marks.listener === null || marks.listener === by.receiver) &&
    (marks.line === null || marks.line === number(header?.line)) &&
    (marks.receiver === null || marks.receiver === number(header?.receiver)) &&
    (networks === null || networks.check(...addressOf(by.address)))
  );
}

/** Panels write `L1`, `L01` and `l1`: the register has it once, without zeros. */
function number(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : text.toUpperCase().replace(/^0+(?=.)/, '');
}

/** A socket that listens on IPv6 tells IPv4 senders as ::ffff:192.0.2.1. */
function addressOf(address: string): [string, 'ipv4' | 'ipv6'] {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return isIPv4(plain) ? [plain, 'ipv4'] : [address, 'ipv6'];
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}
