import dgram from 'node:dgram';
import type { TransmitterPath } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { byPath, withPaths } from './path-of.ts';
import { framed, type Rig, startRig, transmitter } from './test-rig.ts';

const none: TransmitterPath = {
  medium: 'lan',
  carrier: null,
  reportingSeconds: null,
  listener: null,
  line: null,
  receiver: null,
  networks: [],
};
const path = (marks: Partial<TransmitterPath>): TransmitterPath => ({ ...none, ...marks });
const tcp = { receiver: 'dc09-tcp', address: '192.0.2.7' };

describe('the path of a message', () => {
  it.each<
    [
      string,
      Partial<TransmitterPath>,
      Partial<TransmitterPath>,
      Parameters<typeof byPath>[1],
      Parameters<typeof byPath>[2],
      number | undefined,
    ]
  >([
    ['by the line of DC-09', { line: '1' }, { line: '2' }, tcp, { line: '02', receiver: null }, 2],
    ['by the receiver number', { receiver: 'A' }, { receiver: 'B' }, tcp, { line: '0', receiver: 'a' }, 1],
    ['by the listener', { listener: 'dc09-tcp' }, { listener: 'dc09-udp' }, tcp, null, 1],
    ['by the network', { networks: ['203.0.113.0/24'] }, { networks: ['192.0.2.0/24'] }, tcp, null, 2],
    [
      'by an IPv6 network',
      { networks: ['2001:db8::/32'] },
      { line: '1' },
      { ...tcp, address: '2001:db8::7' },
      null,
      1,
    ],
    [
      'an IPv4 sender on an IPv6 socket',
      { networks: ['192.0.2.0/24'] },
      { line: '1' },
      { ...tcp, address: '::ffff:192.0.2.7' },
      null,
      1,
    ],
    [
      'all marks of a path must fit',
      { line: '1', networks: ['203.0.113.0/24'] },
      { line: '2' },
      tcp,
      { line: '1', receiver: null },
      undefined,
    ],
    ['nothing fits', { line: '1' }, { line: '2' }, tcp, { line: '3', receiver: null }, undefined],
    ['a path without marks is nobody', {}, { line: '2' }, tcp, { line: '1', receiver: null }, undefined],
  ])('%s', (_, first, second, source, header, expected) => {
    const device = withPaths(transmitter('A001'), [path(first), path(second)]);
    expect(byPath(device, source, header).path).toBe(expected);
  });

  it('a transmitter with one path needs no marks: it is itself', () => {
    const device = transmitter('A001');
    expect(byPath(withPaths(device, [path({ line: '1' })]), tcp)).toBe(device);
  });
});

describe('heard by a path', () => {
  let database: TestDatabase;
  let rig: Rig;
  const dual = withPaths(transmitter('A00D'), [path({ line: '1' }), path({ line: '2', medium: 'mobile' })]);
  beforeAll(async () => {
    database = await createTestDatabase();
    rig = await startRig(database.pool('keng_receiver'), [dual]);
  });
  afterAll(async () => {
    await rig.stop();
    await database.drop();
  });

  /** Bits by which the supervisor reads a transmitter. */
  async function paths(id: string): Promise<number> {
    const { rows } = await database.pool('keng_core').query<{ bits: number }>(
      `select coalesce(bit_or(get_byte(paths, n)), 0)::integer as bits
       from heard_batch, generate_series(0, length(transmitters) / 16 - 1) n
       where substring(transmitters from n * 16 + 1 for 16) = decode(replace($1, '-', ''), 'hex') and length(paths) > n`,
      [id],
    );
    return rows[0]?.bits ?? 0;
  }

  it('a DC-09 panel by its line, over TCP and UDP', async () => {
    const panel = await rig.connect();
    await panel.ask(framed('"NULL"0000L1#A00D[]'));
    await until(async () => (await paths(dual.transmitterId)) === 2);
    const socket = dgram.createSocket('udp4');
    socket.send(framed('"SIA-DCS"0007L2#A00D[#A00D|NRP0]'), rig.udpPort, '127.0.0.1');
    await until(async () => (await paths(dual.transmitterId)) === 6);
    socket.close();
    panel.close();
  });
});
