import type { Socket } from 'node:net';
import { MOST_MESSAGE_BYTES } from '@keng/device-api';
import mqtt, { type IConnectPacket, type ISubscribePacket, type Packet } from 'mqtt-packet';
import type { UndeliveredDutyCheck } from '../../duty-checks/index.ts';
import type { Logger } from '../../platform/index.ts';
import type { MessageIntake } from '../device-messages/message-intake.ts';
import type { MessageSource } from '../device-messages/message-members.ts';
import type { Downstream } from '../downstream.ts';
import type { IntakeLimits } from '../limits.ts';
import { ReadingBrake } from '../tcp/reading-brake.ts';
import { clockMessage, dutyCheckMessage } from './down-messages.ts';
import { CONNACK, checkLogin, type Login } from './mqtt-login.ts';
import { MqttSession } from './mqtt-session.ts';
import { MqttProtocolError, PacketStream } from './packet-stream.ts';

/** A topic and a packet identifier stand before the message. */
const MOST_PACKET_BYTES = MOST_MESSAGE_BYTES + 256;
/** QoS of a subscription that is refused: MQTT 3.1.1, 3.9.3. */
const SUBSCRIPTION_REFUSED = 0x80;
/** A client that takes a message and says nothing is sent it again, as often as it is looked for what waits and this is over. */
const SEND_AGAIN_MS = 10_000;
const MOST_MESSAGE_ID = 0xffff;

/** Place of one PUBLISH in the order of PUBACKs of its connection ([MQTT-4.6.0-2]). */
interface Slot {
  readonly answer: Buffer | null;
  done: boolean;
}

export interface MqttConnectionEvents {
  /** It proved to be this device. */
  readonly loggedIn: (connection: MqttConnection, account: string) => void;
  readonly closed: (connection: MqttConnection) => void;
}

