import {
  accountOf,
  answerFor,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  type RawFrame,
  type StreamItem,
} from '@keng/gb26875';
import type { UndeliveredDutyCheck } from '../../duty-checks/index.ts';
import type { Downstream } from '../downstream.ts';
import {
  type FrameSource,
  type IntakeCounters,
  type IntakeDesk,
  noCounts,
  type Reply,
} from '../intake-desk.ts';
import { byPath } from '../path-of.ts';
import type { RegisteredTransmitter, TransmitterRegistry } from '../registry.ts';
import { receivedDraft, refusedDraft } from '../signal-draft.ts';
import { DeviceTalk } from './device-talk.ts';
import { frameMembers } from './frame-members.ts';
import { LocalClock } from './local-clock.ts';
import { measurementsOf, tellsClock } from './measurements.ts';

export interface Gb26875Counters extends IntakeCounters {
  /** Denials sent: damage, and commands that nobody knows. */
  denials: number;
  /** Orders and questions, which only a centre sends. */
  outbound: number;
  clocksSet: number;
  /** Duty checks sent to a device, repeats too. */
  dutyChecks: number;
}

/** Type of what somebody did at a device: duty checks are answered so. */
const DEVICE_OPERATION = 24;
/** Type of what a device says about itself. */
const DEVICE_STATE = 21;

/** Decides about each frame, and confirms only what is stored. Knows no sockets. */
export class Gb26875Intake {
  readonly counters: Gb26875Counters = {
    ...noCounts(),
    denials: 0,
    outbound: 0,
    clocksSet: 0,
    dutyChecks: 0,
  };
  readonly #desk: IntakeDesk;
  readonly #registry: TransmitterRegistry;
  readonly #clock: LocalClock;
  readonly #downstream: Downstream;
  /** By connection and address: a gateway speaks for several devices. Registered ones only. */
  readonly #talks = new WeakMap<FrameSource, Map<number, DeviceTalk>>();
  /** The newest connection of each registered device that has one: where questions go. */
  readonly #connected = new Map<string, DeviceTalk>();

  constructor(desk: IntakeDesk, registry: TransmitterRegistry, downstream: Downstream, timeZone: string) {
    this.#desk = desk;
    this.#registry = registry;
    this.#clock = new LocalClock(timeZone);
    this.#downstream = downstream;
    downstream.by('gb26875', (question) => this.#ask(question));
  }

  /** The connection has ended: nothing is sent there any more. */
  gone(source: FrameSource): void {
    for (const [address, talk] of this.#talks.get(source) ?? [])
      if (this.#connected.get(accountOf(address)) === talk) this.#connected.delete(accountOf(address));
  }

  #ask(question: UndeliveredDutyCheck): void {
    const talk = this.#connected.get(question.account);
    const time = this.#clock.local(this.#desk.now());
    if (talk?.ask(question, time, performance.now())) this.counters.dutyChecks += 1;
  }

  /** Takes one item of a stream; returns false when it was no frame and nothing will be replied. */
  take(item: StreamItem, source: FrameSource, reply: Reply): boolean {
    if (item.kind === 'foreign') {
      this.counters.foreignBytes += item.bytes;
      return false;
    }
    this.counters.frames += 1;
    const decoded = decodeFrame(item.frame);
    const known = this.#registry.find(decoded.account);
    const device = known ? byPath(known, source) : null;
    switch (decoded.verdict) {
      case 'answer-frame':
        this.counters.answerFrames += 1;
        this.#hearAnswer(decoded, source);
        this.#heardOnly(decoded, device, reply);
        break;
      case 'outbound':
        this.counters.outbound += 1;
        this.#heardOnly(decoded, device, reply);
        break;
      case 'deny':
        this.#deny(item.frame, decoded, device, source, reply);
        break;
      case 'confirm':
        if (device === null) this.#askRegister(item.frame, decoded, source, reply);
        else this.#accept(item.frame, decoded, device, source, reply);
    }
    return true;
  }

  /** An answer to an order of ours, or a question: no answer is due, but the device lives. */
  #heardOnly(decoded: DecodedFrame, device: RegisteredTransmitter | null, reply: Reply): void {
    const known = device !== null && device.key === null && decoded.checksumOk;
    if (known) this.#desk.heard(device);
    reply(null, known ? device : null);
  }

  /** A device confirms an order of ours: of a duty check that is worth knowing. */
  #hearAnswer(decoded: DecodedFrame, source: FrameSource): void {
    if (decoded.commandName !== 'confirm' || !decoded.checksumOk) return;
    const id = this.#talks.get(source)?.get(decoded.source)?.confirmed(decoded.serial) ?? null;
    if (id !== null) this.#downstream.delivered(id, { receiver: source.receiver, remote: source.remote });
  }

