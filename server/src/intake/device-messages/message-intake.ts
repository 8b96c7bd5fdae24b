import { type HeardMeasurement, type HeardSignal, readMessage, signalKey } from '@keng/device-api';
import type { IntakeCounters, IntakeDesk } from '../intake-desk.ts';
import { measuredAt } from '../measurements/measurement.ts';
import type { RegisteredTransmitter, TransmitterRegistry } from '../registry.ts';
import { receivedDraft, refusedDraft } from '../signal-draft.ts';
import { MOST_NUMBER, visibleText } from '../signal-text.ts';
import { type MessageSource, messageMembers } from './message-members.ts';

const MOST_UNIT = 16;
const NOTHING = new Uint8Array();
const ANSWERED = new Uint8Array();

/** `stored`: something of it is new; `known`: all of it was stored before; `failed`: it is not stored, so the whole message comes again. */
export type StoredMessage = 'stored' | 'known' | 'failed';

/** Takes the messages of one protocol to the desk. Promises resolve after the commit. */
export class MessageIntake {
  readonly counters: IntakeCounters;
  readonly #desk: IntakeDesk;
  readonly #registry: TransmitterRegistry;

  constructor(desk: IntakeDesk, registry: TransmitterRegistry, counters: IntakeCounters) {
    this.#desk = desk;
    this.#registry = registry;
    this.counters = counters;
  }

  now(): Date {
    return this.#desk.now();
  }

  /** The device with this account; null: there is none; undefined: the register could not be asked, so answer nothing. */
  async device(account: string): Promise<RegisteredTransmitter | null | undefined> {
    return await new Promise((resolve) => {
      void this.#desk.ask(this.#registry, account, this.counters, () => resolve(undefined), resolve);
    });
  }

  /** The same from memory alone: for the usual case there is nothing to wait for. */
  known(account: string): RegisteredTransmitter | undefined {
    return this.#registry.find(account);
  }

  heartbeat(device: RegisteredTransmitter): void {
    this.counters.heartbeats += 1;
    this.#desk.heard(device);
  }

  /** What it said was stored with `alive` false, and has proved to be said now. */
  heard(device: RegisteredTransmitter): void {
    this.#desk.heard(device);
  }

  /** Something beside the log could not be stored: the sender is told to come again. */
  unstored(error: unknown): void {
    this.counters.unstored += 1;
    this.#desk.failed(error);
  }

  async store(
    signals: readonly HeardSignal[],
    body: Uint8Array,
    source: MessageSource,
    device: RegisteredTransmitter,
    quirks: readonly string[] = [],
    alive = true,
  ): Promise<StoredMessage> {
    const first = signals[0];
    if (signals.length === 1 && first)
      return await this.#storeOne(first, body, source, device, quirks, alive);
    const stored = await Promise.all(
      signals.map((signal) => this.#storeOne(signal, body, source, device, quirks, alive)),
    );
    if (stored.includes('failed')) return 'failed';
    return stored.includes('stored') ? 'stored' : 'known';
  }

  /**
   * Stores the values of a message; false: they are not stored, so the message comes again. `sentAt`: of the message, for values
   * without a time of their own.
   */
  async measure(
    values: readonly HeardMeasurement[],
    device: RegisteredTransmitter,
    sentAt: string | null = null,
    alive = true,
  ): Promise<boolean> {
    const now = this.#desk.now();
    const measured = values.map((one) => ({
      part: visibleText(one.part, MOST_NUMBER),
      kind: one.kind,
      unit: visibleText(one.unit, MOST_UNIT),
      value: one.value,
      at: measuredAt([one.at, sentAt], now),
    }));
    return await new Promise((resolve) => {
      this.#desk.measure(
        measured,
        device,
        this.counters,
        () => ANSWERED,
        (answer) => resolve(answer !== null),
        alive,
      );
    });
  }

  /** Writes down a message that is not acknowledged, with what it says as far as it can be read; null: a message without signals. */
  refuse(
    body: Uint8Array | null,
    account: string,
    source: MessageSource,
    device: RegisteredTransmitter | null,
    reason: string,
  ): void {
    this.counters.refused += 1;
    // The heartbeat of a device that nobody registered raises nothing; it is counted, as a fire from it would be stored.
    if (body === null && device === null) return;
    this.#desk.refuse(source.protocol, account, source.address, reason, (at, refusal) => {
      const bytes = body ?? NOTHING;
      const signals = body === null ? [] : readMessage(body).signals;
      const events = signals.flatMap((signal) => signal.events);
      const all = signals[0] ? { ...signals[0], events } : null;
      const members = messageMembers(all, bytes, account, source, device, at);
      return refusedDraft(this.#desk.world, members, device, at, refusal);
    });
  }

  #storeOne(
    signal: HeardSignal,
    body: Uint8Array,
    source: MessageSource,
    device: RegisteredTransmitter,
    quirks: readonly string[],
    alive: boolean,
  ): Promise<StoredMessage> {
    const at = this.#desk.now();
    const members = messageMembers(signal, body, device.account, source, device, at, quirks);
    return new Promise((resolve) => {
      this.#desk.store(
        receivedDraft(this.#desk.world, members, device, at),
        signalKey(source.protocol, device.account, signal, body),
        device,
        this.counters,
        (stored) => {
          resolve(stored === 'stored' ? 'stored' : 'known');
          return ANSWERED;
        },
        (answer) => {
          if (answer === null) resolve('failed');
        },
        alive,
      );
    });
  }
}
