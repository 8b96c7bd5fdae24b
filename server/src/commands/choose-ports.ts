import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ListenAddress, Settings } from '../platform/index.ts';

const OVER_TCP = ['http', 'dc09Tcp', 'gb26875Tcp', 'deviceApi', 'mqttTcp', 'mqttTls'] as const;
const OVER_UDP = ['dc09Udp'] as const;

type Listening = Pick<Settings, (typeof OVER_TCP)[number] | (typeof OVER_UDP)[number]>;

interface Held {
  readonly port: number;
  readonly free: () => Promise<void>;
}

/**
 * The settings with a free port wherever port 0 stands. Children of `cluster` that listen on port 0 of the same address are given one
 * socket between them, so that a page's request would reach a receiver; a child that takes another's place must also find its ports.
 */
export async function withChosenPorts<Given extends Listening>(settings: Given): Promise<Given> {
  const held: Held[] = [];
  const chosen: Partial<Record<keyof Listening, ListenAddress>> = {};
  const choose = async (name: keyof Listening, hold: (host: string) => Promise<Held>): Promise<void> => {
    const address = settings[name];
    if (address === null || address.port !== 0) return;
    const one = await hold(address.host);
    held.push(one);
    chosen[name] = { host: address.host, port: one.port };
  };
  try {
    for (const name of OVER_TCP) await choose(name, holdTcp);
    for (const name of OVER_UDP) await choose(name, holdUdp);
  } finally {
    // Held until all are chosen: the system would not give the same one twice, but it might after it was given back.
    await Promise.all(held.map((one) => one.free()));
  }
  return { ...settings, ...chosen };
}

async function holdTcp(host: string): Promise<Held> {
  const server = createServer();
  server.listen({ host, port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has no address');
  return { port: address.port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function holdUdp(host: string): Promise<Held> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind({ address: host, port: 0 });
  await once(socket, 'listening');
  return { port: socket.address().port, free: () => new Promise((resolve) => socket.close(() => resolve())) };
}
