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
import { byPath } from '../path-of.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import {
  type ApiAnswer,
  heartbeatAnswer,
  invalidAnswer,
  refusedAnswer,
  storedAnswer,
  unstoredAnswer,
} from './answers.ts';
import type { ReplayGuard } from './replay-guard.ts';

export interface ApiRequest extends SignedRequest {
  readonly kind: 'signals' | 'heartbeat';
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
  /** Signals that were heard with this very signature before. */
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
    if (request.kind === 'heartbeat') return await this.#heartbeat(request, source, device, fresh);
    return await this.#signals(request, source, device, now, fresh);
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

  /**
   * Signals with a signature that was heard before are answered as the first time, for an honest device may send the same bytes again;
   * all of them are stored already, and the device does not count as heard.
   */
  async #signals(
    { body }: ApiRequest,
    source: MessageSource,
    device: RegisteredTransmitter,
    now: Date,
    claim: Promise<boolean>,
  ): Promise<ApiReply> {
    const { signals, problems } = readMessage(body);
    if (problems.length > 0) this.#messages.counters.damaged += 1;
    const [stored, fresh] = await Promise.all([
      this.#messages.store(signals, body, source, device, [], false),
      claim.catch((error: unknown) => {
        this.#messages.unstored(error);
        return null;
      }),
    ]);
    if (stored === 'failed' || fresh === null) return { answer: unstoredAnswer(), device: null };
    const answer =
      problems.length > 0
        ? invalidAnswer(now, problems)
        : storedAnswer(
            now,
            signals.map(({ id }) => id),
          );
    // Its first try was remembered, and could not be stored: this is the retry that was asked for.
    if (fresh || stored === 'stored') {
      this.#messages.heard(device);
      return { answer, device };
    }
    this.replayed += 1;
    return { answer, device: null };
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
