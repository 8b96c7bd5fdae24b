import {
  type ClaimedSignature,
  readMessage,
  readSignature,
  type SignatureFault,
  type SignedRequest,
  signatureFault,
} from '@keng/device-api';
import type { MessageIntake } from '../device-messages/message-intake.ts';
import type { MessageSource } from '../device-messages/message-members.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import {
  type ApiAnswer,
  heartbeatAnswer,
  invalidAnswer,
  refusedAnswer,
  storedAnswer,
  unstoredAnswer,
} from './answers.ts';

export interface ApiRequest extends SignedRequest {
  readonly kind: 'signals' | 'heartbeat';
  readonly body: Uint8Array;
}

export interface ApiReply {
  readonly answer: ApiAnswer;
  /** The device that proved to be one; null: a stranger. */
  readonly device: RegisteredTransmitter | null;
}

type Refusal = SignatureFault | 'account-unknown' | 'key-missing';

/** Decides about each request of a device, and answers only what is stored. Knows no sockets. */
export class RequestIntake {
  readonly #messages: MessageIntake;

  constructor(messages: MessageIntake) {
    this.#messages = messages;
  }

  async take(request: ApiRequest, source: MessageSource): Promise<ApiReply> {
    this.#messages.counters.frames += 1;
    const claimed = readSignature(request.headers);
    if ('fault' in claimed) return this.#refuse(request, '', source, null, claimed.fault);
    const account = claimed.keyId.toUpperCase();
    const device = this.#messages.known(account) ?? (await this.#messages.device(account));
    if (device === undefined) return { answer: unstoredAnswer(), device: null };
    const now = this.#messages.now();
    const fault = device === null ? 'account-unknown' : faultOf(request, claimed, device, now);
    if (device === null || fault !== null)
      return this.#refuse(request, account, source, device, fault ?? 'account-unknown');
    return { answer: await this.#accept(request, source, device, now), device };
  }

  async #accept(
    { kind, body }: ApiRequest,
    source: MessageSource,
    device: RegisteredTransmitter,
    now: Date,
  ): Promise<ApiAnswer> {
    if (kind === 'heartbeat') {
      this.#messages.heartbeat(device);
      return heartbeatAnswer(now);
    }
    const { signals, problems } = readMessage(body);
    if (problems.length > 0) this.#messages.counters.damaged += 1;
    if (!(await this.#messages.store(signals, body, source, device))) return unstoredAnswer();
    if (problems.length > 0) return invalidAnswer(now, problems);
    return storedAnswer(
      now,
      signals.map(({ id }) => id),
    );
  }

  #refuse(
    { kind, body }: ApiRequest,
    account: string,
    source: MessageSource,
    device: RegisteredTransmitter | null,
    reason: Refusal,
  ): ApiReply {
    this.#messages.refuse(kind === 'heartbeat' ? null : body, account, source, device, reason);
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
