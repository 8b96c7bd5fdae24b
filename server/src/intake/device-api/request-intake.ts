import {
  type ClaimedSignature,
  readMeasurements,
  readMessage,
  readSignature,
  type SignatureFault,
  type SignedRequest,
  signatureFault,
} from '@keng/device-api';
import type { MessageIntake, StoredMessage } from '../device-messages/message-intake.ts';
import type { MessageSource } from '../device-messages/message-members.ts';
import { byPath } from '../path-of.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import {
  type ApiAnswer,
  heartbeatAnswer,
  invalidAnswer,
  measuredAnswer,
  refusedAnswer,
  storedAnswer,
  unreadAnswer,
  unstoredAnswer,
} from './answers.ts';
import type { ReplayGuard } from './replay-guard.ts';

export interface ApiRequest extends SignedRequest {
  readonly kind: 'signals' | 'heartbeat' | 'measurements';
  readonly body: Uint8Array;
}

export interface ApiReply {
  readonly answer: ApiAnswer;
  /** The device that proved to speak now; null: a stranger, or somebody who repeats what a device said. */
  readonly device: RegisteredTransmitter | null;
}

type Refusal = SignatureFault | 'account-unknown' | 'key-missing' | 'replayed';

/** Decides about each request of a device, and answers only what is stored. Knows no sockets. */
export class RequestIntake {
  readonly #messages: MessageIntake;
  readonly #replays: ReplayGuard;
  /** Messages that were heard with this very signature before. */
  replayed = 0;

  constructor(messages: MessageIntake, replays: ReplayGuard) {
    this.#messages = messages;
    this.#replays = replays;
  }

  async take(request: ApiRequest, source: MessageSource): Promise<ApiReply> {
    this.#messages.counters.frames += 1;
    const claimed = readSignature(request.headers);
    if ('fault' in claimed) return this.#refuse(request, '', source, null, claimed.fault);
    const account = claimed.keyId.toUpperCase();
    const known = this.#messages.known(account) ?? (await this.#messages.device(account));
    const device = known && byPath(known, source);
    if (device === undefined) return { answer: unstoredAnswer(), device: null };
    const now = this.#messages.now();
    const fault = device === null ? 'account-unknown' : faultOf(request, claimed, device, now);
    if (device === null || fault !== null)
      return this.#refuse(request, account, source, device, fault ?? 'account-unknown');
    const fresh = this.#replays.claim(account, claimed.bytes);
    switch (request.kind) {
      case 'heartbeat':
        return await this.#heartbeat(request, source, device, fresh);
      case 'signals':
        return await this.#signals(request.body, source, device, fresh);
      case 'measurements':
        return await this.#measurements(request.body, claimed, device, fresh);
    }
  }

  /** Said again it proves nothing: who repeats it could make a dead device live. */
  async #heartbeat(
    request: ApiRequest,
    source: MessageSource,
    device: RegisteredTransmitter,
    fresh: Promise<boolean>,
  ): Promise<ApiReply> {
    try {
      if (!(await fresh)) return this.#refuse(request, device.account, source, device, 'replayed');
    } catch (error) {
      this.#messages.unstored(error);
      return { answer: unstoredAnswer(), device: null };
    }
    this.#messages.heartbeat(device);
    return { answer: heartbeatAnswer(this.#messages.now()), device };
  }

  async #signals(
    body: Uint8Array,
    source: MessageSource,
    device: RegisteredTransmitter,
    fresh: Promise<boolean>,
  ): Promise<ApiReply> {
    const { signals, problems } = readMessage(body);
    if (problems.length > 0) this.#messages.counters.damaged += 1;
    const stored = this.#messages.store(signals, body, source, device, [], false);
    return await this.#once(stored, fresh, device, (now) =>
      problems.length > 0
        ? invalidAnswer(now, problems)
        : storedAnswer(
            now,
            signals.map(({ id }) => id),
          ),
    );
  }

  async #measurements(
    body: Uint8Array,
    { created }: ClaimedSignature,
    device: RegisteredTransmitter,
    fresh: Promise<boolean>,
  ): Promise<ApiReply> {
    const { measurements, problems } = readMeasurements(body);
    if (problems.length > 0) this.#messages.counters.damaged += 1;
    // Values without a time have that of the signature: said again they are the same values, not new ones.
    const sentAt = new Date(created * 1_000).toISOString();
    const storing =
      problems.length > 0
        ? Promise.resolve(true)
        : this.#messages.measure(measurements, device, sentAt, false);
    const stored = storing.then((done): StoredMessage => (done ? 'known' : 'failed'));
    return await this.#once(stored, fresh, device, (now) =>
      problems.length > 0 ? unreadAnswer(problems) : measuredAnswer(now, measurements.length),
    );
  }

  /**
   * What has a signature that was heard before is answered as the first time, for an honest device may send the same bytes again; all
   * of it is stored already, and the device does not count as heard.
   */
  async #once(
    storing: Promise<StoredMessage>,
    claim: Promise<boolean>,
    device: RegisteredTransmitter,
    answer: (now: Date) => ApiAnswer,
  ): Promise<ApiReply> {
    const [stored, fresh] = await Promise.all([
      storing,
      claim.catch((error: unknown) => {
        this.#messages.unstored(error);
        return null;
      }),
    ]);
    if (stored === 'failed' || fresh === null) return { answer: unstoredAnswer(), device: null };
    const now = this.#messages.now();
    // Its first try was remembered, and could not be stored: this is the retry that was asked for.
    if (fresh || stored === 'stored') {
      this.#messages.heard(device);
      return { answer: answer(now), device };
    }
    this.replayed += 1;
    return { answer: answer(now), device: null };
  }

  #refuse(
    { kind, body }: ApiRequest,
    account: string,
    source: MessageSource,
    device: RegisteredTransmitter | null,
    reason: Refusal,
  ): ApiReply {
    this.#messages.refuse(kind === 'signals' ? body : null, account, source, device, reason);
    return { answer: refusedAnswer(reason, this.#messages.now()), device: null };
  }
}

function faultOf(
  request: ApiRequest,
  claimed: ClaimedSignature,
  device: RegisteredTransmitter,
  now: Date,
): Refusal | null {
  if (device.key === null) return 'key-missing';
  return signatureFault(request, request.body, claimed, device.key.bytes, now.getTime());
}
