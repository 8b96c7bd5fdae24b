import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StrangerCrowd } from './stranger-crowd.ts';

interface Guest {
  readonly socket: Socket;
  busy: boolean;
}

const HERE = '127.0.0.1';
const THERE = '127.0.0.2';

let server: Server;
let ends: Socket[];
let crowd: StrangerCrowd<Guest>;

beforeEach(async () => {
  ends = [];
  crowd = new StrangerCrowd<Guest>({ connections: 5, strangersPerAddress: 3 }, (guest) => guest.busy);
  server = createServer();
  server.listen(0, HERE);
  await once(server, 'listening');
});
afterEach(() => {
  for (const end of ends) end.destroy();
  server.close();
});

async function arrive(from: string, busy = false): Promise<Guest> {
  const accepted = once(server, 'connection');
  const end = connect({ port: (server.address() as AddressInfo).port, host: HERE, localAddress: from });
  const [socket] = (await accepted) as [Socket];
  ends.push(
    end.on('error', () => undefined),
    socket.on('error', () => undefined),
  );
  const guest = { socket, busy };
  crowd.enter(guest);
  return guest;
}

const gone = (...guests: Guest[]): boolean[] => guests.map(({ socket }) => socket.destroyed);

describe('of the strangers of one address', () => {
  it('no more stay than its share: the oldest goes that has nothing on its way to the disk', async () => {
    const [busy, old, young] = [await arrive(HERE, true), await arrive(HERE), await arrive(HERE)];
    const other = await arrive(THERE);
    const last = await arrive(HERE);
    expect(gone(busy, old, young, other, last)).toEqual([false, true, false, false, false]);
    expect(crowd.size).toBe(4);
    expect(crowd.counters).toEqual({ accepted: 5, strangersClosed: 1, turnedAway: 0 });
  });

  it('those that proved to be devices, or have left, do not count', async () => {
    const [device, left, third] = [await arrive(HERE), await arrive(HERE), await arrive(HERE)];
    crowd.greet(device);
    crowd.greet(device);
    crowd.leave(left);
    crowd.leave(left);
    const more = [await arrive(HERE), await arrive(HERE)];
    expect(gone(device, third, ...more)).toEqual([false, false, false, false]);
    expect([crowd.size, crowd.registered, crowd.counters.strangersClosed]).toEqual([4, 1, 0]);
  });
});

describe('a full house', () => {
  it('closes the oldest stranger of the address that has most of them', async () => {
    const devices = [await arrive(THERE), await arrive(THERE)];
    for (const one of devices) crowd.greet(one);
    const [lonely, old, young] = [await arrive(THERE), await arrive(HERE), await arrive(HERE)];
    const last = await arrive(THERE);
    expect(gone(...devices, lonely, old, young, last)).toEqual([false, false, false, true, false, false]);
    expect(crowd.size).toBe(5);
  });

  it('of devices turns strangers away, and a place that is left is free', async () => {
    const devices: Guest[] = [];
    while (devices.length < 5) {
      const one = await arrive(HERE);
      crowd.greet(one);
      devices.push(one);
    }
    expect(gone(await arrive(HERE))).toEqual([true]);
    expect(crowd.counters).toEqual({ accepted: 6, strangersClosed: 0, turnedAway: 1 });
    const [first] = devices;
    if (first) crowd.leave(first);
    expect(gone(await arrive(HERE), ...devices)).toEqual([false, false, false, false, false, false]);
  });
});
