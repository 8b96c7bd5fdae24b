import type { World } from '@keng/model';
import {
  answerFor,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  type FrameKey,
  type RawFrame,
  type StreamItem,
} from '@keng/sia-dc09';
import type { GroupCommit } from '../../log/index.ts';
import type { Clock, Logger } from '../../platform/index.ts';
import type { RefusalLimiter, RefusalReport } from '../refusal-limiter.ts';
import type { RegisteredTransmitter, TransmitterRegistry } from '../registry.ts';
import type { StorageState } from '../storage-state.ts';
import { type FrameSource, receivedDraft, refusedDraft } from './signal-draft.ts';

/** What a listener is told about one frame, once: the answer's bytes or silence, and the device if it proved to be a registered one. */
export type Reply = (answer: Uint8Array | null, device: RegisteredTransmitter | null) => void;

export interface Refused {
  readonly raw: RawFrame;
  readonly decoded: DecodedFrame;
  readonly source: FrameSource;
  readonly device: RegisteredTransmitter | null;
}

export interface FrameIntakeOptions {
  readonly world: World;
  readonly registry: TransmitterRegistry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly commit: GroupCommit;
  readonly storage: StorageState;
  readonly refusals: RefusalLimiter<Refused>;
  /** A registered device was heard: any message counts for its supervision. */
  readonly heard: (device: RegisteredTransmitter) => void;
}

export interface FrameCounters {
  frames: number;
  stored: number;
  duplicates: number;
  heartbeats: number;
  /** Silence for damage: wrong CRC or length, unreadable header. */
  damaged: number;
  naks: number;
  duhs: number;
  refused: number;
  answerFrames: number;
  foreignBytes: number;
  /** Left without an answer because they could not be stored. */
  unstored: number;
  lookUpsFailed: number;
}

/** Decides about each frame in the order of handbook section 1, and answers only what is stored. Knows no sockets. */
export class FrameIntake {
  readonly #options: FrameIntakeOptions;
  readonly #keyFor: (account: string) => FrameKey | undefined;
  readonly counters: FrameCounters = {
    frames: 0,
    stored: 0,
    duplicates: 0,
    heartbeats: 0,
    damaged: 0,
    naks: 0,
    duhs: 0,
    refused: 0,
    answerFrames: 0,
    foreignBytes: 0,
    unstored: 0,
    lookUpsFailed: 0,
  };

  constructor(options: FrameIntakeOptions) {
    this.#options = options;
    this.#keyFor = (account) => options.registry.find(canonicalAccount(account))?.key ?? undefined;
  }

  /** Takes one item of a stream or datagram; returns false when it was no frame and nothing will be replied. */
  take(item: StreamItem, source: FrameSource, reply: Reply): boolean {
    if (item.kind === 'foreign') {
      this.counters.foreignBytes += item.bytes;
      return false;
    }
    this.counters.frames += 1;
    const at = this.#options.clock.now(this.#options.world);
    const decoded = this.#decode(item.frame, at);
    const account = decoded.identity;
    const device = account === null ? undefined : this.#options.registry.find(canonicalAccount(account));
    if (device === undefined && account !== null && concernsAccount(decoded)) {
      void this.#askRegister(item.frame, decoded, account, source, reply);
    } else this.#settle(item.frame, decoded, device ?? null, at, source, reply);
    return true;
  }

  /** Stores what was refused more than once, counted; call it each second. */
  async reportRefusals(nowMs: number): Promise<void> {
    await Promise.all(this.#options.refusals.due(nowMs).map((report) => this.#storeRefusal(report)));
  }

  #decode(raw: RawFrame, at: Date): DecodedFrame {
    return decodeFrame(raw, { nowMs: at.getTime(), keyFor: this.#keyFor });
  }

  /** A device registered a moment ago works at once: the register is asked before an account is called unknown. */
  async #askRegister(
    raw: RawFrame,
    decoded: DecodedFrame,
    account: string,
    source: FrameSource,
    reply: Reply,
  ): Promise<void> {
    const { registry, clock, world, storage, log } = this.#options;
    let device: RegisteredTransmitter | undefined;
    try {
      device = await registry.lookUp(canonicalAccount(account));
    } catch (error) {
      this.counters.lookUpsFailed += 1;
      storage.failed(error, 1);
      log.debug({ account }, 'the register could not be asked');
      reply(null, null);
      return;
    }
    const at = clock.now(world);
    this.#settle(raw, device ? this.#decode(raw, at) : decoded, device ?? null, at, source, reply);
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
        } else this.#accept(raw, decoded, device, at, source, reply);
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
      this.#options.heard(device);
      reply(this.#answer(raw, decoded, device, at), device);
      return;
    }
    const { commit, world, storage, heard } = this.#options;
    const draft = receivedDraft(world, raw, decoded, source, device, at);
    commit.append(draft, duplicateKey(raw, decoded)).then(
      (stored) => {
        if (stored === 'stored') this.counters.stored += 1;
        else this.counters.duplicates += 1;
        heard(device);
        reply(this.#answer(raw, decoded, device, at), device);
      },
      (error: unknown) => {
        this.counters.unstored += 1;
        storage.failed(error, 1);
        reply(null, device);
      },
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
    const report = this.#options.refusals.refuse(
      {
        account: decoded.identity ?? '',
        address: source.address,
        reason,
        detail: { raw, decoded, source, device },
      },
      performance.now(),
    );
    if (report !== null) void this.#storeRefusal(report);
  }

  async #storeRefusal(report: RefusalReport<Refused>): Promise<void> {
    const { commit, clock, world, storage } = this.#options;
    const { raw, decoded, source, device } = report.detail;
    const draft = refusedDraft(world, raw, decoded, source, device, clock.now(world), {
      reason: report.reason,
      suppressed: report.suppressed,
    });
    try {
      await commit.append(draft, null);
    } catch (error) {
      storage.failed(error, 1);
    }
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
