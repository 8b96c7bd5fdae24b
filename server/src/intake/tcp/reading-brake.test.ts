import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { ReadingBrake } from './reading-brake.ts';

const MEGABYTE = 2 ** 20;
const LIMITS = { ...defaultLimits(), outstanding: 8, unreadAnswerBytes: MEGABYTE };

let server: Server;
let device: Socket;
let socket: Socket;
let brake: ReadingBrake;

beforeEach(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  device = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [socket] = (await accepted) as [Socket];
  socket.resume();
  brake = new ReadingBrake(socket, LIMITS);
});
afterEach(() => {
  device.destroy();
  socket.destroy();
  server.close();
});

/** Answers that the device does not take: what the kernel holds for it is full, and so much more stands here. */
function leaveUnread(bytes: number): void {
  while (socket.writableLength <= bytes) socket.write(Buffer.alloc(MEGABYTE / 4));
}

describe('the reading of a connection', () => {
  it('stops where too many messages wait, and goes on when half of them are answered', () => {
    brake.pauseIfBusy(7);
    expect(socket.isPaused()).toBe(false);
    brake.pauseIfBusy(8);
    expect(socket.isPaused()).toBe(true);
    expect(brake.paused).toBe(true);
    brake.resumeIfCalm(5);
    expect(socket.isPaused()).toBe(true);
    brake.resumeIfCalm(4);
    expect(socket.isPaused()).toBe(false);
    expect(brake.paused).toBe(false);
  });

  it('stops where answers are not taken, and goes on when they are', async () => {
    leaveUnread(MEGABYTE);
    brake.pauseIfBusy(0);
    expect(socket.isPaused()).toBe(true);
    brake.resumeIfCalm(0);
    expect(socket.isPaused()).toBe(true);
    device.resume();
    await once(socket, 'drain');
    brake.resumeIfCalm(0);
    expect(socket.isPaused()).toBe(false);
  });

  it('of somebody who never takes an answer ends with the connection', async () => {
    leaveUnread(4 * MEGABYTE);
    brake.pauseIfBusy(0);
    expect(socket.destroyed).toBe(true);
    device.on('error', () => undefined).resume();
    await once(device, 'close');
  });

  it('that somebody else stopped is left as it is', () => {
    socket.pause();
    brake.resumeIfCalm(0);
    expect(socket.isPaused()).toBe(true);
  });
});
