import dgram from 'node:dgram';
import net, { type AddressInfo } from 'node:net';
import { answerParent } from '../child.ts';
import { DIALECTS, type Protocol } from './dialects.ts';

/** The peer: a Node server that answers each read with the same bytes. It parses nothing and stores nothing: the floor of Node. */
let answer: Uint8Array = new Uint8Array();

const tcp = net.createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(answer));
  socket.on('error', () => undefined);
});
const udp = dgram.createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
udp.on('message', (_bytes, from) => udp.send(answer, from.port, from.address));

answerParent(async (message) => {
  if (message.type === 'stop') {
    tcp.close();
    udp.close();
    return {};
  }
  const { protocol } = message as unknown as { protocol: Protocol };
  answer = DIALECTS[protocol].fixedAnswer;
  await new Promise<void>((resolve) => tcp.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  return { tcp: (tcp.address() as AddressInfo).port, udp: udp.address().port };
});
