import {
  answerFor,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  type FrameKey,
  type RawFrame,
  type StreamItem,
} from '@keng/sia-dc09';
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
import { frameMembers } from './frame-members.ts';

export interface Dc09Counters extends IntakeCounters {
  naks: number;
  duhs: number;
}

/** Decides about each frame in the order of handbook section 1, and answers only what is stored. Knows no sockets. */
export class Dc09Intake {
  readonly counters: Dc09Counters = { ...noCounts(), naks: 0, duhs: 0 };
  readonly #desk: IntakeDesk;
  readonly #registry: TransmitterRegistry;
  readonly #keyFor: (account: string) => FrameKey | undefined;

  constructor(desk: IntakeDesk, registry: TransmitterRegistry) {
    this.#desk = desk;
    this.#registry = registry;
    this.#keyFor = (account) => registry.find(canonicalAccount(account))?.key ?? undefined;
  }

  /** Takes one item of a stream or datagram; returns false when it was no frame and nothing will be replied. */
  take(item: StreamItem, source: FrameSource, reply: Reply): boolean {
    if (item.kind === 'foreign') {
      this.counters.foreignBytes += item.bytes;
      return false;
    }
    this.counters.frames += 1;
    const at = this.#desk.now();
    const decoded = this.#decode(item.frame, at);
    const account = decoded.identity;
    const device = account === null ? undefined : this.#registry.find(canonicalAccount(account));
    if (device === undefined && account !== null && concernsAccount(decoded)) {
      this.#askRegister(item.frame, decoded, account, source, reply);
    } else this.#settle(item.frame, decoded, device ?? null, at, source, reply);
    return true;
  }

  #decode(raw: RawFrame, at: Date): DecodedFrame {
    return decodeFrame(raw, { nowMs: at.getTime(), keyFor: this.#keyFor });
  }

  #askRegister(
    raw: RawFrame,
    decoded: DecodedFrame,
    account: string,
    source: FrameSource,
    reply: Reply,
  ): void {
    void this.#desk.ask(this.#registry, canonicalAccount(account), this.counters, reply, (device) => {
      const at = this.#desk.now();
      this.#settle(raw, device ? this.#decode(raw, at) : decoded, device, at, source, reply);
    });
  }

  #settle(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    at: Date,
    source: FrameSource,
    reply: Reply,
  ): void {
    switch (decoded.verdict) {
      case 'answer-frame':
        this.counters.answerFrames += 1;
        reply(null, null);
        return;
      case 'foreign':
      case 'silent':
        this.#silent(raw, decoded, device, source);
        reply(null, null);
        return;
      case 'nak':
        this.counters.naks += 1;
        // A panel whose clock never comes right would repeat its fire for ever, unseen.
        if (decoded.events.length > 0) this.#refuse(raw, decoded, device, source, decoded.reason ?? 'nak');
        reply(this.#answer(raw, decoded, device, at), null);
        return;
      case 'duh':
        if (device === null) this.#refuse(raw, decoded, null, source, unknownReason(decoded));
        else {
          this.counters.duhs += 1;
          this.#refuse(raw, decoded, device, source, 'token-unsupported');
        }
        reply(device === null ? null : this.#answer(raw, decoded, device, at), null);
        return;
      case 'ack':
        if (device === null) {
          this.#refuse(raw, decoded, null, source, unknownReason(decoded));
          reply(null, null);
        } else this.#accept(raw, decoded, byPath(device, source, decoded), at, source, reply);
    }
  }

  #accept(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter,
    at: Date,
    source: FrameSource,
    reply: Reply,
  ): void {
    if (decoded.newEvents === 0) {
      this.counters.heartbeats += 1;
      this.#desk.heard(device);
      reply(this.#answer(raw, decoded, device, at), device);
      return;
    }
    const members = frameMembers(raw, decoded, source, device, at);
    this.#desk.store(
      receivedDraft(this.#desk.world, members, device, at),
      duplicateKey(raw, decoded),
      device,
      this.counters,
      () => this.#answer(raw, decoded, device, at),
      reply,
    );
  }

  #silent(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    source: FrameSource,
  ): void {
    if (!decoded.crcOk || !decoded.lengthOk || decoded.reason === 'header-unreadable') {
      this.counters.damaged += 1;
      return;
    }
    this.#refuse(
      raw,
      decoded,
      device,
      source,
      device === null ? unknownReason(decoded) : (decoded.reason ?? 'silent'),
    );
  }

  #refuse(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    source: FrameSource,
    reason: string,
  ): void {
    this.counters.refused += 1;
    // The link test of a panel nobody registered raises nothing; it is counted, as a fire from it would be stored.
    if (decoded.token === 'NULL' && device === null) return;
    this.#desk.refuse('dc09', decoded.identity ?? '', source.address, reason, (at, refusal) =>
      refusedDraft(this.#desk.world, frameMembers(raw, decoded, source, device, at), device, at, refusal),
    );
  }

  #answer(
    raw: RawFrame,
    decoded: DecodedFrame,
    device: RegisteredTransmitter | null,
    at: Date,
  ): Uint8Array | null {
    const key = device?.key ?? null;
    return answerFor(raw, decoded, key === null ? { nowMs: at.getTime() } : { nowMs: at.getTime(), key });
  }
}

/** Accounts are registered in upper case; panels write hex digits in both. */
function canonicalAccount(account: string): string {
  return account.toUpperCase();
}

/** Damaged frames and answers say nothing about an account: no reason to ask the register. */
function concernsAccount(decoded: DecodedFrame): boolean {
  return decoded.crcOk && decoded.lengthOk && decoded.verdict !== 'answer-frame';
}

function unknownReason(decoded: DecodedFrame): string {
  return decoded.identity === null ? 'account-missing' : 'account-unknown';
}
