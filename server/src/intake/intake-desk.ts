import type { AnyDraft, World } from '@keng/model';
import type { DuplicateKey, GroupCommit } from '../log/index.ts';
import type { Clock, Logger } from '../platform/index.ts';
import type { Measurement } from './measurements/measurement.ts';
import type { MeasurementWriter } from './measurements/measurement-writer.ts';
import type { RefusalLimiter, RefusalReport } from './refusal-limiter.ts';
import type { RegisteredTransmitter, TransmitterRegistry } from './registry.ts';
import type { StorageState } from './storage-state.ts';

/** Which listener heard it, from where. One object a connection. */
export interface FrameSource {
  /** `dc09-tcp`, `gb26875-tcp` ... */
  readonly receiver: string;
  /** Without the port: what the limits count by. */
  readonly address: string;
  /** With the port. */
  readonly remote: string;
  /** Sends to the device what is no answer; false: the connection has ended. Absent where nothing can be sent. */
  readonly push?: (bytes: Uint8Array) => boolean;
}

/** What a listener is told about one frame, once: the answer's bytes or silence, and the device if it proved to be a registered one. */
export type Reply = (answer: Uint8Array | null, device: RegisteredTransmitter | null) => void;

/** A frame on its way to a refused entry; made only when it is stored, for most repeats are only counted. */
export type RefusedFrame = (
  at: Date,
  refusal: { readonly reason: string; readonly suppressed: number },
) => AnyDraft;

/** What every protocol counts. */
export interface IntakeCounters {
  frames: number;
  stored: number;
  duplicates: number;
  heartbeats: number;
  /** Values that were measured, stored or known. */
  measured: number;
  /** Damage: wrong checksum or length, unreadable header. */
  damaged: number;
  refused: number;
  answerFrames: number;
  foreignBytes: number;
  /** Left without an answer because they could not be stored. */
  unstored: number;
  lookUpsFailed: number;
}

export function noCounts(): IntakeCounters {
  return {
    frames: 0,
    stored: 0,
    duplicates: 0,
    heartbeats: 0,
    measured: 0,
    damaged: 0,
    refused: 0,
    answerFrames: 0,
    foreignBytes: 0,
    unstored: 0,
    lookUpsFailed: 0,
  };
}

export interface IntakeDeskOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly log: Logger;
  readonly commit: GroupCommit;
  readonly storage: StorageState;
  readonly refusals: RefusalLimiter<RefusedFrame>;
  readonly measurements: MeasurementWriter;
  /** A registered device was heard: any message counts for its supervision. */
  readonly heard: (device: RegisteredTransmitter) => void;
}

/** What all protocols of a receiver do alike: ask the register, store before the answer, write down what is refused. */
export class IntakeDesk {
  readonly world: World;
  readonly #options: IntakeDeskOptions;

  constructor(options: IntakeDeskOptions) {
    this.world = options.world;
    this.#options = options;
  }

  now(): Date {
    return this.#options.clock.now(this.world);
  }

  heard(device: RegisteredTransmitter): void {
    this.#options.heard(device);
  }

  /**
   * A device registered a moment ago works at once: the register is asked before an account is called unknown. `null` is told
   * when there is none; when the register cannot be asked nothing is told but `reply`, with silence.
   */
  async ask(
    registry: TransmitterRegistry,
    account: string,
    counters: IntakeCounters,
    reply: Reply,
    told: (device: RegisteredTransmitter | null) => void,
  ): Promise<void> {
    let device: RegisteredTransmitter | undefined;
    try {
      device = await registry.lookUp(account);
    } catch (error) {
      counters.lookUpsFailed += 1;
      this.#options.storage.failed(error, 1);
      this.#options.log.debug({ account }, 'the register could not be asked');
      reply(null, null);
      return;
    }
    told(device ?? null);
  }

  /**
   * Stores a signal; the answer is made and given after its commit, and never without it. `alive` false: it was not the device
   * itself that spoke, so it does not count as heard.
   */
  store(
    draft: AnyDraft,
    key: DuplicateKey | null,
    device: RegisteredTransmitter,
    counters: IntakeCounters,
    answer: (stored: 'stored' | 'duplicate') => Uint8Array | null,
    reply: Reply,
    alive = true,
  ): void {
    this.#options.commit.append(draft, key).then(
      (stored) => {
        if (stored === 'stored') counters.stored += 1;
        else counters.duplicates += 1;
        if (alive) this.#options.heard(device);
        reply(answer(stored), device);
      },
      (error: unknown) => {
        counters.unstored += 1;
        this.#options.storage.failed(error, 1);
        reply(null, device);
      },
    );
  }

  /** Stores what a device measured, and calls `answer` after its commit, never without it; `alive` as with `store`. */
  measure(
    values: readonly Measurement[],
    device: RegisteredTransmitter,
    counters: IntakeCounters,
    answer: () => Uint8Array | null,
    reply: Reply,
    alive = true,
  ): void {
    this.#options.measurements.append(device, values).then(
      () => {
        counters.measured += values.length;
        if (alive) this.#options.heard(device);
        reply(answer(), device);
      },
      (error: unknown) => {
        counters.unstored += 1;
        this.#options.storage.failed(error, 1);
        reply(null, device);
      },
    );
  }

  /** Something that a frame needs could not be stored. */
  failed(error: unknown): void {
    this.#options.storage.failed(error, 1);
  }

  /** Writes down a frame that gets no acknowledgement, or counts it with others of its kind. */
  refuse(protocol: string, account: string, address: string, reason: string, frame: RefusedFrame): void {
    const report = this.#options.refusals.refuse(
      { account: `${protocol}:${account}`, address, reason, detail: frame },
      performance.now(),
    );
    if (report !== null) void this.#storeRefusal(report);
  }

  /** Stores what was refused more than once, counted; call it each second. */
  async reportRefusals(nowMs: number): Promise<void> {
    await Promise.all(this.#options.refusals.due(nowMs).map((report) => this.#storeRefusal(report)));
  }

  async #storeRefusal({ detail, reason, suppressed }: RefusalReport<RefusedFrame>): Promise<void> {
    try {
      await this.#options.commit.append(detail(this.now(), { reason, suppressed }), null);
    } catch (error) {
      this.#options.storage.failed(error, 1);
    }
  }
}
