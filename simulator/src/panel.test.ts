import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { DemonstrationTransmitter } from '@keng/country-vn';
import {
  answerFor,
  Dc09StreamReader,
  type DecodedFrame,
  decodeFrame,
  type FrameKey,
  parseKey,
} from '@keng/sia-dc09';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger, type LedgerLine } from './ledger.ts';
import { type PanelMessage, writeMessage } from './message.ts';
import { Panel } from './panel.ts';
import { TcpLink } from './panel-link.ts';

const KEY = '000102030405060708090A0B0C0D0E0F';

function transmitter(token: 'SIA-DCS' | 'ADM-CID', keyHex?: string): DemonstrationTransmitter {
  return {
    synthetic: true,
    protocol: 'sia-dc09',
    token,
    account: '1234',
    supervisionSeconds: 90,
    zones: [
      { number: 7, label: 'Tầng 2 – kho', kind: 'smoke' },
      { number: 9, label: 'Sảnh', kind: 'manual-call-point' },
    ],
    ...(keyHex === undefined ? {} : { keyHex }),
  };
}

/** A receiver that answers by the real library, except for the frames it is told to swallow. */
class Receiver {
  readonly heard: DecodedFrame[] = [];
  swallow = 0;
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();

  async listen(key: FrameKey | null): Promise<number> {
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      const reader = new Dc09StreamReader();
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes) => {
        for (const item of reader.push(bytes)) {
          if (item.kind !== 'frame') continue;
          const decoded = decodeFrame(item.frame, { nowMs: Date.now(), keyFor: () => key ?? undefined });
          this.heard.push(decoded);
          if (this.swallow-- > 0) {
            // What a receiver that dies does: the connection breaks and nothing was said.
            socket.destroy();
            return;
          }
          const answer = answerFor(item.frame, decoded, { nowMs: Date.now(), ...(key ? { key } : {}) });
          if (answer) socket.write(answer);
        }
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
  }
}

let receiver: Receiver;
let folder: string;

beforeEach(() => {
  receiver = new Receiver();
  folder = mkdtempSync(path.join(os.tmpdir(), 'keng-panel-'));
});
afterEach(() => {
  receiver.close();
  rmSync(folder, { recursive: true });
});

async function panelFor(
  kind: DemonstrationTransmitter,
): Promise<{ panel: Panel; ledger: Ledger; file: string }> {
  const port = await receiver.listen(kind.keyHex === undefined ? null : parseKey(kind.keyHex, 'hex'));
  const file = path.join(folder, 'ledger.jsonl');
  const ledger = new Ledger(file);
  return {
    panel: new Panel({
      transmitter: kind,
      link: new TcpLink({ host: '127.0.0.1', port }),
      ledger,
      firstSequence: 9_998,
    }),
    ledger,
    file,
  };
}

const linesOf = (file: string): LedgerLine[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerLine);

describe('a simulated panel', () => {
  it.each([
    ['plain text codes', transmitter('SIA-DCS')],
    ['encrypted text codes', transmitter('SIA-DCS', KEY)],
    ['Contact ID', transmitter('ADM-CID')],
    ['encrypted Contact ID', transmitter('ADM-CID', KEY)],
  ])('is acknowledged and writes its ledger: %s', async (_what, kind) => {
    const { panel, ledger, file } = await panelFor(kind);
    const zone = kind.zones[0] ?? null;
    for (const message of ['heartbeat', 'alarm', 'restore'] as const) {
      expect(await panel.send({ kind: message, zone: message === 'heartbeat' ? null : zone })).toBe('ACK');
    }
    panel.stop();
    await ledger.close();
    expect(linesOf(file).map((line) => [line.sequence, line.answer, line.tries])).toEqual([
      ['9999', 'ACK', 1],
      ['0001', 'ACK', 1],
      ['0002', 'ACK', 1],
    ]);
    expect(
      receiver.heard.map((frame) =>
        frame.events.map((event) => [event.family, event.class, Number(event.number)]),
      ),
    ).toEqual([
      [],
      [[kind.token === 'SIA-DCS' ? 'fire' : 'smoke', 'alarm', 7]],
      [[kind.token === 'SIA-DCS' ? 'fire' : 'smoke', 'restore', 7]],
    ]);
  });

  it('repeats the same sequence number until it is acknowledged', async () => {
    const { panel, ledger, file } = await panelFor(transmitter('SIA-DCS'));
    receiver.swallow = 2;
    expect(await panel.send({ kind: 'alarm', zone: transmitter('SIA-DCS').zones[0] ?? null })).toBe('ACK');
    panel.stop();
    await ledger.close();
    expect(receiver.heard.map((frame) => frame.sequence)).toEqual(['9999', '9999', '9999']);
    expect(linesOf(file)).toMatchObject([{ sequence: '9999', tries: 3, answer: 'ACK' }]);
  });

  it('writes down what was never acknowledged', async () => {
    const { panel, ledger, file } = await panelFor(transmitter('SIA-DCS'));
    receiver.swallow = 1_000;
    const sent = panel.send({ kind: 'test', zone: null });
    while (receiver.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    panel.stop();
    expect(await sent).toBe('none');
    await ledger.close();
    expect(linesOf(file)).toMatchObject([{ answer: 'none', acknowledgedAt: null }]);
  });
});

describe('what a panel writes', () => {
  it.each<[PanelMessage['kind'], string, string]>([
    ['alarm', '#1234|Nri1/FA9^Sảnh^', '#1234|1115 01 009'],
    ['restore', '#1234|Nri1/FH9', '#1234|3115 01 009'],
    ['trouble', '#1234|Nri1/FT9', '#1234|1373 01 009'],
    ['trouble-restore', '#1234|Nri1/FJ9', '#1234|3373 01 009'],
    ['test', '#1234|NRP0', '#1234|1602 00 000'],
  ])('%s of a call point', (kind, text, contactId) => {
    const zone = kind === 'test' ? null : (transmitter('SIA-DCS').zones[1] ?? null);
    expect(writeMessage(transmitter('SIA-DCS'), { kind, zone }).data).toBe(text);
    expect(writeMessage(transmitter('ADM-CID'), { kind, zone }).data).toBe(contactId);
  });
});