/** One connection: packets in, PUBACKs out in their order and only after the commit. */
export class MqttConnection {
  readonly socket: Socket;
  readonly source: MessageSource;
  readonly openedMs = performance.now();
  lastHeardMs = this.openedMs;
  /** Since when a packet is unfinished; 0: none is. */
  unfinishedSinceMs = 0;
  keepAliveSeconds = 0;
  #session: MqttSession | null = null;
  readonly #stream = new PacketStream(MOST_PACKET_BYTES);
  readonly #messages: MessageIntake;
  readonly #limits: IntakeLimits;
  readonly #brake: ReadingBrake;
  readonly #log: Logger;
  readonly #events: MqttConnectionEvents;
  readonly #slots: Slot[] = [];
  /** Packets that came while CONNECT is being decided. */
  #early: Packet[] | null = null;
  /** No more is read: it ends, or the receiver stops. */
  #ending = false;
  #refused: Extract<Login, { readonly returnCode: number }> | null = null;
  #saidGoodBye = false;
  /** QoS that its subscription to the own `down` topic was granted; null: it has none. */
  #downQos: 0 | 1 | null = null;
  #lastMessageId = 0;
  /** The duty check that it was sent last, until it is acknowledged: at most one at a time. */
  #asked: {
    readonly id: UndeliveredDutyCheck['id'];
    readonly messageId: number;
    readonly atMs: number;
  } | null = null;
  readonly #downstream: Downstream;
  #drained: (() => void) | undefined;

  constructor(
    socket: Socket,
    source: MessageSource,
    messages: MessageIntake,
    limits: IntakeLimits,
    log: Logger,
    downstream: Downstream,
    events: MqttConnectionEvents,
  ) {
    this.socket = socket;
    this.source = source;
    this.#messages = messages;
    this.#limits = limits;
    this.#brake = new ReadingBrake(socket, limits);
    this.#log = log;
    this.#downstream = downstream;
    this.#events = events;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('drain', () => this.#resumeIfCalm());
    socket.on('end', () => {
      this.#ending = true;
      if (this.#slots.length === 0) socket.end();
    });
    // A reset is how many devices hang up; `close` follows and does what there is to do.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#drained?.();
      if (this.#session && !this.#saidGoodBye) void this.#session.lost();
      events.closed(this);
    });
  }

  /** Of the device that it proved to be; null: nobody yet. */
  get account(): string | null {
    return this.#session?.account ?? null;
  }

  get loggedIn(): boolean {
    return this.#session !== null;
  }

  get reportingSeconds(): number {
    return this.#session?.reportingSeconds ?? 0;
  }

  get outstanding(): number {
    return this.#slots.length;
  }

  /** Carries a duty check to a device that listens for it; with QoS 1 until it acknowledges. */
  ask(question: UndeliveredDutyCheck): void {
    const session = this.#session;
    if (session === null || this.#downQos === null || this.#ending) return;
    if (this.socket.writableLength > this.#limits.unreadAnswerBytes) return;
    const again = this.#asked?.id === question.id ? this.#asked : null;
    const atMs = performance.now();
    if (again !== null && atMs - again.atMs < SEND_AGAIN_MS) return;
    const messageId = again?.messageId ?? this.#nextMessageId();
    this.#asked = { id: question.id, messageId, atMs };
    this.#publish(session.topic('down'), dutyCheckMessage(question), messageId, again !== null);
    // Nobody acknowledges QoS 0: that it was written is all there is to know.
    if (this.#downQos === 0) this.#downstream.delivered(question.id, this.source);
  }

  #acknowledged(messageId: number | undefined): void {
    const asked = this.#asked;
    if (asked === null || asked.messageId !== messageId) return;
    this.#downstream.delivered(asked.id, this.source);
  }

  #publish(topic: string, payload: string, messageId: number, dup: boolean): void {
    const qos = this.#downQos ?? 0;
    this.#write(
      mqtt.generate({
        cmd: 'publish',
        topic,
        payload,
        qos,
        dup: qos === 1 && dup,
        retain: false,
        ...(qos === 1 ? { messageId } : {}),
      }),
    );
  }

  /** 1 to 65,535 (MQTT 3.1.1, 2.3.1). */
  #nextMessageId(): number {
    this.#lastMessageId = (this.#lastMessageId % MOST_MESSAGE_ID) + 1;
    return this.#lastMessageId;
  }

  #subscribe(packet: ISubscribePacket, session: MqttSession): void {
    const down = session.topic('down');
    const granted = packet.subscriptions.map(({ topic, qos }) =>
      topic === down ? (Math.min(qos, 1) as 0 | 1) : SUBSCRIPTION_REFUSED,
    );
    this.#write(mqtt.generate({ cmd: 'suback', messageId: packet.messageId ?? 0, granted }));
    const own = granted.findLast((one) => one !== SUBSCRIPTION_REFUSED);
    if (own === undefined) return;
    this.#downQos = own === 1 ? 1 : 0;
    this.#publish(down, clockMessage(this.#messages.now()), this.#nextMessageId(), false);
  }

  /** Closed by us, or for another connection of the same device: that is no loss. */
  dismiss(): void {
    this.#saidGoodBye = true;
    this.socket.destroy();
  }

  /** Reads no more, acknowledges what was read, then closes. */
  async finish(): Promise<void> {
    this.#ending = true;
    this.#saidGoodBye = true;
    this.socket.pause();
    if (this.#slots.length > 0 && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    if (!this.socket.destroyed) await new Promise<void>((resolve) => this.socket.end(resolve));
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.lastHeardMs = performance.now();
    let whole = 0;
    try {
      for (const packet of this.#stream.push(chunk)) {
        whole += 1;
        if (this.#early !== null) this.#early.push(packet);
        else this.#take(packet);
        if (this.socket.destroyed) return;
      }
    } catch (error) {
      if (!(error instanceof MqttProtocolError)) throw error;
      this.#messages.counters.damaged += 1;
      this.#closeFor(error.message);
      return;
    }
    if (!this.#stream.pending) this.unfinishedSinceMs = 0;
    else if (whole > 0 || this.unfinishedSinceMs === 0) this.unfinishedSinceMs = this.lastHeardMs;
    this.#brake.pauseIfBusy(this.#slots.length);
  }

  #take(packet: Packet): void {
    if (this.#refused !== null) {
      // Sent before it could know that it is refused: what it says is shown, and not acknowledged.
      if (packet.cmd === 'publish') {
        const { account, reason, known } = this.#refused;
        this.#messages.refuse(Buffer.from(packet.payload), account, this.source, known, reason ?? 'refused');
      }
      return;
    }
    if (packet.cmd === 'connect') {
      if (this.#session !== null) this.#closeFor('a second CONNECT');
      else this.#login(packet);
      return;
    }
    if (this.#session === null) {
      this.#closeFor(`${packet.cmd} before CONNECT`);
      return;
    }
    this.#takeOf(this.#session, packet);
  }

  #takeOf(session: MqttSession, packet: Packet): void {
    switch (packet.cmd) {
      case 'publish': {
        const answer =
          packet.qos === 1 ? mqtt.generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }) : null;
        const slot: Slot = { answer, done: false };
        this.#slots.push(slot);
        void session.publish(packet).then((verdict) => {
          if (verdict === 'close')
            this.#closeFor(packet.qos === 2 ? 'QoS 2' : `a message to ${packet.topic}`);
          else this.#done(slot);
        });
        return;
      }
      case 'pingreq':
        if (session.heard()) this.#write(mqtt.generate({ cmd: 'pingresp' }));
        else this.#closeFor('the register knows the device no more');
        return;
      case 'subscribe':
        this.#subscribe(packet, session);
        return;
      case 'unsubscribe':
        if (packet.unsubscriptions.includes(session.topic('down'))) this.#downQos = null;
        this.#write(mqtt.generate({ cmd: 'unsuback', messageId: packet.messageId ?? 0 } as Packet));
        return;
      case 'disconnect':
        this.#saidGoodBye = true;
        this.#ending = true;
        if (this.#slots.length === 0) this.socket.end();
        return;
      case 'puback':
        this.#acknowledged(packet.messageId);
        return;
      default:
        this.#closeFor(packet.cmd);
    }
  }

  #login(packet: IConnectPacket): void {
    this.#early = [];
    this.socket.pause();
    void checkLogin(packet, this.#messages).then((login) => {
      if (this.socket.destroyed) return;
      if ('returnCode' in login) this.#turnAway(packet, login);
      else this.#welcome(packet, login.device);
      const early = this.#early ?? [];
      this.#early = null;
      for (const one of early) if (!this.socket.destroyed) this.#take(one);
      if ('returnCode' in login) this.socket.end(() => this.socket.destroy());
      else if (!this.#brake.paused && !this.#ending) this.socket.resume();
    });
  }

  #welcome(packet: IConnectPacket, device: ConstructorParameters<typeof MqttSession>[0]): void {
    this.#session = new MqttSession(device, packet, this.#messages, this.source, this.#downstream);
    this.keepAliveSeconds = packet.keepalive ?? 0;
    this.#events.loggedIn(this, device.account);
    this.#session.heard();
    // What we must remember of a session is in the log: a device that asks for its session finds it, also after a restart of ours,
    // and repeats what it has in flight (handbook, 7).
    this.#write(
      mqtt.generate({ cmd: 'connack', returnCode: CONNACK.accepted, sessionPresent: packet.clean === false }),
    );
  }

  #turnAway(packet: IConnectPacket, login: Extract<Login, { readonly returnCode: number }>): void {
    this.#refused = login;
    this.#log.debug(
      { account: login.account, remote: this.source.remote, reason: login.reason },
      'MQTT: refused',
    );
    if (login.reason !== null)
      this.#messages.refuse(new Uint8Array(), login.account, this.source, login.known, login.reason);
    const version5 = packet.protocolVersion === 5;
    this.#write(
      version5
        ? mqtt.generate({ cmd: 'connack', reasonCode: 0x84, sessionPresent: false }, { protocolVersion: 5 })
        : mqtt.generate({ cmd: 'connack', returnCode: login.returnCode, sessionPresent: false }),
    );
  }

  #closeFor(what: string): void {
    if (this.socket.destroyed) return;
    this.#log.info(
      { remote: this.source.remote, account: this.#session?.account, what },
      'MQTT: connection ended',
    );
    this.socket.destroy();
  }

  #done(slot: Slot): void {
    slot.done = true;
    if (this.#slots[0] !== slot) return;
    let ready = 0;
    while (this.#slots[ready]?.done) ready += 1;
    const answers = this.#slots.splice(0, ready).flatMap(({ answer }) => (answer === null ? [] : [answer]));
    const [first] = answers;
    if (first) this.#write(answers.length === 1 ? first : Buffer.concat(answers));
    this.#resumeIfCalm();
    if (this.#slots.length > 0) return;
    if (this.#ending) this.socket.end();
    this.#drained?.();
  }

  #write(bytes: Buffer): void {
    if (!this.socket.destroyed && this.socket.writable) this.socket.write(bytes);
  }

  #resumeIfCalm(): void {
    if (!this.#ending) this.#brake.resumeIfCalm(this.#slots.length);
  }
}
