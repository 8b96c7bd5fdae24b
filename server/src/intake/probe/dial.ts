import dgram from 'node:dgram';
import net from 'node:net';
import tls from 'node:tls';
import type { ProbeSpeech } from './probe-speech.ts';

export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'udp' | 'tls';
  /** The centre's own certificate: nobody else may answer on its port. */
  readonly certificate: Buffer | null;
}

/** More than any acknowledgement has. */
const MOST_ANSWER_BYTES = 65_536;

/** Says it over a socket of its own, and hears whether it was acknowledged in time. */
export async function say(target: ProbeTarget, speech: ProbeSpeech, waitMs: number): Promise<boolean> {
  return target.transport === 'udp'
    ? await sayByUdp(target, speech, waitMs)
    : await sayByStream(target, speech, waitMs);
}

function sayByStream(target: ProbeTarget, speech: ProbeSpeech, waitMs: number): Promise<boolean> {
  const { host, port, certificate } = target;
  return new Promise((resolve) => {
    const speak = (): void => {
      if (speech.hello) socket.write(speech.hello);
      socket.write(speech.frame);
    };
    const socket =
      target.transport === 'tls'
        ? // It dials an address and not a name; the certificate itself is what is compared.
          tls.connect(
            { host, port, ...(certificate ? { ca: certificate } : {}), checkServerIdentity: () => undefined },
            speak,
          )
        : net.connect({ host, port, noDelay: true }, speak);
    let read = Buffer.alloc(0);
    const end = (acknowledged: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(acknowledged);
    };
    const timer = setTimeout(() => end(false), waitMs);
    socket.on('data', (bytes) => {
      read = Buffer.concat([read, bytes]);
      const answered = speech.answered(read);
      if (answered !== 'more') end(answered === 'yes');
      else if (read.length > MOST_ANSWER_BYTES) end(false);
    });
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

function sayByUdp({ host, port }: ProbeTarget, speech: ProbeSpeech, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
    let ended = false;
    const end = (acknowledged: boolean): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      socket.close();
      resolve(acknowledged);
    };
    const timer = setTimeout(() => end(false), waitMs);
    socket.on('message', (bytes) => end(speech.answered(bytes) === 'yes'));
    socket.once('error', () => end(false));
    socket.send(speech.frame, port, host, (error) => {
      if (error) end(false);
    });
  });
}