  #deny(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    source: FrameSource,
    reply: Reply,
  ): void {
    const reason = decoded.reason ?? 'denied';
    if (reason !== 'command-unknown') this.counters.damaged += 1;
    this.counters.denials += 1;
    // A maker who sums up wrongly would repeat its fire for ever, unseen.
    if (decoded.events.length > 0 || reason === 'command-unknown')
      this.#refuse(raw, decoded, device, source, reason);
    reply(answerFor(decoded, { time: this.#clock.local(this.#desk.now()) }), null);
  }

  #askRegister(raw: RawFrame, decoded: DecodedFrame, source: FrameSource, reply: Reply): void {
    void this.#desk.ask(this.#registry, decoded.account, this.counters, reply, (device) => {
      if (device !== null) {
        this.#accept(raw, decoded, byPath(device, source), source, reply);
        return;
      }
      // The heartbeat of a device nobody registered raises nothing; it is counted, as a fire from it would be stored.
      if (decoded.newEvents === 0) this.counters.refused += 1;
      else this.#refuse(raw, decoded, null, source, 'account-unknown');
      reply(null, null);
    });
  }

  #accept(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter,
    source: FrameSource,
    reply: Reply,
  ): void {
    if (device.key !== null) {
      // This protocol can prove no key: whoever set one wants nothing taken without it.
      this.#refuse(raw, decoded, device, source, 'plain-from-keyed-account');
      reply(null, null);
      return;
    }
    const talk = this.#talkOf(source, decoded);
    if (this.#measure(decoded, device, talk, reply)) return;
    if (decoded.newEvents === 0 || (decoded.deviceInOrder && talk.inOrder)) {
      this.counters.heartbeats += 1;
      this.#desk.heard(device);
      reply(this.#confirm(decoded, talk), device);
      return;
    }
    const at = this.#desk.now();
    const state = decoded.type === DEVICE_STATE ? talk.stateHeard() : 0;
    this.#desk.store(
      receivedDraft(this.#desk.world, frameMembers(raw, decoded, source, at, this.#clock), device, at),
      duplicateKey(raw, decoded),
      device,
      this.counters,
      () => {
        if (decoded.deviceInOrder) talk.inOrderStored(state);
        return this.#confirm(decoded, talk);
      },
      answersDutyCheck(decoded) ? this.#afterAnswer(reply) : reply,
    );
  }

  /** The button for duty checks was pressed: confirmed when that is written down, too. */
  #afterAnswer(reply: Reply): Reply {
    return (answer, device) => {
      if (answer === null || device === null) {
        reply(answer, device);
        return;
      }
      this.#downstream.answered(device).then(
        () => reply(answer, device),
        (error: unknown) => {
          this.#desk.failed(error);
          reply(null, device);
        },
      );
    };
  }

  /** Values are confirmed when they are stored; false: the frame has none that is to be kept. */
  #measure(decoded: DecodedFrame, device: RegisteredTransmitter, talk: DeviceTalk, reply: Reply): boolean {
    if (decoded.newEvents > 0 || decoded.objects.length === 0) return false;
    if (tellsClock(decoded.type) && !talk.clockDue(performance.now())) return false;
    const values = measurementsOf(decoded, this.#desk.now(), this.#clock);
    if (values.length === 0) return false;
    this.#desk.measure(values, device, this.counters, () => this.#confirm(decoded, talk), reply);
    return true;
  }

  #refuse(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    source: FrameSource,
    reason: string,
  ): void {
    this.counters.refused += 1;
    this.#desk.refuse('gb26875', decoded.account, source.address, reason, (at, refusal) => {
      const members = frameMembers(raw, decoded, source, at, this.#clock);
      return refusedDraft(this.#desk.world, members, device, at, refusal);
    });
  }

  /** The confirmation, and behind it the time when the device's clock is wrong. */
  #confirm(decoded: DecodedFrame, talk: DeviceTalk): Uint8Array | null {
    const time = this.#clock.local(this.#desk.now());
    const answer = answerFor(decoded, { time });
    const order = talk.clockOrder(decoded, time, performance.now());
    if (answer === null || order === null) return answer;
    this.counters.clocksSet += 1;
    return Buffer.concat([answer, order]);
  }

  #talkOf(source: FrameSource, decoded: DecodedFrame): DeviceTalk {
    let talks = this.#talks.get(source);
    if (talks === undefined) {
      talks = new Map<number, DeviceTalk>();
      this.#talks.set(source, talks);
    }
    const known = talks.get(decoded.source);
    if (known !== undefined) return known;
    const talk = new DeviceTalk(source, decoded);
    talks.set(decoded.source, talk);
    this.#connected.set(decoded.account, talk);
    return talk;
  }
}

function answersDutyCheck(decoded: DecodedFrame): boolean {
  return (
    decoded.type === DEVICE_OPERATION &&
    decoded.objects.some(({ flags }) => flags?.includes('duty-check-answered'))
  );
}
