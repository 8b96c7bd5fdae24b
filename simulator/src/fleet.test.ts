import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { demonstrationData } from '@keng/country-vn';
import { afterEach, describe, expect, it } from 'vitest';
import { panelLines } from './commands/demonstration.ts';
import { Fleet, type FleetOptions } from './fleet.ts';
import { QUIET_DAY } from './traffic.ts';

const { facilities } = demonstrationData({ seed: 114, facilities: 30, provinces: ['01'] });
const transmitters = facilities.flatMap((one) => one.transmitters);
const count = (protocol: string): number => transmitters.filter((one) => one.protocol === protocol).length;

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function fleetOf(on: Partial<FleetOptions>): Fleet {
  const fleet = new Fleet({
    facilities,
    panels: 1_000,
    tcp: null,
    udp: null,
    gb26875: null,
    deviceApi: null,
    mqtt: null,
    udpShare: 0.5,
    seed: 1,
    profile: QUIET_DAY,
    speed: 1,
    ledger: null,
    absentShare: 0,
    hoursAheadOfUtc: 7,
    ...on,
  });
  ends.push(() => fleet.stop());
  return fleet;
}

/** Every panel alarms, and nobody answers: how many bytes of a frame came is of no account, only that one came. */
function alarmAll(fleet: Fleet): void {
  for (let index = 0; index < fleet.counts.panels; index += 1) void fleet.alarmNow(index);
}

describe('panels of a centre some of whose receivers are off', () => {
  it('speak TCP where UDP is off', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => socket.destroy());
      ends.push(() => socket.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    const at = server.address();
    if (typeof at !== 'object' || at === null) throw new Error('no address');
    const fleet = fleetOf({ tcp: { host: '127.0.0.1', port: at.port } });
    expect(fleet.counts).toMatchObject({
      panels: count('sia-dc09'),
      unheard: transmitters.length - count('sia-dc09'),
    });
    alarmAll(fleet);
    await expect.poll(() => connections, { timeout: 20_000 }).toBe(count('sia-dc09'));
  });

  it('speak UDP where TCP is off', async () => {
    const socket = createSocket('udp4');
    const heard = new Set<number>();
    socket.on('message', (_bytes, { port }) => heard.add(port));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    ends.push(() => socket.close());
    const fleet = fleetOf({ udp: { host: '127.0.0.1', port: socket.address().port } });
    expect(fleet.counts.panels).toBe(count('sia-dc09'));
    alarmAll(fleet);
    await expect.poll(() => heard.size, { timeout: 20_000 }).toBe(count('sia-dc09'));
  });

  it('stay silent where no receiver hears them, and that is said', () => {
    const none = fleetOf({});
    expect(none.counts).toMatchObject({ panels: 0, unheard: transmitters.length });
    const all = { dc09Tcp: 'a', dc09Udp: 'b', gb26875Tcp: 'c', deviceApi: 'd', mqttTcp: 'e' };
    expect(panelLines({ panels: 9, unheard: 0 }, all)).toHaveLength(1);
    const { dc09Udp: _off, ...withoutUdp } = all;
    expect(panelLines({ panels: 9, unheard: 0 }, withoutUdp)[1]).toBe(
      'off: DC-09 over UDP; panels of DC-09 speak TCP alone',
    );
    expect(panelLines({ panels: 0, unheard: 3 }, {})).toEqual([
      expect.stringContaining('No simulated panel can speak'),
      expect.stringMatching(/^off: DC-09 over TCP, .*, MQTT; 3 panels have no receiver/),
    ]);
  });
});
