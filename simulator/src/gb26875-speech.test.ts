import { createServer, type Server, type Socket } from 'node:net';
import type { DemonstrationTransmitter } from '@keng/country-vn';
import {
  answerFor,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  dutyCheck,
  Gb26875StreamReader,
  localTime,
} from '@keng/gb26875';
import { afterEach, describe, expect, it } from 'vitest';
import { Panel } from './panel.ts';
import { TcpLink } from './panel-link.ts';
import type { DutyQuestion } from './speech.ts';

const transmitter: DemonstrationTransmitter = {
  synthetic: true,
  protocol: 'gb26875',
  token: 'SIA-DCS',
  account: '10A4F2',
  supervisionSeconds: 90,
  zones: [{ number: 7, label: 'Tầng 2', kind: 'smoke' }],
};

let server: Server | undefined;
afterEach(() => server?.close());

interface Centre {
  readonly heard: DecodedFrame[];
  readonly keys: Set<string>;
  readonly port: number;
  /** Says something of its own accord to whoever is connected. */
  readonly say: (frame: Uint8Array) => void;
}

/** A centre that answers by the real library, once it was asked `deaf` times. */
async function centre(deaf: number): Promise<Centre> {
  const heard: DecodedFrame[] = [];
  const keys = new Set<string>();
  let device: Socket | undefined;
  server = createServer((socket) => {
    device = socket;
    const reader = new Gb26875StreamReader();
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      for (const item of reader.push(bytes)) {
        if (item.kind !== 'frame') continue;
        const decoded = decodeFrame(item.frame);
        heard.push(decoded);
        const key = duplicateKey(item.frame, decoded);
        if (key) keys.add(Buffer.from(key.key).toString('hex'));
        const answer = answerFor(decoded, { time: localTime(Date.now(), 420) });
        if (heard.length <= deaf) socket.destroy();
        else if (answer) socket.write(answer);
      }
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { heard, keys, port, say: (frame) => device?.write(frame) };
}

function panelFor(port: number, onDutyCheck?: (question: DutyQuestion) => void): Panel {
  const link = new TcpLink({ host: '127.0.0.1', port }, () => new Gb26875StreamReader());
  return new Panel({
    transmitter,
    link,
    ledger: null,
    firstSequence: 65_534,
    ...(onDutyCheck ? { onDutyCheck } : {}),
  });
}

describe('a simulated device of GB/T 26875.3', () => {
  it('is confirmed for each kind of message, with its zones on loop 1 and local time', async () => {
    const { heard, port } = await centre(0);
    const panel = panelFor(port);
    const [zone = null] = transmitter.zones;
    for (const kind of ['heartbeat', 'test', 'alarm', 'restore', 'trouble', 'trouble-restore'] as const) {
      expect(await panel.send({ kind, zone: kind === 'heartbeat' ? null : zone })).toBe('ACK');
    }
    panel.stop();
    expect(
      heard.map((one) => [one.serial, one.events[0]?.class ?? 'none', one.events[0]?.zone ?? '']),
    ).toEqual([
      [65_535, 'none', ''],
      [0, 'test', ''],
      [1, 'alarm', '1-1-7'],
      [2, 'restore', '1-1-7'],
      [3, 'trouble', '1-1-7'],
      [4, 'restore', '1-1-7'],
    ]);
    expect(heard[2]).toMatchObject({ account: '00000010A4F2', objects: [{ partType: 40, text: 'Tầng 2' }] });
    expect(Math.abs(Date.parse(`${heard[2]?.time}Z`) - Date.now() - 420 * 60_000)).toBeLessThan(60_000);
  });

  it('repeats what was not confirmed so that it is known for the same', async () => {
    const { heard, keys, port } = await centre(2);
    const panel = panelFor(port);
    expect(await panel.send({ kind: 'alarm', zone: transmitter.zones[0] ?? null })).toBe('ACK');
    panel.stop();
    expect(heard).toHaveLength(3);
    expect(keys.size).toBe(1);
  });

  it('confirms a duty check with its number, sounds once however often it is asked, and answers by the button', async () => {
    const { heard, port, say } = await centre(0);
    const asked: DutyQuestion[] = [];
    const one: Panel = panelFor(port, (question) => {
      asked.push(question);
      void one.send({ kind: 'duty-answer', zone: null, dutyCheck: question.id });
    });
    expect(await one.send({ kind: 'heartbeat', zone: null })).toBe('ACK');
    const order = { serial: 4_711, time: localTime(Date.now(), 420), source: 114, destination: 0x10a4f2 };
    // Another device of the same gateway was meant: not ours to confirm.
    say(dutyCheck({ ...order, serial: 1, destination: 5 }, 10));
    say(dutyCheck(order, 10));
    say(dutyCheck(order, 10));
    await expect.poll(() => heard.length).toBe(4);
    await expect.poll(() => asked).toEqual([{ id: '4711', minutes: 10 }]);
    const confirmed = heard.filter(({ commandName }) => commandName === 'confirm');
    expect(confirmed.map(({ serial }) => serial)).toEqual([4_711, 4_711]);
    const [button] = heard.filter(({ type }) => type === 24);
    expect(button?.objects[0]?.flags).toContain('duty-check-answered');
    one.stop();
  });
});
